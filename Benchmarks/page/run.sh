#!/bin/sh
# One page as a display list, drawn by Ink and its peers in turns: CPU time, medians of the rounds' medians.
#   Benchmarks/page/run.sh      ROUNDS=5 RUNS=15 in the environment change it.
# Installs typst and matplotlib into .build; needs python3 with venv and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
rounds=${ROUNDS:-5}; runs=${RUNS:-15}
venv="$here/.build/peers"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q typst==0.15.2 matplotlib==3.11.2
swift build -c release --package-path "$here"
ours="$here/.build/release/page"
out="$here/.build/page.tsv"
: > "$out"
for round in $(seq "$rounds"); do
    "$ours" "$here/page.json" "$runs" | sed 's/^/kpi\t/' >> "$out"
    "$venv/bin/python" "$here/peers.py" typst "$runs" "$here/../../Sources/CFonts/fonts" | sed 's/^/typst\t/' >> "$out"
    "$venv/bin/python" "$here/peers.py" matplotlib 3 "$here/../../Sources/CFonts/fonts" | sed 's/^/matplotlib\t/' >> "$out"
done
"$venv/bin/python" "$here/table.py" "$out"
"$ours" "$here/page.json" 1 pages 1000
"$ours" "$here/page.json" 3 threads 60

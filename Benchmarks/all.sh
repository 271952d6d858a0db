#!/bin/sh
# Everything that is measured, one after the other: makes the data, installs the peers into a folder of its own, compares results
# value by value, races, and writes Benchmarks/results.md and the table of README.md with machine and date.
#   Benchmarks/all.sh [FOLDER] [PART ...]
# FOLDER holds data, peers and results (6 GB; .build/benchmark unless told). Parts: group report batch growth pages
# instructions; all of them unless told. An hour on two cores. Needs python3 with venv, valgrind, binutils, GNU time, Swift.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:-"$here/../.build/benchmark"}
[ $# -eq 0 ] || shift
parts=${*:-group report batch growth pages instructions}
mkdir -p "$work/said"
work=$(CDPATH= cd -- "$work" && pwd)
[ -x "$work/peers/bin/python" ] || python3 -m venv "$work/peers"
"$work/peers/bin/pip" install -q duckdb polars pandas numpy pyarrow
PATH="$work/peers/bin:$PATH"
export PATH
swift build -c release --package-path "$here/.." --product kpi
KPI=${KPI:-"$here/../.build/release/kpi"}
export KPI
for part in $parts; do
    case $part in
        group) "$here/run.sh" "$work" ;;
        report) "$here/report/run.sh" ;;
        batch) "$here/batch/run.sh" "$work" ;;
        growth) "$here/growth/run.sh" "$work" ;;
        pages) "$here/page/run.sh" ;;
        instructions) "$here/instructions/run.sh" ;;
        *) echo "no part $part" >&2; exit 1 ;;
    esac > "$work/said/$part.new" || { cat "$work/said/$part.new"; echo "$part failed" >&2; exit 1; }
    mv "$work/said/$part.new" "$work/said/$part"
    echo "== $part"
    cat "$work/said/$part"
done
python3 "$here/write_results.py" "$work/said" "$here/results.md" "$here/../README.md"

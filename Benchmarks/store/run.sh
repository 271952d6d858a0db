#!/bin/sh
# The store: a first import of the group workload (some 10 million rows), the same again shuffled over another file, a day
# more, reading in order, reports from the store against reports from files.
#   Benchmarks/store/run.sh [FOLDER]      STORES=300 MONTHS=3 SEED=20261121 in the environment.
# 2026-11-23, 9,965,229 rows, two quiet cores: first import 12.8 s (0.78 million rows/s, 15.4 CPU seconds, 706 MB at most,
# 1.37 GB), the same files again 0.6 s, every row in order 1.6 s (6.2 million rows/s, 190 MB), a new day of 300 stores 0.7 s.
# Needs python3 with numpy, GNU time, and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:-"$here/../../.build/benchmark"}
stores=${STORES:-300}; months=${MONTHS:-3}; seed=${SEED:-20261121}
kpi=${KPI:-"$here/../../.build/release/kpi"}
[ -n "${KPI:-}" ] || swift build -c release --package-path "$here/../.." --product kpi
data="$work/data-$stores-$months-$seed"
if [ ! -f "$data/done" ]; then
    mkdir -p "$data/exports"
    python3 "$here/../make_group.py" "$data/exports" --stores "$stores" --months "$months" --seed "$seed"
    cp "$here/../group.dealership.yaml" "$data/dealership.yaml"
    touch "$data/done"
fi
trial="$work/store-trial"
rm -rf "$trial"; mkdir -p "$trial/exports"
cp "$data/dealership.yaml" "$trial/"
for file in "$data"/exports/*.csv; do [ "$(basename "$file")" = open_intervals.csv ] || ln -s "$file" "$trial/exports/"; done

timed() {
    label=$1; shift
    /usr/bin/time -f "%e s wall, %U s user, %S s system, %M KB at most" -o "$work/time" "$@" > "$work/out" 2> "$work/err" || { cat "$work/err"; exit 1; }
    printf '%-34s %s\n' "$label" "$(cat "$work/time")"
}

timed "first import" "$kpi" import "$trial"
head -n 1 "$work/out"; ls -l "$trial/kpi.sqlite" | awk '{ print $5 / 1e9 " GB" }'
timed "the same files again" "$kpi" import "$trial"
timed "every row read in order" "$kpi" imports "$trial" --rows
tail -n 1 "$work/out"
# A new day: messages of the last day once more under new numbers, and a hundred rows corrected.
rm "$trial/exports/messages.csv"
python3 - "$data/exports/messages.csv" "$trial/exports/messages.csv" <<'PYTHON'
import sys
with open(sys.argv[1]) as source, open(sys.argv[2], "w") as target:
    target.write(source.readline())
    for index, line in enumerate(source):
        if index % 90 == 0:
            number, rest = line.split(",", 1)
            target.write(f"new-{number},{rest}" if index % 900 else line)
PYTHON
timed "a new day of all stores" "$kpi" import "$trial"
cat "$work/out"
timed "undo it" "$kpi" undo "$trial" 2
rm "$trial/exports/messages.csv"; ln -s "$data/exports/messages.csv" "$trial/exports/"
timed "tables from the store" "$kpi" tables "$here/../group.tables.yaml" "$trial" -o "$work/stored"
timed "tables from the files" "$kpi" tables "$here/../group.tables.yaml" "$trial" -o "$work/direct" --exports
diff -r "$work/stored" "$work/direct" && echo "the same tables"

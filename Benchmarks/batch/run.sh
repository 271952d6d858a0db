#!/bin/sh
# The whole monthly report of each of 300 stores from CSV, one PDF a store and one of the group: pages a second and memory.
#   Benchmarks/batch/run.sh [FOLDER]      STORES=300 MONTHS=3 SEED=20261121 RUNS=3 KPI=path/to/kpi in the environment.
# Needs python3 with duckdb, pandas and numpy (for the data), GNU time, and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:-"$here/../../.build/benchmark"}
stores=${STORES:-300}; months=${MONTHS:-3}; seed=${SEED:-20261121}; runs=${RUNS:-3}
kpi=${KPI:-"$here/../../.build/release/kpi"}
[ -n "${KPI:-}" ] || swift build -c release --package-path "$here/../.." --product kpi
data="$work/data-$stores-$months-$seed"
if [ ! -f "$data/done" ]; then
    mkdir -p "$data/exports"
    python3 "$here/../make_group.py" "$data/exports" --stores "$stores" --months "$months" --seed "$seed"
    cp "$here/../group.dealership.yaml" "$data/dealership.yaml"
    touch "$data/done"
fi
for run in $(seq "$runs"); do
    rm -rf "$work/batch"
    /usr/bin/time -f "%e %U %S %M" -o "$work/batch.time" \
        "$kpi" report monthly "$data" --month latest --store all -o "$work/batch" --quiet >/dev/null 2>"$work/batch.said" \
        || { tail -n 20 "$work/batch.said" >&2; exit 1; }
    pages=$(sed -n 's/^.* \([0-9][0-9]*\) pages in .*/\1/p' "$work/batch.said" | tail -n 1)
    awk -v pages="$pages" '{ printf "%s pages, %.1f s wall, %.1f s CPU, %.0f pages/s, %d MB at most\n",
        pages, $1, $2 + $3, pages / $1, $4 / 1024 }' "$work/batch.time"
done

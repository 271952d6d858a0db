#!/bin/sh
# The group workload's six tables for more and more stores: time and memory against the number of rows.
#   Benchmarks/growth/run.sh [FOLDER]     SIZES="30 300 1200" MEMORY=1GB MONTHS=3 SEED=20261121 RUNS=3 KPI=path/to/kpi
# Needs python3 with duckdb, pandas and numpy (for the data: 3 GB for 1,200 stores), GNU time, and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:-"$here/../../.build/benchmark"}
sizes=${SIZES:-"30 300 1200"}; memory=${MEMORY:-1GB}; months=${MONTHS:-3}; seed=${SEED:-20261121}; runs=${RUNS:-3}
kpi=${KPI:-"$here/../../.build/release/kpi"}
[ -n "${KPI:-}" ] || swift build -c release --package-path "$here/../.." --product kpi
echo "stores      rows    wall s   CPU s   peak MB   µs of wall a row   of CPU      (medians of $runs, --memory $memory)"
for stores in $sizes; do
    data="$work/data-$stores-$months-$seed"
    if [ ! -f "$data/done" ]; then
        mkdir -p "$data/exports"
        python3 "$here/../make_group.py" "$data/exports" --stores "$stores" --months "$months" --seed "$seed" >/dev/null
        cp "$here/../group.dealership.yaml" "$data/dealership.yaml"
        touch "$data/done"
    fi
    rows=$(cat "$data"/exports/*.csv | wc -l)
    : > "$work/growth.times"
    for run in $(seq "$runs"); do
        /usr/bin/time -a -f "%e %U %S %M" -o "$work/growth.times" \
            "$kpi" tables "$here/../group.tables.yaml" "$data" -o "$work/growth" --memory "$memory" >/dev/null 2>"$work/growth.said" \
            || { tail -n 20 "$work/growth.said" >&2; exit 1; }
    done
    sort -n "$work/growth.times" | awk -v stores="$stores" -v rows="$rows" '
        { wall[NR] = $1; cpu[NR] = $2 + $3; if ($4 > peak) peak = $4 }
        END { m = int((NR + 1) / 2)
            printf "%6d %10d %8.2f %7.2f %9d %18.3f %8.3f\n", stores, rows, wall[m], cpu[m], peak / 1024,
                wall[m] / rows * 1e6, cpu[m] / rows * 1e6 }'
done

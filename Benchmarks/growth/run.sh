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
# More than 300 stores are made 300 at a time, and put together: tables one behind the other, messages by their time.
make_data() {
    mkdir -p "$data/exports"
    if [ "$stores" -le 300 ]; then
        python3 "$here/../make_group.py" "$data/exports" --stores "$stores" --months "$months" --seed "$seed" >/dev/null
    else
        first=0
        while [ "$first" -lt "$stores" ]; do
            count=$((stores - first < 300 ? stores - first : 300))
            python3 "$here/../make_group.py" "$data/part-$first" --stores "$count" --months "$months" \
                --seed $((seed + first)) --first "$first" >/dev/null
            first=$((first + 300))
        done
        for name in stores people service_visits sales outages; do
            head -n 1 "$data/part-0/$name.csv" > "$data/exports/$name.csv"
            for part in "$data"/part-*; do tail -n +2 "$part/$name.csv" >> "$data/exports/$name.csv"; done
        done
        for part in "$data"/part-*; do tail -n +2 "$part/messages.csv" > "$part/log"; done
        head -n 1 "$data/part-0/messages.csv" > "$data/exports/messages.csv"
        LC_ALL=C sort -m -s -t , -k 8,8 "$data"/part-*/log >> "$data/exports/messages.csv"
        rm -rf "$data"/part-*
    fi
    cp "$here/../group.dealership.yaml" "$data/dealership.yaml"
    touch "$data/done"
}
echo "stores      rows    wall s   CPU s   peak MB   µs of wall a row   of CPU      (medians of $runs, --memory $memory)"
for stores in $sizes; do
    data="$work/data-$stores-$months-$seed"
    [ -f "$data/done" ] || make_data
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

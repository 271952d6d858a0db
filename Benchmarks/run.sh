#!/bin/sh
# The group workload, ours and the peers': makes the data, compares all results value by value, then races them.
#   Benchmarks/run.sh [FOLDER]      STORES=300 MONTHS=3 SEED=20261121 RUNS=5 THREADS=2 KPI=path/to/kpi in the environment.
# Needs python3 with duckdb, polars, pandas and numpy, and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:-"$here/../.build/benchmark"}
stores=${STORES:-300}; months=${MONTHS:-3}; seed=${SEED:-20261121}; runs=${RUNS:-5}; threads=${THREADS:-2}
python3 -c 'import duckdb, polars, pandas, numpy' || { echo "pip install duckdb polars pandas numpy" >&2; exit 1; }
kpi=${KPI:-"$here/../.build/release/kpi"}
[ -n "${KPI:-}" ] || swift build -c release --package-path "$here/.." --product kpi
data="$work/data-$stores-$months-$seed"
if [ ! -f "$data/done" ]; then
    mkdir -p "$data/exports"
    python3 "$here/make_group.py" "$data/exports" --stores "$stores" --months "$months" --seed "$seed"
    cp "$here/group.dealership.yaml" "$data/dealership.yaml"
    touch "$data/done"
fi
ours="$kpi tables $here/group.tables.yaml $data -o $work/kpi --tasks $threads"
duck="python3 $here/peer_duckdb.py $data/exports $work/duckdb --threads $threads"
pola="env POLARS_MAX_THREADS=$threads python3 $here/peer_polars.py $data/exports $work/polars"
rm -rf "$work/kpi" "$work/duckdb" "$work/polars"
for one in "$duck" "$pola" "$ours"; do $one >/dev/null 2>"$work/said.err" || { cat "$work/said.err" >&2; exit 1; }; done
python3 "$here/compare.py" "$work/duckdb" "$work/polars"
python3 "$here/compare.py" "$work/duckdb" "$work/kpi"
python3 "$here/race.py" "$runs" "duckdb=$duck" "polars=$pola" "kpi=$ours"

#!/bin/sh
# One store's fourteen months of exports (the sample, 204,000 rows) to its monthly PDF: whole processes, from start to exit.
#   Benchmarks/report/run.sh      RUNS=21 KPI=path/to/kpi in the environment. Needs python3 and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
runs=${RUNS:-21}
kpi=${KPI:-"$here/../../.build/release/kpi"}
[ -n "${KPI:-}" ] || swift build -c release --package-path "$here/../.." --product kpi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$kpi" sample "$work/demo" >/dev/null
python3 - "$runs" "$kpi" report monthly "$work/demo" --month 2026-10 <<'PYTHON'
import os, statistics, subprocess, sys, time

def run(command):
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status: sys.exit(f"failed: {command}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

command = sys.argv[2:]
run(command)
wall, cpu, peak = zip(*(run(command) for _ in range(int(sys.argv[1]))))
print(f"one store, CSV to PDF: {statistics.median(wall):.3f} s wall (least {min(wall):.3f}, most {max(wall):.3f}), "
      f"{statistics.median(cpu):.3f} s CPU, {max(peak):.0f} MB at most, {len(wall)} runs")
PYTHON

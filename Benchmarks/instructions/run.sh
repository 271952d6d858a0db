#!/bin/sh
# How many instructions each part of a month's report takes, against those written down in reference.tsv: the same on every
# machine of one kind with the same compiler and libraries, busy or not, to a thousandth.
#   Benchmarks/instructions/run.sh            fails where a part takes over 5 % more than written down
#   Benchmarks/instructions/run.sh write      writes what was found down
# KPI=path/to/kpi in the environment measures another program. Needs valgrind and binutils, python3 and a Swift toolchain.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
kpi=${KPI:-}
if [ -z "$kpi" ]; then
    swift build -c release --package-path "$here/../.." --product kpi
    kpi="$here/../../.build/release/kpi"
fi
command -v valgrind >/dev/null || { echo "apt-get install valgrind" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Valgrind 3.19 does not read the debug information of so large a program; names of functions are enough.
objcopy --strip-debug "$kpi" "$work/kpi"
"$work/kpi" sample "$work/demo" >/dev/null
# Swift's hashes are seeded by chance unless told otherwise.
SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file="$work/calls" \
    "$work/kpi" report monthly "$work/demo" --month 2026-10 --tasks 1 >/dev/null 2>"$work/said" \
    || { tail -n 20 "$work/said" >&2; exit 1; }
callgrind_annotate --inclusive=yes --threshold=100 "$work/calls" | swift demangle --compact --simplified > "$work/inclusive"
python3 "$here/compare.py" "$work/inclusive" "$here/reference.tsv" "${1:-compare}"

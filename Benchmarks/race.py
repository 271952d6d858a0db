#!/usr/bin/env python3
"""Run commands in turn and print medians: race.py RUNS NAME=COMMAND [NAME=COMMAND ...]. Each run is a whole process with
its children, from start to exit: wall time, processor time, peak memory. Ratios are to the first command."""
import os, resource, shlex, statistics, subprocess, sys, time

def run(command):
    start = time.monotonic()
    process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed with {process.returncode}: {command}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

def main():
    runs = int(sys.argv[1])
    commands = [argument.split("=", 1) for argument in sys.argv[2:]]
    found = {name: [] for name, _ in commands}
    for name, command in commands:      # files into the page cache, programs into memory; not counted
        run(command)
    for _ in range(runs):               # A B C A B C ...
        for name, command in commands:
            found[name].append(run(command))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items()}
    base = medians[commands[0][0]]
    print(f"{'':10} {'wall s':>8} {'ratio':>6} {'CPU s':>8} {'ratio':>6} {'peak MB':>8} {'ratio':>6}   median of {runs}")
    for name, _ in commands:
        cells = [f"{value:8.2f} {value / reference:6.2f}" for value, reference in zip(medians[name], base)]
        print(f"{name:10} {' '.join(cells)}")

main()

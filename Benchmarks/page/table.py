"""Medians of the rounds, and how many times slower each peer is."""
import statistics, sys

found = {}
with open(sys.argv[1]) as file:
    for line in file:
        who, what, median, _, size = line.rstrip("\n").split("\t")
        found.setdefault((what, who), []).append((float(median), int(size)))
print("%-32s %-11s %9s %9s %9s %8s" % ("", "", "CPU ms", "least", "bytes", "times"))
for (what, who), rounds in found.items():
    times = [time for time, _ in rounds]
    ours = [time for time, _ in found.get((what, "kpi"), [])]
    ratio = "%.1f" % (statistics.median(times) / statistics.median(ours)) if who != "kpi" and ours else ""
    print("%-32s %-11s %9.2f %9.2f %9d %8s" % (what, who, statistics.median(times), min(times), rounds[-1][1], ratio))

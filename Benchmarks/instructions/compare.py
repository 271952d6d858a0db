#!/usr/bin/env python3
"""Sums what callgrind counted in the functions that a part of the program begins with, what they call included:
compare.py INCLUSIVE REFERENCE compare|write. Exit status 1 where a part takes over 5 % more than the reference."""
import re, sys

# Part: the functions it is entered by, none of which calls another of the same part.
PARTS = {
    "everything": r"^PROGRAM TOTALS$",
    "splitting and encoding rows": r"^(specialized )?ChunkReader\.read\(from:to:isExact:in:\)$",
    "journal of a group": r"^(specialized )?StagedExports\.read\(_:_:_:_:into:\)$|^(specialized )?StagedExports\.read\(_:_:_:_:_:\)$",
    "identity": r"^specialized Identity\.init\(_:country:\)$|^Identity\.init\(_:country:\)$",
    "linking conversations": r"^(specialized )?ConversationLinking\.link\(_:\)$",
    "open time": r"^(specialized )?WaitClock\.measure\(_:\)$",
    "counting tables": r"^Tabulation\.tally\(_:_:\)$",
    "merging histograms": r"^(specialized )?static SparseHistogram\.\+ infix\(_:_:\)$",
    "judging efforts": r"^(specialized )?EffortAssessor\.assessment\(openAtOnce:\)$",
    "laying out pages": r"^(specialized )?static Report\.draw\(_:context:theme:measurer:step:\)$",
    "shaping lines": r"^(specialized )?PangoMeasurer\.line\(_:style:\)$",
    "writing PDF pages": r"^(specialized )?PDFDocument\.draw\(_:\)$",
    "finishing the PDF": r"^(specialized )?PDFDocument\.finish\(\)$",
    "places of faults": r"^(specialized )?StagedExports\.locations\(of:\)$",
}

def counts(path):
    """Instructions by function; of a function called within itself the outermost calls."""
    found = {}
    for line in open(path, encoding="utf-8", errors="replace"):
        match = re.match(r"\s*([\d,]+) \([^)]*\)\s+(.*)", line)
        if not match: continue
        name = re.sub(r"^.*?:(?=[A-Za-z@(])", "", match[2], count=1) if "PROGRAM" not in match[2] else match[2]
        name = re.sub(r" \[[^\]]*\]$", "", name).strip()
        if name.endswith("'2"): continue
        found[name] = max(found.get(name, 0), int(match[1].replace(",", "")))
    return found

def main():
    inclusive, reference, what = sys.argv[1:]
    found = counts(inclusive)
    parts = {}
    for part, pattern in PARTS.items():
        names = [name for name in found if re.search(pattern, name)]
        # The specialised function is what the plain one calls.
        parts[part] = max((found[name] for name in names), default=0)
        if not names: sys.exit(f"no function of {part} was called: its name has changed, see PARTS")
    if what == "write":
        with open(reference, "w") as file:
            for part, count in parts.items(): file.write(f"{part}\t{count}\n")
    known = {}
    for line in open(reference):
        part, count = line.rstrip("\n").split("\t")
        known[part] = int(count)
    worse = []
    print(f"{'million instructions':34}{'written down':>14}{'now':>10}{'ratio':>8}")
    for part, count in parts.items():
        ratio = count / known[part]
        if ratio > 1.05: worse.append(part)
        print(f"{part:34}{known[part] / 1e6:14.1f}{count / 1e6:10.1f}{ratio:8.3f}{'  more' if ratio > 1.05 else ''}")
    if worse: sys.exit("over 5 % more: " + ", ".join(worse))

main()

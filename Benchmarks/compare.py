#!/usr/bin/env python3
"""Compare two folders of result tables value by value: compare.py ONE OTHER. Rows may stand in any order; columns go by
name; numbers are equal as numbers, an empty cell only equals an empty cell. Ends with 1 at the first table that differs,
after naming every table's first differences."""
import csv, decimal, os, sys

def value(text):
    try:
        return decimal.Decimal(text)
    except decimal.InvalidOperation:
        return text

def table(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    header = rows[0]
    return header, sorted(([value(c) for c in row] for row in rows[1:]), key=lambda row: [str(c) for c in row])

def main():
    one, other = sys.argv[1], sys.argv[2]
    names = sorted(n for n in set(os.listdir(one)) | set(os.listdir(other)) if n.endswith(".csv"))
    if not names:
        sys.exit("nothing to compare")
    failed = False
    for name in names:
        missing = [d for d in (one, other) if not os.path.exists(os.path.join(d, name))]
        if missing:
            print(f"{name}: not in {', '.join(missing)}")
            failed = True
            continue
        (header, a), (its, b) = table(os.path.join(one, name)), table(os.path.join(other, name))
        if sorted(header) != sorted(its):
            print(f"{name}: columns {header} and {its}")
            failed = True
            continue
        order = [its.index(column) for column in header]
        b = sorted(([row[i] for i in order] for row in b), key=lambda row: [str(c) for c in row])
        differences = [(x, y) for x, y in zip(a, b) if x != y]
        if len(a) != len(b) or differences:
            failed = True
            print(f"{name}: {len(a)} and {len(b)} rows, {len(differences)} differ")
            for x, y in differences[:3]:
                print("   ", *x, "|", *y)
        else:
            print(f"{name}: {len(a)} rows equal")
    sys.exit(1 if failed else 0)

main()

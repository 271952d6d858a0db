#!/usr/bin/env python3
"""Holds kpi's conversion tables against the oracle's, cell by cell; ends with 1 where one differs.

    kpi sample demo
    python3 Scripts/oracles/conversion_oracle.py demo oracle
    kpi tables Scripts/oracles/conversion_oracle.tables.yaml demo -o tables
    python3 Scripts/oracles/conversion_compare.py oracle tables
"""
import collections
import csv
import os
import sys


def same(ours, theirs):
    if ours == theirs:
        return True
    try:
        return "/" not in ours and abs(float(ours) - float(theirs)) < 1.5e-6
    except ValueError:
        return False


def main():
    oracle, tables = sys.argv[1:3]
    known = collections.defaultdict(dict)
    with open(os.path.join(oracle, "conversion.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[row["table"]][row["labels"], row["column"]] = row["value"]
    found = 0
    for table, cells in known.items():
        with open(os.path.join(tables, table + ".csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = {column for _, column in cells}
        missing, differ, count = dict(cells), [], 0
        for row in rows:
            labels = "|".join(v for k, v in row.items() if k not in columns)
            for column in columns:
                count += 1
                theirs = missing.pop((labels, column), "no row")
                if not same(row[column], theirs):
                    differ.append(f"{labels} {column}: kpi {row[column] or 'nothing'}, oracle {theirs or 'nothing'}")
        differ += [f"{labels} {column}: kpi has no row" for labels, column in missing]
        print(f"{table}: {count} cells, {len(differ)} differ")
        for line in sorted(differ)[:8]:
            print("   ", line)
        found += len(differ)
    sys.exit(1 if found else 0)


main()

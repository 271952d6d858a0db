#!/usr/bin/env python3
"""Holds kpi's response tables against the oracle's, cell by cell; ends with 1 where one differs.

    kpi sample demo
    python3 Scripts/oracles/response_oracle.py demo oracle
    kpi tables Scripts/oracles/response_oracle.tables.yaml demo -o tables
    python3 Scripts/oracles/response_compare.py oracle tables

The oracle's first responses follow the dealership's own `answer-on`; only that of kpi's two is compared.
"""
import csv
import os
import sys

SAME = ["conversations", "answered", "in_time", "late", "unanswered", "still_within", "p50", "p90", "mean"]


def read(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(ours, theirs, column):
    if column == "mean" and ours and theirs:
        return abs(float(ours) - float(theirs)) < 0.0011  # halves are rounded differently
    return ours == theirs


def compare(name, ours, theirs, keys, columns):
    """`keys` and `columns`: pairs of kpi's column and the oracle's."""
    known = {tuple(row[b] for _, b in keys): row for row in theirs}
    differ, cells, missing = [], 0, set(known)
    for row in ours:
        key = tuple(row[a] for a, _ in keys)
        missing.discard(key)
        for a, b in columns:
            cells += 1
            there = known[key][b] if key in known else "no row"
            if there == "" and b in ("in_time", "late", "unanswered", "still_within"):
                cells -= 1
            elif not same(row[a], there, a):
                differ.append(f"{name} {' '.join(key)} {a}: kpi {row[a] or 'nothing'}, oracle {there or 'nothing'}")
    differ += [f"{name} {' '.join(key)}: kpi has no row" for key in sorted(missing)]
    print(f"{name}: {cells} cells, {len(differ)} differ")
    for line in differ[:8]:
        print("   ", line)
    return len(differ)


def main():
    oracle, tables = sys.argv[1:3]
    found = 0
    pairs = lambda names: [(n, n) for n in names]
    by = pairs(["month", "channel"])
    first, turns = read(oracle, "first_response"), read(oracle, "next_response")
    own = read(oracle, "settings")[0]["answer_on"]
    for clock in ("open", "wall", "adjusted"):
        rows = [r for r in first if r["clock"] == clock]
        found += compare(
            f"first {clock} {own}", read(tables, f"first-{clock}-{own}"), rows, by, pairs(SAME + ["after_hours"]))
        for scope in ("same", "any-managed"):
            rows = [r for r in turns if (r["clock"], r["scope"], r["turns_of"]) == (clock, scope, "all")]
            found += compare(f"next {clock} {scope}", read(tables, f"next-{clock}-{scope}"), rows, by, pairs(SAME))
    for clock in ("open", "wall"):
        rows = [r for r in read(oracle, "leads") if r["clock"] == clock]
        found += compare(
            f"leads {clock}", read(tables, f"leads-{clock}"), rows, pairs(["month", "source"]),
            pairs(["conversations", "answered", "mean", "p50", "p90"]))
    found += compare(
        "handoffs", read(tables, "handoffs"), read(oracle, "handoffs"),
        [("month", "month"), ("department", "from"), ("to_department", "to")],
        [("handoffs", "conversations")] + pairs(SAME[1:-1]))
    found += compare(
        "off-channel", read(tables, "off-channel"), read(oracle, "off_channel"), pairs(["month"]),
        pairs(["messages", "off_channel"]))
    calls = read(oracle, "calls")
    for row in calls:
        row["not_taken"] = str(int(row["inbound"]) - int(row["answered"]))
    found += compare(
        "calls", read(tables, "calls"), calls, pairs(["month"]),
        [("calls", "inbound"), ("answered", "answered"), ("missed", "not_taken"), ("returned", "returned")])
    sys.exit(1 if found else 0)


main()

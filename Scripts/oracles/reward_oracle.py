#!/usr/bin/env python3
"""Rewards of a dealership's folder by section 6 of the definitions, written without regard to how kpi does it.

    kpi sample demo
    for m in 2026-08 2026-09 2026-10; do kpi rewards show demo --month $m --format csv 2>/dev/null; done > shown.csv
    python3 Scripts/oracles/reward_oracle.py demo shown.csv

Computes every rule with tiers of first-response-time once more, from response_oracle.py's reading of the raw exports,
in exact fractions, and says which cells of shown.csv differ. Needs Python 3.9 and PyYAML.
Not covered: points, gates, teams, a pool that is exceeded, people with several stints.
"""
import collections
import csv
import datetime as dt
import fractions
import glob
import os
import sys

import yaml

import response_oracle as base


def permille(text):
    return fractions.Fraction(str(text).replace("%", "").strip()) * 10


def days_of(world, person, month):
    """Open days of the month; of these, with the person employed; of these, not away all day."""
    row = world.people[person]
    store = row["store_id"]
    zone = world.zones[store]
    year, number = map(int, month.split("-"))
    day = dt.date(year, number, 1)
    period = eligible = present = 0
    while day.month == number:
        a = base.instant(day, 0, zone)
        b = base.instant(day + dt.timedelta(days=1), 0, zone)
        calendar = world.calendar(store, row.get("department"))
        if calendar.between(a, b) > 0:
            period += 1
            start, end = row.get("active_from"), row.get("active_to")
            if (not start or start <= day.isoformat()) and (not end or day.isoformat() <= end):
                eligible += 1
                away = world.away.get(person, [])
                if calendar.less(a, b, away) > 0:
                    present += 1
        day += dt.timedelta(days=1)
    return period, eligible, present


def cents(amount):
    return f"{amount // 100}.{amount % 100:02d}"


def rows_of(world, talks, rule, name, month):
    own = rule.get("eligible", {})
    minimum = own.get("minimum-n", 20)
    counts = collections.defaultdict(collections.Counter)
    for t in talks:
        if rule.get("channels") and t["channel"] not in rule["channels"]:
            continue
        if world.month(t["start"], t["store"]) != month:
            continue
        f = base.fact(world, t, t["question"], t["reply"])
        person = f["replier"] if f["answered"] else f["assignee"]
        target = world.targets.get(t["channel"])
        if t["left_out"]:
            standing = "left_out"
        elif f["answered"]:
            standing = "in_time" if f["adjusted"] <= target else "late"
        else:
            standing = "unanswered" if f["adjusted"] > target else "still_within"
        counts[person]["assigned"] += 1
        counts[person][standing] += 1
    eligible = {
        p for p, row in world.people.items()
        if row.get("department") in own.get("departments", [row.get("department")])
        and row.get("role") in own.get("roles", [row.get("role")])}
    unanswered = sum(c["unanswered"] for p, c in counts.items() if p in eligible or p == "")
    silent = counts[""]["unanswered"]
    nobody = unanswered > 0 and (unanswered - silent) * 10 < 9 * unanswered
    for person in sorted(eligible):
        c = counts[person]
        period, there, present = days_of(world, person, month)
        if there == 0 and not c:
            continue
        counted = c["in_time"] + c["late"] + c["unanswered"]
        amount = full = 0
        if not nobody and present >= own.get("days-present", 1) and counted >= minimum:
            share = fractions.Fraction(c["in_time"] * 1000, counted)
            for tier in rule["tiers"]:
                if permille(tier["from"]) <= share and ("below" not in tier or share < permille(tier["below"])):
                    full = int(fractions.Fraction(str(tier["pays"])) * 100)
            exact = fractions.Fraction(full * there, period) if there < period else fractions.Fraction(full)
            amount = int(exact + fractions.Fraction(1, 2))
            if "cap" in rule:
                amount = min(amount, int(fractions.Fraction(str(rule["cap"])) * 100))
        yield {
            "rule": name, "month": month, "person_id": person, "assigned": str(c["assigned"]),
            "left_out": str(c["left_out"]), "counted": str(counted), "in_time": str(c["in_time"]), "late": str(c["late"]),
            "unanswered": str(c["unanswered"]), "still_within": str(c["still_within"]), "eligible_days": str(there),
            "present_days": str(present), "period_days": str(period), "full_amount": cents(full),
            "amount": cents(amount),
        }


def main():
    folder, shown = sys.argv[1:3]
    with open(shown, encoding="utf-8") as file:
        lines = [line for line in csv.reader(file)]
    header = lines[0]
    found = {}
    for line in lines:
        if line != header:
            row = dict(zip(header, line))
            found[row["rule"], row["month"], row["person_id"]] = row
    world = base.World(folder, None, False)
    talks = list(base.conversations(world))
    cells = differing = 0
    for path in sorted(glob.glob(os.path.join(folder, "rewards", "*.yaml"))):
        name = os.path.basename(path)[:-5]
        with open(path, encoding="utf-8") as file:
            rule = yaml.safe_load(file)
        if rule["measure"] != "first-response-time" or "tiers" not in rule:
            print("not computed:", name)
            continue
        for month in sorted({key[1] for key in found if key[0] == name}):
            expected = {row["person_id"]: row for row in rows_of(world, talks, rule, name, month)}
            actual = {key[2]: row for key, row in found.items() if key[0] == name and key[1] == month}
            if set(expected) != set(actual):
                differing += 1
                print(month, "people differ", sorted(set(expected) ^ set(actual)))
            total = sum(int(row["amount"].replace(".", "")) for row in expected.values())
            if "pool" in rule and total > fractions.Fraction(str(rule["pool"])) * 100:
                print(month, "the pool is exceeded: amounts not compared")
                continue
            for person in sorted(set(expected) & set(actual)):
                for column, value in expected[person].items():
                    cells += 1
                    if actual[person][column] != value:
                        differing += 1
                        print(month, person, column, "expected", value, "found", actual[person][column])
    print(f"{cells} cells, {differing} differ")
    sys.exit(1 if differing or not cells else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Verdicts of change efforts recomputed: weekly figures from the raw exports, limits by dense matrices.

    kpi sample demo
    python3 Scripts/oracles/response_oracle.py demo OUT        # a row a conversation and handoff, from the raw exports
    kpi effort status demo --format json > status.json
    python3 Scripts/oracles/effort_oracle.py demo OUT status.json

Needs PyYAML, numpy and scipy. For efforts on answered-in-time by channel and handoff-time by departments, by week:
 1. every week's successes and trials (or median) from the oracle's own rows;
 2. which weeks lie before, in the dip, after, from the effort's YAML;
 3. looks' days, their information (inverse of X'X), their boundaries (Armitage's recursion by Gauss-Legendre);
 4. the change by AR(1) REML with Kenward and Roger's errors, all by dense matrices, and its t limits at the look's level.
Prints what differs; exit status 1 if anything does. Weeks that kpi left out for an outage are taken from its answer: the
outage oracle counts those.
"""
import csv
import datetime as dt
import json
import os
import sys
from zoneinfo import ZoneInfo

import numpy as np
import yaml
from scipy import optimize, stats

DAY = dt.timedelta(days=1)


def kenward_roger(y, x, t, weights):
    n, p = x.shape
    distance = np.abs(np.subtract.outer(t, t)).astype(float)

    def parts(rho):
        inverse = np.linalg.inv(rho ** distance)
        a = x.T @ inverse @ x
        b = np.linalg.solve(a, x.T @ inverse @ y)
        e = y - x @ b
        return inverse, a, b, e @ inverse @ e

    def cost(rho):
        inverse, a, _, s = parts(rho)
        return 0.5 * ((n - p) * np.log(s) - np.linalg.slogdet(inverse)[1] + np.linalg.slogdet(a)[1])

    grid = np.linspace(-0.98, 0.98, 99)
    start = grid[np.argmin([cost(g) for g in grid])]
    rho = optimize.minimize_scalar(
        cost, bounds=(max(start - 0.03, -0.99), min(start + 0.03, 0.99)), method="bounded", options=dict(xatol=1e-12)).x
    inverse, a, b, s = parts(rho)
    s2 = s / (n - p)
    vi = inverse / s2
    phi = np.linalg.inv(x.T @ vi @ x)
    d1 = np.where(distance > 0, distance * rho ** np.maximum(distance - 1, 0), 0)
    d2 = np.where(distance > 1, distance * (distance - 1) * rho ** np.maximum(distance - 2, 0), 0)
    dv = [rho ** distance, s2 * d1]
    ddv = [[np.zeros((n, n)), d1], [d1, s2 * d2]]
    P = [-x.T @ vi @ g @ vi @ x for g in dv]
    Q = [[x.T @ vi @ g @ vi @ h @ vi @ x for h in dv] for g in dv]
    R = [[x.T @ vi @ h @ vi @ x for h in row] for row in ddv]
    information = np.array([[0.5 * (np.trace(vi @ dv[i] @ vi @ dv[j]) - 2 * np.trace(phi @ Q[i][j])
                                    + np.trace(phi @ P[i] @ phi @ P[j])) for j in (0, 1)] for i in (0, 1)])
    w = np.linalg.inv(information)
    middle = sum(w[i, j] * (Q[i][j] - P[i] @ phi @ P[j] - R[i][j] / 4) for i in (0, 1) for j in (0, 1))
    adjusted = phi + 2 * phi @ middle @ phi
    l = np.array(weights, float)
    g = np.array([-l @ phi @ q @ phi @ l for q in P])
    degrees = 2 * (l @ phi @ l) ** 2 / (g @ w @ g)
    return l @ b, np.sqrt(l @ adjusted @ l), min(max(degrees, 1), n - p)


def design(t, change):
    t = np.asarray(t)
    return np.column_stack([np.ones(len(t)), t - t[0] + 1.0, (t >= change) * 1.0])


def levels(fractions, alpha=0.05):
    nodes, weights = np.polynomial.legendre.leggauss(400)
    spent = [4 * stats.norm.sf(stats.norm.isf(alpha / 4) / np.sqrt(t)) for t in fractions]
    found, u, mass, before = [], np.array([0.0]), np.array([1.0]), 0.0
    for look, t in enumerate(fractions):
        step = np.sqrt(t - before)
        target = spent[look] - (spent[look - 1] if look else 0)

        def excess(b):
            return np.sum(mass * (stats.norm.sf((b - u) / step) + stats.norm.sf((b + u) / step))) / target - 1

        b = optimize.brentq(excess, 0, 12 * np.sqrt(t), xtol=1e-13)
        found.append(1 - 2 * stats.norm.sf(b / np.sqrt(t)))
        x = b * nodes
        mass = b * weights * (stats.norm.pdf((x[:, None] - u) / step) / step @ mass)
        u, before = x, t
    return found


def open_seconds(text):
    number, unit = text.split()
    return int(number) * {"s": 1, "min": 60, "h": 3600}[unit]


def rows_of(effort, out, zone, settings):
    """(local day, in time?) or (local day, seconds or None) of every row that the goal counts."""
    goal = effort["goal"]
    name = "conversations" if goal["measure"] == "answered-in-time" else "handoff_rows"
    path = os.path.join(out, name + ".csv")
    if not os.path.exists(path):
        return None
    found = []
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if name == "conversations":
                if row["channel"] != goal.get("channel"):
                    continue
                target = open_seconds(settings["targets"]["first-response-time"][row["channel"]])
                wait = float(row["open"])
                if row["answered"] != "True" and wait < target:
                    continue
                day = dt.datetime.fromtimestamp(int(row["asked"]), zone).date()
                found.append((day, row["answered"] == "True" and wait <= target))
            else:
                if (row["from"], row["to"]) != (goal["from"], goal["to"]):
                    continue
                day = dt.datetime.fromtimestamp(int(row["asked"]), zone).date()
                found.append((day, (row["answered"] == "True", float(row["open"]))))
    return found


def median(pairs):
    """Least t with S(t) <= 1/2 of the Kaplan-Meier curve; None where silence reaches into it."""
    survival = 1.0
    events = sorted({w for e, w in pairs if e})
    for time in events:
        dead = sum(1 for e, w in pairs if e and w == time)
        risk = sum(1 for _, w in pairs if w >= time)
        survival *= 1 - dead / risk
        if survival <= 0.5 + 1e-12:
            return time
    return None


def main():
    folder, out, status = sys.argv[1:4]
    settings = yaml.safe_load(open(os.path.join(folder, "dealership.yaml"), encoding="utf-8"))
    zone = ZoneInfo(settings["time-zone"])
    wrong = []

    def check(what, ours, theirs, digits=6):
        same = ours == theirs if not isinstance(theirs, float) else abs(ours - theirs) <= 10 ** -digits * max(1, abs(theirs))
        if not same:
            wrong.append(f"{what}: kpi {ours}, oracle {theirs}")

    compared = 0
    for found in json.load(open(status, encoding="utf-8")):
        effort = yaml.safe_load(open(os.path.join(folder, "efforts", found["effort"] + ".yaml"), encoding="utf-8"))
        if effort.get("period") != "week" or effort["goal"]["measure"] not in ("answered-in-time", "handoff-time"):
            continue
        rows = rows_of(effort, out, zone, settings)
        if rows is None:
            continue
        start, by = effort["start"], effort["goal"]["by"]
        settled = start + DAY * effort.get("dip", {}).get("days", 0)
        values = []
        for point in found["series"]:
            first, last = (dt.date.fromisoformat(point[k]) for k in ("from", "until"))
            check(f"{found['effort']} {first} weekday", (first - start).days % 7, 0)
            mine = [v for day, v in rows if first <= day <= last]
            if effort["goal"]["measure"] == "answered-in-time":
                enough = len(mine) >= 5
                check(f"{found['effort']} {first} successes", point["successes"], sum(mine) if enough else None)
                check(f"{found['effort']} {first} trials", point["trials"], len(mine) if enough else None)
                value = sum(mine) / len(mine) if len(mine) >= 5 else None
            else:
                value = median(mine)
                check(f"{found['effort']} {first} median", point["value"], value)
            stage = "before" if last < start else "starting" if first < start else "dip" if first < settled else "after"
            check(f"{found['effort']} {first} stage", point["stage"], stage)
            values.append((stage, last, value, point["left_out"]))
            compared += 1
        # Looks: equal steps from the end of the dip.
        count = effort.get("looks", 2)
        span = (by - settled).days
        days = [settled + DAY * ((span * i + count // 2) // count) for i in range(1, count + 1)]
        gap = -(-(settled - start).days // 7)
        after = [max(0, ((d - start).days + 1) // 7 - gap) for d in days]
        before = sum(1 for s, _, v, left in values if s == "before" and v is not None and not left)
        information = []
        for n in after:
            t = list(range(before)) + list(range(before + gap, before + gap + n))
            information.append(1 / np.linalg.inv(design(t, before).T @ design(t, before))[2, 2])
        plan = levels([i / information[-1] for i in information])
        check(f"{found['effort']} looks", [l["day"] for l in found["looks"]], [d.isoformat() for d in days])
        for look, level in zip(found["looks"], plan):
            check(f"{found['effort']} level {look['day']}", look["level"], float(level))
        if not found["figures"]:
            continue
        day = max(d for d in days if d.isoformat() <= found["as_of"])
        used = [(i, v) for i, (s, last, v, left) in enumerate(values)
                if s in ("before", "after") and v is not None and not left and last <= day]
        t = np.array([i for i, _ in used])
        y = np.array([v for _, v in used], float)
        change = min(i for i, (s, *_) in enumerate(values) if s == "after")
        estimate, error, degrees = kenward_roger(y, design(t, change), t, [0, 0, 1])
        level = plan[days.index(day)]
        half = stats.t.ppf((1 + level) / 2, degrees) * error
        for key, value in (("estimate", estimate), ("lower", estimate - half), ("upper", estimate + half)):
            check(f"{found['effort']} {key}", found["figures"][key], float(value), 4)
        compared += 3
    print(f"{compared} cells compared, {len(wrong)} differ")
    for line in wrong[:40]:
        print(" ", line)
    sys.exit(1 if wrong or not compared else 0)


main()

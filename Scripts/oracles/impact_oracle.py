#!/usr/bin/env python3
"""What outages did, by section 4 of the definitions, counted over the raw CSVs without regard to how kpi does it.

    kpi sample demo --stores 2 && kpi tables Scripts/oracles/impact_oracle.tables.yaml demo -o tables
    python3 Scripts/oracles/impact_oracle.py demo tables

Compares every cell of the tables exposure (without visits), missing and delay, and prints how many agree; ends with 1 when
one does not. Needs PyYAML and SciPy (its negative binomial, where kpi asks Boost's incomplete beta), and response_oracle.py
beside it, which reads the folder and joins messages to conversations. Plain loops over arrivals, no index by time.

The rules, as stated under the measures: same hours of week are the same wall clock 7 days apart; clean: not within an
outage of the same store and kind nor within the recapture days after one, not a date with hours of its own, on record; up
to `weeks` of the last 26, at least 4. Days beside: up to 7 before and 7 after.
"""
import argparse
import collections
import csv
import datetime as dt
import os
import sys

from scipy.stats import nbinom, norm, poisson

import response_oracle as base

DAY = 86400


class Impact:
    def __init__(self, folder):
        self.world = w = base.World(folder, None, False)
        o = w.settings.get("outages") or {}
        self.weeks = int(o.get("weeks", 8))
        self.recapture = int(str(o.get("recapture", "3 days")).split()[0]) * DAY
        self.bound = base.seconds(o.get("delay-bound", "8 h"))
        self.tolerance = base.seconds(o.get("mailing-tolerance", "15 min"))
        self.stores = list(w.zones)
        self.systems = o.get("systems") or {}
        self.outages = []
        for row in w.folder.rows("outages", "outage_id"):
            start, end = base.parse(row["started_at"], w.own_zone), base.parse(row["ended_at"], w.own_zone)
            if start is None or (end is not None and end < start) or start >= w.as_of:
                continue
            spec = self.systems.get(row["system"]) or {}
            own = [str(s) for s in spec.get("stores", [])] or self.stores
            self.outages.append({
                "id": row["outage_id"], "start": start, "end": min(end or w.as_of, w.as_of),
                "stores": [row["store_id"]] if row["store_id"] else own,
                "activities": spec.get("activities", [row["system"]] if row["system"] else []),
            })
        self.special = set()
        for day, text in (w.settings.get("exceptions") or {}).items():
            day = day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
            if base.clock_ranges(text) != base.week(w.settings["hours"])[day.weekday()]:
                self.special.add(day)
        self.read()

    def read(self):
        w = self.world
        self.talks = [t for t in base.conversations(w) if not t["left_out"]]
        self.arrivals = collections.defaultdict(list)
        for talk in self.talks:
            self.arrivals[talk["store"], talk["channel"]].append(talk["start"])
        self.leads = []
        for row in w.folder.rows("leads", "lead_id"):
            at = base.parse(row["created_at"], w.zones[row["store_id"]], row["_dates"])
            if at is not None:
                row["t"] = at
                self.leads.append(row)
                self.arrivals[row["store_id"], "leads"].append(at)
        self.appointments = []
        for row in w.folder.rows("appointments", "appointment_id"):
            zone = w.zones[row["store_id"]]
            row["booked"] = base.parse(row.get("booked_at"), zone, row["_dates"])
            row["due"] = base.parse(row["scheduled_for"], zone, row["_dates"])
            self.appointments.append(row)
            if row["booked"] is not None:
                self.arrivals[row["store_id"], "appointments"].append(row["booked"])
        self.first_day = {}
        for (store, kind), times in self.arrivals.items():
            self.first_day[store, kind] = self.day(min(times), store)

    def day(self, t, store):
        return dt.datetime.fromtimestamp(t, self.world.zones[store]).date()

    def at(self, day, second, store):
        zone = self.world.zones[store]
        if second >= DAY:
            return base.instant(day + dt.timedelta(days=1), 0, zone)
        return base.instant(day, second, zone)

    @staticmethod
    def kinds(activity):
        return {"visits": ["appointments"], "appointments": ["appointments"], "leads": ["leads"], "mailings": [],
                "payments": []}.get(activity, [activity])

    def last_day(self, kind, store):
        table = "leads" if kind == "leads" else "appointments" if kind == "appointments" else None
        if table is None:
            end = self.world.as_of
        else:
            rows = self.leads if table == "leads" else self.appointments
            times = [(r["t"] if table == "leads" else r["booked"], r["store_id"]) for r in rows]
            last = max(self.day(t, s) for t, s in times if t is not None)
            end = max(base.instant(last + dt.timedelta(days=1), 0, z) for z in self.world.zones.values())
            end = min(end, self.world.as_of)
        return self.day(end, store)

    def dirty(self, store, kind):
        return [(o["start"], o["end"] + self.recapture) for o in self.outages if store in o["stores"]
                and any(kind in self.kinds(a) for a in o["activities"])]

    def count(self, store, kind, a, b):
        return sum(1 for t in self.arrivals.get((store, kind), []) if a <= t < b)

    def is_clean(self, store, kind, day, a, b):
        if day in self.special or not self.first_day[store, kind] <= day < self.last_day(kind, store):
            return False
        x, y = self.at(day, a, store), self.at(day, b, store)
        return all(y <= p or q <= x for p, q in self.dirty(store, kind))

    def clean_days(self, store, kind, day, a, b):
        out = []
        for back in range(1, self.weeks + 19):
            past = day - dt.timedelta(days=7 * back)
            if past < self.first_day[store, kind] or len(out) == self.weeks:
                break
            if self.is_clean(store, kind, past, a, b):
                out.append(past)
        return out

    def history(self, store, kind, day, a, b):
        return [(d, self.count(store, kind, self.at(d, a, store), self.at(d, b, store)))
                for d in self.clean_days(store, kind, day, a, b)]

    def pieces(self, a, b, store):
        out, day = [], self.day(a, store)
        while self.at(day, 0, store) < b:
            low, high = max(a, self.at(day, 0, store)), min(b, self.at(day, DAY, store))
            if low < high:
                midnight = dt.datetime.combine(day, dt.time(), self.world.zones[store])

                def second(t):
                    local = dt.datetime.fromtimestamp(t, self.world.zones[store]).replace(tzinfo=None)
                    return int((local - midnight.replace(tzinfo=None)).total_seconds())
                out.append((day, second(low), DAY if high == self.at(day, DAY, store) else second(high)))
            day += dt.timedelta(days=1)
        return out

    def expected(self, store, kind, pieces, fewest):
        """(observed, expected, error, fewest weeks, pieces with too few, special days)."""
        observed, mean, parts, too_few, special = 0, 0.0, {}, 0, 0
        for day, a, b in pieces:
            if not self.first_day[store, kind] <= day < self.last_day(kind, store):
                continue
            if day in self.special:
                special += 1
                continue
            past = self.history(store, kind, day, a, b)
            fewest = len(past) if fewest is None else min(fewest, len(past))
            if len(past) < 4:
                too_few += 1
                continue
            observed += self.count(store, kind, self.at(day, a, store), self.at(day, b, store))
            total = sum(n for _, n in past)
            mean += total / len(past)
            key = (past[0][0], a, b)
            times = parts.get(key, (0,))[0] + 1
            parts[key] = (times, total, len(past))
        error = sum(m * m * n / (k * k) for m, n, k in parts.values())
        return observed, mean, error, fewest, too_few, special


def limits(mean, variance):
    if mean <= 0:
        return 0, 0
    if variance - mean <= 1e-9 * mean:
        law = poisson(mean)
    else:
        size = mean * mean / (variance - mean)
        law = nbinom(size, size / (size + mean))
    return law.ppf(0.025), law.ppf(0.975)


def beside(impact, store, kind, start, end):
    first, last = impact.day(start, store), impact.day(end - 1, store)
    days = [first - dt.timedelta(days=i) for i in range(1, 8)] + [last + dt.timedelta(days=i) for i in range(1, 8)]
    observed, mean, error, pearson, degrees, weeks = 0, 0.0, 0.0, 0.0, 0, []
    parts = {}
    for position, day in enumerate(days):
        past = impact.history(store, kind, day, 0, DAY)
        if len(past) < 4:
            continue
        counts = [n for _, n in past]
        if position < 7:
            weeks.append(counts)
            if sum(counts) > 0:
                m = sum(counts) / len(counts)
                pearson += sum((n - m) ** 2 for n in counts) / m
                degrees += len(counts) - 1
        if not impact.is_clean(store, kind, day, 0, DAY):
            continue
        observed += impact.count(store, kind, impact.at(day, 0, store), impact.at(day, DAY, store))
        mean += sum(counts) / len(counts)
        times = parts.get(past[0][0], (0,))[0] + 1
        parts[past[0][0]] = (times, sum(counts), len(counts))
    error = sum(m * m * n / (k * k) for m, n, k in parts.values())
    return observed, mean, error, max(1.0, pearson / degrees) if degrees >= 10 else 1.0, weeks


def missing(impact, outage, store, kind):
    known = base.instant(impact.last_day(kind, store), 0, impact.world.zones[store])
    start, end = outage["start"], min(outage["end"], known)
    after = min(outage["end"] + impact.recapture, known)
    if start >= known or (store, kind) not in impact.arrivals:
        return None
    down = impact.expected(store, kind, impact.pieces(start, end, store), None)
    rest = impact.expected(store, kind, impact.pieces(end, after, store), down[3])
    row = {"windows": 1, "clean_weeks": rest[3] or 0, "days_left_out": down[5] + rest[5]}
    if down[4] + rest[4] > 0 or (rest[3] or 0) < 4:
        row["windows_too_few"] = 1
        return row
    own_observed, own_mean, own_error, scatter, weeks = beside(impact, store, kind, start, after)
    ratio, ratio_error, scaled, controls = 1.0, 0.0, "nothing", 0
    seen, mean, error = 0, 0.0, 0.0
    place = impact.stores.index(store)
    others = [impact.stores[(place + i) % len(impact.stores)] for i in range(1, min(len(impact.stores), 13))]
    for other in others:
        if (other, kind) not in impact.arrivals:
            continue
        pieces = [p for p in impact.pieces(start, end, store) + impact.pieces(end, after, store)
                  if impact.is_clean(other, kind, *p) and len(impact.history(other, kind, *p)) >= 4]
        if pieces:
            found = impact.expected(other, kind, pieces, None)
            seen, mean, error, controls = seen + found[0], mean + found[1], error + found[2], controls + 1
    if mean >= 20:
        ratio, scaled = seen / mean, "stores not hit"
        ratio_error = scatter * (1 / max(seen, 1) + error / mean ** 2)
    else:
        controls = 0
        if own_mean >= 20:
            ratio, scaled = own_observed / own_mean, "own days"
            ratio_error = scatter * (1 / max(own_observed, 1) + own_error / own_mean ** 2)
            if after - start > 7 * DAY and weeks:
                totals = [sum(w[i] for w in weeks) for i in range(min(map(len, weeks)))]
                m = sum(totals) / len(totals)
                if m > 0 and len(totals) > 1:
                    variance = sum((t - m) ** 2 for t in totals) / (len(totals) - 1)
                    ratio_error += max(0.0, variance / m ** 2 - scatter / m)

    def predicted(mean, error):
        half = 0.5 / rest[3]
        base_mean = mean + half
        law = ratio * base_mean
        return ratio * mean, scatter * law + law ** 2 * (scatter * (error + half ** 2) / base_mean ** 2 + ratio_error)
    first, whole = predicted(down[1], down[2]), predicted(down[1] + rest[1], down[2] + rest[2])
    all_observed = down[0] + rest[0]
    at_first = first[0] - down[0]
    low, high = (q - down[0] for q in limits(*first))
    returned = min(max(0.0, rest[0] - (whole[0] - first[0])), max(0.0, at_first))
    lost = at_first - returned
    below, above = (q - all_observed for q in limits(*whole))
    lower = min(below, lost)
    upper = max(lower, lost, min(above, high))
    row.update({
        "windows_too_few": 0, "expected": first[0], "observed": down[0], "missing_at_first": at_first,
        "missing_at_first_lower": low, "missing_at_first_upper": high, "returned": returned, "missing": max(0.0, lost),
        "missing_lower": max(0.0, lower), "missing_upper": max(0.0, upper), "effect": "lost" if lower > 0 else "unclear",
        "control_stores": controls, "scaled_by": scaled,
    })
    return row


def restricted(waits, bound):
    """Mean, variance and third central moment of waits cut at the bound; (seconds, is answered) each."""
    curve, at_risk, survival = [(0, 1.0)], len(waits), 1.0
    by_time = collections.defaultdict(lambda: [0, 0])
    for wait, answered in waits:
        by_time[wait][0 if answered else 1] += 1
    for wait in sorted(by_time):
        events, gone = by_time[wait]
        survival *= 1 - events / at_risk
        at_risk -= events + gone
        if wait < bound:
            curve.append((wait, survival))
    moments = [0.0, 0.0, 0.0]
    for (a, s), (b, _) in zip(curve, curve[1:] + [(bound, 0)]):
        for power in (1, 2, 3):
            moments[power - 1] += s * (b ** power - a ** power)
    m, second, third = moments
    return m, second - m * m, third - 3 * m * second + 2 * m ** 3


def delay(impact, outage, store, channel):
    w = impact.world
    calendar = w.open[store, None]
    start, end = outage["start"], outage["end"]
    bound = calendar.between(start, end) + impact.bound
    talks = [t for t in impact.talks if t["store"] == store and t["channel"] == channel]
    if not talks:
        return None
    downs = [(o["start"], o["end"]) for o in impact.outages if store in o["stores"]
             and channel in o["activities"]]

    def wait(talk):
        stop = talk["reply"]["t"] if talk["reply"] else w.as_of
        return w.calendar(store, talk["department"]).between(talk["start"], stop), talk["reply"] is not None

    def begun(a, b):
        return [t for t in talks if a <= t["start"] < b]

    def waiting(t0, within):
        return [t for t in talks if t["start"] < t0 and (t["reply"] is None or t["reply"]["t"] > t0)
                and (not within or calendar.between(t["start"], t0) < bound)]

    def references(day, a, b):
        out = []
        for past in impact.clean_days(store, channel, day, a, b):
            x, y = impact.at(past, a, store) - impact.bound, impact.at(past, b, store) + impact.bound
            if all(y <= p or q <= x for p, q in downs):
                out.append((past, a, b))
        return out
    exposed = len(waiting(start, False))
    samples, seen = [], []
    mine, weeks = [], []
    pieces = impact.pieces(start, end, store)
    for day, a, b in pieces:
        now = begun(impact.at(day, a, store), impact.at(day, b, store))
        exposed += len(now)
        past = [] if day in impact.special else references(day, a, b)
        if not past:
            continue
        mine += now
        for week in past:
            if week not in seen:
                seen.append(week)
                weeks.append(begun(impact.at(week[0], a, store), impact.at(week[0], b, store)))
    samples.append((mine, weeks))
    past = [p for p in references(*pieces[0]) if p in seen]
    samples.append((waiting(start, True), [waiting(impact.at(d, a, store), True) for d, a, _ in past]))
    compared, count, waited, excess, variance, third = 0, 0, 0.0, 0.0, 0.0, 0.0
    for mine, weeks in samples:
        usual = [wait(t) for week in weeks for t in week]
        count += len(usual)
        if not mine or len(usual) < 10:
            continue
        own, like = restricted([wait(t) for t in mine], bound), restricted(usual, bound)
        filled = [[min(wait(t)[0], bound) for t in week] for week in weeks if week]
        more = 1.0
        if len(filled) >= 4 and like[1] > 0:
            more = max(1.0, sum(len(x) * (sum(x) / len(x) - like[0]) ** 2 for x in filled) / like[1] / (len(filled) - 1))
        n = len(mine)
        compared += n
        waited += n * own[0]
        excess += n * (own[0] - like[0])
        half, beyond = 0.5 / len(usual), bound - like[0]
        variance += more * (like[1] + half * beyond ** 2) * (n + n * n / len(usual))
        third += n * (like[2] + half * beyond ** 3)
    row = {"exposed": exposed, "compared": compared, "references": count}
    if compared:
        z, sd = norm.ppf(0.975), variance ** 0.5
        bent = 0.0 if sd == 0 else min(max((z * z - 1) * third / sd ** 3 / 6, -z / 2), z / 2)
        row.update({
            "mean_wait_seconds": waited / compared, "expected_wait_seconds": (waited - excess) / compared,
            "excess_seconds": excess, "excess_seconds_lower": excess - sd * (z + bent),
            "excess_seconds_upper": excess - sd * (-z + bent),
            "effect": "delayed" if excess - sd * (z + bent) > 0 else "unclear",
        })
    return row


def exposure(impact, outage):
    w = impact.world
    start, end = outage["start"], outage["end"]
    row = collections.Counter()

    def hit(store, activity):
        return store in outage["stores"] and activity in outage["activities"]

    def meets(a, b):
        return a < end and start < max(b, a + 1)
    for talk in impact.talks:
        if hit(talk["store"], talk["channel"]):
            row["conversations"] += meets(talk["start"], talk["reply"]["t"] if talk["reply"] else w.as_of)
    if "leads" in outage["activities"]:
        everywhere = base.answers_by_customer(w)
        for lead in impact.leads:
            if hit(lead["store_id"], "leads") and lead["t"] < w.as_of:
                who = (w.group[lead["store_id"]], lead["_system"], lead["customer_id"])
                answer = base.first_at_or_after(everywhere.get(who, []), lead["t"])
                row["leads"] += meets(lead["t"], answer["t"] if answer else w.as_of)
    if {"appointments", "visits"} & set(outage["activities"]):
        for a in impact.appointments:
            if a["store_id"] in outage["stores"]:
                row["appointments"] += any(
                    t is not None and t < w.as_of and meets(t, t) for t in (a["booked"], a["due"]))
    for mailing in w.folder.rows("mailings", "mailing_id"):
        zone = w.zones[mailing["store_id"]]
        planned, sent = base.parse(mailing["planned_at"], zone), base.parse(mailing["sent_at"], zone)
        if hit(mailing["store_id"], "mailings") and meets(min(planned, sent), max(planned, sent)):
            fault = mailing["fault"]
            if not fault and abs(sent - planned) > impact.tolerance:
                fault = "late" if sent > planned else "early"
            row["mailings"] += 1
            row["mailings_" + fault] += 1
            row["recipients"] += int(mailing["recipients"])
    return row


def table(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agrees(mine, theirs):
    if mine is None or mine == "":
        return theirs == ""
    if isinstance(mine, str):
        return mine == theirs
    return theirs != "" and abs(float(theirs) - mine) <= 2e-3 + 1e-6 * abs(mine)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("tables")
    arguments = parser.parse_args()
    impact = Impact(arguments.folder)
    by_id = {o["id"]: o for o in impact.outages}
    cells, wrong = collections.Counter(), []

    def compare(name, row, mine, keys):
        for column, theirs in row.items():
            if column in keys:
                continue
            value = mine.get(column, 0 if name == "exposure" else None)
            cells[name] += 1
            if not agrees(value, theirs):
                wrong.append((name, [row[k] for k in keys], column, value, theirs))
    for row in table(arguments.tables, "exposure"):
        compare("exposure", row, exposure(impact, by_id[row["outage_id"]]), ["outage_id"])
    seen = set()
    for row in table(arguments.tables, "missing"):
        if row["kind"] == "visits":
            continue
        seen.add((row["outage_id"], row["store_id"], row["kind"]))
        mine = missing(impact, by_id[row["outage_id"]], row["store_id"], row["kind"])
        compare("missing", row, mine or {}, ["outage_id", "store_id", "kind"])
    for outage in impact.outages:
        for store in outage["stores"]:
            for kind in {k for a in outage["activities"] for k in impact.kinds(a)}:
                if (outage["id"], store, kind) not in seen and missing(impact, outage, store, kind):
                    wrong.append(("missing", [outage["id"], store, kind], "no row", "", ""))
    for row in table(arguments.tables, "delay"):
        mine = delay(impact, by_id[row["outage_id"]], row["store_id"], row["channel"])
        compare("delay", row, mine or {}, ["outage_id", "store_id", "channel"])
    for fault in wrong[:60]:
        print(*fault)
    print(", ".join(f"{name}: {count} cells" for name, count in sorted(cells.items())), f"- {len(wrong)} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

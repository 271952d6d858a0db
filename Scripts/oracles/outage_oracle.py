#!/usr/bin/env python3
"""Service figures of outages by section 4 of the definitions, written without regard to how kpi does it, against kpi's.

    kpi sample demo --stores 2
    kpi tables Scripts/oracles/outage_oracle.tables.yaml demo --as-of 2026-11-02T00:00:00Z -o tables
    python3 Scripts/oracles/outage_oracle.py demo tables --as-of 2026-11-02T00:00:00Z

The same for the folders of Tests/Fixtures/real, and for random ones: `--make DIR SEED` writes one. Reads dealership.yaml and the exports it maps to outages, outage_updates and
monitor_events; needs Python 3.9 and PyYAML. Ends with 1 where a cell differs.

What the definitions leave open, and what was decided here:
 1. Down is a set of instants, per system (vendor and channel where there is none) and cell: overlaps count once, several
    stores once. Open: the instants at which at least one of the stores hit is open.
 2. A date alone is a whole local day of each store, the last one included.
 3. A failure: rows of one system whose times touch, from the first start to the last end. It belongs to the month of its
    start. Its detection is the earliest of its rows. Rows known by the day are in no mean but that between failures.
 4. Between failures: from the start of the one before on the same system, in the month of the later.
 5. Planned maintenance: apart, less what other downtime took.
 6. Vendor's time: rows with both published times; ours of the same rows less theirs.
 7. Below three no mean.
 8. Reports of one number: the first begins it, `resolved` ends it, a new start after a partial restoration ended the span
    before at the last of these.
"""
import argparse
import collections
import csv
import datetime as dt
import os
import sys
from zoneinfo import ZoneInfo

import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from response_oracle import Folder, Open, union, week, instant  # noqa: E402

DAY = dt.timedelta(days=1)
SETS = ("outages", "planned", "resolved_before_start", "vendor_outages", "failures")


def translated(row, entry, column):
    """A cell under our name, by the mapping's rule."""
    rule = (entry.get("columns") or {}).get(column, column)
    values = {}
    if isinstance(rule, dict):
        values = {str(k): v for k, v in (rule.get("values") or {}).items()}
        if "value" in rule:
            return word(rule["value"])
        if "join" in rule:
            return "-".join(row.get(c) or "" for c in rule["join"])
        rule = rule.get("column", column)
    names = rule if isinstance(rule, list) else [rule]
    text = next((row[n].strip() for n in names if (row.get(n) or "").strip()), "")
    return word(values.get(text, text))


def word(value):
    return "yes" if value is True else "no" if value is False else str(value)


class Time:
    """An instant, or a local day."""

    def __init__(self, text, zone, as_day):
        text = text.strip()
        if len(text) == 10:
            self.day, self.at = dt.date.fromisoformat(text), None
            return
        if text.endswith("Z"):
            self.at = int(dt.datetime.fromisoformat(text[:-1]).replace(tzinfo=dt.timezone.utc, microsecond=0).timestamp())
        else:
            self.at = int(dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=0).timestamp())
        self.day = dt.datetime.fromtimestamp(self.at, zone).date() if as_day else None
        if as_day:
            self.at = None

    def begin(self, zone):
        return self.at if self.day is None else instant(self.day, 0, zone)

    def end(self, zone):
        return self.at if self.day is None else instant(self.day + DAY, 0, zone)

    def key(self, zone):
        return self.begin(zone)


class Outage:
    pass


class Oracle:
    def __init__(self, path, as_of):
        self.folder, self.as_of = Folder(path), as_of
        s = self.folder.settings
        self.zone = ZoneInfo(s["time-zone"])
        rows = list(self.raw("stores"))
        self.stores = [r["store_id"] for _, r in rows] or [s["name"]]
        self.zones = [ZoneInfo(r.get("time_zone") or s["time-zone"]) for _, r in rows] or [self.zone]
        self.systems = (s.get("outages") or {}).get("systems") or {}
        first, last = dt.date(2009, 12, 1), dt.datetime.fromtimestamp(as_of, dt.timezone.utc).date() + 40 * DAY
        exceptions = {}
        for key, text in (s.get("exceptions") or {}).items():
            from response_oracle import clock_ranges
            day = key if isinstance(key, dt.date) else dt.date.fromisoformat(str(key))
            exceptions[day] = clock_ranges(text)
        hours = week(s["hours"]) if "hours" in s else [[(0, 86400)]] * 7
        self.open = {}
        for zone in set(self.zones):
            self.open[zone] = Open(hours, exceptions, zone, first, last)
        self.outages, self.reversed = [], []
        self.read_log()
        self.read_updates()
        self.read_monitors()

    def raw(self, table):
        import glob
        for entry in self.folder.entries(table):
            for path in sorted(glob.glob(os.path.join(self.folder.path, "exports", entry["file"]))):
                with open(path, encoding="utf-8-sig", newline="") as file:
                    for row in csv.DictReader(file):
                        only = entry.get("only") or {}
                        if any(row[c] not in [str(v) for v in (w if isinstance(w, list) else [w])] for c, w in only.items()):
                            continue
                        yield entry, row

    def make(self, entry, row, spans, identifier):
        o = Outage()
        get = lambda c: translated(row, entry, c)
        o.id, o.system, o.channel = identifier, get("system"), get("channel")
        known = self.systems.get(o.system) or {}
        o.vendor = get("vendor") or known.get("vendor", "")
        o.store = get("store_id")
        o.stores = [self.stores.index(o.store)] if o.store else [
            self.stores.index(x) for x in sorted(known.get("stores") or self.stores)]
        o.spans = spans
        o.is_day = any(t is not None and t.day is not None for span in spans for t in span)
        o.planned = get("planned") == "yes"
        said, kind = get("external"), known.get("kind")
        o.fault = {"yes": "utility" if kind == "utility" else "external", "no": "own"}.get(
            said, {"vendor": "external", "utility": "utility", "own": "own"}.get(kind))
        o.detected = o.acknowledged = o.notified = o.vendor_start = o.vendor_end = None
        return o

    def clock(self, entry, row):
        name = translated(row, entry, "store_id")
        own = self.zones[self.stores.index(name)] if name else self.zone
        return ZoneInfo(entry["time-zone"]) if "time-zone" in entry else own

    def read_log(self):
        seen = set()
        for entry, row in self.raw("outages"):
            if tuple(row.items()) in seen:
                continue
            seen.add(tuple(row.items()))
            get = lambda c: translated(row, entry, c)
            zone, as_day = self.clock(entry, row), get("precision") == "day"
            start = Time(get("started_at"), zone, as_day)
            end = Time(get("ended_at"), zone, as_day) if get("ended_at") else None
            identifier = get("outage_id")
            if not identifier:
                when = str(start.day) if start.day else dt.datetime.fromtimestamp(
                    start.at, dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
                identifier = "-".join([get("system") or get("vendor") or get("channel") or "outage"]
                                      + ([get("store_id")] if get("store_id") else []) + [when])
            o = self.make(entry, row, [(start, end)], identifier)
            for column, name in [("detected_at", "detected"), ("acknowledged_at", "acknowledged"), ("notified_at", "notified"),
                                 ("vendor_started_at", "vendor_start"), ("vendor_ended_at", "vendor_end")]:
                if get(column):
                    setattr(o, name, Time(get(column), zone, False).begin(zone))
            for name in ("detected", "acknowledged", "notified"):
                if getattr(o, name) is not None and getattr(o, name) < start.begin(zone):
                    setattr(o, name, None)  # such a cell is set aside and named
            if end is not None and (end.end(zone) < start.begin(zone) or end.day and start.day and end.day < start.day):
                self.reversed.append(o)
            else:
                self.outages.append(o)

    def read_updates(self):
        groups = collections.defaultdict(list)
        order = ["scheduled", "in-progress", "started", "investigating", "identified", "detected", "acknowledged", "notified",
                 "update", "partial", "restarted", "monitoring", "resolved", "completed", "postmortem"]
        for entry, row in self.raw("outage_updates"):
            get = lambda c: translated(row, entry, c)
            zone = self.clock(entry, row)
            t = Time(get("at"), zone, get("precision") == "day")
            groups[get("outage_id")].append((t.begin(zone), order.index(get("stage")), get("stage"), t, entry, row))
        for identifier, items in sorted(groups.items()):
            items.sort(key=lambda i: i[:2])
            spans, began, partial = [], None, None
            for _, _, stage, t, _, _ in items:
                if stage in ("resolved", "completed"):
                    spans.append((began, t))
                    began = partial = None
                elif stage == "partial":
                    partial = t
                elif stage in ("started", "restarted") and began is not None and partial is not None:
                    spans.append((began, partial))
                    began, partial = t, None
                elif began is None and stage in ("started", "restarted", "investigating", "identified", "in-progress"):
                    began = t
            if began is not None:
                spans.append((began, None))
            self.outages.append(self.make(items[0][4], items[0][5], spans, identifier))

    def read_monitors(self):
        streams = collections.defaultdict(list)
        for entry, row in self.raw("monitor_events"):
            zone = self.clock(entry, row)
            t = Time(translated(row, entry, "at"), zone, False)
            streams[translated(row, entry, "system")].append((t.at, translated(row, entry, "state") == "down", t, entry, row))
        for system, events in streams.items():
            down = None
            for at, is_down, t, entry, row in sorted(events, key=lambda e: e[:2]):
                if is_down and down is None:
                    down = (t, entry, row)
                elif not is_down and down is not None:
                    when = dt.datetime.fromtimestamp(down[0].at, dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
                    self.outages.append(self.make(down[1], down[2], [(down[0], t)], f"{system}-{when}"))
                    down = None

    # ---- cells

    def ranges(self, o, zone):
        out = []
        for a, b in o.spans:
            end = min(self.as_of, b.end(zone)) if b else self.as_of
            out.append((a.begin(zone), max(a.begin(zone), end)))
        return out

    def is_open(self, o, zone):
        end = o.spans[-1][1]
        return end is None or end.end(zone) > self.as_of

    def month_of(self, t, zone):
        return dt.datetime.fromtimestamp(t, zone).strftime("%Y-%m")

    def cut(self, ranges, zone, by_month):
        """[(month, piece)]; what is empty stays."""
        if not by_month:
            return [("", r) for r in ranges]
        out = []
        for a, b in ranges:
            month = dt.datetime.fromtimestamp(a, zone).date().replace(day=1)
            while True:
                after = (month + 32 * DAY).replace(day=1)
                lo, hi = instant(month, 0, zone), instant(after, 0, zone)
                x, y = max(a, lo), min(b, hi)
                if x < y or (a == b and lo <= a < hi):
                    out.append((month.strftime("%Y-%m"), (x, y)))
                month = after
                if hi >= b:
                    break
        return out

    def table(self, by):
        by_month, by_store = "month" in by, "store" in by
        cells = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(list)))
        sets = collections.defaultdict(lambda: collections.defaultdict(set))
        summed = collections.Counter()

        def label(o, stores, month):
            of = {"system": o.system, "vendor": o.vendor, "channel": o.channel, "outage": o.id, "month": month,
                  "store": self.stores[stores[0]]}
            return tuple(of[d] for d in by)

        def split(o):
            return [[s] for s in o.stores] if by_store else [o.stores]

        places = collections.defaultdict(list)
        for o in self.outages:
            key = o.system or f"{o.vendor}·{o.channel}"
            for stores in split(o):
                zone = self.zones[stores[0]]
                ranges = self.ranges(o, zone)
                if ranges[0][0] >= self.as_of:
                    continue
                per = collections.defaultdict(list)
                for month, piece in self.cut(ranges, zone, by_month):
                    per[month].append(piece)
                for month, pieces in per.items():
                    cell = label(o, stores, month)
                    times = cells[cell][key]
                    for piece in pieces:
                        times["planned" if o.planned else "down"].append((piece, stores))
                    if o.planned:
                        sets[cell]["planned"].add(o.id)
                        continue
                    summed[cell] += sum(b - a for a, b in union(pieces))
                    sets[cell]["outages"].add(o.id)
                    if o.fault:
                        sets[cell][o.fault].add(o.id)
                    if self.is_open(o, zone):
                        sets[cell]["still_down"].add(o.id)
                    if o.is_day:
                        sets[cell]["day_precise"].add(o.id)
                    if o.vendor_start is not None and o.vendor_end is not None:
                        times["ours"] += pieces
                if o.planned:
                    continue
                if o.vendor_start is not None and o.vendor_end is not None:
                    theirs = [(o.vendor_start, max(o.vendor_start, min(o.vendor_end, self.as_of)))]
                    for month, piece in self.cut(theirs, zone, by_month):
                        cell = label(o, stores, month)
                        cells[cell][key]["theirs"].append(piece)
                        sets[cell]["vendor_outages"].add(o.id)
                places[(tuple(label(o, stores, "")), key)].append(
                    (min(a for a, _ in ranges), max(b for _, b in ranges), o, stores))
        for o in self.reversed:
            for stores in split(o):
                zone = self.zones[stores[0]]
                if o.spans[0][0].begin(zone) >= self.as_of:
                    continue
                cell = label(o, stores, self.month_of(o.spans[0][0].begin(zone), zone))
                sets[cell]["resolved_before_start"].add(o.id)
                cells[cell]
        means = collections.defaultdict(lambda: collections.defaultdict(list))
        for members in places.values():
            members.sort(key=lambda m: (m[0], m[2].id))
            failures = []
            for m in members:
                if failures and m[0] <= failures[-1][1]:
                    failures[-1][1] = max(failures[-1][1], m[1])
                    failures[-1][2].append(m[2])
                else:
                    failures.append([m[0], m[1], [m[2]], m[3]])
            last = None
            for start, end, rows, stores in failures:
                zone = self.zones[stores[0]]
                into = means[label(rows[0], stores, self.month_of(start, zone))]
                into["failures"].append(1)
                if last is not None:
                    into["between"].append(start - last)
                last = start
                if any(o.is_day for o in rows):
                    continue
                for name in ("detected", "acknowledged", "notified"):
                    told = [getattr(o, name) for o in rows if getattr(o, name) is not None]
                    if told and min(told) <= self.as_of:
                        into[name].append(min(told) - start)
                if not any(self.is_open(o, zone) for o in rows):
                    into["restored"].append(end - start)
        return {cell: self.row(cell, systems, sets[cell], summed[cell], means[cell]) for cell, systems in cells.items()}

    def open_seconds(self, pieces, without=()):
        """Instants of the pieces, less some, at which a store hit is open: merged over the calendars."""
        out = []
        for piece, stores in pieces:
            for zone in {self.zones[s] for s in stores}:
                for a, b in self.open[zone].ranges:
                    x, y = max(a, piece[0]), min(b, piece[1])
                    if x < y:
                        out.append((x, y))
        return length(union(out)) - length(both(union(out), union(without)))

    def row(self, cell, systems, sets, summed, means):
        row = collections.Counter()
        for times in systems.values():
            down = union([p for p, _ in times["down"]])
            planned = union([p for p, _ in times["planned"]])
            row["wall_seconds_down"] += length(down)
            row["open_seconds_down"] += self.open_seconds(times["down"])
            row["planned_wall_seconds"] += length(planned) - length(both(planned, down))
            row["planned_open_seconds"] += self.open_seconds(times["planned"], down)
            row["vendor_seconds_down"] += length(union(times["theirs"]))
            row["vendor_difference"] += length(union(times["ours"])) - length(union(times["theirs"]))
        out = {k: str(row[k]) for k in ("wall_seconds_down", "open_seconds_down", "planned_wall_seconds",
                                        "planned_open_seconds")}
        for k in ("outages", "still_down", "day_precise", "planned", "resolved_before_start", "vendor_outages"):
            out[k] = str(len(sets[k]))
        said = any(sets[k] for k in ("own", "external", "utility"))
        for k in ("own", "external", "utility"):
            out[k] = str(len(sets[k])) if said else ""
        for k in ("vendor_seconds_down", "vendor_difference"):
            out[k] = str(row[k]) if sets["vendor_outages"] else ""
        out["summed_seconds_down"] = str(summed)
        out["failures"] = str(len(means["failures"]))
        for name, k in [("detected", "detect"), ("acknowledged", "acknowledge"), ("notified", "notify"),
                        ("restored", "restore")]:
            found = means[name]
            out[f"mean_seconds_to_{k}"] = f"{sum(found) / len(found):.3f}" if len(found) >= 3 else ""
        gaps = means["between"] if len(means["failures"]) >= 3 else []
        out["mean_seconds_between_failures"] = f"{sum(gaps) / len(gaps):.3f}" if gaps else ""
        return out


def length(ranges):
    return sum(b - a for a, b in ranges)


def both(one, other):
    out, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        a, b = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if a < b:
            out.append((a, b))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return out


def make(path, seed):
    """A folder of random outages: three stores in two zones, days and instants, changes of the clock, all three tables."""
    import random
    r = random.Random(seed)
    os.makedirs(os.path.join(path, "exports"), exist_ok=True)

    def write(name, text):
        with open(os.path.join(path, name), "w", encoding="utf-8") as file:
            file.write(text)

    write("dealership.yaml", """name: Random
time-zone: America/Chicago
hours: { mon-fri: "07:30-19:00", sat: "22:00-02:00" }
exceptions: { 2026-03-09: closed, 2026-11-01: "00:00-24:00" }
outages:
  systems:
    mail: { activities: email, vendor: Northmail, kind: vendor }
    lines: { activities: phone, kind: own, stores: [S3, S1] }
    power: { activities: [email, phone], kind: utility, vendor: City }
    till: { activities: payments }
""")
    write("exports/stores.csv", "store_id,time_zone\nS1,America/Chicago\nS2,America/Los_Angeles\nS3,America/Los_Angeles\n")
    begin = dt.datetime(2026, 2, 25)

    def at(minutes, as_day=False):
        t = begin + dt.timedelta(minutes=minutes)
        return t.strftime("%Y-%m-%d") if as_day else t.strftime("%Y-%m-%d %H:%M:%S")

    lines = ["outage_id,store_id,vendor,system,channel,started_at,ended_at,detected_at,acknowledged_at,notified_at,external,"
             "vendor_started_at,vendor_ended_at,planned"]
    for i in range(120):
        # Around the changes of the clock, and anywhere in ten months.
        start = r.choice([15600, 358500, r.randrange(0, 400000)]) + r.randrange(0, 4000)
        length = int(r.lognormvariate(4.5, 1.5))
        as_day, planned = r.random() < 0.1, r.random() < 0.15
        end = "" if r.random() < 0.01 else at(start + length, as_day)
        told = ["", "", ""] if as_day else [at(start + r.randrange(1, 200)) if r.random() < 0.6 else "" for _ in range(3)]
        theirs = ["", ""] if as_day or r.random() < 0.6 else [at(start + 5), at(start + 5 + r.randrange(0, length + 30))]
        system = r.choice(["mail", "mail", "lines", "power", "till", ""])
        store = "" if r.random() < 0.5 else r.choice(["S1", "S3"] if system == "lines" else ["S1", "S2", "S3"])
        if r.random() < 0.02:
            end = at(start - 60, as_day)
            if as_day:
                end = at(start - 1440, True)
        lines.append(",".join([f"O{i}", store, "Sundry" if system == "" else "", system, "fax" if system == "" else "",
                               at(start, as_day), end, *told, r.choice(["yes", "no", "", ""]), *theirs,
                               "yes" if planned else ""]))
    write("exports/outages.csv", "\n".join(lines) + "\n")
    updates = ["outage_id,system,at,stage"]
    for i in range(12):
        t, as_day = r.randrange(0, 380000), i % 3 == 0
        for stage in ["started", "identified", "partial", "restarted", "monitoring", "resolved"]:
            updates.append(f"U{i},{'mail' if i % 2 else 'till'},{at(t, as_day)},{stage}")
            t += r.randrange(1, 3000)
    r.shuffle(updates[1:])
    write("exports/outage_updates.csv", "\n".join(updates) + "\n")
    events = ["system,at,state"]
    t = 0
    for i in range(60):
        t += r.randrange(2, 9000)
        events.append(f"till,{at(t)},{'up' if i % 2 else 'down'}")
    write("exports/monitor_events.csv", "\n".join(events) + "\n")


def main():
    if sys.argv[1:2] == ["--make"]:
        return make(sys.argv[2], int(sys.argv[3]))
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("tables")
    parser.add_argument("--as-of", required=True)
    options = parser.parse_args()
    as_of = int(dt.datetime.fromisoformat(options.as_of.rstrip("Z")).replace(tzinfo=dt.timezone.utc).timestamp())
    oracle = Oracle(options.folder, as_of)
    found = 0
    for name, by in [("total", []), ("month-system", ["month", "system"]), ("store", ["store"]),
                     ("store-month", ["store", "month"]), ("vendor", ["vendor"]), ("outage", ["outage"])]:
        ours = oracle.table(by)
        columns = {"store": "store_id", "outage": "outage_id"}
        with open(os.path.join(options.tables, name + ".csv"), encoding="utf-8", newline="") as file:
            theirs = {tuple(r[columns.get(d, d)] for d in by): r for r in csv.DictReader(file)}
        differ, cells = [], 0
        for key in sorted(set(ours) | set(theirs)):
            if key not in ours and all(theirs[key][c] in ("", "0") for c in theirs[key] if c in SETS):
                continue  # only conversations of this month met an outage, which was another month's
            if key not in ours or key not in theirs:
                differ.append(f"{' '.join(key)}: only in {'kpi' if key in theirs else 'the oracle'}")
                continue
            for column, value in ours[key].items():
                cells += 1
                there = theirs[key][column]
                if value != there and not (value and there and abs(float(value) - float(there)) < 0.0011):
                    differ.append(f"{' '.join(key)} {column}: kpi {there or 'nothing'}, oracle {value or 'nothing'}")
        found += len(differ)
        print(f"{name}: {len(ours)} rows, {cells} cells, {len(differ)} differ")
        for line in differ[:8]:
            print("   ", line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

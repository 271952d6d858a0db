#!/usr/bin/env python3
"""Contract months, vendors' scorecards and protocols of a dealership's folder by section 4 of the definitions, written
without regard to how kpi does it. Every second of a contract month is a fraction; sets of seconds are plain ranges.

    kpi sample demo && python3 Scripts/oracles/vendor_oracle.py demo OUT
    kpi tables Scripts/oracles/vendor_oracle.tables.yaml demo -o tables
    python3 Scripts/oracles/conversion_compare.py OUT tables

What the definitions leave open, and what was decided here:
 1. A month without a row in the outage log had no outage, from the month of the log's first row to the as-of day. The
    as-of day is the last day of messages.
 2. Seconds of several covered stores add up, down as well as in all; of one store each second counts once.
 3. An outage counts that is of a system of the contract, or of its vendor where the contract names no systems, unless
    its row names another vendor or says that the fault was ours.
 4. The promise is broken by the outage with which the seconds down, taken in order of start, exceed what is allowed. The
    days to claim count from the local day on which it ended, at most the month's last; or from the month's last day.
 5. A claim is for the month in which its outage began.
"""
import collections
import csv
import datetime as dt
import os
import sys
from fractions import Fraction
from zoneinfo import ZoneInfo

from response_oracle import Folder, Open, clock_ranges, instant, parse, union, week

UTC = dt.timezone.utc


def share(text):
    return Fraction(str(text).replace("%", "").strip()) / 100


def seconds(text):
    units = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400}
    parts = str(text).split()
    return sum(int(n) * units[u] for n, u in zip(parts[::2], parts[1::2]))


def minus(ranges, taken):
    out = []
    for a, b in ranges:
        for x, y in taken:
            if y <= a or b <= x:
                continue
            if a < x:
                out.append((a, x))
            a = max(a, y)
        if a < b:
            out.append((a, b))
    return out


def months(first, last):
    while first <= last:
        yield first
        first = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def month_end(day):
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def day_of(value):
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def money(cents):
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"


class World:
    def __init__(self, path):
        self.folder = Folder(path)
        s = self.settings = self.folder.settings
        self.zone = ZoneInfo(s["time-zone"])
        self.zones = {r["store_id"]: ZoneInfo(r.get("time_zone") or s["time-zone"]) for r in self.folder.rows("stores", "store_id")}
        last = None
        for row in self.folder.rows("messages", "message_id"):
            t = parse(row["sent_at"], self.zones[row["store_id"]], row["_dates"])
            if t is not None:
                day = dt.datetime.fromtimestamp(t, self.zones[row["store_id"]]).date()
                last = max(last or day, day)
        self.as_of_day = last
        self.as_of = max(instant(last + dt.timedelta(days=1), 0, z) for z in self.zones.values())
        self.systems = (s.get("outages") or {}).get("systems") or {}
        self.outages = []
        for row in self.folder.rows("outages", "outage_id"):
            start, end = parse(row["started_at"], self.zone), parse(row["ended_at"], self.zone)
            if start is None or start >= self.as_of or (end is not None and end < start):
                continue
            when = {k: parse(row.get(k), self.zone) for k in ("detected_at", "acknowledged_at", "notified_at")}
            self.outages.append(dict(row, start=start, end=end, until=min(end or self.as_of, self.as_of), **{"at": when}))
        self.outages.sort(key=lambda o: (o["start"], o["outage_id"]))
        self.by_id = {o["outage_id"]: o for o in self.outages}
        exceptions = {}
        for day, text in (s.get("exceptions") or {}).items():
            exceptions[day_of(day)] = clock_ranges(text)
        first = min(self.local(o, o["start"]).date() for o in self.outages).replace(day=1)
        self.first = first
        span = (first - dt.timedelta(days=40), last + dt.timedelta(days=400))
        self.open = {store: Open(week(s["hours"]), exceptions, zone, *span) for store, zone in self.zones.items()}
        self.claims = [c for c in map(self.claim, self.folder.rows("claims", "claim_id")) if c]
        self.steps = {}
        for row in self.folder.rows("outage_steps"):
            if row["outage_id"] in self.by_id:
                self.steps[row["outage_id"], row["step"]] = parse(row["done_at"], self.zone)

    def local(self, outage, t):
        return dt.datetime.fromtimestamp(t, self.zones.get(outage["store_id"], self.zone))

    def stores(self, outage):
        return [outage["store_id"]] if outage["store_id"] else list(self.zones)

    def vendor(self, outage):
        return outage["vendor"] or (self.systems.get(outage["system"]) or {}).get("vendor", "")

    def claim(self, row):
        outage = self.by_id.get(row.get("outage_id"))
        if not outage:
            return None
        cents = {k: round(Fraction(row[k]) * 100) if row.get(k) else 0 for k in ("amount_asked", "amount_received")}
        return dict(
            row, vendor=self.vendor(outage), month=self.local(outage, outage["start"]).strftime("%Y-%m"),
            asked=parse(row["asked_at"], self.zone), answered=parse(row["answered_at"], self.zone), **{"cents": cents})


def contract_month(world, vendor, terms, first, last):
    """One contract from `first` through `last`, days of one month."""
    systems = terms.get("systems") or [n for n, s in world.systems.items() if s.get("vendor") == vendor]
    stores = terms.get("stores") or list(world.zones)
    is_open = terms.get("measured", "all") == "open"
    total, pieces = 0, []
    for store in stores:
        zone = world.zones[store]
        a, b = instant(first, 0, zone), instant(last + dt.timedelta(days=1), 0, zone)
        size = (lambda x, y: world.open[store].between(x, y)) if is_open else (lambda x, y: y - x)
        total += size(a, b)
        taken = []
        for outage in world.outages:
            if store not in world.stores(outage) or outage["external"] == "no":
                continue
            if outage["vendor"] not in ("", vendor):
                continue
            if outage["system"] not in systems and (terms.get("systems") or outage["vendor"] != vendor):
                continue
            x, y = max(a, outage["start"]), min(b, outage["until"])
            if x >= y:
                continue
            new = minus([(x, y)], taken)
            taken = union(taken + [(x, y)])
            pieces.append((x, outage["outage_id"], store, y, sum(size(p, q) for p, q in new), outage))
    pieces.sort(key=lambda p: p[:3])
    down = sum(p[4] for p in pieces)
    promise = share(terms["availability"])
    allowed = int((1 - promise) * total)
    is_over = last <= world.as_of_day
    missed = total > 0 and Fraction(total - down, total) < promise
    length = (month_end(first) - first.replace(day=1)).days + 1
    half_up = lambda x: int(x + Fraction(1, 2))
    fee = half_up(Fraction(str(terms["fee"])) * 100 * ((last - first).days + 1) / length) if "fee" in terms else None
    due, rate = None, Fraction(0)
    if terms.get("credit") and fee is not None:
        for limits, credit in terms["credit"].items():
            upper = share(limits.split("to")[-1].replace("below", ""))
            if total and Fraction(total - down, total) < upper:
                rate = share(credit)
        due = half_up(fee * rate)
    claim_by = None
    if missed and "claim-within" in terms:
        since = None
        if terms.get("claim-from") == "month":
            since = last
        else:
            so_far = 0
            for _, _, store, y, s, outage in pieces:
                so_far += s
                if so_far > allowed:
                    if not (outage["end"] is None and y >= world.as_of):
                        since = min(dt.datetime.fromtimestamp(y, world.zones[store]).date(), last)
                    break
        claim_by = since and since + dt.timedelta(seconds=seconds(terms["claim-within"]))
    key = first.strftime("%Y-%m")
    claims = [c for c in world.claims if c["vendor"] == vendor and c["month"] == key]
    in_time = any(
        claim_by is None or dt.datetime.fromtimestamp(c["asked"], world.zone).date() <= claim_by
        for c in claims if c["asked"] is not None)
    return dict(
        vendor=vendor, month=key, total=total, down=down, allowed=allowed, missed=missed, over=is_over, promise=promise,
        rate=rate, due=due, claim_by=claim_by, claims=claims, in_time=in_time,
        received=sum(c["cents"]["amount_received"] for c in claims))


def contract_months(world):
    for vendor, written in (world.settings.get("contracts") or {}).items():
        for terms in written if isinstance(written, list) else [written]:
            first = max(filter(None, [world.first, day_of(terms.get("from"))]))
            last = min(filter(None, [world.as_of_day, day_of(terms.get("until"))]))
            for start in months(first.replace(day=1), last):
                yield contract_month(
                    world, vendor, terms, max(start, first) if day_of(terms.get("from")) else start,
                    min(month_end(start), day_of(terms.get("until")) or month_end(start)))


def figures(world, rows):
    asked = [c for m in rows for c in m["claims"] if c["asked"] is not None]
    answered = [c for c in asked if c["answered"] is not None]
    total, down = sum(m["total"] for m in rows), sum(m["down"] for m in rows)
    opened = [m for m in rows if m["due"] and not m["in_time"] and not (m["claim_by"] and m["claim_by"] < world.as_of_day)]
    lost = [m for m in rows if m["due"] and not m["in_time"] and m["claim_by"] and m["claim_by"] < world.as_of_day]
    deadlines = [m["claim_by"] for m in opened if m["claim_by"]]
    promises = {m["promise"] for m in rows}
    by = min(deadlines) if deadlines else None
    return {
        "contract_months": sum(m["over"] for m in rows), "kept": sum(m["over"] and not m["missed"] and m["total"] > 0 for m in rows),
        "missed": sum(m["missed"] for m in rows), "promised": f"{float(rows[0]['promise']):.6f}" if len(promises) == 1 else "",
        "availability": f"{1 - down / total:.6f}" if total else "", "down_seconds": down, "seconds": total,
        "allowed_seconds": sum(m["allowed"] for m in rows),
        "credit_share": f"{float(rows[0]['rate']):.6f}" if len(rows) == 1 else "",
        "credit_due": money(sum(m["due"] or 0 for m in rows)), "credit_open": money(sum(m["due"] for m in opened)),
        "credit_lost": money(sum(m["due"] for m in lost if not m["received"])), "claim_by": by or "",
        "days_left": (by - world.as_of_day).days if by else "", "claims_asked": len(asked), "claims_answered": len(answered),
        "amount_asked": money(sum(c["cents"]["amount_asked"] for m in rows for c in m["claims"])),
        "amount_received": money(sum(m["received"] for m in rows)),
        "promises": sum(1 for c in answered if c["promise"]),
    }


def score(world, vendor, rows):
    rule = ((world.settings.get("rules") or {}).get("vendors")) or {}
    span = int(str(rule.get("over", "12 months")).split()[0])
    whole = month_end(world.as_of_day)
    last = world.as_of_day.replace(day=1) if whole == world.as_of_day else (world.as_of_day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    window = [m for m in months(world.first, last)][-span:]
    names = [m.strftime("%Y-%m") for m in window]
    mine = [m for m in rows if m["vendor"] == vendor and m["month"] in names]
    claims = [c for c in world.claims if c["vendor"] == vendor and c["month"] in names]
    asked = [c for c in claims if c["asked"] is not None]
    answered = [c for c in asked if c["answered"] is not None]
    ranges, outages = collections.defaultdict(list), []
    for outage in world.outages:
        if world.vendor(outage) != vendor or outage["external"] == "no":
            continue
        zone = world.zones.get(outage["store_id"], world.zone)
        a, b = instant(window[0], 0, zone), instant(month_end(window[-1]) + dt.timedelta(days=1), 0, zone)
        ranges[outage["system"], outage["store_id"]].append((max(a, outage["start"]), min(b, outage["until"])))
        if a <= outage["start"] < b:
            outages.append(outage)
    down = sum(y - x for r in ranges.values() for x, y in union(r))
    ended = [o["end"] - o["start"] for o in outages if o["end"] is not None and o["end"] <= world.as_of]
    mean = Fraction(sum(ended), len(ended)) if len(ended) >= 3 else None
    missed = sum(m["missed"] for m in mine)
    lost = sum(
        m["due"] for m in mine
        if m["due"] and not m["in_time"] and m["claim_by"] and m["claim_by"] < world.as_of_day and not m["received"])

    def holds(clause):
        checks = {
            "months-missed": lambda v: missed >= v, "outages": lambda v: len(outages) >= v,
            "down-over": lambda v: down > seconds(v), "restore-over": lambda v: mean is not None and mean > seconds(v),
            "claims-answered-below": lambda v: bool(asked) and Fraction(len(answered), len(asked)) < share(v),
        }
        return all(checks[k](v) for k, v in clause.items())

    def any_of(written):
        return [c for c in (written if isinstance(written, list) else [written] if written else []) if holds(c)]

    verdict = ""
    if rule:
        verdict = "switch" if any_of(rule.get("switch")) else "watch" if any_of(rule.get("watch")) else \
            "stay" if len(window) >= span else ""
    has = bool(mine)
    return {
        "months": len(window), "contract_months": len(mine) if has else "", "kept": len(mine) - missed if has else "",
        "missed": missed if has else "", "outages": len(outages), "wall_seconds_down": down,
        "mean_seconds_to_restore": f"{float(mean):.3f}" if mean is not None else "", "claims_asked": len(asked),
        "claims_answered": len(answered), "answered_share": f"{len(answered) / len(asked):.6f}" if asked else "",
        "credit_due": money(sum(m["due"] for m in mine)) if any(m["due"] is not None for m in mine) else "",
        "credit_received": money(sum(c["cents"]["amount_received"] for c in claims)),
        "credit_lost": money(lost) if any(m["due"] is not None for m in mine) else "",
        "promises": sum(1 for c in answered if c["promise"]), "verdict": verdict,
    }


def protocol(world):
    """One row a step of an outage."""
    logged = {"detect": "detected_at", "acknowledge": "acknowledged_at", "tell-customers": "notified_at"}
    kept = {step for _, step in world.steps} | {n for n, c in logged.items() if any(o["at"][c] for o in world.outages)}
    for outage in world.outages:
        system = world.systems.get(outage["system"]) or {}
        written = system.get("protocol", False)
        if not written:
            continue
        steps = written if isinstance(written, dict) else (world.settings["outages"].get("protocol") or {})
        store = outage["store_id"] or list(world.zones)[0]
        for name, terms in steps.items():
            terms = terms if isinstance(terms, dict) else {"within": terms}
            start = terms.get("from", "end" if name == "after-care" else "start")
            since = {"start": outage["start"], "detection": outage["at"]["detected_at"], "end": outage["end"]}[start]
            due = None
            if since is not None:
                within = seconds(terms["within"])
                due = world.open[store].deadline(since, within) if terms.get("clock") == "open" else since + within
            row = (outage["outage_id"], name) in world.steps
            done = world.steps.get((outage["outage_id"], name)) if row else \
                outage["at"].get(logged.get(name)) if name in logged else None
            if done is not None and done < world.as_of:
                standing = "not_recorded" if due is None else "kept" if done <= due else "late"
            elif due is None:
                standing = "running" if start == "end" and outage["end"] is None else "not_recorded"
            elif row and done is None:
                standing = "missed"
            elif start != "end" and outage["end"] is not None and outage["end"] <= due:
                standing = "not_needed"
            elif due >= world.as_of:
                standing = "running"
            else:
                standing = "missed" if name in kept else "not_recorded"
            yield dict(outage=outage, outage_id=outage["outage_id"], system=outage["system"], vendor=outage["vendor"],
                       month=world.local(outage, outage["start"]).strftime("%Y-%m"), step=name, standing=standing)


def protocol_figures(rows):
    n = collections.Counter(r["standing"] for r in rows)
    judged = n["kept"] + n["late"] + n["missed"]
    return {
        "outages": len({r["outage_id"] for r in rows}), "due": judged + n["not_recorded"], "kept": n["kept"], "late": n["late"],
        "missed": n["missed"], "not_recorded": n["not_recorded"], "running": n["running"], "not_needed": n["not_needed"],
        "kept_share": f"{n['kept'] / judged:.6f}" if judged else "",
    }


def main():
    world = World(sys.argv[1])
    out = [["table", "labels", "column", "value"]]

    def add(table, labels, cells):
        for column, value in cells.items():
            out.append([table, "|".join(labels), column, str(value)])

    rows = list(contract_months(world))
    for table, keys in (("contracts", ("vendor", "month")), ("contracts-vendor", ("vendor",)), ("contracts-month", ("month",))):
        groups = collections.defaultdict(list)
        for row in rows:
            groups[tuple(row[k] for k in keys)].append(row)
        for labels, members in sorted(groups.items()):
            add(table, labels, figures(world, members))
    vendors = {s["vendor"] for s in world.systems.values() if s.get("vendor")} | {r["vendor"] for r in rows} \
        | {world.vendor(o) for o in world.outages if world.vendor(o)}
    for vendor in sorted(vendors):
        add("scorecard", [vendor], score(world, vendor, rows))
    steps = list(protocol(world))
    without = [o for o in world.outages if not (world.systems.get(o["system"]) or {}).get("protocol")]
    for table, key in (("protocol-outage", "outage_id"), ("protocol-step", "step"), ("protocol-month", "month"), ("protocol-system", "system")):
        groups = collections.defaultdict(list)
        for row in steps:
            groups[row[key]].append(row)
        for label, members in sorted(groups.items()):
            add(table, [label], protocol_figures(members))
        blank = {c: "" for c in protocol_figures([])}
        labels = {world.local(o, o["start"]).strftime("%Y-%m") if key == "month" else o.get(key, "") for o in without}
        for label in labels - set(groups):
            add(table, [label], dict(blank, outages=0))
    for system, count in collections.Counter(o["system"] for o in without).items():
        add("protocol-without", [system], {"outages_without_protocol": count})
    for system in {r["system"] for r in steps}:
        add("protocol-without", [system], {"outages_without_protocol": 0})
    os.makedirs(sys.argv[2], exist_ok=True)
    with open(os.path.join(sys.argv[2], "conversion.csv"), "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(out)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Service-to-sales conversion of a dealership's folder by section 2 of the definitions, written without regard to how
kpi does it. Plain loops, exact fractions.

    kpi sample demo && python3 Scripts/oracles/conversion_oracle.py demo OUT

Reads dealership.yaml and the exports it maps; needs Python 3.9 and PyYAML, nothing else. Writes one CSV a table into OUT,
long: table, labels, column, value. `conversion_compare.py` holds kpi's tables of `conversion_oracle.tables.yaml` to it.

What the definitions leave open, and what was decided here:
 1. As of: the end of the last local day on which anything happened. Deals are known through the last day with one.
 2. A visit: orders of one customer, vehicle, store and day; the first order (by time, then number) gives its advisor, pay
    type and relation, later ones what it lacks. Void and internal orders are none, nor work on a car in stock: sold at or
    after that time and not traded in between.
 3. The same customer: one number of one system; a serviced car traded in; the same phone; the same e-mail, the more the
    records agree the sooner. Contacts of more than five numbers link nobody. Numbers whose names share no word, and that
    are of one system or differ in the other contact, contradict each other: only a traded-in car joins them. A household:
    customers with a word of their names in common at one address.
 4. Dates without time: days decide and the same day counts as after.
 5. Linear: each of k eligible visits gets 1/k of the sale, of its gross whole cents, earliest visits first.
 6. A customer is mature when all visits of the row are, and bought when one of them did.
 7. Source: of the latest lead between visit and sale (without a sale: within the window). Dedicated: the owner of the
    first lead of the visit's day or later within the window, by role.
 8. Kaplan-Meier: a visit without a credited sale is at risk until its window or the deals end.
"""
import argparse
import collections
import csv
import datetime as dt
import fractions
import math
import os
import re
from zoneinfo import ZoneInfo

from response_oracle import Folder, parse

SINCE = [7, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365, 540, 730]
Z = 1.959963984540054


def cents(text):
    text = (text or "").replace(",", "").replace("$", "").strip()
    return round(fractions.Fraction(text) * 100) if text else None


def day_of(text, dates):
    form = "%m/%d/%Y" if dates == "mdy" else "%Y-%m-%d"
    return dt.datetime.strptime(text.strip().split(" ")[0].split("T")[0], form).date()


def has_time(text):
    return ":" in text


class Exports(Folder):
    """Files may begin with lines of their own above the header."""

    @staticmethod
    def read(path, entry):
        columns = entry.get("columns") or {}
        named = [c for c in columns.values() if isinstance(c, str)]
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t" if path.endswith(".tsv") else ","))
        top = next(i for i, row in enumerate(rows) if len(row) > 1 and all(name in row for name in named))
        for cells in rows[top + 1:]:
            raw = dict(zip(rows[top], cells))
            row = dict(raw)
            for name, rule in columns.items():
                if isinstance(rule, str):
                    row[name] = raw.get(rule, "")
                elif "value" in rule:
                    row[name] = str(rule["value"])
                else:
                    value = raw.get(rule["column"], "")
                    row[name] = (rule.get("values") or {}).get(value, value)
            yield row


class World:
    def __init__(self, path):
        self.folder = Exports(path)
        settings = self.folder.settings
        self.zone = ZoneInfo(settings["time-zone"])
        conversion = settings.get("conversion") or {}
        self.window = int(str(conversion.get("window", "60 days")).split()[0])
        self.minimum = int(conversion.get("minimum-n", 20))
        self.stores = {r["store_id"]: r for r in self.folder.rows("stores", "store_id")}
        self.zones = {s: ZoneInfo(r.get("time_zone") or settings["time-zone"]) for s, r in self.stores.items()}
        self.group = {s: r.get("sharing_group") or s for s, r in self.stores.items()}
        self.people = {r["person_id"]: r for r in self.folder.rows("people", "person_id")}
        self.orders = [o for o in map(self.order, self.folder.rows("service_visits", "visit_id")) if o]
        self.deals = [self.deal(r) for r in self.folder.rows("sales", "sale_id")]
        self.leads = [self.lead(r) for r in self.folder.rows("leads", "lead_id")]
        self.end = max([o["day"] for o in self.orders] + [d["day"] for d in self.deals] + [l["day"] for l in self.leads])
        self.last_sale = max(d["day"] for d in self.deals)
        self.first_sale = min(d["day"] for d in self.deals)
        self.by_vin = collections.defaultdict(list)
        for order in self.orders:
            self.by_vin[self.group[order["store_id"]], order["vin"]].append(order)
        self.identity = identities(self)
        self.household = households(self)

    def who(self, row):
        return (self.group[row["store_id"]], row["_system"], row["customer_id"])

    def order(self, row):
        if row["store_id"] not in self.zones:  # a total below the rows
            return None
        zone = self.zones[row["store_id"]]
        at = parse(row["opened_at"], zone, row["_dates"])
        if at is None:
            return None
        return dict(row, at=at, day=dt.datetime.fromtimestamp(at, zone).date(), who=self.who(row))

    def deal(self, row):
        front, back, gross = cents(row.get("front_gross")), cents(row.get("back_gross")), cents(row.get("gross_profit"))
        total = gross if gross is not None else None if front is None and back is None else (front or 0) + (back or 0)
        return dict(row, day=day_of(row["sold_at"], row["_dates"]), who=self.who(row), front=front, back=back, gross=total)

    def lead(self, row):
        zone = self.zones[row["store_id"]]
        at = parse(row["created_at"], zone, row["_dates"])
        return dict(row, at=at, day=dt.datetime.fromtimestamp(at, zone).date(), who=self.who(row))


# ---- who is who --------------------------------------------------------------------------------------------------

class Clusters:
    def __init__(self):
        self.of = {}

    def find(self, x):
        while self.of.setdefault(x, x) != x:
            self.of[x] = self.of[self.of[x]]
            x = self.of[x]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        self.of[max(a, b)] = min(a, b)


def phone_key(text):
    digits = re.sub(r"\D", "", re.split("[xX]", text or "")[0])
    if len(digits) == 10:
        digits = "1" + digits
    return digits if 8 <= len(digits) <= 15 and len(set(digits)) > 2 else None


def mail_key(text):
    text = (text or "").strip().lower()
    name, at, domain = text.partition("@")
    return text if name and at and "@" not in domain and "." in domain else None


def customer_rows(world):
    for row in world.folder.rows("customers"):
        store = row.get("store_id")
        for group in {world.group[store]} if store else set(world.group.values()):
            yield (group, row.get("system") or row["_system"], row["customer_id"]), row


EMPTY = set("""mr mrs ms miss dr jr sr ii iii iv the and of inc llc ltd co corp company gmbh unknown none na test customer
cash""".split())
STREETS = dict(
    street="st", avenue="ave", av="ave", road="rd", drive="dr", lane="ln", court="ct", boulevard="blvd", place="pl",
    terrace="ter", circle="cir", highway="hwy", parkway="pkwy", square="sq", trail="trl", north="n", south="s", east="e",
    west="w", apartment="apt", unit="apt", suite="apt", ste="apt")


def words(text):
    return re.findall(r"[a-z0-9]+", (text or "").lower())


def agreement(pairs):
    """Of values that two numbers' records have: alike once is alike."""
    known = [alike for alike in pairs if alike is not None]
    return None if not known else any(known)


class People:
    """What the customer records say of each number."""

    def __init__(self, world):
        self.records = collections.defaultdict(list)
        holders = collections.defaultdict(set)
        for who, row in customer_rows(world):
            name = {w for w in words(row.get("name")) if len(w) > 1 and w not in EMPTY}
            record = {"name": name, "phone": phone_key(row.get("phone")), "email": mail_key(row.get("email"))}
            record["address"] = self.address(row.get("address"))
            self.records[who].append(record)
            for kind in ("phone", "email"):
                if record[kind]:
                    holders[kind, who[0], record[kind]].add(who)
        wide = {key for key, numbers in holders.items() if len(numbers) > 5}
        for who, records in self.records.items():
            for record in records:
                for kind in ("phone", "email"):
                    if (kind, who[0], record[kind]) in wide:
                        record[kind] = None
        self.holders = {key: sorted(numbers) for key, numbers in holders.items() if 1 < len(numbers) <= 5}

    @staticmethod
    def address(text):
        parts = [STREETS.get(w, w) for w in words(text)]
        return " ".join(parts) if len(parts) > 1 and any(w[0].isdigit() for w in parts) else None

    def alike(self, a, b, kind):
        return agreement(
            x[kind] == y[kind] if x[kind] and y[kind] else None for x in self.records[a] for y in self.records[b])

    def names(self, a, b):
        return agreement(
            bool(x["name"] & y["name"]) if x["name"] and y["name"] else None
            for x in self.records[a] for y in self.records[b])

    def contradict(self, a, b):
        return self.names(a, b) is False and (
            a[1] == b[1] or self.alike(a, b, "phone") is False or self.alike(a, b, "email") is False)


def identities(world):
    world.people_of = people = People(world)
    clusters = Clusters()
    members = collections.defaultdict(list)

    def cluster(x):
        root = clusters.find(x)
        if not members[root]:
            members[root].append(root)
        return root

    def join(a, b):
        a, b = cluster(a), cluster(b)
        if a == b:
            return
        together = members.pop(a) + members.pop(b)
        clusters.join(a, b)
        members[clusters.find(a)] = together

    trades = trade_ins(world)
    for a, b in trades:
        if not people.contradict(a, b) and not blocked(people, members, cluster(a), cluster(b)):
            join(a, b)
    pairs = []
    for (kind, _, contact), numbers in sorted(people.holders.items(), key=lambda i: (i[0][0] == "email", str(i[0][2]))):
        other = "email" if kind == "phone" else "phone"
        for i, a in enumerate(numbers):
            for b in numbers[i + 1:]:
                both, names = people.alike(a, b, other), people.names(a, b)
                weight = 0 if both else {True: 1, None: 2, False: 3}[names] + (3 if kind == "email" else 0)
                if kind == "phone" or not both:
                    pairs.append((weight, a, b))
    for weight, a, b in sorted(pairs, key=lambda p: p[0]):
        if not people.contradict(a, b) and not blocked(people, members, cluster(a), cluster(b)):
            join(a, b)
    for a, b in trades:
        if people.contradict(a, b):
            join(a, b)
    return clusters.find


def blocked(people, members, a, b):
    return a != b and any(people.contradict(x, y) for x in members[a] for y in members[b])


def trade_ins(world):
    found = set()
    for deal in world.deals:
        if not deal.get("trade_vin"):
            continue
        before = [
            o for o in world.by_vin[world.group[deal["store_id"]], deal["trade_vin"]]
            if o["day"] <= deal["day"] and o["status"] != "void" and o["pay_type"] != "internal"]
        if before:
            last = max(before, key=lambda o: (o["at"], o["who"]))
            if last["who"] != deal["who"]:
                found.add(tuple(sorted((last["who"], deal["who"]))))
    partners = collections.Counter(who for pair in found for who in pair)
    return sorted(pair for pair in found if max(partners[who] for who in pair) <= 5)


def households(world):
    """Customers of one name's word at one address; at most five, else it is no household's."""
    houses = Clusters()
    shared = collections.defaultdict(set)
    for who, records in world.people_of.records.items():
        for record in records:
            for word in record["name"]:
                if record["address"]:
                    shared[who[0], record["address"], word].add(world.identity(who))
    for customers in shared.values():
        if 1 < len(customers) <= 5:
            first, *others = sorted(customers)
            for other in others:
                houses.join(first, other)
    return lambda who: houses.find(world.identity(who))


# ---- visits and sales --------------------------------------------------------------------------------------------

def make_visits(world):
    sold, traded = collections.defaultdict(list), collections.defaultdict(list)
    for deal in world.deals:
        if deal.get("vin"):
            sold[world.group[deal["store_id"]], deal["vin"]].append(deal["day"])
        if deal.get("trade_vin"):
            traded[world.group[deal["store_id"]], deal["trade_vin"]].append(deal["day"])

    def in_stock(order):
        key = (world.group[order["store_id"]], order["vin"])
        later = [d for d in sold[key] if d >= order["day"]]
        return bool(later) and not any(order["day"] <= t <= min(later) for t in traded[key])

    visits, found = [], {}
    for order in sorted(world.orders, key=lambda o: (o["at"], o["visit_id"])):
        if order["status"] == "void" or order["pay_type"] == "internal" or (order["vin"] and in_stock(order)):
            continue
        customer = world.identity(order["who"])
        key = (order["store_id"], customer, order["vin"] or order["visit_id"], order["day"])
        relation = {"Y": "loyalty", "N": "conquest"}.get(order["bought_here"], "")
        year = order.get("vehicle_year") or ""
        if key in found:
            visit = found[key]
            visit["relation"] = visit["relation"] or relation
            visit["year"] = visit["year"] or year
            continue
        visit = found[key] = {
            "id": order["visit_id"], "store": order["store_id"], "customer": customer, "at": order["at"],
            "day": order["day"], "advisor": order["advisor_id"], "pay-type": order["pay_type"], "relation": relation,
            "year": year, "household": world.household(order["who"]), "sales": [],
        }
        visits.append(visit)
    return visits


def vehicle_age(visit):
    if not visit["year"] or int(visit["year"]) < 1900:
        return ""
    age = visit["day"].year - int(visit["year"])
    return "" if age < -1 else "0-2" if age <= 2 else "3-5" if age <= 5 else "6-8" if age <= 8 else "9+"


def follow(world, visits):
    """Sales with their eligible visits; what else a visit is known by."""
    own = collections.defaultdict(list)
    for visit in visits:
        own[visit["customer"]].append(visit)
    sales = []
    for deal in world.deals:
        if deal["kind"] == "wholesale" or deal["day"] > world.end or (deal.get("reversed_on") or "") not in ("",):
            continue
        eligible = [
            v for v in own.get(world.identity(deal["who"]), []) if 0 <= (deal["day"] - v["day"]).days <= world.window]
        sales.append(dict(deal, eligible=eligible, customer=world.identity(deal["who"])))
    leads = collections.defaultdict(list)
    for lead in sorted(world.leads, key=lambda l: (l["at"], l["lead_id"])):
        leads[world.identity(lead["who"])].append(lead)
    for visit in visits:
        place = (world.people.get(visit["advisor"]) or {}).get("place", "")
        visit.update(
            {"vehicle-age": vehicle_age(visit), "workplace": place, "month": visit["day"].strftime("%Y-%m"),
             "leads": leads[visit["customer"]]})
        within = [l for l in visit["leads"] if 0 <= (l["day"] - visit["day"]).days <= world.window]
        first = min(within, key=lambda l: (l["day"], l["owner_id"]), default=None)
        role = (world.people.get(first["owner_id"]) or {}).get("role", "") if first else ""
        visit["dedicated"] = "" if not first or not first["owner_id"] else (
            "dedicated" if "dedicated" in role or "conquest" in role else "others")
    return sales


def source(world, visit, sale):
    """Deals have days, leads times."""
    for lead in reversed(visit["leads"]):
        if sale is not None and lead["day"] > sale["day"]:
            continue
        if sale is None and (lead["day"] - visit["day"]).days > world.window:
            continue
        return lead["source"] if lead["at"] >= visit["at"] else ""
    return ""


# ---- figures -----------------------------------------------------------------------------------------------------

def wilson(x, n):
    p = x / n
    centre, half = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return (0.0 if x == 0 else (centre - half) / scale, 1.0 if x == n else (centre + half) / scale)


class Curve:
    """Kaplan-Meier of (days, bought), the product taken anew at each question."""

    def __init__(self, times):
        self.times = times

    def at_risk(self, day):
        return sum(1 for t, _ in self.times if t >= day)

    def share(self, day):
        s, greenwood = fractions.Fraction(1), fractions.Fraction(0)
        for t in sorted({t for t, bought in self.times if bought and t <= day}):
            n = self.at_risk(t)
            d = sum(1 for u, bought in self.times if bought and u == t)
            s *= fractions.Fraction(n - d, n)
            if n > d:
                greenwood += fractions.Fraction(d, n * (n - d))
        if s == 1:
            low, high = wilson(0, max(1, self.at_risk(day)))
            return 0.0, low, high
        if s == 0:
            return 1.0, None, None
        log = math.log(s)
        width = Z * math.sqrt(greenwood) / -log
        return float(1 - s), 1 - math.exp(log * math.exp(-width)), 1 - math.exp(log * math.exp(width))


class Tables:
    def __init__(self):
        self.rows = []

    def add(self, table, labels, **figures):
        for column, value in figures.items():
            text = "" if value is None else f"{value:.6f}" if isinstance(value, float) else str(value)
            self.rows.append([table, "|".join(labels), column, text])


def grouped(items, keys):
    out = collections.defaultdict(list)
    for item in items:
        out[tuple(item[k] for k in keys)].append(item)
    return sorted(out.items())


def units(world, rows, denominator, credit):
    """(days, bought, mature) of each visit, customer or household."""
    if denominator == "visits":
        groups = [[v] for v in rows]
    else:
        groups = [g for _, g in grouped(rows, [denominator[:-1]])]
    for group in groups:
        bought = [v[credit] for v in group if v[credit] is not None]
        followed = min(v["followed"] for v in group)
        yield (min(bought) if bought else min(followed, world.window), bool(bought), followed >= world.window)


def make_tables(world, out):
    visits = make_visits(world)
    sales = follow(world, visits)
    tables = Tables()
    for visit in visits:
        visit["followed"] = (world.last_sale - visit["day"]).days
    for credit, place in (("last-touch", -1), ("first-touch", 0)):
        for visit in visits:
            visit["sales"] = []
        for sale in sales:
            sale[credit] = sale["eligible"][place] if sale["eligible"] else None
            if sale["eligible"]:
                sale["eligible"][place]["sales"].append(sale)
        for visit in visits:
            first = min(visit["sales"], key=lambda s: (s["day"], s["sale_id"]), default=None)
            visit[credit] = (first["day"] - visit["day"]).days if first else None
            visit["source"] = source(world, visit, first)
        by_visit(world, visits, credit, tables)
        by_deal(world, sales, credit, tables)
    by_deal(world, sales, "linear", tables)
    with open(os.path.join(out, "conversion.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "labels", "column", "value"])
        writer.writerows(tables.rows)
    print(f"{len(visits)} visits, {len(sales)} sales, {sum(1 for s in sales if s['eligible'])} credited, "
          f"{len(tables.rows)} cells")


VISIT_DIMENSIONS = ["month", "store", "advisor", "relation", "pay-type", "source", "vehicle-age", "workplace", "dedicated"]


def by_visit(world, visits, credit, tables):
    for visit in visits:
        visit["day-text"] = visit["day"].isoformat()
    for keys in [["month"]] + [["month", d] for d in VISIT_DIMENSIONS[1:]]:
        for denominator in ("visits", "customers", "households"):
            if credit != "last-touch" and denominator != "visits":
                continue
            name = f"visit-{credit}-{denominator}-{keys[-1]}"
            for labels, rows in grouped(visits, keys):
                counted = list(units(world, rows, denominator, credit))
                n, bought = len(counted), sum(b for _, b, _ in counted)
                mature = sum(m for _, _, m in counted)
                figures = {"visits": len(rows), "converted": bought, "mature": mature}
                if mature == n and n >= world.minimum and min(v["day"] for v in rows) >= world.first_sale - dt.timedelta(7):
                    figures["rate"] = bought / n
                    figures["rate_lower"], figures["rate_upper"] = wilson(bought, n)
                else:
                    figures.update(rate=None, rate_lower=None, rate_upper=None)
                tables.add(name, labels, **figures)
    if credit == "last-touch":
        for denominator in ("visits", "customers"):
            curves(world, visits, denominator, tables)


def curves(world, visits, denominator, tables):
    for keys in (["month"], ["month", "relation"], ["relation"]):
        finished = collections.defaultdict(list)
        cells, sizes = {}, {}
        for labels, rows in grouped(visits, keys):
            counted = list(units(world, rows, denominator, "last-touch"))
            cells[labels], sizes[labels] = counted, rows
            if all(m for _, _, m in counted) and "month" in keys:
                finished[labels[1:]] += counted
        for labels, counted in cells.items():
            curve = Curve([(t, b) for t, b, _ in counted])
            n = len(counted)
            cut = min([t for t, b, _ in counted if not b], default=world.window)

            def said(day):
                return n >= world.minimum and (cut >= day or curve.at_risk(day) >= world.minimum)

            figures = {"visits": len(sizes[labels]), "followed": n, "converted": sum(b for _, b, _ in counted), "mature": sum(m for _, _, m in counted)}
            name = f"time-{denominator}-{keys[-1]}" + ("-all" if keys == ["relation"] else "")
            for day, text, at in [(d, f"by_{d}", str(d)) for d in (7, 14, 30, 60)] + [(world.window, "by_window", "window")]:
                share = curve.share(day) if said(day) else (None, None, None)
                for suffix, value in zip(("", "_lower", "_upper"), share):
                    figures[f"share_{text}{suffix}"] = value
                figures[f"at_risk_{at}"] = curve.at_risk(day)
            star = max((d for d in range(world.window + 1) if said(d)), default=None)
            figures["t_star_days"] = star
            pool = finished.get(labels[1:], [])
            for suffix, value in zip(("", "_lower", "_upper"), curve.share(star) if star is not None else [None] * 3):
                figures[f"share_at_t_star{suffix}"] = value
            whole = Curve([(t, b) for t, b, _ in pool])
            known = star is not None and pool
            for suffix, value in zip(("", "_lower", "_upper"), whole.share(star) if known else [None] * 3):
                figures[f"finished_share_at_t_star{suffix}"] = value
            figures["finished"] = len(pool) or None
            tables.add(name, labels, **figures)
            if keys[-1] == "month":
                for day in [d for d in SINCE if d < world.window] + [world.window]:
                    complete = sum(1 for t, b, _ in counted if t >= day or b)
                    ok = n >= world.minimum and (complete == n or curve.at_risk(day) >= world.minimum)
                    share = curve.share(day) if ok else (None, None, None)
                    tables.add(
                        f"cohorts-{denominator}", (*labels, f"{day:03d}"), visits=len(sizes[labels]), followed=n,
                        converted=sum(1 for t, b, _ in counted if b and t <= day), at_risk=curve.at_risk(day),
                        complete=complete, share=share[0], share_lower=share[1], share_upper=share[2])


def by_deal(world, sales, credit, tables):
    pieces = []
    for sale in sales:
        if credit == "linear":
            chosen = sale["eligible"]
        else:
            chosen = [sale[credit]] if sale[credit] else []
        whole = {
            "sale": sale["sale_id"], "month": sale["day"].strftime("%Y-%m"), "store": sale["store_id"],
            "salesperson": sale["salesperson_id"],
            "workplace": (world.people.get(sale["salesperson_id"]) or {}).get("place", ""),
        }
        if not chosen:
            pieces.append(dict(whole, credited=fractions.Fraction(0), parts=0))
        for position, visit in enumerate(chosen):
            k = len(chosen)
            piece = dict(whole, credited=fractions.Fraction(1, k), parts=k, source=source(world, visit, sale))
            for name in ("advisor", "relation", "pay-type", "vehicle-age", "dedicated"):
                piece[name] = visit[name]
            for name in ("gross", "front", "back"):
                if sale[name] is not None:
                    base, rest = divmod(sale[name], k)
                    piece[name] = base + (position < rest)
            pieces.append(piece)
    of_visit = ["advisor", "relation", "pay-type", "vehicle-age", "dedicated", "source"]
    for keys in [["month"]] + [["month", d] for d in ["store", "salesperson", "workplace"] + of_visit]:
        rows = [p for p in pieces if p["parts"] or keys[-1] not in of_visit]
        for labels, own in grouped(rows, keys):
            total = sum((p["credited"] for p in own), fractions.Fraction(0))
            money = {name: sum(p.get(name, 0) for p in own) for name in ("gross", "front", "back")}
            tables.add(
                f"deal-{credit}-{keys[-1]}", labels, sales=len({p["sale"] for p in own if p["parts"]}),
                all_sales=len({p["sale"] for p in own}), touches=sum(1 for p in own if p["parts"]),
                credited_sales_exact=str(total), gross_profit=f"{money['gross'] / 100:.2f}",
                front_gross=f"{money['front'] / 100:.2f}", back_gross=f"{money['back'] / 100:.2f}",
                sales_with_gross=len({p["sale"] for p in own if "gross" in p}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    make_tables(World(arguments.folder), arguments.out)


if __name__ == "__main__":
    main()

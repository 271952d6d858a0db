#!/usr/bin/env python3
"""Funnel, gross by touch, coverage of prospects and way back of a dealership's folder by section 2 of the definitions,
written without regard to how kpi does it. Plain loops; who is who, visits and sales are those of conversion_oracle.py.

    kpi sample demo && python3 Scripts/oracles/prospects_oracle.py demo OUT
    kpi tables Scripts/oracles/prospects_oracle.tables.yaml demo -o tables
    python3 Scripts/oracles/conversion_compare.py OUT tables
    kpi prospects demo --next 7d -o list.csv && python3 Scripts/oracles/prospects_oracle.py demo OUT --list list.csv

Writes OUT/conversion.csv, long: table, labels, column, value. With --list it also compares the appointments of a list.

What the definitions leave open, and what was decided here:
 1. The lead is the customer's first one of the visit's day or later, within the window. A contact is of the lead's owner
    (anybody's where there is none) from the lead's day on: in one thread (without: one customer and day) the owner wrote
    or called and so did the customer, on the later of the two first days; a taken call is both. A sales appointment counts
    by its booking day, shown by its own; a visit that came to a step has come to those before.
 2. Days between steps only where both are on record.
 3. Touch: the furthest step on record not after the sale (of a visit: ever): appointment, contact, lead, none.
 4. A car: the one whose VIN the appointment names (17 long, or known from orders and deals), else the customer's latest of
    orders and deals on an earlier day (a deal before an order of the same day). Year, mileage, pay type and whose sale it
    was: the appointment's own, else of the car's latest order before the day that says it. A void or internal order says
    nothing. Bought here: a deal of the customer on that car, else the order's flag.
 5. A lease end or recall that is not given is none, if any appointment gives one.
 6. One appointment a customer, car, store and day; cancelled ones are none. Judged when the day ends within the messages.
 7. A word from sales: outbound or a taken call, not a machine's, of the message's department, else of the person's.
 8. Whose prospect: owner of the latest lead of an earlier day, else the last seller before the day; who works there then.
 9. Way back: the first visit, or booking of a service appointment, on the sale's day or later, of the sold car where
    both VINs are 17 long; known as long as orders, appointments and deals are.
"""
import argparse
import collections
import csv
import datetime as dt
import os

import conversion_oracle as base
from conversion_oracle import World, follow, make_visits
from response_oracle import parse

STEPS = ["lead", "contact", "appointment", "shown", "sold"]
COUNTS = {"lead": "leads", "contact": "contacts", "appointment": "appointments", "shown": "shown", "sold": "sold"}


def median(values):
    values = sorted(values)
    return values[(len(values) + 1) // 2 - 1] if values else None


def money(cents):
    return None if cents is None else f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def mean_cents(total, n):
    magnitude = (abs(total) * 2 + n) // (2 * n)
    return -magnitude if total < 0 else magnitude


def integer(text):
    text = (text or "").replace(",", "").strip()
    return int(text) if text.isdigit() else 0


def a_day(text):
    try:
        return dt.date.fromisoformat((text or "").strip())
    except ValueError:
        return None


class Dealer:
    def __init__(self, path):
        w = self.world = World(path)
        self.settings = w.folder.settings
        self.visits = make_visits(w)
        self.sales = follow(w, self.visits)
        self.who = lambda row: w.identity(w.who(row))
        self.messages = [m for m in map(self.message, w.folder.rows("messages", "message_id")) if m]
        self.appointments = [self.appointment(r) for r in w.folder.rows("appointments", "appointment_id")]
        # As of the end of the last local day of anything; messages end with their last day.
        booked = [a["booked"] for a in self.appointments if a["booked"]]
        self.last_message = max(m["day"] for m in self.messages)
        self.as_of = max([w.end, self.last_message] + booked)
        self.last_service = min(max(o["day"] for o in w.orders), max(booked), w.last_sale)

    def message(self, row):
        zone = self.world.zones.get(row["store_id"])
        at = parse(row["sent_at"], zone) if zone else None
        if at is None:
            return None
        person = row.get("person_id") or ""
        department = row.get("department") or (self.world.people.get(person) or {}).get("department", "")
        return {
            "at": at, "day": dt.datetime.fromtimestamp(at, zone).date(), "customer": self.who(row), "person": person,
            "direction": row["direction"], "machine": row.get("automated") in ("yes", "Y", "true", "1"),
            "taken": row.get("outcome") == "answered", "department": department,
            "thread": (row["_system"], row.get("conversation_id")) if row.get("conversation_id") else None,
            "store": row["store_id"],
        }

    def appointment(self, row):
        zone = self.world.zones[row["store_id"]]
        at = parse(row["scheduled_for"], zone)
        booked = parse(row["booked_at"], zone)
        return dict(
            row, at=at, day=dt.datetime.fromtimestamp(at, zone).date(), customer=self.who(row),
            booked=dt.datetime.fromtimestamp(booked, zone).date() if booked is not None else None)


# ---- funnel ------------------------------------------------------------------------------------------------------

def contacts(dealer):
    """By customer: (day, person)."""
    sides = collections.defaultdict(lambda: [None, {}, None])
    for m in dealer.messages:
        if m["machine"] or m["direction"] == "internal":
            continue
        side = sides[m["thread"] or (m["customer"], m["day"])]
        side[2] = side[2] or m["customer"]
        if m["direction"] == "inbound" or m["taken"]:
            side[0] = min(side[0] or m["day"], m["day"])
        if (m["direction"] == "outbound" or m["taken"]) and m["person"]:
            side[1][m["person"]] = min(side[1].get(m["person"], m["day"]), m["day"])
    out = collections.defaultdict(list)
    for inbound, ours, customer in sides.values():
        if inbound:
            for person, day in ours.items():
                out[customer].append((max(day, inbound), person))
    return out


def funnel(dealer):
    """Sets each visit's `recorded` and `steps` days by step, and its owner."""
    world, talks = dealer.world, contacts(dealer)
    window = dt.timedelta(days=world.window)
    booked = collections.defaultdict(list)
    for a in dealer.appointments:
        if a["kind"] != "service":
            booked[a["customer"]].append(a)
    leads = collections.defaultdict(list)
    for lead in world.leads:
        leads[world.identity(lead["who"])].append(lead)
    for visit in dealer.visits:
        visit["gross"] = []
        recorded = {}
        own = [l for l in leads[visit["customer"]] if visit["day"] <= l["day"] <= visit["day"] + window]
        visit["owner"] = ""
        if own:
            lead = min(own, key=lambda l: (l["day"], l["owner_id"]))
            visit["owner"] = lead["owner_id"]
            recorded["lead"] = lead["day"]
            end = visit["day"] + window
            days = [d for d, p in talks[visit["customer"]] if lead["day"] <= d <= end and p == (lead["owner_id"] or p)]
            if days:
                recorded["contact"] = min(days)
            for a in booked[visit["customer"]]:
                day = a["booked"] or a["day"]
                if lead["day"] <= day <= end:
                    recorded["appointment"] = min(recorded.get("appointment", day), day)
                    if a["status"] == "shown" and visit["day"] <= a["day"] <= end:
                        recorded["shown"] = min(recorded.get("shown", a["day"]), a["day"])
        visit["recorded"] = recorded
    for sale in dealer.sales:
        if sale["eligible"]:
            visit = max(sale["eligible"], key=lambda v: (v["at"], v["id"]))
            sale["visit"] = visit
            visit["gross"].append(sale)
            day = visit["recorded"].get("sold", sale["day"])
            visit["recorded"]["sold"] = min(day, sale["day"])
    for visit in dealer.visits:
        steps, later = {}, None
        for step in reversed(STEPS):
            later = visit["recorded"].get(step, later)
            steps[step] = later
        visit["steps"] = steps
        visit["touch"] = touch(visit, dt.date.max)


def touch(visit, until):
    r = visit["recorded"]
    came = lambda step: step in r and r[step] <= until
    return ("appointment" if came("appointment") or came("shown") else "contact" if came("contact")
            else "lead" if came("lead") else "")


def gross_figures(sales):
    out = {"sales": len(sales)}
    for key, column, each, count in (
        ("gross", "gross_profit", "gross_per_sale", "sales_with_gross"), ("front", "front_gross", "front_per_sale", None),
        ("back", "back_gross", "back_per_sale", None)):
        known = [s[key] for s in sales if s[key] is not None]
        if count:
            out[count] = len(known)
        out[column] = money(sum(known)) if known else None
        out[each] = money(mean_cents(sum(known), len(known))) if known else None
    return out


def rate(successes, trials, name, minimum, finished=True):
    if not finished or trials < minimum:
        return {name: None, name + "_lower": None, name + "_upper": None}
    low, high = base.wilson(successes, trials)
    return {name: successes / trials, name + "_lower": low, name + "_upper": high}


def funnel_figures(dealer, visits):
    world = dealer.world
    n = len(visits)
    mature = sum((world.last_sale - v["day"]).days >= world.window for v in visits)
    out = {"visits": n, "mature": mature}
    finished = mature == n
    targets = (dealer.settings.get("targets") or {}).get("funnel") or {}
    before, came_before = None, n
    for step in STEPS:
        came = [v for v in visits if v["steps"][step]]
        out[COUNTS[step]] = len(came)
        out[step + "_days"] = median([max(0, (v["steps"][step] - v["day"]).days) for v in came])
        gaps = []
        for v in visits:
            earlier = v["day"] if before is None else v["recorded"].get(before)
            if step in v["recorded"] and earlier:
                gaps.append(max(0, (v["recorded"][step] - earlier).days))
        out[step + "_step_days"] = median(gaps)
        out.update(rate(len(came), came_before, step + "_step_rate", world.minimum, finished))
        out.update(rate(len(came), n, step + "_rate", world.minimum, finished))
        out[step + "_lost"] = came_before - len(came)
        lost = rate(came_before - len(came), came_before, "x", world.minimum, finished)["x"]
        out[step + "_lost_share"] = lost
        out[step + "_target"] = float(str(targets[step]).rstrip(" %")) / 100 if step in targets else None
        before, came_before = step, len(came)
    sales = [s for v in visits for s in v["gross"]]
    out.update(gross_figures(sales))
    known = [s["gross"] for s in sales if s["gross"] is not None]
    out["gross_per_visit"] = money(mean_cents(sum(known), n)) if known and finished else None
    return out


# ---- coverage ----------------------------------------------------------------------------------------------------

def months_between(a, b):
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


class Prospects:
    def __init__(self, dealer):
        self.dealer = dealer
        w = dealer.world
        self.rule = dealer.settings["prospects"]
        self.orders = [o for o in w.orders if o["status"] != "void" and o["pay_type"] != "internal"]
        self.orders.sort(key=lambda o: (o["at"], o["visit_id"]))
        self.by_customer, self.by_vin, self.deals = (collections.defaultdict(list) for _ in range(3))
        for o in self.orders:
            self.by_customer[w.identity(o["who"])].append(o)
            if o["vin"]:
                self.by_vin[w.group[o["store_id"]], o["vin"]].append(o)
        for s in sorted(dealer.sales, key=lambda s: (s["day"], s["sale_id"])):
            self.deals[s["customer"]].append(s)
        self.sold = {(w.group[s["store_id"]], s["vin"]) for s in dealer.sales if s["vin"]}
        service = [a for a in dealer.appointments if a["kind"] == "service"]
        leases = [a_day(a.get("lease_end")) for a in dealer.appointments] + [a_day(d.get("lease_end")) for d in w.deals]
        self.leases, self.recalls = any(leases), any(a.get("recall") for a in dealer.appointments)
        self.words = collections.defaultdict(list)
        for m in dealer.messages:
            if not m["machine"] and m["direction"] != "internal" and (m["direction"] == "outbound" or m["taken"]):
                if m["department"].lower() == self.rule.get("department", "sales").lower():
                    self.words[m["customer"]].append(m)
        self.leads = collections.defaultdict(list)
        for l in sorted(w.leads, key=lambda l: (l["at"], l["lead_id"])):
            if l["owner_id"]:
                self.leads[w.identity(l["who"])].append(l)
        self.items, seen = [], set()
        for a in sorted(service, key=lambda a: (a["at"], a["appointment_id"])):
            if a["status"] == "cancelled":
                continue
            car = self.car(a)
            key = (a["store_id"], a["customer"], car["vin"], a["day"])
            if key not in seen:
                seen.add(key)
                self.items.append(self.judge(a, car))

    def car(self, a):
        day, group = a["day"], self.dealer.world.group[a["store_id"]]
        orders = [o for o in self.by_customer[a["customer"]] if o["day"] < day]
        deals = [s for s in self.deals[a["customer"]] if s["day"] < day]
        vin, told = (a.get("vin") or "").strip(), []
        if not (vin and (len(vin) == 17 or (group, vin) in self.sold or self.by_vin[group, vin])):
            vin = ""
            if deals and (not orders or orders[-1]["day"] <= deals[-1]["day"]):
                vin = deals[-1]["vin"]
            elif orders:
                vin = orders[-1]["vin"]
                told = [] if vin else orders[-1:]
        if vin:
            told = [o for o in self.by_vin[group, vin] if o["day"] < day]
        car = {"vin": vin, "year": 0, "mileage": 0, "pay": "", "ours": None, "bought": None, "lease": None}
        for o in reversed(told):
            car["year"] = car["year"] or integer(o["vehicle_year"])
            car["mileage"] = car["mileage"] or integer(o["mileage"])
            car["pay"] = car["pay"] or o["pay_type"]
            if car["ours"] is None:
                car["ours"] = {"Y": True, "N": False}.get(o["bought_here"])
        for s in deals:
            if vin and s["vin"] == vin:
                car.update(bought=s["day"], ours=True, lease=a_day(s.get("lease_end")))
        car["year"] = integer(a.get("vehicle_year")) or car["year"]
        car["mileage"] = integer(a.get("mileage")) or car["mileage"]
        car["lease"] = a_day(a.get("lease_end")) or car["lease"]
        car["recall"] = {"Y": True, "N": False}.get(a.get("recall"))
        return car

    def holds(self, name, wanted, car, day):
        def within(value):
            return wanted.get("min", value) <= value <= wanted.get("max", value)
        if name == "vehicle-age":
            return within(day.year - car["year"]) if car["year"] else None
        if name == "mileage":
            return within(car["mileage"]) if car["mileage"] else None
        if name == "months-since-purchase":
            return within(months_between(car["bought"], day)) if car["bought"] else None
        if name == "lease-end-within":
            if car["lease"]:
                return 0 <= (car["lease"] - day).days <= int(str(wanted).split()[0])
            return False if self.leases else None
        if name == "recall":
            has = car["recall"] if car["recall"] is not None else False if self.recalls else None
            return None if has is None else has == wanted
        if name == "bought-here":
            return None if car["ours"] is None else car["ours"] == wanted
        types = wanted if isinstance(wanted, list) else [wanted]
        return car["pay"] in types if car["pay"] else None

    def judge(self, a, car):
        day, w = a["day"], self.dealer.world
        every = [(k, self.holds(k, v, car, day)) for k, v in (self.rule.get("all-of") or {}).items()]
        some = [(k, self.holds(k, v, car, day)) for k, v in (self.rule.get("any-of") or {}).items()]
        if any(h is False for _, h in every) or (some and all(h is False for _, h in some)):
            standing = "no"
        elif all(h for _, h in every) and (not some or any(h for _, h in some)):
            standing = "yes"
        else:
            standing = "unknown"
        met = ["lease-end" if k == "lease-end-within" else k for k, h in every + some if h]
        first = day - dt.timedelta(days=int(str(self.rule.get("before", "7 days")).split()[0]))
        zone = w.zones[a["store_id"]]
        said = sorted(
            d for d in (dt.datetime.fromtimestamp(m["at"], zone).date() for m in self.words[a["customer"]])
            if first <= d <= day)
        owner = next((l["owner_id"] for l in reversed(self.leads[a["customer"]]) if l["day"] < day), "")
        if not self.here(owner, day):
            owner = next((s["salesperson_id"] for s in reversed(self.deals[a["customer"]]) if s["day"] < day), "")
        return {
            "id": a["appointment_id"], "store": a["store_id"], "month": day.strftime("%Y-%m"), "day": day,
            "advisor": a["person_id"], "person": owner if self.here(owner, day) else "", "standing": standing, "met": met,
            "said": said[0] if said else None, "over": day <= self.dealer.last_message,
        }

    def here(self, person, day):
        known = self.dealer.world.people.get(person)
        if not person or not known:
            return bool(person)
        start, end = a_day(known.get("active_from")), a_day(known.get("active_to"))
        return (not start or start <= day) and (not end or end >= day)

    def figures(self, items):
        yes = [i for i in items if i["standing"] == "yes"]
        said = [i for i in yes if i["said"]]
        before = sum(i["said"] < i["day"] for i in said)
        out = {
            "appointments": len(items), "prospects": len(yes), "contacted": len(said), "contacted_before": before,
            "contacted_same_day": len(said) - before, "not_qualifying": sum(i["standing"] == "no" for i in items),
            "not_known": sum(i["standing"] == "unknown" for i in items),
        }
        out.update(rate(len(said), len(yes), "coverage", self.dealer.world.minimum))
        return out


# ---- way back ----------------------------------------------------------------------------------------------------

def way_back(dealer):
    days = int(str((dealer.settings.get("conversion") or {}).get("way-back", "180 days")).split()[0])
    services = collections.defaultdict(list)
    vins = {(o["store_id"], o["visit_id"]): o["vin"] for o in dealer.world.orders}
    for v in dealer.visits:
        services[v["customer"]].append((v["day"], 1, vins[v["store"], v["id"]]))
    for a in dealer.appointments:
        if a["kind"] == "service" and a["status"] != "cancelled":
            day = a["booked"] or a["day"]
            if day <= dealer.as_of:
                services[a["customer"]].append((day, 0, a.get("vin") or ""))
    out = []
    for s in dealer.sales:
        found = sorted(
            (day, kind) for day, kind, vin in services[s["customer"]]
            if day >= s["day"] and (not vin or not s["vin"] or vin == s["vin"] or len(vin) != 17 or len(s["vin"]) != 17))
        watched = (dealer.last_service - s["day"]).days
        lag = (found[0][0] - s["day"]).days if found else None
        if lag is not None and lag > min(days, max(0, watched)):
            lag = None
        out.append({
            "month": s["day"].strftime("%Y-%m"), "salesperson": s["salesperson_id"], "store": s["store_id"], "lag": lag,
            "booked": lag is not None and found[0][1] == 0, "watched": max(0, min(watched, days)), "mature": watched >= days,
        })
    return days, out


def back_figures(dealer, days, sales):
    minimum, n = dealer.world.minimum, len(sales)
    back = [s for s in sales if s["lag"] is not None]
    mature = sum(s["mature"] for s in sales)
    out = {"sales": n, "back": len(back), "booked": sum(s["booked"] for s in sales), "mature": mature}
    out.update(rate(len(back), n, "rate", minimum, mature == n))
    out["back_days"] = median([s["lag"] for s in back]) if mature == n else None
    curve = base.Curve([(s["lag"], True) if s["lag"] is not None else (s["watched"], False) for s in sales])
    last = [d for d in range(days + 1) if curve.at_risk(d) >= minimum]
    share = curve.share(last[-1]) if last else (None, None, None)
    out.update(share_days=last[-1] if last else None, share_so_far=share[0], share_so_far_lower=share[1],
               share_so_far_upper=share[2])
    return out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("out")
    arguments.add_argument("--list", help="a list of kpi prospects for the seven days after the end")
    options = arguments.parse_args()
    dealer = Dealer(options.folder)
    funnel(dealer)
    tables = base.Tables()
    for visit in dealer.visits:
        visit["person"] = visit["owner"]
    for name, keys in (("funnel", ["month"]), ("funnel-touch", ["touch"]), ("funnel-person", ["person"]),
                       ("funnel-relation", ["month", "relation"]), ("funnel-store", ["store"]),
                       ("funnel-dedicated", ["dedicated"]), ("funnel-vehicle-age", ["vehicle-age"]),
                       ("funnel-pay-type", ["pay-type"]), ("funnel-workplace", ["workplace"])):
        for labels, visits in base.grouped(dealer.visits, keys):
            tables.add(name, labels, **funnel_figures(dealer, visits))
    credited = [
        dict(s, month=s["day"].strftime("%Y-%m"), touch=touch(s["visit"], s["day"]), relation=s["visit"]["relation"],
             advisor=s["visit"]["advisor"]) for s in dealer.sales if s.get("visit")]
    for name, keys in (("gross-touch", ["touch"]), ("gross-month-touch", ["month", "touch"]), ("gross-advisor", ["advisor"]),
                       ("gross-relation", ["month", "relation"])):
        for labels, sales in base.grouped(credited, keys):
            tables.add(name, labels, **gross_figures(sales))
    prospects = Prospects(dealer)
    over = [i for i in prospects.items if i["over"]]
    for name, keys in (("coverage", ["month"]), ("coverage-store", ["store"]), ("coverage-person", ["person"]),
                       ("coverage-advisor", ["month", "advisor"])):
        for labels, items in base.grouped(over, keys):
            tables.add(name, labels, **prospects.figures(items))
    by_reason = [dict(i, reason=r) for i in over for r in (i["met"] if i["standing"] == "yes" else [""])]
    for labels, items in base.grouped(by_reason, ["reason"]):
        tables.add("coverage-reason", labels, **prospects.figures(items))
    days, sold = way_back(dealer)
    for name, keys in (("back", ["month"]), ("back-salesperson", ["salesperson"]), ("back-store", ["store"])):
        for labels, sales in base.grouped(sold, keys):
            tables.add(name, labels, **back_figures(dealer, days, sales))
    os.makedirs(options.out, exist_ok=True)
    with open(os.path.join(options.out, "conversion.csv"), "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["table", "labels", "column", "value"]] + tables.rows)
    if options.list:
        last = dealer.as_of + dt.timedelta(days=7)
        wanted = {i["id"] for i in prospects.items if dealer.as_of < i["day"] <= last and i["standing"] == "yes"}
        with open(options.list, encoding="utf-8", newline="") as file:
            found = {row["appointment_id"] for row in csv.DictReader(file)}
        print(f"list: {len(found)} of kpi, {len(wanted)} here, {len(found ^ wanted)} differ")
        raise SystemExit(1 if found != wanted else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Who is due what after an outage, who has had it and who is still owed, by section 4 of the definitions, written without
regard to how kpi does it. Conversations are those of response_oracle.py, who is who that of conversion_oracle.py.

    kpi sample demo && python3 Scripts/oracles/owed_oracle.py demo OUT
    kpi tables Scripts/oracles/owed_oracle.tables.yaml demo -o tables
    python3 Scripts/oracles/conversion_compare.py OUT tables
    kpi owed demo -o list.csv && python3 Scripts/oracles/owed_oracle.py demo OUT --list list.csv

What the definitions leave open, and what was decided here:
 1. Exposed: a conversation that is not left out, or a lead, whose clock ran to its first answer while its channel, or
    what carries leads, was down at its store; a visit that was open, or an appointment that was booked or due, while what
    carries visits was down (a date alone says neither). Maintenance is no outage.
 2. Of outages of one system that overlap, the earliest has the conversation.
 3. Answer late: open wait over the channel's target, answered or not; without a target everybody who waited.
 4. Met or spoken to: a visit, an appointment kept, or a call with a person, in the days before the outage or during it.
 5. Rare and not ours: not said to be our fault, and at most two outages of that system at the store in 90 days.
 6. The last rung of which all conditions hold. It was given when remedies of its kind reach its amount, or one is of a
    kind that only a higher rung has.
"""
import argparse
import collections
import csv
import datetime as dt
import os
from fractions import Fraction

import conversion_oracle as people
import response_oracle as talk

KINDS = [("apolog", ["apology", "explanation"]), ("explain", ["apology", "explanation"]),
         ("credit", ["credit", "voucher", "refund"]), ("voucher", ["credit", "voucher", "refund"]),
         ("discount", ["discount", "free item", "item"]), ("free", ["discount", "free item", "item"]), ("call", ["call"])]


def seconds(text):
    return sum(int(n) * {"min": 60, "h": 3600}[u] for n, u in zip(text.split()[::2], text.split()[1::2]))


class Dealer:
    def __init__(self, path):
        self.talk, self.people = talk.World(path, None, False), people.World(path)
        self.settings = self.talk.settings
        self.systems = self.settings["outages"]["systems"]
        self.zone = self.talk.own_zone
        self.stores = list(self.talk.zones)
        self.outages = []
        for row in self.talk.folder.rows("outages", "outage_id"):
            start, end = talk.parse(row["started_at"], self.zone), talk.parse(row["ended_at"], self.zone)
            if start is None or start >= self.talk.as_of or (end is not None and end < start):
                continue
            if (row.get("planned") or "").lower() == "yes":
                continue
            self.outages.append(dict(row, start=start, end=end, until=min(end or self.talk.as_of, self.talk.as_of)))
        self.outages.sort(key=lambda o: (o["start"], o["outage_id"]))
        written = self.settings["ladder"]
        self.rungs = [self.rung(r) for r in (written["rungs"] if isinstance(written, dict) else written)]

    def who(self, store, system, number):
        return self.people.identity((self.talk.group[store], system, number))

    @staticmethod
    def rung(terms):
        kinds = []
        for part, names in KINDS:
            if part in terms["give"]:
                kinds += names
        if len(set(kinds) - {"apology", "explanation"}) > 0:
            kinds = [k for k in kinds if k not in ("apology", "explanation")]
        kinds = terms.get("counts-as", kinds)
        return dict(when=str(terms["when"]).split(" and "), give=terms["give"], kinds=kinds,
                    amount=round(Fraction(str(terms.get("amount", 0))) * 100), always=terms.get("even-when-rare", False))

    def hits(self, outage, store):
        return not outage["store_id"] or outage["store_id"] == store

    def touched(self, activity, store, a, b):
        """Outages that a clock from a to b ran in; of one system those that overlap once."""
        found = []
        for o in self.outages:
            if activity not in self.systems.get(o["system"], {}).get("activities", []) or not self.hits(o, store):
                continue
            if o["start"] >= max(b, a + 1) or o["until"] <= a:
                continue
            if not any(f["system"] == o["system"] and o["start"] < f["until"] for f in found):
                found.append(o)
        return found


def exposed(dealer):
    """(outage, person) to what is known of them."""
    found = {}

    def note(outage, store, system, number, start, wait, late, moved):
        key = outage["outage_id"], dealer.who(store, system, number)
        item = found.setdefault(key, dict(late=False, moved=False, waited=-1, since=start, number=f"{system}·{number}", store=store))
        item["late"] |= late
        item["moved"] |= moved
        if (-wait, start, f"{system}·{number}") < (-item["waited"], item["since"], item["number"]):
            item.update(waited=wait, since=start, number=f"{system}·{number}", store=store)

    world = dealer.talk
    for c in talk.conversations(world):
        if c["left_out"]:
            continue
        stop = c["reply"]["t"] if c["reply"] else world.as_of
        outages = dealer.touched(c["channel"], c["store"], c["start"], stop)
        if outages:
            wait = world.waits(c["store"], c["department"], c["channel"], c["name"], c["start"], stop)["open"]
            target = world.targets.get(c["channel"])
            for outage in outages:
                note(outage, c["store"], c["question"]["_system"], c["question"]["customer_id"], c["start"], wait,
                     target is None or wait > target, False)
    for row in world.folder.rows("appointments", "appointment_id"):
        store, outages, first = row["store_id"], [], {}
        for column in ("booked_at", "scheduled_for"):
            text = row.get(column) or ""
            at = talk.parse(text, world.zones[store]) if len(text) > 10 else None
            if at is not None and at < world.as_of:
                for outage in dealer.touched("visits", store, at, at) + dealer.touched("appointments", store, at, at):
                    first[outage["outage_id"]] = min(at, first.get(outage["outage_id"], at))
                    outages += [outage] if outage not in outages else []
        for outage in outages:
            start = first[outage["outage_id"]]
            note(outage, store, row["_system"], row["customer_id"], start, 0, False, row["status"] in ("cancelled", "missed"))
    everywhere = collections.defaultdict(list)
    for who, answers in talk.answers_by_customer(world).items():
        everywhere[dealer.people.identity(who)] += answers
    for answers in everywhere.values():
        answers.sort(key=lambda m: m["t"])
    for lead in dealer.people.leads:
        store, at = lead["store_id"], lead["at"]
        answer = talk.first_at_or_after(everywhere[dealer.who(store, lead["_system"], lead["customer_id"])], at)
        stop = answer["t"] if answer else world.as_of
        for outage in dealer.touched("leads", store, at, stop):
            wait = world.open[store, None].between(at, stop)
            note(outage, store, lead["_system"], lead["customer_id"], at, wait, False, False)
    orders = {o["visit_id"]: o for o in dealer.people.orders}
    for visit in people.make_visits(dealer.people):
        order, zone = orders[visit["id"]], world.zones[visit["store"]]
        end_of_day = talk.instant(visit["day"] + dt.timedelta(days=1), 0, zone)
        closed = talk.parse(order.get("closed_at"), zone, order["_dates"])
        stop = min(closed if closed is not None and closed >= visit["at"] else end_of_day, world.as_of)
        for outage in dealer.touched("visits", visit["store"], visit["at"], stop):
            note(outage, visit["store"], order["_system"], order["customer_id"], visit["at"], 0, False, False)
    return found


def meetings(dealer):
    times, world = collections.defaultdict(list), dealer.talk
    for visit in people.make_visits(dealer.people):
        times[visit["customer"]].append(visit["at"])
    for row in world.folder.rows("appointments", "appointment_id"):
        at = talk.parse(row["scheduled_for"], world.zones[row["store_id"]])
        if row["status"] == "shown" and at is not None:
            times[dealer.who(row["store_id"], row["_system"], row["customer_id"])].append(at)
    for m in world.messages:
        outcome = m.get("outcome") or ""
        if m["machine"] or m["direction"] == "internal" or not (outcome or m["channel"] == "phone"):
            continue
        if outcome == "answered" or (m["direction"] == "outbound" and not outcome and m["person_id"]):
            times[dealer.who(m["store_id"], m["_system"], m["customer_id"])].append(m["t"])
    return times


def judge(dealer, found):
    met, world = meetings(dealer), dealer.talk
    by_id = {o["outage_id"]: o for o in dealer.outages}
    for (name, person), item in found.items():
        o = by_id[name]
        item.update(outage=o, remedies=[], met=any(o["start"] - 30 * 86400 <= t < o["until"] for t in met[person]), exposed=True)
        recent = [x for x in dealer.outages if x["system"] == o["system"] and o["start"] - 90 * 86400 < x["start"] <= o["start"]
                  and (not x["store_id"] or not o["store_id"] or x["store_id"] == o["store_id"])]
        spared = o["external"] != "no" and len(recent) <= 2
        down = world.open[item["store"], None].between(o["start"], o["until"])
        tests = {"answer late": item["late"], "visit moved": item["moved"], "met or spoken to": item["met"],
                 "own fault": o["external"] == "no"}
        item["rung"] = None
        for position, rung in enumerate(dealer.rungs):
            def holds(words):
                if words.startswith("waited over "):
                    return item["waited"] > seconds(words[12:])
                if words.startswith("down over "):
                    return down > seconds(words[10:])
                return tests[words]
            if all(map(holds, rung["when"])) and (not rung["amount"] or rung["always"] or not spared):
                item["rung"] = position


def give(dealer, found):
    apologies = collections.Counter()
    by_id = {o["outage_id"]: o for o in dealer.outages}
    first = next(iter(dealer.talk.group))
    for row in dealer.talk.folder.rows("remedies", "remedy_id"):
        owner = [s for s in dealer.stores if (dealer.talk.group[s], row["_system"], row["customer_id"]) in dealer.known]
        if row["outage_id"] not in by_id or not owner:
            continue
        person = dealer.who(owner[0], row["_system"], row["customer_id"])
        o = by_id[row["outage_id"]]
        item = found.setdefault((row["outage_id"], person), dict(
            outage=o, exposed=False, rung=None, remedies=[], store=o["store_id"] or owner[0] or first, waited=0, met=False))
        item["remedies"].append(dict(kind=row["kind"], amount=round(Fraction(row["amount"] or 0) * 100)))
        if row["kind"] in ("apology", "explanation"):
            apologies[person] += 1
    for (_, person), item in found.items():
        item["over"] = apologies[person] > 2
        item["given"] = sum(r["amount"] for r in item["remedies"])
        if item["rung"] is None:
            item["standing"] = "without" if item["remedies"] else "nothing"
            continue
        due = dealer.rungs[item["rung"]]
        alike = [r for r in item["remedies"] if r["kind"] in due["kinds"]]
        above = [r for r in item["remedies"] if r["kind"] not in due["kinds"]
                 and any(r["kind"] in rung["kinds"] for rung in dealer.rungs[item["rung"] + 1:])]
        enough = bool(above) or (bool(alike) and sum(r["amount"] for r in alike) >= due["amount"])
        item["standing"] = "given" if enough else "lesser" if item["remedies"] else "owed"


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def figures(dealer, items, complaints):
    def amount(i):
        return dealer.rungs[i["rung"]]["amount"]
    due = [i for _, i in items if i["rung"] is not None]
    owed = [i for i in due if i["standing"] in ("owed", "lesser")]
    n = collections.Counter(c["outcome"] or "open" for c in complaints)
    return {
        "exposed": sum(i["exposed"] for _, i in items), "customers": len({p for p, i in items if i["exposed"]}), "due": len(due),
        "given": len(due) - len(owed), "owed": len(owed), "lesser": sum(i["standing"] == "lesser" for i in owed),
        "without_due": sum(i["standing"] == "without" for _, i in items),
        "over_apologised": len({p for p, i in items if i["over"]}), "amount_due": money(sum(map(amount, due))),
        "amount_owed": money(sum(max(0, amount(i) - i["given"]) for i in owed)),
        "amount_given": money(sum(i["given"] for _, i in items)), "complaints": len(complaints), "solved": n["solved"],
        "declined": n["declined"], "parted": n["parted"], "open_complaints": n["open"],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--list")
    options = parser.parse_args()
    dealer = Dealer(options.folder)
    dealer.known = {m["who"] for m in dealer.talk.messages} | {o["who"] for o in dealer.people.orders} \
        | {d["who"] for d in dealer.people.deals} | {l["who"] for l in dealer.people.leads}
    dealer.known |= {(dealer.talk.group[r["store_id"]], r["_system"], r["customer_id"])
                     for r in dealer.talk.folder.rows("appointments", "appointment_id")}
    found = exposed(dealer)
    judge(dealer, found)
    give(dealer, found)
    by_id = {o["outage_id"]: o for o in dealer.outages}
    complaints = []
    for row in dealer.talk.folder.rows("complaints", "complaint_id"):
        owner = [s for s in dealer.stores if (dealer.talk.group[s], row["_system"], row["customer_id"]) in dealer.known]
        if row["outage_id"] in by_id and owner:
            o = by_id[row["outage_id"]]
            complaints.append(dict(row, outage=o, store=o["store_id"] or owner[0], rung=None))
    out = [["table", "labels", "column", "value"]]
    key_of = {
        "outage": lambda i: i["outage"]["outage_id"], "store": lambda i: i["store"], "system": lambda i: i["outage"]["system"],
        "vendor": lambda i: i["outage"]["vendor"], "rung": lambda i: "" if i["rung"] is None else str(i["rung"] + 1),
        "month": lambda i: dealer.talk.month(i["outage"]["start"], i["store"]),
    }
    for keys in (["outage"], ["month"], ["system"], ["vendor"], ["store"], ["rung"], ["outage", "rung"], ["month", "rung"]):
        groups, said = collections.defaultdict(list), collections.defaultdict(list)
        for (_, person), item in found.items():
            groups[tuple(key_of[k](item) for k in keys)].append((person, item))
        for complaint in complaints:
            said[tuple(key_of[k](complaint) for k in keys)].append(complaint)
        for labels in sorted(set(groups) | set(said)):
            for column, value in figures(dealer, groups[labels], said[labels]).items():
                out.append(["remedies-" + "-".join(keys), "|".join(labels), column, str(value)])
    os.makedirs(options.out, exist_ok=True)
    with open(os.path.join(options.out, "conversion.csv"), "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(out)
    if options.list:
        wanted = {(o, i["number"].split("·")[1], str(i["rung"] + 1)) for (o, _), i in found.items() if i["standing"] in ("owed", "lesser")}
        with open(options.list, encoding="utf-8", newline="") as file:
            listed = {(r["outage_id"], r["customer_id"], r["rung"]) for r in csv.DictReader(file)}
        print(f"list: {len(listed)} of kpi, {len(wanted)} here, {len(listed ^ wanted)} differ")
        raise SystemExit(1 if listed != wanted else 0)


if __name__ == "__main__":
    main()

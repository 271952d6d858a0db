#!/usr/bin/env python3
"""Response times of a dealership's folder by section 3 of the definitions, written without regard to how kpi does it.

    kpi sample demo && python3 Scripts/oracles/response_oracle.py demo OUT [--as-of 2026-11-01T05:00:00Z]

Reads dealership.yaml and the exports it maps; needs Python 3.9 and PyYAML, nothing else. Plain loops, exact fractions.
Writes one CSV a table into OUT: conversations and turns (a row each, to find what differs), left_out, first_response
(also _by_person, _by_department), next_response, after_hours, leads, handoffs, handoffs_all, off_channel, waiting,
waiting_by_age, calls, stopped_clocks, traffic. All times in whole seconds; `less_outages` is adjusted without absences.

What the definitions leave open, and what was decided here:
 1. As of: the end of the last local day on which a message was sent, in the store where that day ends last.
 2. A conversation without thread: one customer, store and channel; a pause longer than the gap begins a new one; it
    lies between any two messages, whoever wrote them. Internal messages are in no customer's conversation.
 3. A message of a person: outbound, not automated; a call to the customer is one whatever came of it, voicemail too.
    A call that came in and was answered is answered as it comes in, also for a question on another channel; with
    --own-calls-only for itself alone.
 4. any-managed: the first such message to the same customer on a managed channel, not before the question.
    Same customer: the same number in the same system and sharing group; records joined by contact count apart.
 5. Left out: status withdrawn. A message of ours before the question answers nothing, however shortly before. In the
    thread a message answers on the question's channel; with any-managed on any that is not off-channel, too.
 6. In time: wait <= target. Without answer: still within while the wait so far is < target. Each clock is judged by
    itself: the row of the open clock compares open time with the target, wall wall time, adjusted adjusted time.
 7. Adjusted: the conversation's channel decides which outages count, each from start until so much open time (of the
    store) after its end; still open: until as-of. Every row of absences.csv is approved. Whose absence: the assignee's
    from assigned_at (without one: from the question) until the next assignment; nobody's where nobody is assigned. What
    both cover is taken out once. Who still waits has waited through outages and absences: taken out up to as-of.
 8. A turn: from the first message of the customer that nobody answered yet to the next message of a person. The first
    turn of a conversation is a turn. It belongs to the month of its question. An answered call is a turn of 0 s.
 9. After hours: the question came while the store (or department, where it has hours) was closed. After opening: open
    time from then on is the open wait, so it is that; 0 with an answer while still closed.
10. A handoff: an internal message with another to_department; answered by the next message in its thread whose
    department is that one. The answer is no handoff of its own. Open time of the store; month of the task.
11. Off-channel: messages on channels the settings call off-channel / all messages, machines' and tasks included.
12. Stopped clocks: replies in the same thread with a text; quick: under 60 s of wall time; asked again: the next
    message of the thread is the customer's, within an hour.
13. Quantiles: least t with S(t) <= 1 - p, events before withdrawals at equal times; ">X": the longest time observed.
"""
import argparse
import bisect
import collections
import csv
import datetime as dt
import fractions
import glob
import gzip
import os
import re
from zoneinfo import ZoneInfo

import yaml

UTC = dt.timezone.utc
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


# ---- settings --------------------------------------------------------------------------------------------------

def seconds(text):
    number, unit = re.fullmatch(r"\s*(\d+)\s*([a-z]+)\s*", str(text)).groups()
    size = {"s": 1, "sec": 1, "min": 60, "m": 60, "h": 3600, "hour": 3600, "hours": 3600, "day": 86400, "days": 86400}
    return int(number) * size[unit]


def clock_ranges(text):
    if text in ("closed", None, False):
        return []
    out = []
    for part in str(text).split(","):
        a, b = (int(x.split(":")[0]) * 3600 + int(x.split(":")[1]) * 60 for x in part.strip().split("-"))
        out.append((a, b if b > a else b + 86400))
    return out


def week(hours):
    out = [[] for _ in DAYS]
    for key, text in hours.items():
        for part in key.split(","):
            ends = [DAYS.index(x) for x in part.strip().split("-")]
            for day in range(ends[0], ends[-1] + 1):
                out[day] = clock_ranges(text)
    return out


# ---- time ------------------------------------------------------------------------------------------------------

def instant(day, second, zone):
    """The first of two, and where there is none: moved on by the gap."""
    naive = dt.datetime(day.year, day.month, day.day) + dt.timedelta(seconds=second)
    return int(naive.replace(tzinfo=zone, fold=0).timestamp())


def parse(text, zone, dates="ymd"):
    """None: not readable."""
    text = (text or "").strip()
    try:
        if text.endswith("Z"):
            return int(dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
        form = "%m/%d/%Y %H:%M" if dates == "mdy" else "%Y-%m-%d %H:%M:%S"
        naive = dt.datetime.strptime(text, form)
        return int(naive.replace(tzinfo=zone, fold=0).timestamp())
    except ValueError:
        return None


class Open:
    """Open time of a calendar as a running total."""

    def __init__(self, week, exceptions, zone, first, last):
        ranges = []
        day = first
        while day <= last:
            # An exception replaces the whole date, the tail of yesterday's interval included.
            today = exceptions.get(day, week[day.weekday()])
            for a, b in today:
                ranges.append((instant(day, a, zone), instant(day, b, zone)))
            day += dt.timedelta(days=1)
        self.ranges = union(ranges)
        self.starts = [a for a, _ in self.ranges]
        self.total = [0]
        for a, b in self.ranges:
            self.total.append(self.total[-1] + b - a)

    def before(self, t):
        i = bisect.bisect_right(self.starts, t) - 1
        return 0 if i < 0 else self.total[i] + min(t, self.ranges[i][1]) - self.ranges[i][0]

    def between(self, a, b):
        return self.before(b) - self.before(a)

    def is_open(self, t):
        i = bisect.bisect_right(self.starts, t) - 1
        return i >= 0 and t < self.ranges[i][1]

    def deadline(self, t, amount):
        if amount <= 0:
            return t
        target = self.before(t) + amount
        i = bisect.bisect_left(self.total, target) - 1
        return self.ranges[i][0] + target - self.total[i]

    def less(self, a, b, taken):
        """Open time of [a, b) outside the ranges, which do not overlap."""
        out = self.between(a, b)
        for x, y in taken:
            x, y = max(a, x), min(b, y)
            if x < y:
                out -= self.between(x, y)
        return out


def union(ranges):
    out = []
    for a, b in sorted(r for r in ranges if r[0] < r[1]):
        if out and a <= out[-1][1]:
            out[-1][1] = max(out[-1][1], b)
        else:
            out.append([a, b])
    return [(a, b) for a, b in out]


# ---- exports ---------------------------------------------------------------------------------------------------

class Folder:
    def __init__(self, path):
        self.path = path
        with open(os.path.join(path, "dealership.yaml"), encoding="utf-8") as file:
            self.settings = yaml.safe_load(file)
        self.counts = collections.Counter()

    def entries(self, table):
        mapped = (self.settings.get("exports") or {}).get(table)
        if mapped is None:
            return [{"file": table + ".csv"}]
        return mapped if isinstance(mapped, list) else [mapped]

    def rows(self, table, identifier=None):
        """Rows under the standard columns' names, each number once, with `_system` and `_dates`."""
        seen = {}
        for entry in self.entries(table):
            for path in sorted(glob.glob(os.path.join(self.path, "exports", entry["file"]))):
                for row in self.read(path, entry):
                    row["_system"] = entry.get("system", "")
                    row["_dates"] = entry.get("dates", "ymd")
                    if identifier is None:
                        yield row
                    elif row[identifier] not in seen:
                        seen[row[identifier]] = True
                        yield row
                    else:
                        self.counts[table + " rows twice"] += 1

    @staticmethod
    def read(path, entry):
        delimiter = "\t" if entry.get("delimiter") == "tab" or path.endswith((".tsv", ".tsv.gz")) else ","
        columns = entry.get("columns") or {}
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            for raw in csv.DictReader(file, delimiter=delimiter):
                row = dict(raw)
                for name, source in columns.items():
                    if isinstance(source, str):
                        row[name] = raw.get(source, "")
                    elif "value" in source:
                        row[name] = str(source["value"])
                    else:
                        value = raw.get(source["column"], "")
                        row[name] = (source.get("values") or {}).get(value, value)
                yield row


class World:
    def __init__(self, path, as_of, own_calls_only):
        self.own_calls_only = own_calls_only
        self.folder = Folder(path)
        s = self.settings = self.folder.settings
        self.own_zone = ZoneInfo(s["time-zone"])
        self.zones, self.group = {}, {}
        for row in self.folder.rows("stores", "store_id"):
            self.zones[row["store_id"]] = ZoneInfo(row.get("time_zone") or s["time-zone"])
            self.group[row["store_id"]] = row.get("sharing_group") or row["store_id"]
        self.off_channel = {c for c, kind in s["channels"].items() if kind != "managed"}
        self.managed = {c for c, kind in s["channels"].items() if kind == "managed"}
        self.off_channel = {c for c, kind in s["channels"].items() if kind == "off-channel"}
        targets = s.get("targets") or {}
        self.targets = {c: seconds(t) for c, t in (targets.get("first-response-time") or {}).items()}
        self.handoff = seconds(targets["handoff"]) if "handoff" in targets else None
        talk = s.get("conversations") or {}
        self.any_managed = talk.get("answer-on", "any-managed") == "any-managed"
        self.gap = seconds(talk.get("gap", "3 days"))
        self.read_messages()
        last = max(dt.datetime.fromtimestamp(m["t"], self.zones[m["store_id"]]).date() for m in self.messages)
        first = min(dt.datetime.fromtimestamp(m["t"], self.zones[m["store_id"]]).date() for m in self.messages)
        ends = [instant(last + dt.timedelta(days=1), 0, zone) for zone in self.zones.values()]
        self.as_of = parse(as_of, UTC) if as_of else max(ends)
        self.messages = [m for m in self.messages if m["t"] < self.as_of]
        standard, exceptions = week(s["hours"]), {}
        for day, text in (s.get("exceptions") or {}).items():
            day = day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
            exceptions[day] = clock_ranges(text)
        span = (first - dt.timedelta(days=10), last + dt.timedelta(days=120))
        self.open = {}
        for store, zone in self.zones.items():
            self.open[store, None] = Open(standard, exceptions, zone, *span)
            for name, own in (s.get("departments") or {}).items():
                if own and "hours" in own:
                    self.open[store, name] = Open(week(own["hours"]), exceptions, zone, *span)
        self.read_outages()
        self.read_people()

    def calendar(self, store, department=None):
        return self.open.get((store, department)) or self.open[store, None]

    def local(self, t, store):
        return dt.datetime.fromtimestamp(t, self.zones[store])

    def month(self, t, store):
        return self.local(t, store).strftime("%Y-%m")

    def read_messages(self):
        self.messages = []
        for row in self.folder.rows("messages", "message_id"):
            t = parse(row["sent_at"], self.zones[row["store_id"]], row["_dates"])
            if t is None:
                self.folder.counts["messages with unreadable time"] += 1
                continue
            row["t"] = t
            row["machine"] = (row.get("automated") or "").lower() in ("yes", "true", "1")
            row["who"] = (self.group[row["store_id"]], row["_system"], row["customer_id"])
            self.messages.append(row)

    def read_outages(self):
        o = self.settings.get("outages") or {}
        recovery = seconds(o["recovery"]) if "recovery" in o else 0
        covered = collections.defaultdict(list)
        for row in self.folder.rows("outages", "outage_id"):
            start, end = parse(row["started_at"], self.own_zone), parse(row["ended_at"], self.own_zone)
            if start is None or (end is not None and end < start):
                self.folder.counts["outages set aside"] += 1
                continue
            system = (o.get("systems") or {}).get(row["system"]) or {}
            for store in [row["store_id"]] if row["store_id"] else list(self.zones):
                until = self.as_of if end is None else self.open[store, None].deadline(end, recovery)
                for activity in system.get("activities", []):
                    covered[store, activity].append((start, until))
        self.covered = {key: union(ranges) for key, ranges in covered.items()}

    def read_people(self):
        self.people = {row["person_id"]: row for row in self.folder.rows("people", "person_id")}
        away = collections.defaultdict(list)
        for row in self.folder.rows("absences"):
            zone = self.zones[self.people[row["person_id"]]["store_id"]]
            away[row["person_id"]].append((parse(row["from"], zone), parse(row["to"], zone)))
        self.away = {person: union(ranges) for person, ranges in away.items()}
        self.assigned = collections.defaultdict(list)
        self.status = {}
        for row in self.folder.rows("conversations"):
            thread = row["conversation_id"]
            self.status[thread] = row.get("status", "")
            at = parse(row.get("assigned_at"), self.zones[row["store_id"]])
            if row.get("assigned_to"):
                self.assigned[thread].append((at if at is not None else -1, row["assigned_to"]))
        for rows in self.assigned.values():
            rows.sort()

    def taken_out(self, store, channel, thread, a, b):
        """Outages, and absences of whoever had it, in [a, b)."""
        ranges = list(self.covered.get((store, channel), []))
        rows = self.assigned.get(thread, [])
        for i, (at, person) in enumerate(rows):
            since = max(a, at)
            until = rows[i + 1][0] if i + 1 < len(rows) else b
            ranges += [(max(x, since), min(y, until)) for x, y in self.away.get(person, [])]
        return union(ranges)

    def waits(self, store, department, channel, thread, a, b):
        calendar = self.calendar(store, department)
        outages = self.covered.get((store, channel), [])
        return {
            "open": calendar.between(a, b), "wall": b - a,
            "adjusted": calendar.less(a, b, self.taken_out(store, channel, thread, a, b)),
            "less_outages": calendar.less(a, b, outages),
        }


# ---- conversations and turns -------------------------------------------------------------------------------------

def is_answered_call(m):
    return m["direction"] == "inbound" and m.get("outcome") == "answered"


def is_answer(m):
    return is_answered_call(m) or (m["direction"] == "outbound" and not m["machine"])


def order(m):
    return (m["t"], 0 if m["direction"] == "inbound" else 1, m["message_id"])


def threads(world):
    """Conversations as lists of messages in order of time."""
    named, loose = collections.defaultdict(list), collections.defaultdict(list)
    for m in world.messages:
        if m["direction"] == "internal":
            continue
        if m.get("conversation_id"):
            named[world.group[m["store_id"]], m["conversation_id"]].append(m)
        else:
            loose[m["who"], m["store_id"], m["channel"]].append(m)
    for (_, name), messages in named.items():
        yield name, sorted(messages, key=order)
    for messages in loose.values():
        messages.sort(key=order)
        run = [messages[0]]
        for m in messages[1:]:
            if m["t"] - run[-1]["t"] > world.gap:
                yield None, run
                run = []
            run.append(m)
        yield None, run


def answers_by_customer(world):
    out = collections.defaultdict(list)
    for m in world.messages:
        if is_answer(m) and m["channel"] in world.managed and not (world.own_calls_only and is_answered_call(m)):
            out[m["who"]].append(m)
    for messages in out.values():
        messages.sort(key=order)
    return out


def first_at_or_after(messages, t):
    for m in messages:
        if m["t"] >= t:
            return m
    return None


def answers_anywhere(world, message, question):
    return message["channel"] == question["channel"] or message["channel"] not in world.off_channel


def conversations(world):
    everywhere = answers_by_customer(world)
    for name, messages in threads(world):
        questions = [m for m in messages if m["direction"] == "inbound"]
        if not questions:
            continue
        question = questions[0]
        start = question["t"]
        own = [m for m in messages if is_answer(m) and m["t"] >= start]
        same = next((m for m in own if m["channel"] == question["channel"]), None)
        any_ = next((m for m in own if answers_anywhere(world, m, question)), None)
        other = first_at_or_after(everywhere.get(question["who"], []), start)
        if other is not None and (any_ is None or other["t"] < any_["t"]):
            any_ = other
        reply = any_ if world.any_managed else same
        left_out = ""
        if world.status.get(name) == "withdrawn":
            left_out = "withdrawn"
        yield {
            "name": name or "", "messages": messages, "question": question, "start": start, "reply": reply,
            "same": same, "left_out": left_out, "store": question["store_id"], "channel": question["channel"],
            "department": question.get("department", ""), "everywhere": everywhere.get(question["who"], []),
            "machine": sum(1 for m in messages if m["direction"] == "outbound" and m["machine"]),
        }


def turns(messages, answers):
    """(question, answer or None) of each turn; answers: those that count, in order."""
    events = [(order(m), m, "q") for m in messages if m["direction"] == "inbound" and not is_answered_call(m)]
    events += [(order(m), m, "a") for m in answers]
    since = None
    for _, m, kind in sorted(events, key=lambda e: e[0]):
        if kind == "q":
            since = since or m
        elif since is not None:
            yield since, m
            since = None
        elif is_answered_call(m) and m in messages:
            yield m, m
    if since is not None:
        yield since, None


# ---- figures -------------------------------------------------------------------------------------------------------

def quantile(times, p):
    """times: (seconds, answered). The least t with S(t) <= 1 - p; ">X" when silence reaches into it; "" of nothing."""
    if not times:
        return ""
    counts = collections.defaultdict(lambda: [0, 0])
    for t, answered in times:
        counts[t][0 if answered else 1] += 1
    share, at_risk = fractions.Fraction(1), len(times)
    for t in sorted(counts):
        events, censored = counts[t]
        if events:
            share *= fractions.Fraction(at_risk - events, at_risk)
            if share <= 1 - p:
                return str(t)
        at_risk -= events + censored
    return ">" + str(max(t for t, _ in times))


def summary(rows, clock, target):
    """rows: dicts with `answered` and the clocks."""
    times = [(r[clock], r["answered"]) for r in rows]
    out = {"conversations": len(rows), "answered": sum(a for _, a in times)}
    if target is not None:
        out["in_time"] = sum(1 for t, a in times if a and t <= target)
        out["late"] = sum(1 for t, a in times if a and t > target)
        out["unanswered"] = sum(1 for t, a in times if not a and t >= target)
        out["still_within"] = sum(1 for t, a in times if not a and t < target)
    else:
        out.update(in_time="", late="", unanswered="", still_within="")
    answered = [t for t, a in times if a]
    out["mean"] = round(sum(answered) / len(answered), 3) if answered else ""
    out["p50"] = quantile(times, fractions.Fraction(1, 2))
    out["p90"] = quantile(times, fractions.Fraction(9, 10))
    return out


def write(folder, name, rows):
    rows = list(rows)
    with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
        if rows:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    print(f"{name}.csv {len(rows)}")


def grouped(rows, *keys):
    out = collections.defaultdict(list)
    for row in rows:
        out[tuple(row[k] for k in keys)].append(row)
    return sorted(out.items())


def fact(world, talk, question, reply):
    store, thread = talk["store"], talk["name"]
    end = world.as_of if reply is None else reply["t"]
    row = {
        "conversation_id": thread, "message_id": question["message_id"], "store": store,
        "month": world.month(question["t"], store), "channel": talk["channel"], "department": talk["department"],
        "asked": question["t"], "replied": "" if reply is None else reply["t"],
        "replier": "" if reply is None else reply.get("person_id", ""), "answered": reply is not None,
        "assignee": (world.assigned.get(thread) or [(0, "")])[-1][1],
    }
    row.update(world.waits(store, talk["department"], talk["channel"], thread, question["t"], end))
    row["after_hours"] = not world.calendar(store, talk["department"]).is_open(question["t"])
    return row


def make_tables(world, out):
    talks = [t for t in conversations(world)]
    counted = [t for t in talks if not t["left_out"]]
    facts = [dict(fact(world, t, t["question"], t["reply"]), machine=t["machine"]) for t in counted]
    write(out, "conversations", sorted(facts, key=lambda r: (r["asked"], r["message_id"])))
    write(out, "left_out", (
        {"conversation_id": t["name"], "message_id": t["question"]["message_id"], "reason": t["left_out"],
         "month": world.month(t["start"], t["store"]), "channel": t["channel"]} for t in talks if t["left_out"]))
    clocks = ["open", "wall", "adjusted", "less_outages"]
    write(out, "first_response", (
        {"month": m, "channel": c, "clock": k, **summary(rows, k, world.targets.get(c)),
         "after_hours": sum(r["after_hours"] for r in rows), "machine_replies": sum(r["machine"] for r in rows)}
        for (m, c), rows in grouped(facts, "month", "channel") for k in clocks))
    write(out, "first_response_by_person", (
        {"person": p, "clock": k, **summary(rows, k, None)}
        for (p,), rows in grouped(
            [dict(r, person=r["replier"] if r["answered"] else r["assignee"]) for r in facts], "person")
        for k in clocks))
    write(out, "first_response_by_department", (
        {"month": m, "department": d, "clock": k, **summary(rows, k, None)}
        for (m, d), rows in grouped(facts, "month", "department") for k in clocks))

    tables = []
    for scope in ("same", "any-managed"):
        for t in counted:
            answers = [m for m in t["messages"] if is_answer(m)]
            if scope == "any-managed":
                mine = {m["message_id"] for m in answers}
                answers += [m for m in t["everywhere"] if m["message_id"] not in mine and m["t"] >= t["start"]]
            for i, (question, reply) in enumerate(turns(t["messages"], answers)):
                tables.append(dict(fact(world, t, question, reply), scope=scope, turn=i + 1))
    write(out, "turns", sorted(tables, key=lambda r: (r["scope"], r["asked"], r["message_id"])))
    write(out, "next_response", (
        {"scope": s, "turns_of": which, "month": m, "channel": c, "clock": k,
         **summary(rows, k, None)}
        for which, chosen in (("all", tables), ("after the first", [r for r in tables if r["turn"] > 1]))
        for (s, m, c), rows in grouped(chosen, "scope", "month", "channel") for k in clocks))

    late = [r for r in facts if r["after_hours"]]
    write(out, "after_hours", (
        {"month": m, "channel": c, "arrived": len(rows), "answered": sum(r["answered"] for r in rows),
         "answered_while_closed": sum(r["answered"] and r["open"] == 0 for r in rows),
         "after_opening_p50": summary(rows, "open", None)["p50"],
         "after_opening_p90": summary(rows, "open", None)["p90"]}
        for (m, c), rows in grouped(late, "month", "channel")))
    write(out, "waiting", sorted(
        ({k: r[k] for k in ("conversation_id", "message_id", "month", "channel", "asked", "open", "wall", "assignee")}
         for r in facts if not r["answered"]), key=lambda r: (r["asked"], r["message_id"])))
    bands = [("under 1 day", 86400), ("1 to 3 days", 3 * 86400), ("3 to 7 days", 7 * 86400),
             ("7 to 30 days", 30 * 86400), ("over 30 days", None)]
    waiting = collections.Counter()
    for r in facts:
        if not r["answered"]:
            band = next(name for name, limit in bands if limit is None or r["wall"] < limit)
            over = world.targets.get(r["channel"])
            waiting[r["channel"], band, over is not None and r["open"] >= over] += 1
    write(out, "waiting_by_age", (
        {"channel": c, "age_wall": b, "past_target": past, "conversations": n}
        for (c, b, past), n in sorted(waiting.items())))
    write(out, "traffic", (
        {"weekday": w, "hour": h, "conversations": len(rows), "open_p50": summary(rows, "open", None)["p50"]}
        for (w, h), rows in grouped(
            [dict(r, weekday=world.local(r["asked"], r["store"]).weekday(),
                  hour=world.local(r["asked"], r["store"]).hour) for r in facts], "weekday", "hour")))


def make_handoffs(world, out):
    internal = collections.defaultdict(list)
    for m in world.messages:
        if m.get("conversation_id"):
            internal[world.group[m["store_id"]], m["conversation_id"]].append(m)
    rows = []
    for messages in internal.values():
        if not any(m["direction"] == "internal" for m in messages):
            continue
        waiting = []
        for m in sorted(messages, key=order):
            done = [w for w in waiting if m.get("department") == w["to_department"]]
            for w in done:
                waiting.remove(w)
                rows.append((w, m))
            to = m.get("to_department")
            if m["direction"] == "internal" and to and to != m.get("department") and not done:
                waiting.append(m)
        rows += [(w, None) for w in waiting]
    facts = []
    for task, answer in rows:
        end = world.as_of if answer is None else answer["t"]
        facts.append({
            "asked": task["t"], "month": world.month(task["t"], task["store_id"]), "from": task["department"],
            "to": task["to_department"], "answered": answer is not None, "open": world.calendar(task["store_id"]).between(task["t"], end)})
    write(out, "handoff_rows", sorted(facts, key=lambda r: (r["asked"], r["from"], r["to"])))
    write(out, "handoffs", (
        {"month": m, "from": a, "to": b, **summary(r, "open", world.handoff)}
        for (m, a, b), r in grouped(facts, "month", "from", "to")))
    write(out, "handoffs_all", (
        {"from": a, "to": b, **summary(r, "open", world.handoff)} for (a, b), r in grouped(facts, "from", "to")))


def make_rest(world, out):
    everywhere = answers_by_customer(world)
    talked = list(world.messages)
    for m in talked:
        m["month"] = world.month(m["t"], m["store_id"])
    write(out, "off_channel", (
        {"month": month, "messages": len(rows), "off_channel": sum(m["channel"] in world.off_channel for m in rows),
         "without_machines": sum(not m["machine"] for m in rows)}
        for (month,), rows in grouped(talked, "month")))
    leads = []
    for row in world.folder.rows("leads", "lead_id"):
        zone = world.zones[row["store_id"]]
        t = parse(row["created_at"], zone)
        if t is None or t >= world.as_of:
            continue
        who = (world.group[row["store_id"]], row["_system"], row["customer_id"])
        reply = first_at_or_after([m for m in everywhere.get(who, []) if m["direction"] == "outbound"], t)
        end = world.as_of if reply is None else reply["t"]
        calendar = world.calendar(row["store_id"])
        leads.append({"month": world.month(t, row["store_id"]), "source": row["source"], "answered": reply is not None,
                      "open": calendar.between(t, end), "wall": end - t})
    write(out, "leads", (
        {"month": m, "source": s, "clock": k, **summary(rows, k, None)}
        for (m, s), rows in grouped(leads, "month", "source") for k in ("open", "wall")))
    calls = [m for m in talked if m["channel"] == "phone"]
    returned = {m["conversation_id"] for m in calls if m["direction"] == "outbound" and m.get("outcome") == "returned"}
    write(out, "calls", (
        {"month": month, "inbound": sum(m["direction"] == "inbound" for m in rows),
         "answered": sum(is_answered_call(m) for m in rows),
         "missed": sum(m["direction"] == "inbound" and m.get("outcome") == "missed" for m in rows),
         "voicemail": sum(m["direction"] == "inbound" and m.get("outcome") == "voicemail" for m in rows),
         "returned": sum(m["direction"] == "inbound" and not is_answered_call(m)
                         and m["conversation_id"] in returned for m in rows)}
        for (month,), rows in grouped(calls, "month")))
    stopped(world, out)


QUICK, AGAIN = 60, 3600


def stopped(world, out):
    """By person: first replies with a text, the share of the commonest, those within a minute of wall time, and those
    after which the customer wrote next, within an hour."""
    people = collections.defaultdict(lambda: {"replies": 0, "texts": collections.Counter(), "quick": 0, "again": 0,
                                              "both": 0, "heads": []})
    for talk in conversations(world):
        same = talk["same"]
        if talk["left_out"] or same is None or not same.get("text_hash"):
            continue
        row = people[same["person_id"]]
        row["replies"] += 1
        row["texts"][same["text_hash"]] += 1
        position = talk["messages"].index(same)
        after = talk["messages"][position + 1:position + 2]
        quick = same["t"] - talk["start"] < QUICK
        again = bool(after) and after[0]["direction"] == "inbound" and after[0]["t"] - same["t"] < AGAIN
        row["quick"] += quick
        row["again"] += again
        row["both"] += quick and again
        row["heads"].append((same["text_hash"], quick and again))
    for row in people.values():
        row["commonest"] = max(sorted(row["texts"]), key=lambda text: row["texts"][text])
    write(out, "stopped_clocks", (
        {"person": p, "first_replies": r["replies"], "commonest": r["texts"][r["commonest"]],
         "under_60_s": r["quick"], "asked_again_within_1_h": r["again"], "both": r["both"],
         "both_and_commonest": sum(b for text, b in r["heads"] if text == r["commonest"])}
        for p, r in sorted(people.items())))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--as-of", help="2026-11-01T05:00:00Z; else the end of the last day with a message")
    parser.add_argument("--own-calls-only", action="store_true", help="a call taken answers no e-mail")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    world = World(arguments.folder, arguments.as_of, arguments.own_calls_only)
    write(arguments.out, "settings", [{"answer_on": "any-managed" if world.any_managed else "same"}])
    print("as of", dt.datetime.fromtimestamp(world.as_of, UTC).isoformat())
    make_tables(world, arguments.out)
    make_handoffs(world, arguments.out)
    make_rest(world, arguments.out)
    for name, count in sorted(world.folder.counts.items()):
        print(f"{name}: {count}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Write a made-up group whose stores mostly talk: make_messages.py DIR --messages 10000000 --stores 300 --months 3

DIR/dealership.yaml and DIR/exports: messages of customers, people, machines and between departments, calls with their
outcomes, conversations with assignees, due and resolved instants, outages, absences, leads, ratings. Random but
reproducible (--seed). For measuring speed and for comparing independent implementations, never for showing what a
dealership looks like. All instants are UTC (ISO 8601 with Z); each store has its own zone. Needs duckdb, numpy, pandas.
"""
import argparse
import datetime as dt
import os
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pandas as pd

ZONES = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"]
HOLIDAYS = ["2026-01-01", "2026-05-25", "2026-07-03", "2026-09-07", "2026-11-26", "2026-12-25"]
OPEN = {0: (8, 20), 1: (8, 20), 2: (8, 20), 3: (8, 20), 4: (8, 20), 5: (9, 18)}
CHANNELS = ["email", "sms", "phone", "chat", "whatsapp", "task"]
DEPARTMENTS = ["service", "sales", "parts", "finance"]
# The people of a store: 10 of service, 8 of sales, 4 of parts, 2 of finance.
CREW = np.repeat(np.arange(4), [10, 8, 4, 2])
FIRST, CREWS = np.array([0, 10, 18, 22]), np.array([10, 8, 4, 2])
# Of a store: most write more than once in a quarter, on several channels.
CUSTOMERS = 8000
PER_CONVERSATION = 4.64

SETTINGS = """\
name: Made-up group that talks
currency: USD
time-zone: America/New_York
hours:
  mon-fri: "08:00-20:00"
  sat: "09:00-18:00"
exceptions: {{ {holidays} }}
channels: {{ email: managed, sms: managed, phone: managed, chat: managed, task: managed, whatsapp: off-channel }}
targets:
  first-response-time: {{ email: 1 h, sms: 15 min, chat: 2 min, phone: 5 min }}
  handoff: 4 h
conversations: {{ answer-on: {answer_on}, gap: 3 days }}
outages:
  recovery: 30 min
  systems:
    mail: {{ activities: [email] }}
    text platform: {{ activities: [sms] }}
    phone lines: {{ activities: [phone] }}
    everything: {{ activities: [email, sms, phone, chat] }}
"""


def intervals(zone, first, last):
    """Open intervals [start, end) in UTC epoch seconds."""
    out, day = [], first
    while day <= last:
        if day.weekday() in OPEN and day.isoformat() not in HOLIDAYS:
            a, b = (dt.datetime(day.year, day.month, day.day, h, tzinfo=ZoneInfo(zone)) for h in OPEN[day.weekday()])
            out.append((int(a.timestamp()), int(b.timestamp())))
        day += dt.timedelta(days=1)
    return np.array(out, dtype=np.int64)


class Group:
    def __init__(self, a):
        self.a = a
        self.rng = np.random.default_rng(a.seed)
        first = dt.date.fromisoformat(a.start)
        year, month = divmod(first.month - 1 + a.months, 12)
        end = dt.date(first.year + year, month + 1, first.day)
        self.first, self.last = first, end
        stamp = lambda day: int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.timezone.utc).timestamp())
        self.lo, self.hi = stamp(first) + 12 * 3600, stamp(end) - 12 * 3600
        self.clocks = [intervals(z, first - dt.timedelta(days=7), end + dt.timedelta(days=30)) for z in ZONES]
        self.totals = [np.concatenate([[0], np.cumsum(c[:, 1] - c[:, 0])]) for c in self.clocks]
        self.db = duckdb.connect()
        self.db.execute("SET TimeZone = 'UTC'")
        os.makedirs(os.path.join(a.dir, "exports"), exist_ok=True)

    def write(self, name, frame, columns):
        """`columns`: SQL over the frame's whole numbers; strings are made where they are written, row by row."""
        self.db.register("t", frame)
        path = os.path.join(self.a.dir, "exports", name + ".csv")
        self.db.execute(f"COPY (SELECT {columns} FROM t) TO '{path}' (HEADER, DELIMITER ',')")
        self.db.unregister("t")
        print(f"{name}.csv {len(frame)}", flush=True)

    def open_instants(self, store):
        out = np.empty(len(store), dtype=np.int64)
        for z in range(4):
            k = np.flatnonzero(store % 4 == z)
            c = self.clocks[z]
            c = c[(c[:, 0] >= self.lo) & (c[:, 1] <= self.hi)]
            total = np.concatenate([[0], np.cumsum(c[:, 1] - c[:, 0])])
            u = self.rng.integers(0, total[-1], len(k))
            j = np.searchsorted(total, u, side="right") - 1
            out[k] = c[j, 0] + (u - total[j])
        return out

    def later(self, store, t, wait):
        """So many open seconds later."""
        out = np.empty(len(t), dtype=np.int64)
        for z in range(4):
            k = np.flatnonzero(store % 4 == z)
            c, total = self.clocks[z], self.totals[z]
            j = np.searchsorted(c[:, 0], t[k], side="right") - 1
            b = total[j] + np.minimum(t[k], c[j, 1]) - c[j, 0] + wait[k]
            j = np.minimum(np.searchsorted(total, b, side="right") - 1, len(c) - 1)
            out[k] = c[j, 0] + (b - total[j])
        return out

    def person_of(self, department):
        return FIRST[department] + (self.rng.random(len(department)) * CREWS[department]).astype(np.int64)


def names(values):
    return "[" + ", ".join(f"'{v}'" for v in values) + "]"


def at(column):
    return f"strftime(make_timestamp(({column}) * 1000000), '%Y-%m-%dT%H:%M:%SZ')"


STORE = "printf('S%04d', store)"
PERSON = "CASE WHEN person < 0 THEN NULL ELSE printf('S%04d-P%d', store, person) END"
CUSTOMER = "printf('S%04d-C%d', store, customer)"


def write_people(g):
    s = g.a.stores
    g.write("stores", pd.DataFrame({"store": np.arange(s)}),
            f"{STORE} AS store_id, 'Store ' || store AS name, {names(ZONES)}[store % 4 + 1] AS time_zone")
    store, person = np.repeat(np.arange(s), len(CREW)), np.tile(np.arange(len(CREW)), s)
    g.write("people", pd.DataFrame({"store": store, "person": person, "department": CREW[person]}),
            f"{PERSON} AS person_id, {STORE} AS store_id, 'Person ' || store || '-' || person AS name, "
            f"{names(DEPARTMENTS)}[department + 1] AS department, "
            "CASE WHEN person % 8 = 7 THEN 'remote' ELSE 'on-site' END AS place")
    begin = g.lo // 86400 * 86400 + g.rng.integers(0, 90, len(store)) * 86400
    g.write("absences", pd.DataFrame({"store": store, "person": person, "begin": begin,
                                      "days": g.rng.integers(1, 8, len(store))}),
            f"{PERSON} AS person_id, {at('begin')} AS \"from\", {at('begin + days * 86400')} AS \"to\", "
            "'vacation' AS reason")
    n = max(4, s * g.a.months)
    store = g.rng.integers(0, s, n)
    start = g.open_instants(store)
    g.write("outages", pd.DataFrame({
        "number": np.arange(n), "store": store, "system": g.rng.integers(0, 4, n), "start": start,
        "length": g.rng.integers(900, 6 * 3600, n), "everywhere": g.rng.random(n) < 0.01}),
            "printf('O%05d', number) AS outage_id, "
            f"CASE WHEN everywhere THEN NULL ELSE {STORE} END AS store_id, 'Vendor ' || system AS vendor, "
            "['mail', 'text platform', 'phone lines', 'everything'][system + 1] AS system, "
            f"{at('start')} AS started_at, {at('start + length')} AS ended_at, "
            f"{at('start + length // 4')} AS detected_at")


def make_conversations(g, n):
    """A row a conversation: who, when, and the first answer (-1: none)."""
    rng = g.rng
    c = {"store": np.sort(rng.integers(0, g.a.stores, n)), "customer": rng.integers(0, CUSTOMERS, n)}
    c["channel"] = rng.choice(5, n, p=[0.36, 0.33, 0.24, 0.05, 0.02])
    c["department"] = rng.choice(4, n, p=[0.62, 0.25, 0.1, 0.03])
    c["asked"] = np.where(rng.random(n) < 0.7, g.open_instants(c["store"]), rng.integers(g.lo, g.hi, n))
    c["assignee"] = g.person_of(c["department"])
    c["replier"] = np.where(rng.random(n) < 0.8, c["assignee"], g.person_of(c["department"]))
    speed = rng.lognormal(0, 0.5, g.a.stores * len(CREW))[c["store"] * len(CREW) + c["replier"]]
    wait = np.minimum(rng.lognormal(np.log(1500), 1.3, n) * speed, 86400 * 5).astype(np.int64)
    is_call = c["channel"] == 2
    c["taken"] = is_call & (rng.random(n) < 0.7)
    c["answered"] = (rng.random(n) < 0.93) & ~c["taken"]
    c["reply"] = np.where(c["answered"], g.later(c["store"], c["asked"], wait), c["asked"])
    c["turns"] = np.where(is_call | ~c["answered"], 0, rng.poisson(1.6, n))
    c["machine"] = ~is_call & (rng.random(n) < 0.3)
    return c


def write_conversations(g, c):
    rng, n = g.rng, len(c["store"])
    # Chats and private messages have no threads, and nobody is assigned to them.
    k = np.flatnonzero(c["channel"] < 3)
    status = np.where(c["answered"] | c["taken"], 1, np.where(rng.random(n) < 0.05, 2, 0))
    frame = pd.DataFrame({
        "conversation": k, "store": c["store"][k], "person": np.where(rng.random(n) < 0.04, -1, c["assignee"])[k],
        "assigned": g.later(c["store"], c["asked"], np.full(n, 30))[k], "status": status[k],
        "due": g.later(c["store"], c["asked"], np.array([3600, 900, 300, 120, 3600])[c["channel"]])[k],
        "resolved": (c["reply"] + 600)[k]})
    if g.a.history:
        passed = frame[(frame["person"] >= 0) & (frame["conversation"] % 25 == 0)].copy()
        passed["person"] = (passed["person"] + 1) % len(CREW)
        passed["assigned"] += 1800
        frame = pd.concat([frame, passed]).sort_values(["assigned", "conversation"], kind="stable")
    g.write("conversations", frame,
            f"'V' || conversation AS conversation_id, {STORE} AS store_id, {PERSON} AS assigned_to, "
            f"CASE WHEN person < 0 THEN NULL ELSE {at('assigned')} END AS assigned_at, "
            "['open', 'closed', 'withdrawn'][status + 1] AS status, "
            f"{at('due')} AS due_at, CASE WHEN status = 1 THEN {at('resolved')} ELSE NULL END AS resolved_at")


INBOUND, OUTBOUND, INTERNAL = 0, 1, 2


def make_messages(g, c):
    """Columns of all messages in order of time."""
    rng, n = g.rng, len(c["store"])
    parts = []

    def add(conversation, sent, direction, person, channel=None, department=None, to=None, machine=0, outcome=0):
        size = len(conversation)
        full = lambda v: np.full(size, v) if np.isscalar(v) else v
        parts.append({
            "conversation": conversation, "sent": sent, "direction": full(direction).astype(np.int8),
            "person": full(person).astype(np.int16),
            "channel": (c["channel"][conversation] if channel is None else full(channel)).astype(np.int8),
            "department": (c["department"][conversation] if department is None else department).astype(np.int8),
            "to": (full(-1) if to is None else to).astype(np.int8), "machine": full(machine).astype(np.int8),
            "outcome": full(outcome).astype(np.int8)})

    every = np.arange(n)
    call = c["channel"] == 2
    outcome = np.where(~call, 0, np.where(c["taken"], 1, np.where(rng.random(n) < 0.5, 2, 3)))
    add(every, c["asked"], INBOUND, np.where(c["taken"], c["replier"], -1), outcome=outcome)
    k = np.flatnonzero(c["machine"])
    add(k, c["asked"][k] + 3, OUTBOUND, -1, machine=1)
    k = np.flatnonzero(c["answered"])
    add(k, c["reply"][k], OUTBOUND, c["replier"][k], outcome=np.where(call[k], 4, 0))
    last = c["reply"].copy()
    for turn in range(1, 8):
        k = np.flatnonzero(c["turns"] >= turn)
        if len(k) == 0:
            break
        asked = last[k] + rng.integers(30, 86400, len(k))
        add(k, asked, INBOUND, -1)
        # Some ask twice before anybody says more.
        twice = rng.random(len(k)) < 0.2
        add(k[twice], asked[twice] + 300, INBOUND, -1)
        last[k] = g.later(c["store"][k], asked + 300, rng.lognormal(np.log(1200), 1.1, len(k)).astype(np.int64))
        add(k, last[k], OUTBOUND, c["replier"][k])
    # Tasks in the same thread: one department asks another, which mostly answers.
    k = np.flatnonzero((rng.random(n) < 0.12) & (c["channel"] < 2))
    sent = g.later(c["store"][k], c["asked"][k], rng.integers(60, 7200, len(k)))
    to = (c["department"][k] + rng.integers(1, 4, len(k))) % 4
    add(k, sent, INTERNAL, c["assignee"][k], channel=5, to=to)
    done = rng.random(len(k)) < 0.93
    back = g.later(c["store"][k], sent, rng.lognormal(np.log(4200), 0.8, len(k)).astype(np.int64))
    add(k[done], back[done], INTERNAL, g.person_of(to[done]), channel=5, department=to[done],
        to=c["department"][k][done])
    m = {key: np.concatenate([p[key] for p in parts]) for key in parts[0]}
    parts.clear()
    order = np.flatnonzero(m["sent"] < g.hi + 12 * 3600)
    order = order[np.argsort(m["sent"][order], kind="stable")]
    m = {key: values[order] for key, values in m.items()}
    m["store"] = c["store"][m["conversation"]].astype(np.int32)
    m["customer"] = c["customer"][m["conversation"]].astype(np.int32)
    words = rng.integers(1, 1_000_000_000, len(order))
    m["words"] = np.where(m["direction"] != OUTBOUND, 0, np.where(rng.random(len(order)) < 0.15, -1, words))
    return m


def write_messages(g, m):
    # A row number of DuckDB's would depend on its threads.
    frame = pd.DataFrame(dict(m, number=np.arange(len(m["sent"]))), copy=False)
    g.write("messages", frame,
            f"'M' || number AS message_id, CASE WHEN channel IN (3, 4) THEN NULL ELSE 'V' || conversation END "
            f"AS conversation_id, {STORE} AS store_id, {CUSTOMER} AS customer_id, "
            f"{names(CHANNELS)}[channel + 1] AS channel, "
            "['inbound', 'outbound', 'internal'][direction + 1] AS direction, "
            f"{PERSON} AS person_id, {names(DEPARTMENTS)}[department + 1] AS department, "
            f"CASE WHEN \"to\" < 0 THEN NULL ELSE {names(DEPARTMENTS)}[\"to\" + 1] END AS to_department, "
            f"{at('sent')} AS sent_at, CASE WHEN machine = 1 THEN 'yes' ELSE 'no' END AS automated, "
            "[NULL, 'answered', 'missed', 'voicemail', 'returned'][outcome + 1] AS outcome, "
            "CASE WHEN words = 0 OR machine = 1 THEN NULL WHEN words < 0 THEN 'w' || person ELSE 'x' || words END "
            "AS text_hash")


def write_rest(g, c):
    rng = g.rng
    n = max(1, len(c["store"]) // 25)
    store = rng.integers(0, g.a.stores, n)
    created = np.sort(rng.integers(g.lo, g.hi, n))
    g.write("leads", pd.DataFrame({"number": np.arange(n), "store": store, "customer": rng.integers(0, CUSTOMERS, n),
                                   "created": created, "person": g.person_of(np.full(n, 1))}),
            f"'L' || number AS lead_id, {STORE} AS store_id, {CUSTOMER} AS customer_id, {at('created')} AS created_at, "
            f"['web', 'third-party', 'service'][number % 3 + 1] AS source, {PERSON} AS owner_id, 'open' AS status")
    k = rng.integers(0, len(c["store"]), n)
    g.write("ratings", pd.DataFrame({
        "store": c["store"][k], "customer": c["customer"][k], "score": rng.integers(1, 6, n),
        "rated": np.minimum(c["reply"][k] + 86400, g.hi)}),
            f"{CUSTOMER} AS customer_id, {STORE} AS store_id, {at('rated')} AS rated_at, score")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("dir")
    p.add_argument("--messages", type=int, default=10_000_000, help="about so many")
    p.add_argument("--stores", type=int, default=300)
    p.add_argument("--from", dest="start", default="2026-07-01")
    p.add_argument("--months", type=int, default=3)
    p.add_argument("--answer-on", default="any-managed", choices=["any-managed", "same"])
    p.add_argument("--history", action="store_true", help="one conversation in 25 has a second row: who had it next")
    p.add_argument("--seed", type=int, default=20261122)
    g = Group(p.parse_args())
    with open(os.path.join(g.a.dir, "dealership.yaml"), "w", encoding="utf-8") as file:
        days = ", ".join(f"{day}: closed" for day in HOLIDAYS)
        file.write(SETTINGS.format(holidays=days, answer_on=g.a.answer_on))
    write_people(g)
    c = make_conversations(g, int(g.a.messages / PER_CONVERSATION))
    write_conversations(g, c)
    write_rest(g, c)
    write_messages(g, make_messages(g, c))


main()

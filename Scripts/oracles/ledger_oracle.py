#!/usr/bin/env python3
"""Verifies the rewards' ledger in a rewards.sqlite with nothing but sqlite3 and hashlib, by the words of Documentation.docc/Ledger.md.

    ledger_oracle.py rewards.sqlite     prints each entry's number, kind and hash as computed here; exit 1 where the file says otherwise
"""
import hashlib
import sqlite3
import sys

CHILDREN = ["approval", "amount", "gate", "team", "left_out", "row", "outage", "adjustment", "change"]


def field(value):
    letter, content = ("n", b"") if value is None else ("i", str(value).encode()) if isinstance(value, int) else ("t", value.encode())
    return letter.encode() + len(content).to_bytes(8, "big") + content


def record(table, values):
    return b"".join(field(v) for v in [table, *values])


def fnv(data):
    h = 2166136261
    for byte in data:
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return f"{h:08x}"


def main(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    sound, previous, rows = True, "0" * 64, 0
    for *values, checks, stored in db.execute("SELECT * FROM ledger_entry ORDER BY number").fetchall():
        names = [c[1] for c in db.execute("PRAGMA table_info(ledger_entry)")]
        entry = dict(zip(names, values))
        rows += 1
        digest = hashlib.sha256(record("ledger_entry", values))
        sound &= checks == "".join(fnv(field(v)) for v in values)
        for child in CHILDREN:
            table = "ledger_" + child
            found = db.execute(f"SELECT * FROM {table} WHERE entry = ? ORDER BY position", [entry["number"]]).fetchall()
            digest.update(record(table, [len(found)]))
            for *own, own_checks, own_hash in found:
                rows += 1
                sound &= own_hash == hashlib.sha256(record(table, own)).hexdigest()
                sound &= own_checks == "".join(fnv(field(v)) for v in own)
                digest.update(own_hash.encode())
        sound &= digest.hexdigest() == stored and entry["previous_hash"] == previous
        previous = stored
        print(entry["number"], entry["kind"], entry["period"], digest.hexdigest())
    print(f"{rows} rows; {'sound' if sound else 'CHANGED'}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

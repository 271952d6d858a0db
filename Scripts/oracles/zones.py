#!/usr/bin/env python3
"""Writes Tests/Fixtures/zones/zoneinfo.json: what Python's zoneinfo says about a few thousand instants and local times.

An oracle: an implementation of time zones that shares no code with ours reads the same zone files and answers the
same questions. Run from the top of the repository, with the package tzdata installed; same tzdata, same bytes.
"""

import json
import random
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, reset_tzpath

# Where car dealers are, and where clocks are oddest: half hours, negative daylight time, changes at midnight, a skipped
# day, a change of zone, Ramadan.
ZONES = """
America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage
Pacific/Honolulu America/Halifax America/St_Johns America/Regina America/Toronto America/Indiana/Knox
America/Sao_Paulo America/Havana America/Santiago America/Caracas Europe/London Europe/Dublin Europe/Lisbon
Europe/Berlin Europe/Moscow Atlantic/Azores Africa/Casablanca Africa/Abidjan Asia/Beirut Asia/Tehran Asia/Kolkata
Asia/Kathmandu Asia/Pyongyang Australia/Sydney Australia/Lord_Howe Pacific/Apia Pacific/Chatham Pacific/Kiritimati
Antarctica/Troll Etc/UTC
""".split()

UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = 0
LAST = int((datetime(2101, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())


def offset(zone, seconds):
    """Seconds east of UTC at an instant."""
    at = (EPOCH + timedelta(seconds=seconds)).astimezone(zone)
    return int(at.utcoffset().total_seconds())


def changes(zone):
    """Instants at which the offset changes, found by stepping through the days and halving."""
    found = []
    for day in range(FIRST, LAST, 86_400):
        low, high = day, day + 86_400
        if offset(zone, low) == offset(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset(zone, middle) == offset(zone, low):
                low = middle
            else:
                high = middle
        found.append(high)
    return found


def meaning(zone, naive):
    """The instant and the kind of a local time, by PEP 495: fold 0 is the offset before a change, fold 1 after it."""
    early = naive.replace(tzinfo=zone, fold=0).utcoffset()
    late = naive.replace(tzinfo=zone, fold=1).utcoffset()
    kind = "exact" if early == late else "skipped" if early < late else "repeated"
    return int((naive.replace(tzinfo=UTC) - early - EPOCH).total_seconds()), kind


def cases(name):
    zone = ZoneInfo(name)
    source = random.Random(name)
    turns = changes(zone)
    if len(turns) > 18:
        turns = sorted(source.sample(turns, 12) + turns[:3] + turns[-3:])
    instants = {source.randrange(FIRST, LAST) for _ in range(40)}
    for turn in turns:
        instants |= {turn - 1, turn, turn + 1}
    naives = {EPOCH.replace(tzinfo=None) + timedelta(seconds=source.randrange(FIRST, LAST)) for _ in range(20)}
    for turn in turns:
        before, after = offset(zone, turn - 1), offset(zone, turn)
        for shown in (turn + before, turn + after):
            for step in (-1, 0, 1, (after - before) // 2):
                naives.add(datetime(1970, 1, 1) + timedelta(seconds=shown + step))
    local = []
    for naive in sorted(naives):
        seconds = naive.hour * 3_600 + naive.minute * 60 + naive.second
        local.append([naive.date().isoformat(), seconds, *meaning(zone, naive)])
    return {"offsets": [[t, offset(zone, t)] for t in sorted(instants)], "local": local}


def main():
    # The machine's files, not a Python package's: those are what the tests read.
    reset_tzpath(["/usr/share/zoneinfo"])
    with open("/usr/share/zoneinfo/tzdata.zi", encoding="ascii") as text:
        release = text.readline().split()[-1]
    meta = {
        "source": f"Python {sys.version.split()[0]} zoneinfo over the IANA time zone database {release}",
        "licence": "facts computed from the IANA database, which is in the public domain",
        "how": "Scripts/oracles/zones.py",
        "offsets": "[instant in seconds since 1970 UTC, seconds east of UTC]",
        "local": "[date, seconds of the wall clock, the instant meant, exact | skipped | repeated]",
    }
    lines = [f" {json.dumps(name)}: {json.dumps(cases(name), separators=(',', ':'))}" for name in ZONES]
    with open("Tests/Fixtures/zones/zoneinfo.json", "w", encoding="ascii") as out:
        out.write('{"meta": ' + json.dumps(meta, indent=1) + ',\n"zones": {\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()

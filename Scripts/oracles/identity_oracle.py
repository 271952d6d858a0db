#!/usr/bin/env python3
"""Who is who, computed once more in plain Python over the CSVs, and held against `kpi tables`.

    python3 Scripts/oracles/identity_oracle.py KPI DIR [DIR ...]     folders as Benchmarks/make_customers.py writes them
    python3 Scripts/oracles/identity_oracle.py KPI --messy 20        twenty small folders full of conflicts, made here

Independent of the program: phones by regular expressions, clusters as plain sets that are compared member by member,
every pair looked at. Compared cell by cell: links by reason and standing, numbers, customers, joined, contradictions,
matched and captured by store and month, credited sales, household counts.
"""
import collections, csv, datetime as dt, itertools, os, random, re, subprocess, sys, tempfile, unicodedata, zoneinfo

ZONE = zoneinfo.ZoneInfo("America/Chicago")
NOT_A_NAME = set("mr mrs ms miss dr jr sr ii iii iv the and of inc llc ltd co corp company gmbh unknown none na test "
                 "customer cash".split())
LARGEST = 5
STREET = dict(street="st", avenue="ave", av="ave", road="rd", drive="dr", lane="ln", court="ct", boulevard="blvd",
              place="pl", terrace="ter", circle="cir", highway="hwy", parkway="pkwy", square="sq", trail="trl", north="n",
              south="s", east="e", west="w", apartment="apt", unit="apt", suite="apt", ste="apt")


def words(text):
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return re.findall(r"[^\W_]+", text)


def name_words(text):
    return {w for w in words(text) if len(w.encode()) > 1 and w not in NOT_A_NAME}


def phone(text):
    text = re.split(r"(?<=\d)[^\d]*?[xX#eE]", text)[0]
    digits = re.sub(r"\D", "", text)
    if not digits:
        return None
    if not text.strip().startswith("+"):
        if digits.startswith("011"):
            digits = digits[3:]
        elif len(digits) == 10:
            digits = "1" + digits
        elif len(digits) < 11 or len(digits) == 11 and digits[0] != "1":
            return None
    if not re.fullmatch(r"[1-9]\d{7,14}", digits):
        return None
    if digits[0] == "1":
        return digits if re.fullmatch(r"1[2-9]\d\d[2-9]\d{6}", digits) and len(set(digits)) > 2 else None
    return digits if len(set(digits[-7:])) > 1 else None


def email(text):
    text = text.lower()
    return text if re.fullmatch(r"[^@\s]+@[^@\s]*\.[^@\s]*", text) else None


def address(text):
    parts = words(text)
    if len(parts) < 2 or not any(p[0].isdigit() for p in parts):
        return None
    return " ".join(STREET.get(p, p) for p in parts)


def read(directory, name):
    path = os.path.join(directory, "exports", name + ".csv")
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(file)]


def moment(text):
    """Instant and whether it is a date alone."""
    if len(text) == 10:
        return dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=ZONE), True
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE), False


class Store:
    """One sharing group."""

    def __init__(self, records, orders, sales, leads):
        self.records = collections.defaultdict(list)
        for system, row in records:
            self.records[(system + "·" + row["customer_id"])].append(dict(
                system=system, name=name_words(row["name"]), phone=phone(row["phone"]), email=email(row["email"]),
                address=address(row["address"]), created=row.get("created_at", "")))
        self.orders, self.sales, self.leads = orders, sales, leads
        self.numbers = set(self.records)
        self.numbers |= {"dms·" + r["customer_id"] for r in orders + sales if r["customer_id"]}
        self.numbers |= {"crm·" + r["customer_id"] for r in leads}
        self.cluster = {n: {n} for n in self.numbers}
        self.links = []
        self.join()

    def agree(self, a, b, field):
        found = "unknown"
        for r, s in itertools.product(self.records[a], self.records[b]):
            if not r[field] or not s[field]:
                continue
            same = bool(r[field] & s[field]) if field == "name" else r[field] == s[field]
            if same:
                return "agree"
            found = "differ"
        return found

    def contradict(self, a, b):
        if self.agree(a, b, "name") != "differ":
            return False
        return (any(r["system"] == s["system"] for r, s in itertools.product(self.records[a], self.records[b]))
                or self.agree(a, b, "phone") == "differ" or self.agree(a, b, "email") == "differ")

    def merge(self, a, b):
        both = self.cluster[a] | self.cluster[b]
        for n in both:
            self.cluster[n] = both

    def take(self, a, b, kind):
        if self.cluster[a] is self.cluster[b]:
            self.links.append([a, b, kind, "confirms"])
        elif self.contradict(a, b):
            one = any(r["system"] == s["system"] for r, s in itertools.product(self.records[a], self.records[b]))
            self.links.append([a, b, kind, "one-system" if one else "differ"])
        elif any(self.contradict(x, y) for x in self.cluster[a] for y in self.cluster[b]):
            self.links.append([a, b, kind, "chain"])
        else:
            self.merge(a, b)
            self.links.append([a, b, kind, "joined"])

    def trade_ins(self):
        pairs = []
        by_vin = collections.defaultdict(list)
        for row in self.orders:
            if row["vin"] and row.get("status") != "void" and row.get("pay_type") != "internal":
                by_vin[row["vin"].upper()].append(row)
        for sale in self.sales:
            if not sale["trade_vin"] or not sale["customer_id"]:
                continue
            sold, sold_date = moment(sale["sold_at"])
            best = None
            for row in by_vin[sale["trade_vin"].upper()]:
                opened, date = moment(row["opened_at"])
                limit = sold + dt.timedelta(seconds=86_399 if date or sold_date else 0)
                key = (opened, "dms·" + row["customer_id"])
                if opened <= limit and (best is None or key > best):
                    best = key
            if best and best[1] != "dms·" + sale["customer_id"]:
                pairs.append((tuple(sorted([best[1], "dms·" + sale["customer_id"]], key=str.encode)), sale["trade_vin"].upper()))
        partners = collections.defaultdict(set)
        for (a, b), _ in pairs:
            partners[a].add(b)
            partners[b].add(a)
        kept = []
        for (a, b), vin in sorted(pairs):
            if len(partners[a]) > LARGEST or len(partners[b]) > LARGEST:
                self.links.append([a, b, "trade-in", "too-wide"])
            else:
                kept.append((a, b))
        return kept

    def join(self):
        wide = []
        holders = {}
        for field in ("phone", "email"):
            holders[field] = collections.defaultdict(set)
            for number, records in self.records.items():
                for record in records:
                    if record[field]:
                        holders[field][record[field]].add(number)
            for value, own in list(holders[field].items()):
                if len(own) > LARGEST:
                    wide.append([min(own, key=str.encode), None, field, "too-wide"])
                    del holders[field][value]
                    for number in own:
                        for record in self.records[number]:
                            if record[field] == value:
                                record[field] = None
        cars = self.trade_ins()
        against = [pair for pair in cars if self.contradict(*pair)]
        for a, b in cars:
            if (a, b) not in against:
                self.take(a, b, "trade-in")
        candidates = []
        for field in ("phone", "email"):
            other = "email" if field == "phone" else "phone"
            key = (lambda v: int(v)) if field == "phone" else (lambda v: v.encode())
            for value in sorted(holders[field], key=key):
                own = sorted(holders[field][value], key=str.encode)
                for a, b in itertools.combinations(own, 2):
                    both = self.agree(a, b, other) == "agree"
                    if field == "email" and both:
                        continue
                    names = ["agree", "unknown", "differ"].index(self.agree(a, b, "name"))
                    weight = 0 if both else 1 + names if field == "phone" else 4 + names
                    candidates.append((weight, len(candidates), a, b, field))
        for _, _, a, b, field in sorted(candidates):
            self.take(a, b, field)
        for a, b in against:
            self.merge(a, b)
            self.links.append([a, b, "trade-in", "joined-despite-names"])
        for link in self.links:
            if link[3] in ("differ", "one-system", "chain") and self.cluster[link[0]] is self.cluster[link[1]]:
                link[3] = "confirms"
        self.links += wide

    def customer(self, number):
        return min(self.cluster[number], key=str.encode)

    def households(self):
        root = {n: self.customer(n) for n in self.numbers}
        keys = collections.defaultdict(set)
        for number, records in self.records.items():
            for record in records:
                if record["address"]:
                    for word in record["name"]:
                        keys[(record["address"], word)].add(root[number])
        groups = {c: {c} for c in root.values()}
        for own in keys.values():
            if 1 < len(own) <= LARGEST:
                merged = set().union(*(groups[c] for c in own))
                for c in merged:
                    groups[c] = merged
        return {n: min(groups[c], key=str.encode) for n, c in root.items()}

    def in_crm(self, customer):
        return any(n.startswith("crm·") for n in self.cluster[customer])

    def since(self, customer):
        crm = [n for n in self.cluster[customer] if n.startswith("crm·")]
        times = [moment(r["created"])[0] for n in crm for r in self.records[n] if r["created"]]
        times += [moment(r["created_at"])[0] for r in self.leads if "crm·" + r["customer_id"] in crm]
        return (min(times) if times else None, any(not r["created"] for n in crm for r in self.records[n]))


def expected(directory):
    rows = {name: read(directory, name) for name in ("stores", "customers_dms", "customers_crm", "service_visits", "sales", "leads")}
    end = {n: max(r[c] for r in rows[n])[:10] for n, c in (("service_visits", "opened_at"), ("sales", "sold_at"), ("leads", "created_at"))}
    midnight = lambda day: moment(day)[0] + dt.timedelta(days=1)
    crm_end = midnight(min(end["service_visits"], end["leads"]))
    links, numbers = collections.Counter(), collections.Counter()
    match = collections.defaultdict(lambda: [set(), set(), 0, 0, 0])
    credit = collections.Counter()
    household = [set(), set()]
    stores = [r["store_id"] for r in rows["stores"]]
    for store in stores:
        own = {n: [r for r in rows[n] if r["store_id"] == store] for n in rows}
        group = Store([("dms", r) for r in own["customers_dms"]] + [("crm", r) for r in own["customers_crm"]],
                      own["service_visits"], own["sales"], own["leads"])
        for _, _, kind, standing in group.links:
            links[(kind, standing)] += 1
        numbers["numbers"] += len(group.numbers)
        numbers["customers"] += len({id(c) for c in group.cluster.values()})
        numbers["joined"] += sum(1 for l in group.links if l[3].startswith("joined"))
        numbers["contradictions"] += sum(1 for l in group.links if l[3] not in ("joined", "confirms"))
        visits = {}
        for row in sorted(own["service_visits"], key=lambda r: (moment(r["opened_at"])[0], r["visit_id"])):
            if row.get("status") == "void" or row.get("pay_type") == "internal":
                continue
            customer = group.customer("dms·" + row["customer_id"])
            visits.setdefault((customer, row["vin"] or row["visit_id"], row["opened_at"][:10]), row)
        home = group.households()
        seen = set()
        for (customer, _, day), row in visits.items():
            cell = match[(store, day[:7])]
            cell[0].add(customer)
            if group.in_crm(customer):
                cell[1].add(customer)
            opened, date = moment(row["opened_at"])
            limit = (midnight(day) if date else opened) + dt.timedelta(hours=24)
            if limit <= crm_end:
                cell[2] += 1
                since, undated = group.since(customer)
                if since and since <= limit:
                    cell[3] += 1
                elif undated:
                    cell[4] += 1
            household[0].add((store, home[customer]))
        times = collections.defaultdict(list)
        for (customer, _, day), row in visits.items():
            times[customer].append((moment(row["opened_at"]), day))
        for sale in own["sales"]:
            customer = group.customer("dms·" + sale["customer_id"]) if sale["customer_id"] else None
            sold, sold_date = moment(sale["sold_at"])
            credit[(store, "all")] += 1
            for (opened, date), day in times.get(customer, []):
                before = day <= sale["sold_at"][:10] if date or sold_date else opened <= sold
                days = (dt.date.fromisoformat(sale["sold_at"][:10]) - dt.date.fromisoformat(day)).days
                if before and days <= 60:
                    credit[(store, "credited")] += 1
                    household[1].add((store, home[customer]))
                    break
    return dict(
        links={k: str(v) for k, v in links.items()}, customers=numbers,
        match={k: [str(len(v[0])), str(len(v[1])), str(v[2]), str(v[3]), str(v[4])] for k, v in match.items()},
        credit={s: [str(credit[(s, "credited")]), str(credit[(s, "all")])] for s in stores if credit[(s, "all")]},
        households=[len(household[0]), len(household[1])])


TABLES = """tables:
  - { name: links, measure: customer-links, by: [reason, standing], columns: [links] }
  - { name: customers, measure: customer-links, by: [], columns: [numbers, customers, joined, contradictions] }
  - { name: match, measure: customer-match, by: [store, month], columns: [service_customers, matched, due, captured, undated] }
  - { name: credit, measure: service-to-sales, view: by-deal, by: [store], columns: [sales, all_sales] }
  - { name: households, measure: service-to-sales, view: by-visit, denominator: households, maturity: ignore, by: [], columns: [households, converted] }
"""


def compare(kpi, directory, households=True):
    with tempfile.TemporaryDirectory() as out:
        with open(os.path.join(out, "t.yaml"), "w") as file:
            file.write(TABLES)
        run = subprocess.run([kpi, "tables", os.path.join(out, "t.yaml"), directory, "-o", os.path.join(out, "o")],
                             capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        got = {}
        for name in ("links", "customers", "match", "credit", "households"):
            with open(os.path.join(out, "o", name + ".csv"), newline="") as file:
                got[name] = list(csv.reader(file))[1:]
    want = expected(directory)
    faults = []

    def same(what, a, b):
        if a != b:
            faults.append(f"{what}: kpi {a}, oracle {b}")

    same("links", {(r[0], r[1]): r[2] for r in got["links"]}, want["links"])
    same("customers", got["customers"][0], [str(want["customers"][k]) for k in ("numbers", "customers", "joined", "contradictions")])
    match = {(r[0], r[1]): r[2:] for r in got["match"]}
    same("cells of match", sorted(match), sorted(want["match"]))
    for key in match:
        same(f"match {key}", match[key], want["match"].get(key))
    same("credit", {r[0]: r[1:] for r in got["credit"]}, want["credit"])
    if households:
        same("households", got["households"][0], [str(x) for x in want["households"]])
    cells = len(got["links"]) + 4 + 5 * len(match) + 2 * len(got["credit"])
    print(f"{directory}: {cells} cells, {len(faults)} differ; links {want['links']}")
    for fault in faults:
        print("  " + fault)
    return not faults


def messy(seed, directory):
    """A folder in which everything is shared with everybody."""
    rng = random.Random(seed)
    os.makedirs(os.path.join(directory, "exports"))
    names = ["Ada Moreau", "Moreau, Ada", "Bo Quigley", "QUIGLEY BO", "", "Cleo Núñez", "nunez cleo", "A. Moreau",
             "Dr. Kai O'Dell", "Odell, Kai", "Acme, Inc.", "Mr."]
    lines = [f"{rng.randrange(201, 990)}{rng.randrange(200, 990)}{rng.randrange(10_000):04d}" for _ in range(14)]
    spell = lambda p: rng.choice([p, f"({p[:3]}) {p[3:6]}-{p[6:]}", f"+1 {p[:3]}.{p[3:6]}.{p[6:]}", f"{p} x12"])
    mails = [f"p{i}@example.com" for i in range(14)] + ["broken", "a@b"]
    streets = ["12 Elm Street", "12 elm st.", "n/a", "7 North Mill Rd", "7 N. Mill Road", "Unit 4"]
    when = lambda: f"2026-{rng.choice(['09', '10'])}-{rng.randrange(1, 29):02d}" + rng.choice(["", f" {rng.randrange(8, 18):02d}:{rng.randrange(60):02d}"])
    rows = {"stores": ["S1", "S2"], "customers_dms": [], "customers_crm": [], "service_visits": [], "sales": [], "leads": []}
    for system in ("dms", "crm"):
        for number in range(1, 26):
            rows["customers_" + system].append(
                f"{number},S{1 + number % 2},\"{rng.choice(names)}\",{spell(rng.choice(lines)) if rng.random() < .8 else rng.choice(['', '0000000000', '555'])},"
                f"{rng.choice(mails) if rng.random() < .7 else ''},{rng.choice(streets)}" + (f",{when() if rng.random() < .8 else ''}" if system == "crm" else ""))
    for number in range(60):
        rows["service_visits"].append(
            f"RO{number},S{1 + number % 2},{rng.randrange(1, 28)},{rng.choice(['', f'CAR{rng.randrange(9)}'])},{when()},{rng.choice(['customer'] * 5 + ['internal'])},{rng.choice(['closed'] * 6 + ['void'])}")
    for number in range(24):
        rows["sales"].append(f"D{number},S{1 + number % 2},{rng.choice([*range(1, 28), ''])},,{rng.choice(['', f'car{rng.randrange(9)}'])},{when()},{rng.randrange(-500, 5000)}")
    for number in range(12):
        rows["leads"].append(f"L{number},S{1 + number % 2},{rng.randrange(1, 30)},{when()}")
    for name in ("service_visits", "leads", "sales"):
        tail = {"service_visits": "Z1,S1,99,,2026-10-31,,", "sales": "Z1,S1,99,,,2026-10-31,1", "leads": "Z1,S1,99,2026-10-31"}[name]
        rows[name].append(tail)
    heads = {
        "stores": "store_id", "customers_dms": "customer_id,store_id,name,phone,email,address",
        "customers_crm": "customer_id,store_id,name,phone,email,address,created_at",
        "service_visits": "visit_id,store_id,customer_id,vin,opened_at,pay_type,status",
        "sales": "sale_id,store_id,customer_id,vin,trade_vin,sold_at,gross_profit", "leads": "lead_id,store_id,customer_id,created_at"}
    for name, own in rows.items():
        if name != "stores":
            rng.shuffle(own)
        with open(os.path.join(directory, "exports", name + ".csv"), "w", encoding="utf-8") as file:
            file.write("\n".join([heads[name]] + own) + "\n")
    with open(os.path.join(directory, "dealership.yaml"), "w") as file:
        file.write("""name: Messy
time-zone: America/Chicago
exports:
  customers: [{ file: customers_dms.csv, system: dms }, { file: customers_crm.csv, system: crm }]
  service_visits: { file: service_visits.csv, system: dms }
  sales: { file: sales.csv, system: dms }
  leads: { file: leads.csv, system: crm }
""")


def main():
    kpi, rest = sys.argv[1], sys.argv[2:]
    if rest[0] == "--messy":
        good = 0
        for seed in range(int(rest[1])):
            with tempfile.TemporaryDirectory() as directory:
                place = os.path.join(directory, f"messy-{seed}")
                messy(seed, place)
                good += compare(kpi, place, households=len(rest) < 3)
        print(f"{good} of {rest[1]} agree")
        sys.exit(good != int(rest[1]))
    sys.exit(not all([compare(kpi, directory) for directory in rest]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A made-up group's customers in two systems, with what exports have: names in either order, phones in many spellings,
families on one line, recycled numbers, contacts that stand for none, second records, traded-in cars.

    python3 Benchmarks/make_customers.py OUT [--stores 300] [--records 1000000] [--seed 1]
    kpi tables OUT/tables.yaml OUT -o OUT/kpi

writes exports/, dealership.yaml and tables.yaml. Plain Python, no packages.
"""
import argparse, datetime as dt, os, random

FIRST = ["Ada", "Amir", "Beatriz", "Bo", "Carmen", "Darius", "Elodie", "Farah", "Gideon", "Hana", "Imani", "Jonas",
         "Keiko", "Lars", "Mabel", "Nadia", "Omar", "Petra", "Quinn", "Rafael", "Selma", "Tala", "Uma", "Viggo"]
SYLLABLES = ["bar", "dun", "el", "fen", "gar", "hol", "is", "kes", "lor", "mar", "nor", "or", "pel", "rad", "sel",
             "tan", "ul", "ver", "wes", "yar"]
STREETS = ["Alder St", "Birch Ave", "Cedar Ln", "Elm Ct", "Juniper Dr", "Mill St", "Quarry Rd", "Summit Dr"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--stores", type=int, default=300)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    exports = os.path.join(args.out, "exports")
    os.makedirs(exports, exist_ok=True)
    names = ["stores", "customers_dms", "customers_crm", "service_visits", "sales", "leads"]
    heads = {
        "stores": "store_id,name,time_zone",
        "customers_dms": "customer_id,store_id,name,phone,email,address",
        "customers_crm": "customer_id,store_id,name,phone,email,address,created_at",
        "service_visits": "visit_id,store_id,customer_id,vin,opened_at,pay_type",
        "sales": "sale_id,store_id,customer_id,vin,trade_vin,sold_at,gross_profit",
        "leads": "lead_id,store_id,customer_id,created_at",
    }
    files = {name: open(os.path.join(exports, name + ".csv"), "w") for name in names}
    for name, file in files.items():
        file.write(heads[name] + "\n")
    first_day = dt.datetime(2026, 7, 1)

    def spelt(number):
        a, e, l = number[:3], number[3:6], number[6:]
        return rng.choice([f"({a}) {e}-{l}", f"{a}-{e}-{l}", f"{a}.{e}.{l}", number, f"+1 {a} {e} {l}"])

    def when():
        return (first_day + dt.timedelta(minutes=rng.randrange(92 * 1440))).strftime("%Y-%m-%d %H:%M")

    written = order = deal = lead = 0
    for store in range(args.stores):
        sid = f"S{store:04d}"
        files["stores"].write(f"{sid},Store {store},America/Chicago\n")
        share = (args.records - written) // (args.stores - store)
        end = written + share
        dms = crm = 1_000
        lines = []
        person = 0
        while written < end:
            person += 1
            first, last = rng.choice(FIRST), "".join(rng.choices(SYLLABLES, k=3)).capitalize()
            if lines and rng.random() < 0.06:       # a family's line, or a number given out again
                phone, kin = rng.choice(lines[-400:])
                if rng.random() < 0.6:
                    last = kin
            else:
                phone = f"{rng.randrange(201, 990)}{rng.randrange(200, 990)}{rng.randrange(10_000):04d}"
            lines.append((phone, last))
            mail = f"{first}.{last}{person}@s{store}.example.com".lower()
            street = f"{rng.randrange(1, 900)} {rng.choice(STREETS)}"
            shown = "0000000000" if rng.random() < 0.01 else "312-555-0100" if rng.random() < 0.01 else phone

            def record(file, number, swap):
                tel = spelt(shown) if shown[0].isdigit() and "-" not in shown and rng.random() < 0.85 else shown
                if rng.random() < 0.12: tel = ""
                adr = "" if rng.random() < 0.3 else "none@none.com" if rng.random() < 0.02 else mail
                name = f"{last} {first}" if swap else f"{first} {last}"
                if rng.random() < 0.02: name = f'"{last}, {first}"'
                tail = f",{when()}" if file == "customers_crm" else ""
                files[file].write(f"{number},{sid},{name},{tel},{adr},{street}{tail}\n")

            own = None
            if rng.random() < 0.75:
                dms += 1
                own = dms
                record("customers_dms", f"{store}{dms:05d}", True)
                written += 1
            if own is None or rng.random() < 0.6:
                crm += 1
                record("customers_crm", f"{store}{crm:05d}", False)
                written += 1
                if rng.random() < 0.15:
                    lead += 1
                    files["leads"].write(f"L{lead},{sid},{store}{crm:05d},{when()}\n")
            if own is not None and rng.random() < 0.4:
                order += 1
                vin = f"1HGCM8263{order % 10}A{order % 1_000_000:06d}"
                opened = when()
                files["service_visits"].write(f"RO{order},{sid},{store}{own:05d},{vin},{opened},customer\n")
                if rng.random() < 0.08:
                    deal += 1
                    buyer = own
                    if rng.random() < 0.3:          # the sales desk typed the customer anew
                        dms += 1
                        buyer = dms
                        record("customers_dms", f"{store}{dms:05d}", True)
                        written += 1
                    trade = vin if rng.random() < 0.5 else ""
                    sold = (dt.datetime.strptime(opened, "%Y-%m-%d %H:%M") + dt.timedelta(days=rng.randrange(1, 50)))
                    files["sales"].write(
                        f"D{deal},{sid},{store}{buyer:05d},,{trade},{sold:%Y-%m-%d},{rng.randrange(-300, 5000)}\n")
    for file in files.values():
        file.close()
    with open(os.path.join(args.out, "dealership.yaml"), "w") as file:
        file.write("""name: Made-up customers
time-zone: America/Chicago
exports:
  customers:
    - { file: customers_dms.csv, system: dms }
    - { file: customers_crm.csv, system: crm }
  service_visits: { file: service_visits.csv, system: dms }
  sales: { file: sales.csv, system: dms }
  leads: { file: leads.csv, system: crm }
""")
    with open(os.path.join(args.out, "tables.yaml"), "w") as file:
        file.write("""tables:
  - { name: links, measure: customer-links, by: [reason, standing], columns: [links] }
  - { name: customers, measure: customer-links, by: [], columns: [numbers, customers, joined, contradictions] }
  - { name: match, measure: customer-match, by: [store, month], columns: [service_customers, matched, due, captured] }
  - { name: credit, measure: service-to-sales, view: by-deal, by: [store], columns: [sales, all_sales] }
  - { name: households, measure: service-to-sales, view: by-visit, denominator: households, maturity: ignore, by: [], columns: [households, converted] }
""")
    print(f"{written} customer records, {order} orders, {deal} deals, {lead} leads")


main()

#!/usr/bin/env python3
"""Writes conversion_oracle.tables.yaml: the tables of kpi that conversion_compare.py holds against the oracle's."""
VISIT = ["store", "advisor", "relation", "pay-type", "source", "vehicle-age", "workplace", "dedicated"]
DEAL = ["store", "salesperson", "workplace", "advisor", "relation", "pay-type", "vehicle-age", "dedicated", "source"]
BY_VISIT = "visits, converted, mature, rate, rate_lower, rate_upper"
BY_DEAL = ("sales, all_sales, touches, credited_sales_exact, gross_profit, front_gross, back_gross, sales_with_gross")
CURVE = ["visits", "followed", "converted", "mature"]
for at in ("7", "14", "30", "60", "window"):
    CURVE += [f"share_by_{at}", f"share_by_{at}_lower", f"share_by_{at}_upper", f"at_risk_{at}"]
CURVE += ["t_star_days"] + [p + "share_at_t_star" + s for p in ("", "finished_") for s in ("", "_lower", "_upper")]
CURVE += ["finished"]


def table(name, measure, by, columns, **parameters):
    print(f"  - name: {name}\n    measure: {measure}")
    for key, value in parameters.items():
        print(f"    {key}: {value}")
    print(f"    by: [{', '.join(by)}]\n    columns: [{columns}]")


print("# Made by conversion_tables.py.\ntables:")
for credit in ("last-touch", "first-touch"):
    for d in ["month"] + VISIT:
        for denominator in ("visits", "customers", "households") if credit == "last-touch" else ("visits",):
            table(
                f"visit-{credit}-{denominator}-{d}", "service-to-sales", ["month"] + [d] * (d != "month"), BY_VISIT,
                view="by-visit", credit=credit, denominator=denominator)
for credit in ("last-touch", "first-touch", "linear"):
    for d in ["month"] + DEAL:
        table(
            f"deal-{credit}-{d}", "service-to-sales", ["month"] + [d] * (d != "month"), BY_DEAL, view="by-deal",
            credit=credit)
for denominator in ("visits", "customers"):
    for name, by in (("month", ["month"]), ("relation", ["month", "relation"]), ("relation-all", ["relation"])):
        table(f"time-{denominator}-{name}", "time-to-sale", by, ", ".join(CURVE), denominator=denominator)
    table(
        f"cohorts-{denominator}", "cohorts", ["month", "since"],
        "visits, followed, converted, at_risk, complete, share, share_lower, share_upper", denominator=denominator)

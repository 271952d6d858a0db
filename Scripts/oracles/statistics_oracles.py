#!/usr/bin/env python3
"""Independent answers for Tests/Fixtures/published/oracles.json.

Needs scipy and statsmodels (made with scipy 1.17, statsmodels 0.15). Nothing here shares code or formulas with the
Swift sources where another route exists: the score limits maximise the likelihood numerically, the funnel limits scan
the binomial, the Kaplan-Meier curves and Greenwood's sum are exact fractions.

    python3 Scripts/oracles/statistics_oracles.py > Tests/Fixtures/published/oracles.json
"""
import json
import math
import random
from fractions import Fraction

from scipy import optimize, stats
from statsmodels.stats import proportion as sp


def score_limits(x1, n1, x2, n2, corrected, level=0.95):
    z = stats.norm.isf((1 - level) / 2)
    factor = (n1 + n2) / (n1 + n2 - 1) if corrected else 1
    d = x1 / n1 - x2 / n2

    def variance(delta):
        low, high = max(0, -delta), min(1, 1 - delta)

        # The derivative of the log-likelihood in p2 falls; its root is the maximum.
        def slope(p2):
            p1 = p2 + delta
            s = 0
            for x, n, p in ((x1, n1, p1), (x2, n2, p2)):
                s += (x / p if x else 0) - ((n - x) / (1 - p) if n - x else 0)
            return s

        a, b = low + 1e-15, high - 1e-15
        if slope(a) <= 0:
            p2 = low
        elif slope(b) >= 0:
            p2 = high
        else:
            p2 = optimize.brentq(slope, a, b, xtol=1e-16, rtol=1e-15)
        p1 = p2 + delta
        return factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)

    def excess(delta):
        return (d - delta) ** 2 - z * z * variance(delta)

    lower = -1.0 if excess(-1 + 1e-13) <= 0 else optimize.brentq(excess, -1 + 1e-13, d, xtol=1e-14)
    upper = 1.0 if excess(1 - 1e-13) <= 0 else optimize.brentq(excess, d, 1 - 1e-13, xtol=1e-14)
    return lower, upper


def kaplan_meier(times, ended):
    s, v, steps = Fraction(1), Fraction(0), []
    for t in sorted(set(times)):
        n = sum(1 for x in times if x >= t)
        d = sum(1 for x, e in zip(times, ended) if x == t and e)
        s *= 1 - Fraction(d, n)
        v = None if s == 0 else v + Fraction(d, n * (n - d))
        steps.append((t, s, v))
    return steps


def km_case(seed, n, spread, share_ended):
    rng = random.Random(seed)
    times = [rng.randrange(1, spread) for _ in range(n)]
    ended = [rng.random() < share_ended for _ in range(n)]
    steps = kaplan_meier(times, ended)
    z = stats.norm.isf(0.025)
    out = []
    for permille in (100, 250, 500, 750, 900):
        target = 1 - Fraction(permille, 1000)
        at = next((t for t, s, _ in steps if s <= target), None)
        low = high = None
        for t, s, v in steps:
            if s == 1:
                continue
            if s == 0:
                low = t if low is None else low
                continue
            log_s = math.log(s)
            w = z * math.sqrt(v) / -log_s
            if low is None and math.exp(log_s * math.exp(w)) <= float(target):
                low = t
            if high is None and math.exp(log_s * math.exp(-w)) <= float(target):
                high = t
        out.append({"permille": permille, "time": at, "lower": low, "upper": high})
    return {"time": times, "status": [int(e) for e in ended], "t": [t for t, _, _ in steps],
            "survival": [float(s) for _, s, _ in steps], "quantiles": out}


def funnel_case(units):
    total = sum(n for _, n in units)
    p = sum(x for x, _ in units) / total
    zs = [(x / n - p) / math.sqrt(p * (1 - p) / n) for x, n in units]
    s = sorted(zs)

    def type7(q):
        h = (len(s) - 1) * q
        j = min(int(h), len(s) - 2)
        return s[j] + (h - j) * (s[j + 1] - s[j])

    low, high = type7(0.1), type7(0.9)
    phi = sum(min(max(z, low), high) ** 2 for z in zs) / len(zs)
    w = [n / (p * (1 - p)) for _, n in units]
    tau2 = max(0, len(zs) * phi - (len(zs) - 1)) / (sum(w) - sum(x * x for x in w) / sum(w))
    return {"x": [x for x, _ in units], "n": [n for _, n in units], "centre": p, "phi": phi, "tau2": tau2, "z": zs}


def laney_case(units):
    p = sum(x for x, _ in units) / sum(n for _, n in units)
    sd = [math.sqrt(p * (1 - p) / n) for _, n in units]
    z = [(x / n - p) / s for (x, n), s in zip(units, sd)]
    mr = [abs(b - a) for a, b in zip(z, z[1:])]
    first = sum(mr) / len(mr)
    kept = [m for m in mr if m <= 3.267 * first]
    sigma = sum(kept) / len(kept) / 1.128
    return {"x": [x for x, _ in units], "n": [n for _, n in units], "centre": p, "spread": sigma,
            "lower": [max(0, p - 3 * s * sigma) for s in sd], "upper": [min(1, p + 3 * s * sigma) for s in sd]}


def distributions():
    rows = []

    def add(name, value, *arguments):
        rows.append({"function": name, "arguments": list(arguments), "value": float(value)})

    for p in (1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.999999):
        add("normal_quantile", stats.norm.ppf(p), p)
        for df in (1, 2.5, 7, 40, 1e4):
            add("student_quantile", stats.t.ppf(p, df), df, p)
            add("chi_squared_quantile", stats.chi2.ppf(p, df), df, p)
        for a, b in ((0.5, 0.5), (2, 7), (81, 183), (0.3, 12)):
            add("beta_quantile", stats.beta.ppf(p, a, b), a, b, p)
        for shape in (0.4, 1, 5, 100):
            add("gamma_quantile", stats.gamma.ppf(p, shape), shape, p)
    for x in (-9, -3, -0.5, 0, 1.96, 6):
        add("normal_cumulative", stats.norm.cdf(x), x)
        add("normal_upper_tail", stats.norm.sf(x), x)
        for df in (1, 7, 40):
            add("student_cumulative", stats.t.cdf(x, df), df, x)
    for x in (0.01, 1, 3.84, 30, 200):
        for df in (1, 4, 33):
            add("chi_squared_cumulative", stats.chi2.cdf(x, df), df, x)
            add("chi_squared_upper_tail", stats.chi2.sf(x, df), df, x)
    for n, p in ((1, 0.5), (20, 0.1), (300, 0.37), (100000, 0.001)):
        for k in {0, 1, int(n * p), min(n, int(n * p) + 5)}:
            add("binomial_mass", stats.binom.pmf(k, n, p), n, p, k)
            add("binomial_cumulative", stats.binom.cdf(k, n, p), n, p, k)
            add("binomial_upper_tail", stats.binom.sf(k, n, p), n, p, k)
    return rows


def main():
    pairs = [(56, 70, 48, 80), (6, 7, 2, 7), (9, 10, 3, 10), (0, 10, 1, 20), (120, 1000, 90, 1000), (7, 25, 1, 18)]
    score = []
    for x1, n1, x2, n2 in pairs:
        for corrected in (False, True):
            low, high = score_limits(x1, n1, x2, n2, corrected)
            score.append({"x1": x1, "n1": n1, "x2": x2, "n2": n2, "corrected": corrected,
                          "lower": low, "upper": high})
    rng = random.Random(7)
    units = []
    for _ in range(24):
        n = rng.randrange(20, 900)
        rate = min(0.98, max(0.02, rng.gauss(0.3, 0.06)))
        units.append((sum(rng.random() < rate for _ in range(n)), n))
    wilson = []
    for _ in range(40):
        n = rng.randrange(1, 400)
        x = rng.randrange(0, n + 1)
        row = {"x": x, "n": n}
        for name, method in (("wilson", "wilson"), ("clopper_pearson", "beta"), ("jeffreys", "jeffreys")):
            row[name] = [float(v) for v in sp.proportion_confint(x, n, alpha=0.1, method=method)]
        wilson.append(row)
    answers = {
        "meta": {
            "suite": "oracles",
            "source": "computed by Scripts/oracles/statistics_oracles.py (scipy 1.17, statsmodels 0.15, fractions)",
        },
        "score_difference": score,
        "kaplan_meier": [km_case(seed, n, spread, share) for seed, n, spread, share in
                         ((1, 12, 9, 1.0), (2, 30, 20, 0.7), (3, 80, 15, 0.4), (4, 200, 400, 0.85), (5, 9, 5, 0.1))],
        "funnel": [funnel_case(units), funnel_case(units[:3])],
        # The second has one jump, whose moving ranges are left out.
        "laney": [laney_case(units), laney_case(units[:9] + [(700, 900)] + units[9:])],
        "proportions_90": wilson,
        "distributions": distributions(),
    }
    print(json.dumps(answers, indent=1))


main()

#!/usr/bin/env python3
"""Independent answers for Tests/Fixtures/published/series_oracles.json: local levels by statsmodels' exact diffuse
Kalman filter, Kenward and Roger's adjustment from dense matrices, difference in differences from the formula.

Needs statsmodels and scipy (made with statsmodels 0.14/0.15). Nothing here shares code or a route with the Swift and C++
sources: the filter has beta in the state, the covariance of AR(1) is n x n and inverted as it stands.

    python3 Scripts/oracles/series_oracles.py Tests/Fixtures/series > Tests/Fixtures/published/series_oracles.json
"""
import csv
import json
import sys

import numpy as np
import statsmodels
from scipy import optimize, stats
from statsmodels.tsa.statespace.structural import UnobservedComponents

folder = sys.argv[1]


def column(file, name):
    with open(f"{folder}/{file}") as f:
        return np.array([float(r[name]) for r in csv.DictReader(f)])


def local_level(name, y, x, ahead):
    """x: all rows, those ahead included."""
    n = len(y)
    options = dict(level="llevel", mle_regression=False, use_exact_diffuse=True)
    own = None if x is None else x[:n]
    model = UnobservedComponents(y, exog=own, **options)
    # Irregular and level variance on the log scale, from several starts, by two searches.
    scale = np.nanvar(y)

    def cost(p):
        return -model.loglike(np.exp(p))

    best = None
    for start in (0.5, 0.1, 0.01, 1e-4):
        p = np.log([scale, scale * start])
        for method in ("Nelder-Mead", "BFGS", "Nelder-Mead"):
            found = optimize.minimize(cost, p, method=method,
                                      options=dict(xatol=1e-10, fatol=1e-12, maxiter=4000) if method[0] == "N" else {})
            p = found.x
        if best is None or found.fun < best.fun - 1e-10:
            best = found
    variances = np.exp(best.x)
    result = model.smooth(variances)
    forecast = result.get_forecast(ahead, exog=None if x is None else x[n:n + ahead])
    k = 0 if x is None else x.shape[1]
    state = result.smoothed_state[:, -1]
    covariance = result.smoothed_state_cov[:, :, -1]
    return dict(
        name=name, irregular=variances[0], level=variances[1], log_likelihood=result.llf,
        coefficients=list(state[1:1 + k]), errors=list(np.sqrt(np.diag(covariance)[1:1 + k])),
        predictions=list(forecast.predicted_mean), prediction_errors=list(np.sqrt(np.diag(forecast.var_pred_mean)
                         if np.ndim(forecast.var_pred_mean) == 2 else forecast.var_pred_mean)))


def kenward_roger(name, y, x, t, combinations):
    """Dense, with derivatives of V = s2 R taken in closed form element by element."""
    n, p = x.shape
    distance = np.abs(np.subtract.outer(t, t)).astype(float)

    def parts(rho):
        r = rho ** distance
        inverse = np.linalg.inv(r)
        a = x.T @ inverse @ x
        b = np.linalg.solve(a, x.T @ inverse @ y)
        e = y - x @ b
        return r, inverse, a, b, e @ inverse @ e

    def cost(rho):
        r, inverse, a, b, s = parts(rho)
        return 0.5 * ((n - p) * np.log(s) + np.linalg.slogdet(r)[1] + np.linalg.slogdet(a)[1])

    grid = np.linspace(-0.95, 0.95, 39)
    start = grid[np.argmin([cost(g) for g in grid])]
    rho = optimize.minimize_scalar(cost, bounds=(max(start - 0.06, -0.98), min(start + 0.06, 0.98)), method="bounded",
                                   options=dict(xatol=1e-13)).x
    r, inverse, a, b, s = parts(rho)
    s2 = s / (n - p)
    v = s2 * r
    vi = inverse / s2
    phi = np.linalg.inv(x.T @ vi @ x)
    d1 = np.where(distance > 0, distance * rho ** np.maximum(distance - 1, 0), 0)
    d2 = np.where(distance > 1, distance * (distance - 1) * rho ** np.maximum(distance - 2, 0), 0)
    dv = [r, s2 * d1]
    ddv = [[np.zeros((n, n)), d1], [d1, s2 * d2]]
    P = [-x.T @ vi @ g @ vi @ x for g in dv]
    Q = [[x.T @ vi @ g @ vi @ h @ vi @ x for h in dv] for g in dv]
    R = [[x.T @ vi @ h @ vi @ x for h in row] for row in ddv]
    information = np.array([[0.5 * (np.trace(vi @ dv[i] @ vi @ dv[j]) - 2 * np.trace(phi @ Q[i][j])
                                    + np.trace(phi @ P[i] @ phi @ P[j])) for j in (0, 1)] for i in (0, 1)])
    w = np.linalg.inv(information)
    middle = sum(w[i, j] * (Q[i][j] - P[i] @ phi @ P[j] - R[i][j] / 4) for i in (0, 1) for j in (0, 1))
    adjusted = phi + 2 * phi @ middle @ phi
    answers = []
    for l in combinations:
        l = np.array(l, float)
        g = np.array([-l @ phi @ q @ phi @ l for q in P])
        answers.append(dict(weights=list(l), estimate=l @ b, error=np.sqrt(l @ adjusted @ l),
                            degrees=2 * (l @ phi @ l) ** 2 / (g @ w @ g)))
    return dict(name=name, y=list(y), t=[int(i) for i in t], correlation=rho, sigma=np.sqrt(s2), combinations=answers)


def design(t, change, slope, season):
    t = np.asarray(t)
    first = t[0]
    columns = [np.ones(len(t)), t - first + 1.0, (t >= change) * 1.0]
    if slope:
        columns.append(np.maximum(0, t - change + 1.0))
    if season:
        for k in (1, 2):
            columns += [np.sin(2 * np.pi * k * (t - first) / 12), np.cos(2 * np.pi * k * (t - first) / 12)]
    return np.column_stack(columns)


def regressions():
    random = np.random.default_rng(5)
    answers = []
    for name, t, change, slope, season, rho in [
        ("24+12", np.arange(36), 24, False, True, 0.4), ("36+24 slope", np.arange(60), 36, True, True, 0.3),
        ("12+6", np.arange(18), 12, False, False, 0.2),
        ("gaps", np.array([i for i in range(40) if i not in (3, 4, 11, 25, 30, 31, 32)]), 27, False, True, 0.5)]:
        e = np.zeros(t[-1] + 1)
        for i in range(len(e)):
            e[i] = (rho * e[i - 1] if i else 0) + random.normal()
        y = np.round(50 + 0.1 * t + 3 * (t >= change) + e[t], 6)
        x = design(t, change, slope, season)
        step = [0] * x.shape[1]
        step[2] = 1
        after = t[t >= change]
        mean = list(step)
        if slope:
            mean[3] = float(np.mean(after - change + 1.0))
        answers.append(dict(change=change, slope=slope, season=season,
                            **kenward_roger(name, y, x, t, [step, mean])))
    return answers


def comparisons():
    random = np.random.default_rng(7)
    cases = []
    for k, m in ((1, 5), (1, 12), (3, 9)):
        series = np.round(random.normal(20, 3, (k + m, 1)) + random.normal(0, 2, (k + m, 18)), 4)
        series[:k, 10:] += 2.5
        change = series[:, 10:].mean(axis=1) - series[:, :10].mean(axis=1)
        slopes = np.array([np.polyfit(np.arange(10), s[:10], 1)[0] for s in series])

        def gap(v):
            error = v[k:].std(ddof=1) * np.sqrt(1 / k + 1 / m)
            estimate = v[:k].mean() - v[k:].mean()
            half = stats.t.ppf(0.975, m - 1) * error
            return dict(estimate=estimate, error=error, lower=estimate - half, upper=estimate + half,
                        p=2 * stats.t.sf(abs(estimate / error), m - 1))
        cases.append(dict(treated=k, series=[list(s) for s in series], change=10, effect=gap(change), slope=gap(slopes)))
    return cases


def boundaries(fractions, alpha):
    """Armitage's recursion by Gauss-Legendre on the step of the motion, 400 nodes a look."""
    nodes, weights = np.polynomial.legendre.leggauss(400)
    spent = [4 * stats.norm.sf(stats.norm.isf(alpha / 4) / np.sqrt(t)) for t in fractions]
    found, u, mass = [], np.array([0.0]), np.array([1.0])
    before = 0.0
    for look, t in enumerate(fractions):
        step = np.sqrt(t - before)
        target = spent[look] - (spent[look - 1] if look else 0)

        def excess(b):
            return np.sum(mass * (stats.norm.sf((b - u) / step) + stats.norm.sf((b + u) / step))) / target - 1

        b = optimize.brentq(excess, 0, 12 * np.sqrt(t), xtol=1e-13)
        found.append(b / np.sqrt(t))
        x = b * nodes
        mass = b * weights * (stats.norm.pdf((x[:, None] - u) / step) / step @ mass)
        u, before = x, t
    return dict(fractions=fractions, alpha=alpha, boundaries=found, spent=spent)


nile = column("nile.csv", "flow")
y = column("causalimpact_vignette.csv", "y")
x1 = column("causalimpact_vignette.csv", "x1")[:, None]
belts = np.log(column("seatbelts.csv", "drivers"))
petrol = np.log(column("seatbelts.csv", "PetrolPrice"))
t = np.arange(192)
controls = np.column_stack([petrol] + [f(2 * np.pi * k * t / 12) for k in (1, 2) for f in (np.sin, np.cos)])
gapped = nile.copy()
gapped[[20, 21, 22, 23, 60]] = np.nan
print(json.dumps(dict(
    meta=dict(how="Scripts/oracles/series_oracles.py", statsmodels=statsmodels.__version__),
    local_levels=[
        local_level("nile", nile, None, 5), local_level("nile-gaps", gapped, None, 5),
        local_level("vignette", y[:70], x1, 30), local_level("seatbelts", belts[:169], controls, 23)],
    regressions=regressions(), comparisons=comparisons(),
    spending=[boundaries(f, a) for f, a in (
        ([0.5, 1], 0.05), ([k / 5 for k in range(1, 6)], 0.05), ([k / 10 for k in range(1, 11)], 0.05),
        ([k / 12 for k in range(1, 13)], 0.05), ([0.25, 0.5, 0.75, 1], 0.1), ([0.2, 0.55, 0.7, 1], 0.05),
        ([0.3, 0.6, 0.9, 1], 0.01))]), indent=1))

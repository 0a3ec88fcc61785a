#!/usr/bin/python3
"""Fits what the receptor sees of oral naltrexone, and how much people differ in it, to what was measured.

Usage: scripts/fit_naltrexone.py [--check]

The rest of models/pharmacology/drugs/naltrexone.yaml is taken as it is. First EC50 and the half-life of the effect site, by least
squares over the typical person's occupancy in each row of `observed` (in units of 8 points, about the spread of single people at
5 mg), the occupancy 49 h after 50 mg (90 %: "> 90 % to about 49 h", Lee 1988; 8 points) and the half-time of the blockade (90 h,
in units of 18 h: 72-108 h, Lee 1988). That half-time is taken as the time in which the blockade by one dose of 50 mg falls from
90 to 45 %. Then the coefficient of variation of the bioavailability, such that occupancy under 50 mg a day has the SD that was
measured, by Gauss-Hermite quadrature over people. The metabolite's potency is 0 because of that SD: with the 0.01 of before, the
metabolite alone would hold 92 % in everybody under 50 mg a day. --check exits 1 when the file holds other values than these,
rounded.
"""
import sys
from pathlib import Path

import numpy as np
import yaml
from scipy.linalg import expm
from scipy.optimize import brentq, least_squares

DRUG = Path(__file__).resolve().parents[1] / "models/pharmacology/drugs/naltrexone.yaml"
BEFORE = (0.0725, 23.5, 0.01)  # EC50 [ng/mL], half-life [h], potency of the metabolite: fitted also to recalled values of Lee 1988
POINTS, HOURS = 8.0, 18.0  # what counts as one unit of misfit
PERCENT, HALF_TIME, LASTS = 90.0, 90.0, 49.0


def number(text):
    """The number of "4 h", "8 %", "0.07 ng/mL", or of a mapping with such a value."""
    value = text["value"] if isinstance(text, dict) else text
    return float(str(value).split()[0]) / (100.0 if str(value).endswith("%") else 1.0)


def rates(drug, ec50, half_life, potency=None, clearance=1.0, available=1.0, effect=1.0):
    """Rates of gut [mg], parent and metabolite [ng/mL] and effect site [EC50], with factors of one body."""
    ka = number(drug["absorption"][0]["rate"])
    share = min(1.0, number(drug["absorption"][0]["bioavailability"]) * available)
    ke = np.log(2.0) / number(drug["half_life"])
    volume = number(drug["clearance"]) / ke
    ke *= clearance
    made = drug["metabolite"]
    km, ke0 = np.log(2.0) / number(made["half_life"]), np.log(2.0) / (half_life * effect)
    a = np.diag([-ka, -ke, -km, -ke0])
    a[1, 0] = ka * share * 1000.0 / volume
    a[2, 0] = ka * (1.0 - share) * number(made["share"]) * 1000.0 / number(made["volume"])
    a[2, 1] = ke * number(made["share"]) * volume / number(made["volume"])
    a[3, 1], a[3, 2] = ke0 / ec50, ke0 * (number(made["potency"]) if potency is None else potency) / ec50
    return a


def occupancy(a, dose, at, count=1, every=24.0):
    """Percent held `at` hours after the last of the doses."""
    left, next_day = expm(a * at)[:, 0], expm(a * every)
    x = 0.0
    for _ in range(count):
        x += dose * left[3]
        left = next_day @ left
    return 100.0 * x / (1.0 + x)


def half_time(a):
    """Hours in which the blockade by 50 mg falls from 90 to 45 %."""
    falls_to = lambda percent: brentq(lambda at: occupancy(a, 50.0, at) - percent, 16.0, 1000.0)
    return falls_to(0.5 * PERCENT) - falls_to(PERCENT)


def rows(drug):
    """(dose, hours after the last, count, observed, SD) of each observation."""
    hours = lambda text: number(text) * (24.0 if text.endswith("d") else 1.0)
    return [(number(o["dose"]), hours(o["at"]), o.get("count", 1), 100.0 * number(o["occupancy"]),
             100.0 * number(o.get("sd", "0 %"))) for o in drug["observed"]]


def fit(drug, observed, potency=None):
    """EC50 and half-life, and the standard errors of their logarithms."""
    def misfit(logs):
        a = rates(drug, *np.exp(logs), potency)
        return [*((occupancy(a, dose, at, count) - percent) / POINTS for dose, at, count, percent, _ in observed),
                (occupancy(a, 50.0, LASTS) - PERCENT) / POINTS, (half_time(a) - HALF_TIME) / HOURS]
    found = least_squares(misfit, np.log(BEFORE[:2]))
    return np.exp(found.x), np.sqrt(np.diag(np.linalg.inv(found.jac.T @ found.jac)))


def between_people(drug, ec50, half_life, row, cv):
    """Mean and SD between people of an observation, where the bioavailability varies by `cv`."""
    own = drug["between_people"]
    sigma = lambda variation: np.sqrt(np.log1p(variation ** 2))
    clearance, effect = sigma(number(own["clearance"])), sigma(number(own["effect_half_life"]))
    r = number(own["correlations"]["clearance_bioavailability"])
    mean = square = 0.0
    (x, u), (y, v), (z, w) = (np.polynomial.hermite_e.hermegauss(n) for n in (9, 21, 5))
    u, v, w = u / u.sum(), v / v.sum(), w / w.sum()
    for i, first in enumerate(x):
        for j, second in enumerate(y):
            for k, third in enumerate(z):
                available = np.exp(sigma(cv) * (r * first + np.sqrt(1.0 - r * r) * second))
                a = rates(drug, ec50, half_life, None, np.exp(clearance * first), available, np.exp(effect * third))
                held = occupancy(a, *row[:3])
                mean += u[i] * v[j] * w[k] * held
                square += u[i] * v[j] * w[k] * held * held
    return mean, np.sqrt(square - mean * mean)


def main():
    drug = yaml.safe_load(DRUG.read_text(encoding="utf-8"))
    observed = rows(drug)
    same_potency, _ = fit(drug, observed, BEFORE[2])
    (ec50, half_life), errors = fit(drug, observed)
    shipped = [number(drug["effect_site"][key]) for key in ("ec50", "half_life")]
    print(f"EC50: {BEFORE[0]:.4f} -> {same_potency[0]:.4f} without recalled values, {ec50:.4f} ng/mL with the metabolite's potency of "
          f"now (SE of its logarithm {errors[0]:.2f}); shipped {shipped[0]}")
    print(f"half-life of the effect site: {BEFORE[1]:.1f} -> {same_potency[1]:.1f}, {half_life:.1f} h (SE of its logarithm "
          f"{errors[1]:.2f}); shipped {shipped[1]}")
    before, now = rates(drug, *BEFORE), rates(drug, *shipped)
    for dose, at, count, percent, _ in observed:
        print(f"{count} x {dose:g} mg, {at:g} h after the last: observed {percent:.1f} %, "
              f"{occupancy(before, dose, at, count):.1f} -> {occupancy(now, dose, at, count):.1f} %")
    print(f"50 mg, {LASTS:g} h: above {PERCENT:g} % to about then, "
          f"{occupancy(before, 50.0, LASTS):.1f} -> {occupancy(now, 50.0, LASTS):.1f} %")
    print(f"half-time of the blockade: 72-108 h, {half_time(before):.0f} -> {half_time(now):.0f} h")
    row = next(row for row in observed if row[4] > 0.0)
    cv = brentq(lambda cv: between_people(drug, *shipped, row, cv)[1] - row[4], 0.2, 2.0, xtol=0.005)
    shipped.append(number(drug["between_people"]["bioavailability"]))
    mean, sd = between_people(drug, shipped[0], shipped[1], row, shipped[2])
    print(f"CV of the bioavailability: {100.0 * cv:.0f} %; shipped {100.0 * shipped[2]:.0f} %, with which 50 mg a day hold "
          f"{mean:.1f} % (SD {sd:.1f}) between people; observed {row[3]:.1f} % (SD {row[4]:.1f})")
    if "--check" in sys.argv[1:]:
        found = np.array([ec50, half_life, cv])
        if np.any(np.abs(np.array(shipped) - found) > [0.0005, 0.25, 0.05]):
            sys.exit(f"{DRUG.name} does not hold what the fit gives: {shipped} instead of {found.round(4)}")


if __name__ == "__main__":
    main()

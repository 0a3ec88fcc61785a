#!/usr/bin/python3
"""From the CSV that `kith export` writes, NumPy and SciPy compute every statistic of the tables of effects again.

test_exported_numbers.py KITH
"""
import csv
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from scipy import stats

warnings.filterwarnings("ignore", "Precision loss")  # occupancy under placebo hardly varies

CUTOFFS = {"UCLA-3": lambda rating: rating >= 6, "LSNS-6": lambda rating: rating < 12}
MEASURES = """[{diary: connection, compliance: 80 %}, {diary: loneliness, step: 1},
  {probe: loving_messages, at: "day 2 14:00"}, {probe: ucla3, at: "day 2 20:00"}, {probe: lsns6, at: "day 2 20:00"},
  {probe: occupancy, at: "day 2 14:00"}]"""
SMALL = ["people.count=400", "time.burn_in=7 d", "replicates=6"]
THREE_ARMS = """
kith: 1
title: Three arms in three periods
time: {burn_in: 7 d, duration: 9 d}
people: {count: 300}
network: {generate: layers, sizes: [5, 10, 35], community: 100}
trial:
  arms:
    low: {drug: naltrexone, doses: [5 mg, 5 mg]}
    high: {drug: naltrexone, doses: [50 mg, 50 mg]}
    placebo: {drug: placebo, like: low}
  sequences:
    - {arms: [low, high, placebo], count: 7, leave: 1}
    - {arms: [high, placebo, low], count: 6}
    - {arms: [placebo, low, high], count: 6}
    - {arms: [placebo, high, low], count: 5}
  washout: 1 d
replicates: 3
"""


def number(text):
    return float(text) if text else np.nan


def term(name, estimate, error, degrees):
    """Estimate, standard error, degrees of freedom, limits and p of a t-test."""
    reach = stats.t.ppf(0.975, degrees) * error
    p = 2 * stats.t.sf(abs(estimate) / error, degrees) if error > 0 else float(estimate == 0)
    names = ("", "_standard_error", "_degrees", "_low", "_high", "_p")
    return {name + end: x for end, x in zip(names, (estimate, error, degrees, estimate - reach, estimate + reach, p))}


def nothing(name):
    return {name + end: np.nan for end in ("", "_standard_error", "_degrees", "_low", "_high", "_p")}


class Study:
    """One virtual study, from the rows of the exported tables."""

    def __init__(self, tables, replicate):
        of_study = [row for row in tables["participants"] if row["replicate"] == replicate]
        self.completed = {row["participant"] for row in of_study if row["status"] == "completed"}
        self.sequence = {row["participant"]: row["sequence"].split(",_") for row in of_study}
        self.occasions = {}  # measure -> rows of those who completed
        for table in ("diary", "probes"):
            for row in tables[table]:
                if row["replicate"] == replicate and row["participant"] in self.completed:
                    self.occasions.setdefault(row["measure"], []).append(row)

    def means(self, measure, column, key):
        """Each participant's mean over the occasions of one `key` (arm or period): {(participant, key): mean}."""
        found = {}
        for row in self.occasions[measure]:
            if row[column]:
                found.setdefault((row["participant"], row[key]), []).append(float(row[column]))
        return {place: np.mean(values) for place, values in found.items()}

    def last_events(self, measure, is_case):
        found = {}
        for row in sorted(self.occasions[measure], key=lambda row: float(row["time"])):
            if row["rating"]:
                found[row["participant"], row["arm"]] = float(is_case(float(row["rating"])))
        return found

    def both(self, values, arm, reference):
        """The values of those who have both."""
        people = [p for p in sorted(self.completed) if (p, arm) in values and (p, reference) in values]
        return np.array([values[p, arm] for p in people]), np.array([values[p, reference] for p in people])


def compare(study, measure, arm, reference):
    a, b = study.both(study.means(measure, "rating", "arm"), arm, reference)
    n, d = len(a), a - b
    result = {"n": n, "n_arm": n, "n_reference": n, "clusters_arm": 0, "clusters_reference": 0, "mean_arm": a.mean()}
    result |= {"mean_reference": b.mean(), "difference": d.mean()}
    t = term("x", d.mean(), stats.sem(d), n - 1)
    result |= {"standard_error": t["x_standard_error"], "degrees": n - 1, "low": t["x_low"], "high": t["x_high"]}
    result |= {"p": stats.ttest_rel(a, b).pvalue if d.any() else 1.0}
    spread = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
    correction, standardised = 1 - 3 / (4 * (n - 1) - 1), d.mean() / spread if spread else 0.0
    r = np.corrcoef(a, b)[0, 1] if a.any() and b.any() and a.std() * b.std() > 0 else 0.0
    error = correction * np.sqrt((1 / n + standardised**2 / (2 * n)) * 2 * (1 - r)) if spread else 0.0
    g, z = correction * standardised, stats.norm.ppf(0.975)
    own = study.means(measure, "own_difference", "arm")
    people = [p for p in study.completed if (p, arm) in study.means(measure, "rating", "arm")]
    people = [p for p in people if (p, reference) in study.means(measure, "rating", "arm")]
    return result | {"g": g, "g_low": g - z * error, "g_high": g + z * error, "own": np.mean([own[p, arm] for p in people])}


def least_squares(study, measure, arms, reference, with_carry_over):
    """Coefficients, their errors and the degrees of freedom of periods, arms and carry-overs, with an effect of each person."""
    means = study.means(measure, "rating", "period")
    people = sorted({p for p, _ in means})
    periods = sorted({int(period) for _, period in means})
    others = [arm for arm in arms if arm != reference]
    rows, outcome = [], []
    for (person, period), mean in means.items():
        sequence, at = study.sequence[person], int(period) - 1
        row = [float(person == p) for p in people] + [float(int(period) == p) for p in periods[1:]]
        row += [float(sequence[at] == arm) for arm in others]
        if with_carry_over:
            row += [float(at > 0 and sequence[at - 1] == arm) for arm in others]
        rows.append(row)
        outcome.append(mean)
    x, y = np.array(rows), np.array(outcome)
    beta, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    assert rank == x.shape[1], "the design tells all terms apart"
    residual, degrees = y - x @ beta, len(y) - rank
    errors = np.sqrt(residual @ residual / degrees * np.diag(np.linalg.inv(x.T @ x)))
    names = [f"period {p}" for p in periods[1:]] + others + [f"after {arm}" for arm in others]
    return {name: (beta[len(people) + k], errors[len(people) + k], degrees) for k, name in enumerate(names) if len(people) + k < len(beta)}


def adjust(study, measure, arms, arm, reference):
    plain = least_squares(study, measure, arms, reference, False)
    periods = sorted(name for name in plain if name.startswith("period"))
    result = term("adjusted", *plain[arm]) | term("period", *plain[periods[-1]])
    if len(periods) > 1:
        return result | term("carry_over", *least_squares(study, measure, arms, reference, True)["after " + arm])
    means = study.means(measure, "rating", "period")
    totals = {arm: [], reference: []}
    for person in study.completed:
        if (person, "1") in means and (person, "2") in means:
            totals[study.sequence[person][0]].append(means[person, "1"] + means[person, "2"])
    first, second = totals[arm], totals[reference]
    if np.ptp(first + second) == 0:
        return result | term("carry_over", 0.0, 0.0, len(first) + len(second) - 2)
    test = stats.ttest_ind(first, second)
    difference = np.mean(first) - np.mean(second)
    found = term("carry_over", difference, difference / test.statistic, len(first) + len(second) - 2)
    assert np.isclose(found["carry_over_p"], test.pvalue)
    return result | found


def risk(study, measure, arm, reference):
    names = ("risk_arm", "risk_reference", "risk_difference", "risk_low", "risk_high", "number_needed")
    is_case = CUTOFFS.get(measure)
    if not is_case:
        return dict.fromkeys(names, np.nan)
    a, b = study.both(study.last_events(measure, is_case), arm, reference)
    n, more, less = len(a), np.sum(a > b), np.sum(b > a)
    difference = a.mean() - b.mean()
    reach = stats.norm.ppf(0.975) * np.sqrt(more + less - (more - less) ** 2 / n) / n
    needed = 1 / difference if difference else np.nan
    return dict(zip(names, (a.mean(), b.mean(), difference, difference - reach, difference + reach, needed)))


def pool(rows):
    """What effects_pooled holds, from the rows of effects."""
    column = lambda name: np.array([number(row[name]) for row in rows])
    mean = lambda name: np.nanmean(column(name)) if np.isfinite(column(name)).any() else np.nan
    g = column("g")
    reach = stats.t.ppf(0.975, len(g) - 1) * stats.sem(g)
    result = {"studies": len(rows), "difference": mean("difference"), "g": g.mean(), "g_low": g.mean() - reach}
    result |= {"g_high": g.mean() + reach, "own": mean("own"), "risk_difference": mean("risk_difference")}
    result["number_needed"] = 1 / result["risk_difference"] if result["risk_difference"] else np.nan
    for name, p in (("significant", "p"), *((f"{t}_significant", f"{t}_p") for t in ("adjusted", "period", "carry_over"))):
        found = column(p)[np.isfinite(column(p))]
        hits = int(np.sum(found < 0.05))
        interval = stats.binomtest(hits, len(found)).proportion_ci(method="exact")
        result |= {name: hits / len(found), name + "_low": interval.low, name + "_high": interval.high}
    return result | {name: mean(name) for name in ("adjusted", "period", "carry_over")}


def same(found, expected):
    return np.isclose(found, expected, rtol=1e-6, atol=1e-6, equal_nan=True)


def check(tables):
    """Compares every number of both tables; returns how many there were."""
    studies = {row["replicate"]: Study(tables, row["replicate"]) for row in tables["effects"]}
    count = 0
    for row in tables["effects"]:
        study, measure = studies[row["replicate"]], row["measure"].replace(" ", "_")
        arm, reference = row["contrast"].split(" - ")
        assert row["method"] == "paired"
        arms = list(dict.fromkeys(arm for sequence in study.sequence.values() for arm in sequence))
        expected = compare(study, measure, arm, reference) | adjust(study, measure, arms, arm, reference)
        expected |= risk(study, measure, arm, reference)
        assert set(expected) == set(row) - {"replicate", "measure", "contrast", "method"}, set(expected) ^ set(row)
        for name, value in expected.items():
            assert same(number(row[name]), value), (row["replicate"], measure, name, row[name], value)
        count += len(expected)
    for row in tables["effects_pooled"]:
        rows = [each for each in tables["effects"] if (each["measure"], each["contrast"]) == (row["measure"], row["contrast"])]
        names = set(row) - {"measure", "contrast", "largest_own"}
        if row["measure"].startswith("occupancy"):
            assert all(row[name] == "" for name in names - {"studies"}), "occupancy is no outcome"
            continue
        expected = pool(rows)
        assert set(expected) == names, set(expected) ^ names
        for name, value in expected.items():
            assert same(number(row[name]), value), (row["measure"], name, row[name], value)
        count += len(expected)
    return count


def exported(program, folder, words):
    path = f"{folder}/out.h5"
    subprocess.run([program, "run", *words, "-q", "-o", path, "--force"], check=True, stdout=subprocess.PIPE)
    tables = {}
    for table in ("participants", "diary", "probes", "effects", "effects_pooled"):
        done = subprocess.run([program, "export", path, "--table", table], check=True, stdout=subprocess.PIPE, text=True)
        tables[table] = list(csv.DictReader(done.stdout.splitlines()))
    return tables


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    settings = lambda values: [word for value in values for word in ("--set", value)]
    with tempfile.TemporaryDirectory() as folder:
        scenario = f"{folder}/three.yaml"
        pathlib.Path(scenario).write_text(THREE_ARMS)
        measures = "measures=" + MEASURES
        for words in (["naltrexone-crossover", *settings([*SMALL, measures])], [scenario, *settings([measures])]):
            tables = exported(program, folder, words)
            print(f"{words[0]}: SciPy finds the same {check(tables)} numbers")
        # One rating moved by a point must show.
        tables["diary"][0]["rating"] = str(float(tables["diary"][0]["rating"] or 3) + 1)
        tables["diary"][-1]["rating"] = str(float(tables["diary"][-1]["rating"] or 3) + 1)
        try:
            check(tables)
        except AssertionError:
            return
        raise SystemExit("a changed rating changed nothing: the check is blind")


main()

"""What one virtual study found, computed again by NumPy and SciPy from its ratings: each method of comparison, by arm and reference. The
methods of effects.R are the same.
"""
import re

import numpy as np
from scipy import optimize, stats

CUTOFFS = {"UCLA-3": lambda rating: rating >= 6, "LSNS-6": lambda rating: rating < 12}


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


def arms_of(sequence):
    """"placebo_x2, naltrexone" -> placebo, placebo, naltrexone"""
    arms = []
    for part in sequence.split(",_"):
        found = re.fullmatch(r"(.*)_x(\d+)", part)
        arms += [found[1]] * int(found[2]) if found else [part]
    return arms


class Study:
    """One virtual study, from the rows of the exported tables: of who completed, or of all who were allocated."""

    def __init__(self, tables, replicate, of_all=False):
        of_study = [row for row in tables["participants"] if row["replicate"] == replicate]
        self.analysed = {row["participant"] for row in of_study if of_all or row["status"] != "left"}
        self.rating, self.own = ("itt_rating", "itt_own_difference") if of_all else ("rating", "own_difference")
        self.sequence = {row["participant"]: arms_of(row["sequence"]) for row in of_study}
        self.cluster = {row["participant"]: row["cluster"] for row in of_study if int(row["cluster"] or -1) >= 0}
        self.occasions = {}  # measure -> rows of those who are analysed
        for table in ("diary", "probes"):
            for row in tables[table]:
                if row["replicate"] == replicate and row["participant"] in self.analysed:
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
            if row[self.rating]:
                found[row["participant"], row["arm"]] = float(is_case(float(row[self.rating])))
        return found

    def method(self, arm, reference):
        if any({arm, reference} <= set(sequence) for sequence in self.sequence.values()):
            return "adjusted" if self.cluster else "paired"
        return "cluster_means" if self.cluster else "two_sample"

    def samples(self, values, arm, reference):
        """Who has a value on the arm and who on the reference, in order; those who have both where they are paired."""
        people = [[p for p in sorted(self.analysed, key=int) if (p, which) in values] for which in (arm, reference)]
        if self.method(arm, reference) in ("paired", "adjusted"):
            people = [[p for p in people[0] if p in people[1]]] * 2
        return people, [np.array([values[p, which] for p in some]) for some, which in zip(people, (arm, reference))]

    def cluster_means(self, people, values):
        found = {}
        for person, value in zip(people, values):
            found.setdefault(self.cluster[person], []).append(value)
        return np.array([np.mean(each) for each in found.values()])


def t_test(result, difference, error, degrees):
    t = term("x", difference, error, degrees)
    return result | {
        "difference": difference, "standard_error": error, "degrees": degrees, "p": t["x_p"] if error else float(difference == 0),
        "low": t["x_low"], "high": t["x_high"],
    }


def welch(x, y):
    """Standard error and degrees of freedom of a difference of means."""
    vx, vy = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
    if vx + vy == 0:
        return 0.0, len(x) + len(y) - 2
    return np.sqrt(vx + vy), (vx + vy) ** 2 / (vx**2 / (len(x) - 1) + vy**2 / (len(y) - 1))


def limits_of_noncentrality(t, degrees):
    """The noncentralities under which a t so low, or so high, has a probability of 2.5 %."""
    reach = 3 * abs(t) + 6
    return [optimize.brentq(lambda shift: stats.nct.cdf(t, degrees, shift) - share, -reach, reach, xtol=1e-12)
            for share in (0.975, 0.025)]


def own_contrast(study, measure, arms, arm, reference, people):
    """The contrast that stands beside the difference, of differences from the twins; and the largest of these."""
    own = study.means(measure, study.own, "arm")
    if not own:  # a trial without twins
        return {"own": np.nan, "largest_own": 0.0}
    a, b = ([own[p, which] for p in some] for some, which in zip(people, (arm, reference)))
    largest = np.max(np.abs([*a, *b]))
    method = study.method(arm, reference)
    if method == "adjusted":
        return {"own": least_squares(study, measure, study.own, arms, reference, False)[arm][0], "largest_own": largest}
    if method == "cluster_means":
        a, b = study.cluster_means(people[0], a), study.cluster_means(people[1], b)
    return {"own": np.mean(a) - np.mean(b), "largest_own": largest}


def compare(study, measure, arms, arm, reference):
    method = study.method(arm, reference)
    (people_a, people_b), (a, b) = study.samples(study.means(measure, study.rating, "arm"), arm, reference)
    n_a, n_b = len(a), len(b)
    result = {"n": n_a if method in ("paired", "adjusted") else n_a + n_b, "n_arm": n_a, "n_reference": n_b,
              "clusters_arm": 0, "clusters_reference": 0, "mean_arm": a.mean(), "mean_reference": b.mean(),
              **own_contrast(study, measure, arms, arm, reference, (people_a, people_b))}
    blank = ("standard_error", "degrees", "low", "high", "p", "g", "g_low", "g_high")
    if method == "adjusted":
        return result | dict.fromkeys(("difference", *blank), np.nan)
    if measure.startswith("occupancy"):
        means = [study.cluster_means(p, x).mean() if method == "cluster_means" else x.mean()
                 for p, x in ((people_a, a), (people_b, b))]
        if method == "cluster_means":
            result |= {"clusters_arm": len(study.cluster_means(people_a, a)), "mean_arm": means[0],
                       "clusters_reference": len(study.cluster_means(people_b, b)), "mean_reference": means[1]}
        return result | {"difference": means[0] - means[1]} | dict.fromkeys(blank, np.nan)
    if method == "paired":
        result = t_test(result, np.mean(a - b), stats.sem(a - b), n_a - 1)
        assert np.isclose(result["p"], stats.ttest_rel(a, b).pvalue, rtol=1e-6)
        spread, degrees = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2), n_a - 1
        unit, behind_t = result["standard_error"] / spread, degrees
    else:
        spread = np.sqrt(((n_a - 1) * a.var(ddof=1) + (n_b - 1) * b.var(ddof=1)) / (n_a + n_b - 2))
        degrees = n_a + n_b - 2
        x, y = a, b
        if method == "cluster_means":
            x, y = study.cluster_means(people_a, a), study.cluster_means(people_b, b)
            result |= {"clusters_arm": len(x), "clusters_reference": len(y), "mean_arm": x.mean(), "mean_reference": y.mean()}
        test = stats.ttest_ind(x, y, equal_var=False)
        difference = x.mean() - y.mean()
        error, welch_degrees = welch(x, y)
        result = t_test(result, difference, error, welch_degrees)
        assert np.isclose(result["p"], test.pvalue, rtol=1e-6)
        unit, behind_t = np.sqrt(1 / n_a + 1 / n_b), degrees
        if method == "cluster_means":
            unit, behind_t = error / spread, welch_degrees
    d = result["difference"] / spread
    low, high = (unit * limit for limit in limits_of_noncentrality(d / unit, behind_t))
    return result | {"g": (1 - 3 / (4 * degrees - 1)) * d, "g_low": low, "g_high": high}


def least_squares(study, measure, column, arms, reference, with_carry_over):
    """Coefficients, their errors and the degrees of freedom of periods, arms and carry-overs, with an effect of each person."""
    means = study.means(measure, column, "period")
    people = sorted({p for p, _ in means})
    clusters = []
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
        clusters.append(study.cluster.get(person))
    x, y = np.array(rows), np.array(outcome)
    beta, _, rank, _ = np.linalg.lstsq(x, y, rcond=None)
    assert rank == x.shape[1], "the design tells all terms apart"
    residual, degrees = y - x @ beta, len(y) - rank
    inverse = np.linalg.inv(x.T @ x)
    errors = np.sqrt(residual @ residual / degrees * np.diag(inverse))
    if study.cluster:  # leaving out one cluster after the other
        names = sorted(set(clusters))
        fits = np.array([np.linalg.lstsq(x[at], y[at], rcond=None)[0] for at in (np.array(clusters) != name for name in names)])
        degrees = len(names) - 1
        errors = np.sqrt(degrees / len(names) * ((fits - beta) ** 2).sum(axis=0))
    names = [f"period {p}" for p in periods[1:]] + others + [f"after {arm}" for arm in others]
    return {name: (beta[len(people) + k], errors[len(people) + k], degrees) for k, name in enumerate(names) if len(people) + k < len(beta)}


def adjust(study, measure, arms, arm, reference):
    if measure.startswith("occupancy") or len(next(iter(study.sequence.values()))) == 1:
        return nothing("adjusted") | nothing("period") | nothing("carry_over")
    plain = least_squares(study, measure, study.rating, arms, reference, False)
    periods = sorted(name for name in plain if name.startswith("period"))
    result = term("adjusted", *plain[arm]) | term("period", *plain[periods[-1]])
    if len(periods) > 1:
        return result | term("carry_over", *least_squares(study, measure, study.rating, arms, reference, True)["after " + arm])
    means = study.means(measure, study.rating, "period")
    totals = {arm: [], reference: []}
    for person in study.analysed:
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


def wilson(share, n):
    z = stats.norm.ppf(0.975)
    middle, reach = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)


def tango(only_a, only_b, n):
    """Score interval of a paired difference (Tango 1998); the share of the nuisance by maximising the likelihood."""
    def score(delta):
        def unlikely(share):
            parts = ((only_a, share + delta), (only_b, share), (n - only_a - only_b, 1 - 2 * share - delta))
            return -sum(count * np.log(max(part, 1e-300)) for count, part in parts if count)
        share = optimize.minimize_scalar(unlikely, bounds=(max(0, -delta), (1 - delta) / 2), method="bounded",
                                         options={"xatol": 1e-13}).x
        return (only_a - only_b - n * delta) / np.sqrt(n * (2 * share + delta * (1 - delta)))

    z, difference, tiny = stats.norm.ppf(0.975), (only_a - only_b) / n, 1e-9
    low = optimize.brentq(lambda d: score(d) - z, tiny - 1, difference - tiny) if only_b < n else -1.0
    high = optimize.brentq(lambda d: score(d) + z, difference + tiny, 1 - tiny) if only_a < n else 1.0
    return low, high


def number_needed(difference):
    return np.nan if abs(difference) < 1e-12 else 1 / difference


def risk(study, measure, arm, reference):
    names = ("risk_arm", "risk_reference", "risk_difference", "risk_low", "risk_high")
    is_case = CUTOFFS.get(measure)
    method = study.method(arm, reference)
    if not is_case or method == "adjusted":
        return dict.fromkeys((*names, "number_needed", "number_needed_low", "number_needed_high"), np.nan)
    (people_a, people_b), (a, b) = study.samples(study.last_events(measure, is_case), arm, reference)
    if method == "cluster_means":
        x, y = study.cluster_means(people_a, a), study.cluster_means(people_b, b)
        error, degrees = welch(x, y)
        difference, reach = x.mean() - y.mean(), stats.t.ppf(0.975, degrees) * error
        values = (x.mean(), y.mean(), difference, difference - reach, difference + reach)
    else:
        difference = a.mean() - b.mean()
        if method == "paired":
            low, high = tango(np.sum(a > b), np.sum(b > a), len(a))
            below, above = difference - low, high - difference
        else:
            (low_a, high_a), (low_b, high_b) = wilson(a.mean(), len(a)), wilson(b.mean(), len(b))
            below, above = np.hypot(a.mean() - low_a, high_b - b.mean()), np.hypot(high_a - a.mean(), b.mean() - low_b)
        values = (a.mean(), b.mean(), difference, difference - below, difference + above)
    needed = [number_needed(values[k]) for k in (2, 4, 3)]
    return dict(zip(names, values)) | dict(zip(("number_needed", "number_needed_low", "number_needed_high"), needed))


def is_outcome(measure):
    return not measure.startswith("occupancy")


def pool(studies):
    """What effects_pooled holds, from the numbers of each study."""
    column = lambda name: np.array([study[name] for study in studies])
    mean = lambda name: np.nanmean(column(name)) if np.isfinite(column(name)).any() else np.nan
    g = column("g")[np.isfinite(column("g"))]
    result = dict.fromkeys(("g", "g_low", "g_high", "g_of_study_low", "g_of_study_high"), np.nan)
    means = ("difference", "own", "risk_difference", "adjusted", "period", "carry_over")
    result |= {"studies": len(studies)} | {name: mean(name) for name in means}
    result["largest_own"] = np.max(column("largest_own"))
    if len(g):
        reach = stats.t.ppf(0.975, len(g) - 1) * stats.sem(g) if len(g) > 1 else np.nan
        result |= {"g": g.mean(), "g_low": g.mean() - reach, "g_high": g.mean() + reach}
        result |= dict(zip(("g_of_study_low", "g_of_study_high"), np.quantile(g, (0.025, 0.975))))
    result["number_needed"] = number_needed(result["risk_difference"])
    for name, p in (("significant", "p"), *((f"{t}_significant", f"{t}_p") for t in ("adjusted", "period", "carry_over"))):
        found = column(p)[np.isfinite(column(p))]
        result |= dict(zip((name, name + "_low", name + "_high"), share(np.sum(found < 0.05), len(found))))
    return result


def share(hits, n):
    """A share with its exact limits."""
    return (hits / n, *stats.binomtest(int(hits), n).proportion_ci(method="exact")) if n else (np.nan, np.nan, np.nan)


def same(found, expected):
    return np.isclose(found, expected, rtol=1e-6, atol=1e-6, equal_nan=True)


def in_study(study, measure, arm, reference):
    arms = list(dict.fromkeys(arm for sequence in study.sequence.values() for arm in sequence))
    return (compare(study, measure, arms, arm, reference) | adjust(study, measure, arms, arm, reference) |
            risk(study, measure, arm, reference))

"""What a trial found, computed again from the rows that `kith export` writes: every number of the tables of effects (by the methods of
study.py), the curves of survival, spill-over, and what becomes of patients. effects.R gives the same numbers under the same names.
"""
import csv
import subprocess

import numpy as np
from scipy import stats

from study import Study, in_study, is_outcome, number, pool, same, share, wilson


def effects(tables):
    """{("effects", replicate, measure, contrast, name): number}, and the same of effects_pooled without the replicate."""
    numbers = {}
    replicates = list(dict.fromkeys(row["replicate"] for row in tables["effects"]))
    of_whom = {"": False}
    if any("itt_rating" in row for row in (tables["diary"] + tables["probes"])[:1]):
        of_whom["itt_"] = True
    for prefix, of_all in of_whom.items():
        studies = {replicate: Study(tables, replicate, of_all) for replicate in replicates}
        for measure, contrast in dict.fromkeys((row["measure"], row["contrast"]) for row in tables["effects"]):
            arm, reference = (name.replace(" ", "_") for name in contrast.split(" - "))
            found = [in_study(study, measure.replace(" ", "_"), arm, reference) for study in studies.values()]
            for replicate, of_study in zip(replicates, found):
                numbers |= {("effects", replicate, measure, contrast, prefix + name): value for name, value in of_study.items()}
                numbers["effects", replicate, measure, contrast, "method"] = studies[replicate].method(arm, reference)
            pooled = pool(found)
            if not is_outcome(measure):
                pooled = dict.fromkeys(pooled, np.nan) | {"studies": len(found)}
            numbers |= {("effects_pooled", measure, contrast, prefix + name): value for name, value in pooled.items()}
    return numbers


def survival(rows, table, first):
    """Kaplan and Meier's estimate of each study and group, Greenwood's error, Rothman's limits; `first` is the row of the first step."""
    name = {"patients": "not_relapsed", "isolation_times": "survival"}[table]
    numbers, curves = {}, {}
    for row in rows:
        group = row["replicate"], row["group"]
        steps = curves.setdefault(group, [])
        steps.append((number(row["at_risk"]), number(row["events"])))
        at_risk, events = np.array(steps[first:]).reshape(-1, 2).T
        curve = np.prod(1 - events[at_risk > 0] / at_risk[at_risk > 0])
        told = (events > 0) & (events < at_risk)
        spread = np.sum(events[told] / (at_risk[told] * (at_risk[told] - events[told])))
        started = next((n for n in at_risk if n > 0), 0)
        low = high = np.nan
        if started:
            low, high = wilson(curve, (1 - curve) / (curve * spread) if 0 < curve < 1 else started)
        place = table, row["replicate"], hours(row["time"]), row["group"]
        if "count" in row and not number(row["count"]):  # nobody is there
            curve = np.nan
        numbers |= {(*place, name): curve, (*place, name + "_se"): curve * np.sqrt(spread),
                    (*place, name + "_low"): low, (*place, name + "_high"): high}
    return numbers


def hours(text):
    return f"{float(text):g}"


def mean_with_limits(values):
    values = np.array([value for value in values if np.isfinite(value)])
    if not len(values):
        return np.nan, np.nan, np.nan
    reach = stats.t.ppf(0.975, len(values) - 1) * stats.sem(values) if len(values) > 1 else np.nan
    return values.mean(), values.mean() - reach, values.mean() + reach


def spill_over(rows):
    """Means over all rows after the start, and over studies: {("spill-over", group, variable, "mean"): number}."""
    numbers, columns = {}, {}
    first = {(row["replicate"], row["group"]): row["time"] for row in reversed(rows)}
    for row in rows:
        if row["time"] == first[row["replicate"], row["group"]]:
            continue
        for variable in set(row) - {"replicate", "time", "group"}:
            columns.setdefault((row["group"], variable), {}).setdefault(row["replicate"], []).append(number(row[variable]))
    for place, studies in columns.items():
        means = [np.nanmean(values) if np.isfinite(values).any() else np.nan for values in studies.values()]
        numbers |= {("spill-over", *place, name): value for name, value in zip(("mean", "low", "high"), mean_with_limits(means))}
    return numbers


def of_patients(outcomes, participants):
    """Of all allocated in all studies: {("patients after", arm, outcome, "mean"): number}; of who relapsed the share with its limits."""
    arm_of = {(row["replicate"], row["participant"]): row["arm"] for row in participants}
    columns = {}
    for row in outcomes:
        if row["value"]:
            columns.setdefault((arm_of[row["replicate"], row["participant"]], row["outcome"]), []).append(float(row["value"]))
    numbers = {}
    for place, values in columns.items():
        numbers |= {("patients after", *place, "n"): len(values), ("patients after", *place, "mean"): np.mean(values)}
        if place[1] == "relapsed":
            _, low, high = share(np.count_nonzero(values), len(values))
            numbers |= {("patients after", *place, "low"): 100 * low, ("patients after", *place, "high"): 100 * high}
    return numbers


def recomputed(tables):
    """Every number by its place: the table, the labels of its dimensions, its name."""
    return (effects(tables) | survival(tables["patients"], "patients", 0) | survival(tables["isolation_times"], "isolation_times", 1) |
            spill_over(tables["against_twin"]) | of_patients(tables["patient_outcomes"], tables["participants"]))


def exported(program, path):
    """The tables of a result as `kith export` writes them, empty where there is none; names without blanks where the file has them so."""
    tables = {}
    for table in ("participants", "diary", "probes", "effects", "effects_pooled", "patients", "isolation_times", "against_twin",
                  "patient_outcomes", "path_effects"):
        done = subprocess.run([program, "export", path, "--table", table], check=False, capture_output=True, text=True)
        assert done.returncode == 0 or done.stderr.startswith(f"kith: there is no table {table}"), done.stderr
        tables[table] = list(csv.DictReader(done.stdout.splitlines()))
    for table in ("participants", "diary", "probes"):
        for row in tables[table]:
            row.update({name: row[name].replace(" ", "_") for name in ("sequence", "arm", "measure") if name in row})
    return tables


LABELS = {"effects": ("replicate", "measure", "contrast"), "effects_pooled": ("measure", "contrast"),
          "patients": ("replicate", "time", "group"), "isolation_times": ("replicate", "time", "group")}
MEANS = ("count", "at_risk", "events", "craving", "habit", "using", "days_of_use", "social_functioning")  # of people who are in no table


def check_tables(tables, numbers):
    """Compares every number of these tables with the one computed again; returns how many there were."""
    count = 0
    for table, labels in LABELS.items():
        for row in tables[table]:
            place = (table, *(hours(row[label]) if label == "time" else row[label] for label in labels))
            for name, text in row.items():
                if name in labels or name in MEANS:
                    continue
                value = numbers[(*place, name)]
                assert text == value if isinstance(value, str) else same(number(text), value), (*place, name, text, value)
                count += 1
    return count

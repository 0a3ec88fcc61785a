#!/usr/bin/python3
"""Checks what the theories are fitted to: a mixture of outcomes like the meta-analysis', over many virtual studies.

Usage: test_calibration.py KITH [REPLICATES]

The meta-analysis pools diaries and laboratory ratings, of crossover and of parallel trials. So the mean over four outcomes is fitted:
the connection diary and the loving messages of naltrexone-crossover and of power-nct05007561. It must give g = -0.20 (botsa) with
no effect on positive affect; none must give no effect, and exactly 0 against the twins. Bounds: 0.02, 0.05 and 0.03, each widened by
twice the standard error of the mean over the studies. The full check is 200 studies.

The other theories with an opioid term must have the same mean as botsa within 0.01: of their own effects, which have little noise, in
a tenth as many studies, over the standard deviation that the ratings have under botsa.
"""
import json
import subprocess
import sys


def effects(kith, scenario, theory, replicates):
    """Gives g, its standard error, the text and the value of the own effect, and the standard deviation of each measure."""
    command = [kith, "run", scenario, "--theory", theory, "--replicates", str(replicates), "--json", "--quiet"]
    table = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["tables"][0]
    g = next(i for i, name in enumerate(table["columns"]) if name.startswith("Hedges g"))
    own = table["columns"].index("own effect")
    difference = next(i for i, name in enumerate(table["columns"]) if name.startswith("difference"))
    found = {}
    for row in table["rows"]:
        low, high = row[g]["text"].split("[")[1].rstrip("]").replace("−", "-").split(", ")
        name = row[0]["text"].split(" (")[0]
        deviation = row[difference]["value"] / row[g]["value"] if row[g]["value"] else float("nan")
        found[name] = (row[g]["value"], (float(high) - float(low)) / 3.92, row[own]["text"], row[own]["value"], deviation)
    return found


def main():
    kith = sys.argv[1]
    replicates = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    failures = []

    def check(what, value, target, bound, error):
        verdict = "ok" if abs(value - target) <= bound + 2 * error else "WRONG"
        print(f"{what}: g = {value:+.3f} (standard error {error:.3f}), wanted {target:+.2f} within {bound} + 2 SE: {verdict}")
        if verdict != "ok":
            failures.append(what)

    trials = ("naltrexone-crossover", "power-nct05007561")
    mixture = []
    deviations = {}
    for scenario in trials:
        found = effects(kith, scenario, "botsa", replicates)
        for outcome in ("connection diary", "loving messages"):
            g, error, *_, deviation = found[outcome]
            deviations[scenario, outcome] = deviation
            print(f"botsa, {scenario}, {outcome}: g = {g:+.3f} (standard error {error:.3f})")
            mixture.append((g, error))
        check(f"botsa, {scenario}, positive affect diary", found["positive affect diary"][0], 0.0, 0.05,
              found["positive affect diary"][1])
    mean = sum(g for g, _ in mixture) / len(mixture)
    # The outcomes of one trial have the same participants: their errors are taken as one.
    error = sum(e for _, e in mixture) / len(mixture) / len(trials) ** 0.5
    check("botsa, mean of the four outcomes", mean, -0.20, 0.02, error)
    fewer = max(4, replicates // 10)
    own_means = {}
    for theory in ("botsa", "maintenance", "state_dependent", "feedback", "homeostasis", "reward"):
        found = {scenario: effects(kith, scenario, theory, fewer) for scenario in trials}
        owns = [found[scenario][outcome][3] / deviation for (scenario, outcome), deviation in deviations.items()]
        own_means[theory] = sum(owns) / len(owns)
        check(f"{theory}, mean own effect over SD, less that of botsa", own_means[theory] - own_means["botsa"], 0.0, 0.01, 0.0)
    for measure, (g, error, own, *_) in effects(kith, trials[0], "none", replicates).items():
        check(f"none, {measure}", g, 0.0, 0.03, error)
        if own != "0 exactly":
            failures.append(f"none, {measure}, against the twins: {own}")
    if failures:
        sys.exit("not as fitted: " + "; ".join(failures))
    print(f"the fit holds over {replicates} virtual studies")


main()

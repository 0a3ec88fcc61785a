#!/usr/bin/python3
"""Checks what the theories are fitted to: the founding trial under botsa and under none, over many virtual studies.

Usage: test_calibration.py KITH [REPLICATES]

The connection diary must give g = -0.20 and positive affect no effect (botsa); none must give no effect, and exactly 0 against
the twins. Bounds: 0.03, 0.05 and 0.03, each widened by twice the standard error of the mean over the studies. The full check
is 200 studies, whose standard error is below 0.01.
"""
import json
import subprocess
import sys


def effects(kith, theory, replicates):
    """Gives g, its standard error and the own effect of each measure."""
    command = [kith, "run", "naltrexone-crossover", "--theory", theory, "--replicates", str(replicates), "--json", "--quiet"]
    table = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["tables"][0]
    g = next(i for i, name in enumerate(table["columns"]) if name.startswith("Hedges g"))
    own = table["columns"].index("own effect")
    found = {}
    for row in table["rows"]:
        low, high = row[g]["text"].split("[")[1].rstrip("]").replace("−", "-").split(", ")
        found[row[0]["text"].split(" (")[0]] = (row[g]["value"], (float(high) - float(low)) / 3.92, row[own]["text"])
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

    botsa = effects(kith, "botsa", replicates)
    check("botsa, connection diary", botsa["connection diary"][0], -0.20, 0.03, botsa["connection diary"][1])
    check("botsa, positive affect diary", botsa["positive affect diary"][0], 0.0, 0.05, botsa["positive affect diary"][1])
    for measure, (g, error, own) in effects(kith, "none", replicates).items():
        check(f"none, {measure}", g, 0.0, 0.03, error)
        if own != "0 exactly":
            failures.append(f"none, {measure}, against the twins: {own}")
    if failures:
        sys.exit("not as fitted: " + "; ".join(failures))
    print(f"the fit holds over {replicates} virtual studies")


main()

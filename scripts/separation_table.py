#!/usr/bin/python3
"""Prints the table of 7.5 of models/README.md: what hours and weeks without anybody do, by opioid tone, theory and drug.

Usage: scripts/separation_table.py [--people N] [--bin FOLDER]

A day after the burn-in everybody is cut off from everybody, at nine in the morning; drugs begin an hour before. Values are means of
all people with the 95 % interval of the mean; drug effects are differences from the same people without a drug, who have the same
draws. Takes about two minutes.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
HOURS = {0: "0 h", 4: "4 h", 10: "10 h", 24: "24 h", 72: "72 h", 672: "28 d"}
VARIABLES = ("distress", "need", "loneliness", "approach")
DRUGS = {
    "no drug": "",
    "naltrexone": "\n  - {name: drug, at: 23 h, do: {dose: {drug: naltrexone, amount: 50 mg, every: 1 d}, for: 40 d}}",
    "morphine": "\n  - {name: drug, at: 23 h, do: {dose: {drug: morphine, amount: 30 mg, every: 4 h}, for: 40 d}}",
}
SCENARIO = """
kith: 1
title: Without anybody
theory: {theory}
time: {{duration: {duration}, start: "Mon 09:00"}}
people: {{count: {people}, opioid_tone: {{median: {tone}}}}}
events:
  - {{name: apart, at: 1 d, do: {{opportunity: {{factor: 0, at_distance: 0}}, for: 40 d}}}}{drug}
record: {{every: {every}, by: [], people: {people}}}
seed: separation
"""


def run(kith, folder, hours, duration, every, **given):
    """Each variable of everybody [people] at the hours after the beginning of the separation."""
    scenario, out = folder / "apart.yaml", folder / "apart.h5"
    scenario.write_text(SCENARIO.format(duration=duration, every=every, **given))
    subprocess.run([kith, "run", scenario, "-o", out, "--force", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    with h5py.File(out) as file:
        people = file["people"]
        times = list(np.rint(people["time"][:]).astype(int))
        return {hour: {name: people[name][0, times.index(24 + hour)] for name in VARIABLES} for hour in hours}


def world(kith, folder, **given):
    days = run(kith, folder, [h for h in HOURS if h <= 72], "97 h", "1 h", **given)
    return days | run(kith, folder, [672], "30 d", "1 d", **given)


def interval(values):
    mean, half = values.mean(), 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return f"{mean:.3f} ±{half:.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--bin", type=Path, default=ROOT / "build/release/bin")
    given = parser.parse_args()
    print("| theory | tone | drug | without anybody | " + " | ".join(VARIABLES) + " |")
    print("|---|---|---|---|" + "---|" * len(VARIABLES))
    with tempfile.TemporaryDirectory() as folder:
        for theory in ("botsa", "none"):
            for tone in (0.05, 0.15, 0.3) if theory == "botsa" else (0.15,):
                without = None
                for name, drug in DRUGS.items():
                    values = world(given.bin / "kith", Path(folder), theory=theory, tone=tone, drug=drug,
                                   people=given.people)
                    without = without or values
                    for hour, called in HOURS.items():
                        cells = [interval(values[hour][v] if not drug else values[hour][v] - without[hour][v])
                                 for v in VARIABLES]
                        shown = name if not drug else f"{name}, difference"
                        print(f"| {theory} | {tone} | {shown} | {called} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""Prints what the length of a tick does to the means of a population, as a table in Markdown.

Usage: scripts/tick_table.py [--people N] [--bin FOLDER]

Living ties, 60 days after the burn-in; each mean is over everybody and over all rows, which come every six hours. The last column is
the largest deviation from the tick of one hour. Exits with 1 where it is above 3 %. Takes about half a minute.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TICKS = ("15 min", "1 h", "3 h", "6 h")
VARIABLES = ("signal", "connection", "distress", "positive_affect", "negative_affect", "need", "loneliness", "approach",
             "lonely_share", "isolated_share", "contacts_per_day", "calls_per_day", "hours_since_contact")
SCENARIO = """
kith: 1
title: Ticks
time: {{tick: {tick}, duration: 60 d}}
people: {{count: {people}}}
ties: living
record: {{every: 6 h, by: []}}
seed: ticks
"""


def means(kith, folder, tick, people):
    """The mean of each variable over everybody and all rows."""
    scenario, out = folder / "ticks.yaml", folder / "ticks.h5"
    scenario.write_text(SCENARIO.format(tick=tick, people=people))
    subprocess.run([kith, "run", scenario, "-o", out, "--force", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    with h5py.File(out) as file:
        return {name: np.nanmean(file["population"][name][0, :, 0]) for name in VARIABLES}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--bin", type=Path, default=ROOT / "build/release/bin")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = {tick: means(given.bin / "kith", Path(folder), tick, given.people) for tick in TICKS}
    print("| mean | " + " | ".join(f"tick {tick}" for tick in TICKS) + " | largest deviation |")
    print("|---|" + "---|" * (len(TICKS) + 1))
    worst = 0.0
    for name in VARIABLES:
        deviation = max(abs(found[tick][name] / found["1 h"][name] - 1.0) for tick in TICKS)
        worst = max(worst, deviation)
        print(f"| {name} | " + " | ".join(f"{found[tick][name]:.4g}" for tick in TICKS) + f" | {100.0 * deviation:.1f} % |")
    return 1 if worst > 0.03 else 0


if __name__ == "__main__":
    sys.exit(main())

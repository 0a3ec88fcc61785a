#!/usr/bin/python3
"""Prints what a scenario's trial should find under each theory, as a table in Markdown.

Usage: predict.py SCENARIO [--theories botsa,none] [--studies 400] [--kith PROGRAM]

Each row is a measure under a theory: the mean Hedges g over the virtual studies, the interval that holds the g of 95 % of
them, and how many are significant (p < 0.05) with the exact 95 % interval of that share.
"""
import argparse
import csv
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def pooled_effects(arguments, theory, folder):
    """Runs the virtual studies; gives the rows of effects_pooled that are outcomes."""
    result = Path(folder) / "predicted.h5"
    program = str(arguments.kith)
    subprocess.run([program, "run", arguments.scenario, "--theory", theory, "--replicates", str(arguments.studies),
                    "-o", str(result), "--force", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    exported = subprocess.run([program, "export", str(result), "--table", "effects_pooled"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
    return [row for row in csv.DictReader(exported.splitlines()) if row["g"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", help="a file or the name of a shipped scenario")
    parser.add_argument("--theories", default="botsa,none", help="their names, with commas")
    parser.add_argument("--studies", type=int, default=400, help="virtual studies under each theory")
    parser.add_argument("--kith", type=Path, default=ROOT / "build/release/bin/kith", help="the program")
    arguments = parser.parse_args()

    print("| theory | measure | contrast | g | g of 95 % of studies | significant |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for theory in arguments.theories.split(","):
            for row in pooled_effects(arguments, theory, folder):
                g, low, high = (f"{float(row[name]):.2f}" for name in ("g", "g_of_study_low", "g_of_study_high"))
                share = [f"{100 * float(row[name]):.0f}" for name in ("significant", "significant_low", "significant_high")]
                print(f"| {theory} | {row['measure']} | {row['contrast']} | {g} | {low} to {high} "
                      f"| {share[0]} % ({share[1]} to {share[2]}) |".replace("-0.00", "0.00").replace(" -", " −"))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Tests scripts/predict.py: the table has a row for each measure under each theory, and its numbers are those of the file.

Usage: test_predict.py KITH
"""
import csv
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCENARIO, STUDIES = "first-steps", 3


def predicted(kith):
    table = subprocess.run([ROOT / "scripts/predict.py", SCENARIO, "--studies", str(STUDIES), "--kith", kith], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return [[cell.strip().replace("−", "-") for cell in line.strip("|").split("|")] for line in table[2:]]


def in_file(kith, theory):
    with tempfile.TemporaryDirectory() as folder:
        result = f"{folder}/result.h5"
        subprocess.run([kith, "run", SCENARIO, "--theory", theory, "--replicates", str(STUDIES), "-o", result, "-q"],
                       check=True, stdout=subprocess.DEVNULL)
        table = subprocess.run([kith, "export", result, "--table", "effects_pooled"], check=True,
                               stdout=subprocess.PIPE, text=True).stdout
    return [row for row in csv.DictReader(table.splitlines()) if row["g"]]


def main():
    kith = sys.argv[1]
    rows = predicted(kith)
    expected = [(theory, row) for theory in ("botsa", "none") for row in in_file(kith, theory)]
    assert expected and len(rows) == len(expected), (len(rows), len(expected))
    differ = 0
    for cells, (theory, row) in zip(rows, expected):
        assert cells[:3] == [theory, row["measure"], row["contrast"]], cells
        shown = [float(number) for number in re.findall(r"-?\d+\.?\d*", " ".join(cells[3:]))]
        kept = [float(row[name]) for name in ("g", "g_of_study_low", "g_of_study_high")]
        kept += [100 * float(row[name]) for name in ("significant", "significant_low", "significant_high")]
        for number, value, half_digit in zip(shown, kept, [0.005] * 3 + [0.5] * 3, strict=True):
            assert abs(number - value) <= half_digit * 1.01, (cells, row)
        differ += theory == "botsa" and float(row["g"]) < -0.1
    assert differ, "no measure falls under botsa"


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Tests scripts/predict.py: the table has a row for each measure under each theory, and its numbers are those of the file; with a posterior,
those of runs at each of its draws.

Usage: test_predict.py KITH
"""
import csv
import hashlib
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

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


POSTERIOR = """estimates: 1
title: made up
when: [theory.name=botsa]
values:
  theory.opioid_share: {value: 0.1, draws: [0.02, 0.1, 0.3]}
"""


def studies_at(kith, folder, *changes):
    """g of the messages in each study."""
    result = f"{folder}/result.h5"
    words = [word for change in ("trial.twin=false", *changes) for word in ("--set", change)]
    subprocess.run([kith, "run", SCENARIO, "--replicates", str(STUDIES), *words, "-o", result, "-q", "--force"], check=True,
                   stdout=subprocess.DEVNULL)
    table = subprocess.run([kith, "export", result, "--table", "effects"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(row["g"]) for row in csv.DictReader(table.splitlines()) if row["measure"] == "loving messages"]


def check_draws(kith):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "botsa.yaml").write_text(POSTERIOR)
        written = Path(folder, "predicted.yaml")
        table = subprocess.run([ROOT / "scripts/predict.py", SCENARIO, "--draws", folder, "--draw-count", "3", "--studies", str(STUDIES),
                                "-o", written, "--kith", kith], check=True, stdout=subprocess.PIPE, text=True).stdout
        assert len(table.splitlines()) == 2 + 2 * 2, table
        found = yaml.safe_load(written.read_text())
        assert found["made"]["commit"] in subprocess.run([kith, "version"], check=True, stdout=subprocess.PIPE, text=True).stdout
        assert found["theories"]["botsa"]["posterior_sha256"] == hashlib.sha256(POSTERIOR.encode()).hexdigest()
        at_draws = [studies_at(kith, folder, f"theory.opioid_share={share}") for share in (0.02, 0.1, 0.3)]
        means = [statistics.fmean(studies) for studies in at_draws]
        chance = statistics.fmean([statistics.variance(studies) for studies in at_draws]) ** 0.5
        reach = 1.96 * (chance ** 2 + statistics.variance(means)) ** 0.5
        of_botsa = found["theories"]["botsa"]["naltrexone - placebo"]["loving messages"]
        wanted = {"g": statistics.fmean(means), "chance_sd": chance, "parameters_sd": statistics.stdev(means)}
        for name, value in wanted.items():
            assert abs(of_botsa[name] - value) < 1e-4, (name, of_botsa, value)
        assert abs(of_botsa["of_studies"][1] - of_botsa["g"] - reach) < 2e-4, (of_botsa, reach)
        of_none = found["theories"]["none"]["naltrexone - placebo"]["loving messages"]
        assert of_none["parameters_sd"] == 0.0
        assert abs(of_none["g"] - statistics.fmean(studies_at(kith, folder, "theory={name: none}"))) < 1e-4


def main():
    kith = sys.argv[1]
    check_draws(kith)
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

#!/usr/bin/python3
"""From the CSV that `kith export` writes, NumPy and SciPy compute every statistic of the tables of effects again, and what is printed of
them; R, where it can read results, from the file itself.

test_exported_numbers.py KITH
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np

import printed
from recomputed import check_tables, exported, recomputed
from study import number, same
from test_r_reader import has_reader, numbers_in_r

warnings.filterwarnings("ignore", "Precision loss")  # occupancy under placebo hardly varies

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
OTHER = """
kith: 1
title: Other designs
time: {{burn_in: 7 d, duration: {days} d}}
people: {{count: 600}}
network: {{generate: layers, sizes: [5, 10, 35], community: 50}}
trial:
  design: {design}
{rest}
replicates: 3
"""
ARMS = """  arms:
    drug: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 2 d, drop_out: 0.05 /d}
    placebo: {drug: placebo, like: drug}
"""
FACTORS = """  participants: {count: 60}
  factors:
    first: {levels: {a: {drug: naltrexone, doses: 50 mg, for: 2 d}, none: {drug: placebo, like: a}}}
    second: {levels: {b: {drug: buprenorphine, doses: 2 mg, for: 2 d}, sham: {drug: placebo, like: b}}}
"""
CLUSTERS = "  clusters: {by: community, count: 8, people: 7}\n"
DESIGNS = {
    "parallel": (3, "  participants: {count: 41}\n" + ARMS),
    "factorial": (3, FACTORS),
    "cluster": (3, CLUSTERS + ARMS),
    "stepped_wedge": (10, CLUSTERS + "  steps: 4\n" + ARMS),
}


def check_comparison(program, folder, tables):
    """`kith compare` shows the mean over studies of what a study found; adjusted only where the design adjusts."""
    path = f"{folder}/out.h5"
    done = subprocess.run([program, "compare", path, path, "--json"], check=True, stdout=subprocess.PIPE, text=True)
    shown = {(table["title"], row[0]["text"]): row[1].get("value") for table in json.loads(done.stdout)["tables"]
             for row in table["rows"]}
    count = 0
    for contrast, measure in {(row["contrast"], row["measure"]) for row in tables["effects"]}:
        for name in ("difference", "adjusted", "g", "own"):
            found = [number(row[name]) for row in tables["effects"] if (row["contrast"], row["measure"]) == (contrast, measure)]
            found = [value for value in found if math.isfinite(value)]
            key = (contrast, f"{measure}: {name}")
            assert (key in shown) == bool(found), (key, found)
            if found:
                assert same(shown[key], np.mean(found)), (key, shown[key], np.mean(found))
                count += 1
    return count


def ran(program, folder, words):
    path = f"{folder}/out.h5"
    done = subprocess.run([program, "run", *words, "-q", "-o", path, "--force", "--json"], check=True, stdout=subprocess.PIPE)
    return path, json.loads(done.stdout)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with_r = has_reader()
    settings = lambda values: [word for value in values for word in ("--set", value)]
    with tempfile.TemporaryDirectory() as folder:
        scenario = f"{folder}/three.yaml"
        pathlib.Path(scenario).write_text(THREE_ARMS)
        measures = "measures=" + MEASURES
        runs = [["naltrexone-crossover", *settings([*SMALL, measures])]]
        for design, (days, rest) in DESIGNS.items():
            path = f"{folder}/{design}.yaml"
            pathlib.Path(path).write_text(OTHER.format(design=design, days=days, rest=rest))
            runs.append([path, *settings([measures])])
        runs.append([scenario, *settings([measures])])
        for words in runs:
            path, report = ran(program, folder, words)
            tables = exported(program, path)
            numbers = recomputed(tables)
            print(f"{pathlib.Path(words[0]).stem}: SciPy finds the same {check_tables(tables, numbers)} numbers, "
                  f"{printed.check(report, numbers, tables)} as printed, {check_comparison(program, folder, tables)} in a comparison")
            if with_r:
                check_tables(tables, in_r := numbers_in_r(path))
                printed.check(report, in_r, tables)
        # A rating moved by a point must show, and a printed digit.
        tables["diary"][0]["rating"] = str(float(tables["diary"][0]["rating"] or 3) + 1)
        tables["diary"][-1]["rating"] = str(float(tables["diary"][-1]["rating"] or 3) + 1)
        must_fail(lambda: check_tables(tables, recomputed(tables)))
        cell = report["tables"][0]["rows"][0][1]
        cell["text"] = f"{float(cell['text']) + 0.01:.2f}"
        must_fail(lambda: printed.check(report, numbers, tables))


def must_fail(check):
    try:
        check()
    except AssertionError:
        return
    raise SystemExit("a change changed nothing: the check is blind")


if __name__ == "__main__":
    main()

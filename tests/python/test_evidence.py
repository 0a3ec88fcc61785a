#!/usr/bin/python3
"""What kith evidence prints for programs: a cell for every outcome and theory, the same bits for any number of threads, failures that
name the command which repeats them, and pooled rows that another implementation, and metafor where R has it, come to as well.

test_evidence.py KITH
"""
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

import h5py
import yaml

SOURCE = pathlib.Path(__file__).parents[2]
THEORIES = ["none", "nonspecific", "botsa"]


def evidence(program, *words):
    done = subprocess.run([program, "evidence", "-q", *words], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, (words, done.returncode, done.stderr[-2000:])
    return done.stdout


def table(result, title):
    found = [each for each in result["tables"] if each["title"].startswith(title)]
    assert len(found) == 1, (title, [each["title"] for each in result["tables"]])
    return [dict(zip(found[0]["columns"], row)) for row in found[0]["rows"]]


def pooled_outcomes():
    """Labels of the outcomes that the files mark as pooled."""
    for file in sorted((SOURCE / "scenarios/evidence").glob("*.yaml")):
        for name, outcome in yaml.safe_load(file.read_text())["expect"]["outcomes"].items():
            if outcome.get("pooled"):
                yield f"{file.stem} {name}"


def random_effects(effects, variances):
    """DerSimonian and Laird's mean and its standard error."""
    weights = [1 / v for v in variances]
    fixed = sum(w * y for w, y in zip(weights, effects)) / sum(weights)
    q = sum(w * (y - fixed) ** 2 for w, y in zip(weights, effects))
    scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
    between = max(0, (q - len(effects) + 1) / scale)
    weights = [1 / (v + between) for v in variances]
    return sum(w * y for w, y in zip(weights, effects)) / sum(weights), 1 / math.sqrt(sum(weights))


def metafor(effects, variances):
    """The same by metafor; nothing where R or metafor is missing."""
    if not shutil.which("Rscript"):
        return None
    script = (
        'if (!requireNamespace("metafor", quietly = TRUE)) quit(status = 77); '
        f"m <- metafor::rma(yi = c({','.join(map(repr, effects))}), vi = c({','.join(map(repr, variances))}), method = 'DL'); "
        "cat(sprintf('%.12g %.12g', m$beta[1], m$se))"
    )
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=300)
    if done.returncode == 77:
        return None
    assert done.returncode == 0, done.stderr
    return tuple(map(float, done.stdout.split()))


def check_pooled(result):
    labels = set(pooled_outcomes())
    cells = [cell for cell in table(result, "cells") if cell["outcome"]["text"] in labels]
    is_checked = True
    for row in table(result, "Pooled"):
        own = [cell for cell in cells if cell["theory"]["text"] == row[""]["text"]]
        assert len(own) == len(labels)
        effects = [cell["predicted"]["value"] for cell in own]
        variances = [cell["SD of a study"]["value"] ** 2 for cell in own]
        found = (row["Hedges g [95 % CI]"]["value"], row["SE"]["value"])
        for other in (random_effects(effects, variances), metafor(effects, variances)):
            if other is None:
                is_checked = False
                continue
            assert all(abs(a - b) < 1e-6 for a, b in zip(found, other)), (row, other)
    return is_checked


def check_failure(program, folder):
    """A study in which no effect can be computed fails, and the command that is given repeats it; it is no miss."""
    scenario = yaml.safe_load((SOURCE / "scenarios/evidence/inagaki_2019.yaml").read_text())
    scenario["trial"]["participants"] = {"count": 2}
    scenario["replicates"] = 3
    file = pathlib.Path(folder, "alone.yaml")
    file.write_text(yaml.safe_dump(scenario))
    result = json.loads(evidence(program, str(file), "--theory", "botsa,none", "--json"))
    assert {cell["verdict"]["text"] for cell in table(result, "cells")} == {"failed"}
    for cell in table(result, "cells"):
        command = cell["command"]["text"]
        assert command.startswith("kith run ") and command.endswith("--replicate 0"), command
        again = subprocess.run(command.replace("kith", program, 1), shell=True, capture_output=True, timeout=100)
        assert again.returncode == 0, (command, again.stderr)
    assert sum(" failed: " in warning for warning in result["warnings"]) == 2


def check_file(program, folder):
    """Several experiments go into one file, and it is whole."""
    files = [str(SOURCE / "scenarios/evidence" / name) for name in ("tomova_2020.yaml", "kalin_1988.yaml")]
    out = f"{folder}/evidence.h5"
    said = subprocess.run([program, "evidence", *files, "--replicates", "2", "-o", out], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert subprocess.run([program, "check", out], capture_output=True).returncode == 0
    with h5py.File(out) as file:
        assert file.attrs["state"] == "complete" and "evidence" in file


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    words = ["--theory", ",".join(reversed(THEORIES)), "--replicates", "3", "--json"]
    one = evidence(program, *words, "--threads", "1")
    assert one == evidence(program, *words, "--threads", "3"), "threads change the result"
    result = json.loads(one)
    outcomes = sum(
        len(yaml.safe_load(file.read_text())["expect"]["outcomes"]) for file in (SOURCE / "scenarios/evidence").glob("*.yaml")
    )
    cells = table(result, "cells")
    assert len(cells) == outcomes * len(THEORIES)
    assert [cell["theory"]["text"] for cell in cells[:3]] == THEORIES, "none and nonspecific come first"
    assert not [cell for cell in cells if cell["verdict"]["text"] == "failed"]
    with tempfile.TemporaryDirectory() as folder:
        check_failure(program, folder)
        check_file(program, folder)
    if not check_pooled(result):
        print("pooled rows are those of a second implementation; skipped: metafor is not installed (r-cran-metafor)")
    print(f"{len(cells)} cells")


main()

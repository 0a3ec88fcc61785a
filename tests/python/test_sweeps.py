#!/usr/bin/python3
"""Sweeps as processes: serial, in shards, killed and gone on, with runs that fail; the merged files hold the same.

Usage: test_sweeps.py KITH [KILLS]      KILLS: how many times the sweep is killed at a random moment (3)
"""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

KITH = str(pathlib.Path(sys.argv[1]).resolve())
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 3

DESIGN = """sweep: 1
title: Tone under two theories
scenario: first-steps
set: [people.count=300, replicates.count=2]
factors:
- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 6, scale: log}
- {key: theory.name, values: [botsa, none]}
"""
# Nobody has 900 close ties, which shows only once the network is made.
FAILING = DESIGN.replace("key: theory.name, values: [botsa, none]", "key: trial.participants.close_ties, values: [0, 900]")


def kith(*words, status=0, **environment):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, env={**os.environ, **environment}, timeout=300)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def contents(path):
    """Every number and text of a result but /provenance."""
    found = {}

    def keep(name, item):
        if isinstance(item, h5py.Dataset) and not name.startswith("provenance"):
            found[name] = item[()]

    with h5py.File(path) as file:
        file.visititems(keep)
        found["fingerprint"] = file.attrs["fingerprint"]
    return found


def same(a, b):
    assert a.keys() == b.keys(), a.keys() ^ b.keys()
    for name, value in a.items():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            assert np.array_equal(value, b[name], equal_nan=True), name
        else:
            assert np.array_equal(value, b[name]), name


def merged(folder, design, sweep):
    out = folder / f"{sweep}.h5"
    kith("merge", folder / sweep, "-o", out)
    return contents(out)


def check_serial(folder):
    design = folder / "design.yaml"
    design.write_text(DESIGN)
    text = kith("sweep", design, "-o", folder / "serial")
    assert "12 of 12 runs done; 0 failed; 0 left" in text, text
    serial = merged(folder, design, "serial")
    assert list(serial["runs/run"]) == list(range(12))
    tone = np.geomspace(0.05, 0.3, 6)
    assert np.allclose(serial["runs/people.opioid_tone.median"], np.repeat(tone, 2))
    assert list(serial["effects/theory.name"].astype(str)) == ["botsa", "none"] * 6
    # A run of the sweep is the run that its command does.
    command = serial["runs/command"].astype(str)[3].split()[1:]
    kith(*command, "-q", "-o", folder / "alone.h5")
    alone = contents(folder / "alone.h5")
    assert serial["runs/fingerprint"].astype(str)[3] == alone["fingerprint"]
    assert np.array_equal(serial["effects/difference"][3], alone["effects/difference"], equal_nan=True)
    assert np.array_equal(serial["population/connection"][3], alone["population/connection"][:, -1], equal_nan=True)
    text = kith("sweep", design, "-o", folder / "serial")
    assert "12 of 12 runs done, 12 of them before" in text, text
    return design, serial


def check_shards(folder, design, serial):
    for index in (3, 1, 4, 2):
        kith("sweep", design, "-o", folder / "shards", "--shard", f"{index}/4", "--threads", 1 + index % 2)
    same(merged(folder, design, "shards"), serial)
    for task in (12, 10, 11):
        kith("sweep", design, "-o", folder / "slurm", "--shard", "slurm", SLURM_ARRAY_TASK_ID=str(task),
             SLURM_ARRAY_TASK_MIN="10", SLURM_ARRAY_TASK_MAX="12")
    same(merged(folder, design, "slurm"), serial)
    for rank in (1, 0):
        kith("sweep", design, "-o", folder / "srun", "--shard", "srun", SLURM_PROCID=str(rank), SLURM_NTASKS="2")
    same(merged(folder, design, "srun"), serial)
    for wrong in ("0/4", "5/4", "x/2", "2", "slurm"):
        text = kith("sweep", design, "-o", folder / "wrong", "--shard", wrong, status=2)
        assert "--shard" in text, text
    kith("sweep", design, "-o", folder / "some", "--only", 4)
    text = kith("merge", folder / "some", "-o", folder / "some.h5", status=4)
    assert "1 of 12 runs" in text and "missing: 0 to 3, 5 to 11" in text, text


def check_kills(folder, design, serial):
    random.seed(1)
    words = [KITH, "sweep", str(design), "-o", str(folder / "killed"), "--save-every", "0.05s", "-q"]
    killed = 0
    while killed < KILLS:
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.05, 0.4))
        child.send_signal(signal.SIGKILL)
        child.wait()
        killed += 1
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.2)
    child.terminate()
    assert child.wait() in (0, 75)
    kith(*words[1:])
    # More files than a process may have open are merged all the same.
    assert len(list((folder / "killed" / "runs").glob("*.h5"))) > 5
    few = subprocess.run(["bash", "-c", f"ulimit -n 16; exec {KITH} merge {folder}/killed -o {folder}/few.h5"], capture_output=True,
                         text=True)
    assert few.returncode == 0, few.stderr
    same(contents(folder / "few.h5"), serial)
    same(merged(folder, design, "killed"), serial)


def check_failures(folder):
    design = folder / "failing.yaml"
    design.write_text(FAILING)
    text = kith("sweep", design, "-o", folder / "failing", status=4)
    assert "6 of 12 runs done; 6 failed; 0 left" in text, text
    assert "run 1 and 5 more: " in text and "0 people are eligible" in text and "kith run first-steps" in text, text
    text = kith("sweep", design, "-o", folder / "failing", status=4)
    assert "6 of them before (--retry-failed does them again)" in text, text
    text = kith("merge", folder / "failing", "-o", folder / "failing.h5", status=4)
    assert "6 failed" in text, text
    found = contents(folder / "failing.h5")
    assert list(found["runs/state"]) == [0, 1] * 6
    assert list(found["effects/run"]) == [0, 2, 4, 6, 8, 10]
    assert kith("sweep", design, "-o", folder / "stops", "--on-error", "stop", "--threads", 1, status=4).count("left") == 1


def check_one_bad_row(folder):
    """A level that some run takes is no mistake: the run that does not is named, and the others are done."""
    design = folder / "row.yaml"
    design.write_text("sweep: 1\ntitle: T\nscenario: first-steps\nset: [replicates.count=1]\nfactors:\n"
                      "- {key: network.generate, values: [layers, erdos_renyi]}\n- {key: network.sizes, values: ['[5, 10, 35]']}\n")
    text = kith("validate", design)
    assert "2 runs of first-steps; design: grid, 2 factors" in text, text
    assert "run 1 (network.generate=erdos_renyi, network.sizes=[5, 10, 35]) will fail: " in text, text
    kith("validate", design, "--strict", status=3)
    text = kith("sweep", design, "-o", folder / "row", status=4)
    assert "1 of 2 runs done; 1 failed" in text and "\nrun 1: " in text, text


def check_table(folder):
    """A design of another program: runs go by its lines, and a changed table is another design."""
    design, table = folder / "table.yaml", folder / "table.csv"
    design.write_text("sweep: 1\ntitle: T\nscenario: first-steps\nreplicates: 1\ndesign: csv\nfile: table.csv\nkeep: [flow]\n"
                      "factors:\n- {key: people.opioid_tone.median, column: tone}\n- {key: people.count, whole: true}\n")
    table.write_text("id,tone,people.count\n7,0.1,250.0\n8,0.2,300.0\n")
    kith("sweep", design, "-o", folder / "table")
    found = merged(folder, design, "table")
    assert list(found["runs/people.opioid_tone.median"]) == [0.1, 0.2] and list(found["runs/people.count"]) == [250, 300], found
    assert not any(name.startswith("effects") for name in found), found.keys()
    table.write_text("id,tone,people.count\n7,0.1,250.0\n8,0.25,300.0\n")
    assert "values in its table have changed" in kith("sweep", design, "-o", folder / "table", status=6)
    design.write_text(design.read_text().replace("[flow]", "[flow, flwo]"))
    assert 'no table "flwo"' in kith("sweep", design, "-o", folder / "flwo", status=4)


def check_names(folder):
    """Doses are lists; what tables show are their names, numbers with a unit here."""
    design = folder / "doses.yaml"
    design.write_text("sweep: 1\ntitle: T\nscenario: first-steps\nreplicates: 1\nfactors:\n- {key: trial.arms.naltrexone.doses, "
                      "values: ['[25 mg, 25 mg]', '[50 mg, 50 mg]'], names: [25 mg, 50 mg]}\n")
    kith("sweep", design, "-o", folder / "doses")
    found = merged(folder, design, "doses")
    assert list(found["effects/trial.arms.naltrexone.doses"]) == [25, 50], found
    with h5py.File(folder / "doses.h5") as file:
        assert file["effects/trial.arms.naltrexone.doses"].attrs["units"] in ("mg", b"mg")


def check_refusals(folder, design):
    text = kith("sweep", folder / "failing.yaml", "-o", folder / "serial", status=6)
    assert "there: " in text and "none" in text and "900" in text, text
    wrong = folder / "wrong.yaml"
    wrong.write_text(DESIGN.replace("opioid_tone.median", "opioid_tone.medain"))
    text = kith("sweep", wrong, "-o", folder / "never", status=3)
    assert "wrong.yaml:6:9" in text and "medain" in text and "did you mean" in text and not (folder / "never").exists(), text
    # Two at once: the second stops.
    slow = folder / "slow.yaml"
    slow.write_text(DESIGN.replace("people.count=300", "people.count=4000"))
    first = subprocess.Popen([KITH, "sweep", str(slow), "-o", str(folder / "busy"), "-q"], stdout=subprocess.DEVNULL)
    while not (folder / "busy" / "lock").exists():
        time.sleep(0.01)
    time.sleep(0.05)
    text = kith("sweep", slow, "-o", folder / "busy", status=6)
    assert "another process works on runs" in text, text
    first.terminate()
    assert first.wait() == 75
    assert "no folder of a sweep" in kith("merge", folder, "-o", folder / "x.h5", status=2)


SOBOL = """sweep: 1
title: What the effect depends on
scenario: first-steps
set: [people.count=300, replicates.count=3]
design: {kind}
samples: 8
factors:
- {{key: theory.opioid_share, from: 0.02, to: 0.09}}
- {{key: people.opioid_tone.median, from: 0.05, to: 0.3}}
"""


def check_sensitivity(folder):
    """NumPy finds the same indices, effects and chance in the exported runs."""
    for kind in ("sobol", "morris"):
        design = folder / f"{kind}.yaml"
        design.write_text(SOBOL.format(kind=kind))
        kith("sweep", design, "-o", folder / kind)
        found = merged(folder, design, kind)
        shown = json.loads(kith("sensitivity", folder / f"{kind}.h5", "--json"))["tables"]
        names = found["effects/measure"].astype(str)
        assert len(shown) == 2, shown  # occupancy does not vary with either factor
        for table in shown:
            measure = next(k for k, name in enumerate(names) if name in table["title"])
            own = found["effects/own"][:, :, measure, 0]
            y = own.mean(axis=1)
            left = own - y[:, None] - own.mean(axis=0) + own.mean()
            chance = (left**2).sum() / ((own.shape[0] - 1) * (own.shape[1] - 1)) / own.shape[1] / y.var(ddof=1)
            assert f"chance makes {100 * chance:.1f} %" in table["title"], (table["title"], chance)
            if kind == "sobol":
                y = y.reshape(8, 4)
                both = y[:, :2]
                for factor, row in enumerate(table["rows"]):
                    first = np.mean((y[:, 1] - both.mean()) * (y[:, 2 + factor] - y[:, 0])) / both.var()
                    total = np.mean((y[:, 0] - y[:, 2 + factor])**2) / 2 / both.var()
                    assert np.allclose([row[1]["value"], row[2]["value"]], [first, total], rtol=1e-6), (row, first, total)
                    assert row[1]["low"] <= first <= row[1]["high"], row
            else:
                keys = ["theory.opioid_share", "people.opioid_tone.median"]
                x = np.stack([(found[f"effects/{key}"] - low) / (high - low) for key, (low, high)
                              in zip(keys, [(0.02, 0.09), (0.05, 0.3)])], axis=1).reshape(8, 3, 2)
                y = y.reshape(8, 3)
                step = np.diff(x, axis=1)
                effects = np.diff(y, axis=1)[:, :, None] / np.where(np.abs(step) > 1e-6, step, np.nan)
                for factor, row in enumerate(table["rows"]):
                    e = effects[:, :, factor][np.isfinite(effects[:, :, factor])]
                    expected = [np.abs(e).mean(), e.mean(), e.std(ddof=1)]
                    assert np.allclose([cell["value"] for cell in row[1:]], expected, rtol=1e-6), (row, expected)
    assert "design: sobol" in kith("sensitivity", folder / "serial.h5", status=2)
    assert "no such table" in kith("sensitivity", folder / "sobol.h5", "--of", "effect.own", status=2)
    assert "no numbers called" in kith("sensitivity", folder / "sobol.h5", "--of", "effects.owns", status=2)
    assert "is no merged sweep" in kith("sensitivity", folder / "alone.h5", status=2)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        design, serial = check_serial(folder)
        check_shards(folder, design, serial)
        check_kills(folder, design, serial)
        check_failures(folder)
        check_one_bad_row(folder)
        check_table(folder)
        check_names(folder)
        check_refusals(folder, design)
        check_sensitivity(folder)


main()

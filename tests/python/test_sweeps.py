#!/usr/bin/python3
"""Sweeps as processes: serial, in shards, killed and gone on, with runs that fail; the merged files hold the same.

Usage: test_sweeps.py KITH [KILLS]      KILLS: how many times the sweep is killed at a random moment (3)
"""
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

from sweeping import DESIGN, KITH, SOBOL, contents, kith, merged

# Attributes of a file hold the number that tells it from every other, and the checksum of that and of its provenance; they are compared
# by name below.
BUT_PROVENANCE = ["--exclude-path", "/provenance", "--exclude-attribute", "/"]
OF_FILE_ALONE = {"run_id", "checksum"}
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 3

# Nobody has 900 close ties, which shows only once the network is made.
FAILING = DESIGN.replace("key: theory.name, values: [botsa, none]", "key: trial.participants.close_ties, values: [0, 900]")


def same(a, b):
    assert a.keys() == b.keys(), a.keys() ^ b.keys()
    for name, value in a.items():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            assert np.array_equal(value, b[name], equal_nan=True), name
        else:
            assert np.array_equal(value, b[name]), name


def check_as_serial(folder, sweep, expected="serial"):
    """Merged, it holds what the sweep of one process does: for HDF5's own program, number by number here, and by fingerprint."""
    same(merged(folder, sweep), contents(folder / f"{expected}.h5"))
    h5diff = subprocess.run(["h5diff", *BUT_PROVENANCE, folder / f"{expected}.h5", folder / f"{sweep}.h5"],
                            capture_output=True, text=True)
    assert h5diff.returncode == 0, h5diff.stdout + h5diff.stderr
    with h5py.File(folder / f"{expected}.h5") as one, h5py.File(folder / f"{sweep}.h5") as other:
        for key in one.attrs.keys() - OF_FILE_ALONE:
            assert np.array_equal(one.attrs[key], other.attrs[key]), key


def check_serial(folder):
    design = folder / "design.yaml"
    design.write_text(DESIGN)
    text = kith("sweep", design, "-o", folder / "serial")
    assert "12 of 12 runs done; 0 failed; 0 left" in text, text
    serial = merged(folder, "serial")
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
    return design


def check_shards(folder, design):
    random.seed(KILLS)
    for index in random.sample(range(1, 9), 8):
        kith("sweep", design, "-o", folder / "shards", "--shard", f"{index}/8", "--threads", 1 + index % 2)
    check_as_serial(folder, "shards")
    for task in (12, 10, 11):
        kith("sweep", design, "-o", folder / "slurm", "--shard", "slurm", SLURM_ARRAY_TASK_ID=str(task),
             SLURM_ARRAY_TASK_MIN="10", SLURM_ARRAY_TASK_MAX="12")
    check_as_serial(folder, "slurm")
    for rank in (1, 0):
        kith("sweep", design, "-o", folder / "srun", "--shard", "srun", SLURM_PROCID=str(rank), SLURM_NTASKS="2")
    check_as_serial(folder, "srun")
    for wrong in ("0/4", "5/4", "x/2", "2", "slurm"):
        text = kith("sweep", design, "-o", folder / "wrong", "--shard", wrong, status=2)
        assert "--shard" in text, text
    kith("sweep", design, "-o", folder / "some", "--only", 4)
    text = kith("merge", folder / "some", "-o", folder / "some.h5", status=4)
    assert "1 of 12 runs" in text and "missing: 0 to 3, 5 to 11" in text, text


def wait_until_it_stops_when_asked(child):
    """The sanitizers' program may take longer to start than any sleep: Linux tells whether it catches SIGTERM by now."""
    while child.poll() is None:
        caught = re.search(r"^SigCgt:\s*(\w+)", pathlib.Path(f"/proc/{child.pid}/status").read_text(), re.MULTILINE)
        if caught and int(caught[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.01)


def check_kills(folder, design):
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
    wait_until_it_stops_when_asked(child)
    child.terminate()
    assert child.wait() in (0, 75)
    kith(*words[1:])
    # More files than a process may have open are merged all the same.
    assert len(list((folder / "killed" / "runs").glob("*.h5"))) > 5
    few = subprocess.run(["bash", "-c", f"ulimit -n 16; exec {KITH} merge {folder}/killed -o {folder}/few.h5"], capture_output=True,
                         text=True)
    assert few.returncode == 0, few.stderr
    same(contents(folder / "few.h5"), contents(folder / "serial.h5"))
    check_as_serial(folder, "killed")


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
    found = merged(folder, "table")
    assert list(found["runs/people.opioid_tone.median"]) == [0.1, 0.2] and list(found["runs/people.count"]) == [250, 300], found
    assert not any(name.startswith("effects") for name in found), found.keys()
    table.write_text("id,tone,people.count\n7,0.1,250.0\n8,0.25,300.0\n")
    assert "values in its table have changed" in kith("sweep", design, "-o", folder / "table", status=6)
    design.write_text(design.read_text().replace("[flow]", "[flow, flwo]"))
    text = kith("sweep", design, "-o", folder / "flwo", status=3)
    assert "table.yaml:7:14" in text and 'no table "flwo"' in text and 'did you mean "flow"?' in text, text
    assert not (folder / "flwo").exists()
    design.write_text(design.read_text().replace("[flow, flwo]", "[isolation_times]"))
    text = kith("validate", design, status=3)
    assert "only a scenario with ties: living has isolation_times" in text and "take some of diary, effects, " in text, text


def check_names(folder):
    """Doses are lists; what tables show are their names, numbers with a unit here."""
    design = folder / "doses.yaml"
    design.write_text("sweep: 1\ntitle: T\nscenario: first-steps\nreplicates: 1\nfactors:\n- {key: trial.arms.naltrexone.doses, "
                      "values: ['[25 mg, 25 mg]', '[50 mg, 50 mg]'], names: [25 mg, 50 mg]}\n")
    kith("sweep", design, "-o", folder / "doses")
    found = merged(folder, "doses")
    assert list(found["effects/trial.arms.naltrexone.doses"]) == [25, 50], found
    with h5py.File(folder / "doses.h5") as file:
        assert file["effects/trial.arms.naltrexone.doses"].attrs["units"] in ("mg", b"mg")


SHARED = """sweep: 1
title: Shared burn-in
scenario: first-steps
set: [people.count=400, replicates.count=2, people.drug_kinetics=individual]
keep: [effects, flow]
factors:
- {key: trial.washout, values: [2 d, 5 d]}
- {key: people.opioid_tone.median, values: [0.1, 0.2]}
- {key: trial.arms.naltrexone.drug, values: [naltrexone, buprenorphine]}
- {key: scales.isolated.share, values: [5 %, 20 %]}
"""


def check_shared_burn_in(folder):
    """Runs that start from one burn-in have the bits of runs with their own, in one process and in shards."""
    shared, fresh = folder / "shared.yaml", folder / "fresh.yaml"
    shared.write_text(SHARED)
    fresh.write_text(SHARED + "burn_in: fresh\n")
    text = kith("sweep", shared, "-o", folder / "shared")
    assert "2 burn-ins for 16 runs: trial.washout, trial.arms.naltrexone.drug, scales.isolated.share act after it" in text, text
    assert "burn-in" not in kith("sweep", fresh, "-o", folder / "fresh")
    expected = merged(folder, "fresh")
    assert len(set(expected["runs/fingerprint"])) > 4, expected["runs/fingerprint"]
    check_as_serial(folder, "shared", "fresh")
    for index in (2, 3, 1):
        kith("sweep", shared, "-o", folder / "parts", "--shard", f"{index}/3", "--threads", 1)
    check_as_serial(folder, "parts", "fresh")


def check_dry_run(folder):
    """The cost that three pilots foresee is what then comes, and nothing is written."""
    design = folder / "cost.yaml"
    design.write_text(SOBOL.format(kind="sobol").replace("samples: 8", "samples: 16"))
    before = set(folder.iterdir())
    text = kith("sweep", design, "--dry-run", "--threads", 2, "--width", 0.01)
    assert set(folder.iterdir()) == before
    row = dict(re.findall(r"^  (.*?\S)  +([\d.].*)$", text, re.M))
    assert row["runs"] == "64" and "time with 1 process of 2 threads" in row, text
    own = float(re.search(r"loving messages · naltrexone - placebo +([\d.]+) +(\d+)", text).group(1))
    wanted = int(re.search(r"loving messages · naltrexone - placebo +([\d.]+) +(\d+)", text).group(2))
    assert abs(wanted - max(2, 3 * (own / 0.01)**2)) < 0.02 * wanted + 2, text  # the square of how much narrower
    start = os.times()
    kith("sweep", design, "-o", folder / "cost", "--threads", 1)
    end = os.times()
    used = end.children_user + end.children_system - start.children_user - start.children_system
    foreseen = float(row["core-hours"]) * 3600
    assert 0.5 < foreseen / used < 2, (foreseen, used)  # by hand on a quiet machine it is within 30 %
    kith("merge", folder / "cost", "-o", folder / "cost.h5")
    disk = (folder / "cost.h5").stat().st_size
    number, unit = row["merged"].split()
    assert 0.7 < float(number) * {"kB": 1e3, "MB": 1e6}[unit] / disk < 1.3, (row, disk)
    kith("sweep", design, "--dry-run", "-o", folder / "none")
    assert not (folder / "none").exists()
    assert "--width" in kith("sweep", design, "-o", folder / "none", "--width", 1, status=2)
    failing = folder / "fails.yaml"
    failing.write_text(DESIGN.replace("replicates.count=2", "trial.participants.close_ties=900"))
    assert "a pilot, failed" in kith("sweep", failing, "--dry-run", status=1)


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
    wait_until_it_stops_when_asked(first)
    text = kith("sweep", slow, "-o", folder / "busy", status=6)
    assert "another process works on runs" in text, text
    first.terminate()
    assert first.wait() == 75
    assert "no folder of a sweep" in kith("merge", folder, "-o", folder / "x.h5", status=2)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        design = check_serial(folder)
        check_shards(folder, design)
        check_kills(folder, design)
        check_failures(folder)
        check_one_bad_row(folder)
        check_table(folder)
        check_names(folder)
        check_shared_burn_in(folder)
        check_dry_run(folder)
        check_refusals(folder, design)


main()

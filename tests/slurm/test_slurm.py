#!/usr/bin/python3
"""A sweep through a real Slurm of one node: an array of eight to its end, one task killed, one stopped at its time limit.

Usage: test_slurm.py KITH [--large]      --large: also 2,500 runs where an array's index must be below 1001 (some minutes)

Skipped (77) unless KITH_SLURM is set, since a busy machine makes its time limits miss, and where Slurm is not installed. Nothing is started but in a folder of its own, and all of it is stopped by its pid files.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

from one_node import OneNode, what_is_missing

KITH = str(pathlib.Path(sys.argv[1]).resolve())

DESIGN = """sweep: 1
title: Tone and wash-out
scenario: first-steps
set: [people.count=200, replicates.count=2]
factors:
- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 16, scale: log}
- {key: theory.name, values: [botsa, none]}
"""

# Stands for kith in the tasks. The first try of task 3 is killed; that of task 5 hangs, until Slurm says that its time is over.
WRAPPER = """#!/bin/bash
[[ $1 == sweep && -z ${{SLURM_RESTART_COUNT:-}} && ${{SLURM_ARRAY_TASK_ID:-}} =~ ^(3|5)$ ]] || exec {kith} "$@"
{kith} "$@" --save-every 0.01s &
child=$!
trap 'kill -TERM $child; kill -CONT $child' TERM
sleep 0.3
if [[ $SLURM_ARRAY_TASK_ID == 3 ]]; then
  kill -KILL $child
else
  kill -STOP $child
  echo hangs
fi
status=0
wait $child || status=$?
while kill -0 $child 2>/dev/null; do status=0; wait $child || status=$?; done
exit $status
"""


def kith(*words, status=0, environment=None):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def contents(path):
    """Every number and text of a result but /provenance."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.update({name: item[()]})
                        if isinstance(item, h5py.Dataset) and not name.startswith("provenance") else None)
        found["fingerprint"] = file.attrs["fingerprint"]
    return found


def check_same(a, b):
    assert a.keys() == b.keys(), a.keys() ^ b.keys()
    for name, value in a.items():
        is_float = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        assert np.array_equal(value, b[name], equal_nan=True) if is_float else np.array_equal(value, b[name]), name


def hurry(slurm):
    """A task that goes on again is kept waiting for two minutes; here it need not."""
    for task, state in slurm.jobs().items():
        if state == "PENDING" and "_" in task:
            slurm.run("scontrol", "update", f"JobId={task}", "StartTime=now", check=False)


def restarts(slurm, array):
    """How often each task was begun again."""
    text = slurm.run("scontrol", "show", "job", array, "--oneliner", check=False)
    return {int(task): int(times) for task, times in re.findall(r"ArrayTaskId=(\d+) .*?Restarts=(\d+)", text)}


def send(slurm, folder, script, name):
    (folder / f"{name}.sh").write_text(script)
    text = slurm.run("bash", folder / f"{name}.sh", cwd=folder)
    return re.search(r"array (\d+), then merge (\d+) into", text).groups()


def wait_for_end(slurm, seconds):
    end = time.monotonic() + seconds
    while slurm.jobs():
        assert time.monotonic() < end, slurm.jobs()
        hurry(slurm)
        time.sleep(1)


def check_array(slurm, folder, serial):
    (folder / "kith").write_text(WRAPPER.format(kith=KITH))
    (folder / "kith").chmod(0o755)
    os.chdir(folder)
    text = kith("sweep", "design.yaml", "-o", "array", "--slurm", "--tasks", 9, status=2, environment=slurm.environment)
    assert "MaxArraySize of this cluster is 8" in text, text
    script = kith("sweep", "design.yaml", "-o", "array", "--slurm", environment=slurm.environment)
    for line in ("--array=0-7", "--signal=B:TERM@60", "--requeue", "--dependency=\"afterany:$array\"", "--cpus-per-task=1"):
        assert line in script, (line, script)
    script = re.sub(r"#SBATCH --time=.*\n", "#SBATCH --time=00:01:00\n", script, count=1).replace(KITH, str(folder / "kith"))
    array, _ = send(slurm, folder, script, "array")
    seen = {}
    end = time.monotonic() + 400
    while slurm.jobs():
        assert time.monotonic() < end, (slurm.jobs(), [path.read_text() for path in (folder / "array").glob("task-*")])
        hurry(slurm)
        for task, times in restarts(slurm, array).items():
            seen[task] = max(times, seen.get(task, 0))
        time.sleep(1)
    assert seen.get(3, 0) >= 1 and seen.get(5, 0) >= 1, seen
    check_same(contents(folder / "array.h5"), serial)
    return seen


def check_srun(slurm, folder, serial):
    slurm.run("srun", "--ntasks=2", "--mem=200M", KITH, "sweep", "design.yaml", "-o", "srun", "--shard", "srun", "--threads", 1, "-q",
              cwd=folder)
    kith("merge", folder / "srun", "-o", folder / "srun.h5")
    check_same(contents(folder / "srun.h5"), serial)


def check_large(folder):
    """2,500 runs, in 100 tasks, where an index must be below 1001."""
    (folder / "large.yaml").write_text("sweep: 1\ntitle: T\nscenario: first-steps\nset: [people.count=100, replicates.count=1, "
                                       "time.burn_in=1 d]\nfactors:\n"
                                       "- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 2500}\n")
    with OneNode(folder / "large-slurm", array_size=1001) as slurm:
        text = kith("sweep", "large.yaml", "-o", "large", "--slurm", "--tasks", 2500, status=2, environment=slurm.environment)
        assert "at most 1001 tasks" in text, text
        script = kith("sweep", "large.yaml", "-o", "large", "--slurm", "--tasks", 100, environment=slurm.environment)
        send(slurm, folder, script, "large")
        wait_for_end(slurm, 1800)
    with h5py.File(folder / "large.h5") as file:
        assert list(file["runs/run"]) == list(range(2500)) and not np.any(file["runs/state"])
    print("2500 runs in 100 tasks, merged")


def main():
    if not os.environ.get("KITH_SLURM"):
        print("skipped: KITH_SLURM=1 runs it, best on a machine that has nothing else to do")
        sys.exit(77)
    if why := what_is_missing():
        print(f"skipped: {why}")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "design.yaml").write_text(DESIGN)
        kith("sweep", folder / "design.yaml", "-o", folder / "serial", "-q")
        kith("merge", folder / "serial", "-o", folder / "serial.h5")
        serial = contents(folder / "serial.h5")
        with OneNode(folder / "slurm", array_size=8) as slurm:
            seen = check_array(slurm, folder, serial)
            check_srun(slurm, folder, serial)
        print(f"8 tasks, of which {sum(times > 0 for times in seen.values())} were begun again, and srun: same as one process")
        if "--large" in sys.argv[2:]:
            check_large(folder)


main()

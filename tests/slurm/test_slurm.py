#!/usr/bin/python3
"""A sweep through a real Slurm of one node: an array of eight to its end, one task killed, one stopped at its time limit.

Usage: test_slurm.py KITH [--large]      --large: also 2,500 runs where an array's index must be below 1001 (some minutes)

Skipped (77) where Slurm is not installed. All runs in a folder of its own, and all that was started is stopped. About a minute and a
half, nearly all of it spent waiting until Slurm looks at its clock; a busy machine takes longer and finds the same.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

from one_node import OneNode, descendants, what_is_missing

KITH = str(pathlib.Path(sys.argv[1]).resolve())

# Attributes of a file hold the number that tells it from every other, and the checksum of that and of its provenance; they are compared
# by name below.
BUT_PROVENANCE = ["--exclude-path", "/provenance", "--exclude-attribute", "/"]
OF_FILE_ALONE = {"run_id", "checksum"}

DESIGN = """sweep: 1
title: Tone and wash-out
scenario: first-steps
set: [people.count=200, replicates.count=2]
factors:
- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 16, scale: log}
- {key: theory.name, values: [botsa, none]}
"""

# Stands for kith in the tasks. The first try of task 3 is killed in its work; that of task 5 hangs, until Slurm says that its time is
# over. Should one of them have ended before that, on a machine that slept meanwhile, it says the same.
WRAPPER = """#!/bin/bash
[[ $1 == sweep && -z ${{SLURM_RESTART_COUNT:-}} && ${{SLURM_ARRAY_TASK_ID:-}} =~ ^(3|5)$ ]] || exec {kith} "$@"
is_over=
{kith} "$@" --save-every 0.01s &
child=$!
trap 'is_over=yes' TERM
sleep 0.2
if [[ $SLURM_ARRAY_TASK_ID == 3 ]]; then
  kill -KILL $child
  wait $child
  exit 137
fi
kill -STOP $child
until [[ $is_over ]]; do sleep 0.5; done
kill -TERM $child
kill -CONT $child
wait $child
status=$?
((status == 0)) && exit 75
exit $status
"""


def kith(*words, status=0, environment=None):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def check_same(folder, name):
    """The merged sweep holds what that of one process does, by each number (h5diff) and by its fingerprint."""
    h5diff = subprocess.run(["h5diff", *BUT_PROVENANCE, folder / "serial.h5", folder / name], capture_output=True,
                            text=True)
    assert h5diff.returncode == 0, h5diff.stdout + h5diff.stderr
    with h5py.File(folder / "serial.h5") as serial, h5py.File(folder / name) as other:
        for key in serial.attrs.keys() - OF_FILE_ALONE:  # the fingerprint among them
            assert np.array_equal(serial.attrs[key], other.attrs[key]), (name, key)


def restarts(slurm, array):
    """How often each task was begun again."""
    text = slurm.run("scontrol", "show", "job", array, "--oneliner", check=False)
    return {int(task): int(times) for task, times in re.findall(r"ArrayTaskId=(\d+) .*?Restarts=(\d+)", text)}


class Hurry:
    """A task that goes on again is kept waiting for two minutes. Here some seconds do; fewer, and the node still counts it as killed."""

    def __init__(self, slurm, array):
        self.slurm, self.array, self.hurried, self.seen = slurm, array, set(), {}

    def __call__(self):
        for task, times in restarts(self.slurm, self.array).items():
            self.seen[task] = max(times, self.seen.get(task, 0))
            if times > 0 and (task, times) not in self.hurried:
                self.hurried.add((task, times))
                self.slurm.run("scontrol", "update", f"JobId={self.array}_{task}", "StartTime=now+4", check=False)


def send(slurm, folder, script, name):
    (folder / f"{name}.sh").write_text(script)
    text = slurm.run("bash", folder / f"{name}.sh", cwd=folder)
    return re.search(r"array (\d+), then merge (\d+) into", text).groups()


def wait_for_end(slurm, array, folder, seconds):
    """Waits until no job is left; gives how often each task was begun again."""
    hurry = Hurry(slurm, array)
    end = time.monotonic() + seconds
    while jobs := slurm.jobs():
        assert time.monotonic() < end, (jobs, [path.read_text() for path in folder.glob("*.txt")])
        hurry()
        time.sleep(1)
    return hurry.seen


def check_array(slurm, folder):
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
    seen = wait_for_end(slurm, array, folder / "array", 400)
    assert seen.get(3, 0) >= 1 and seen.get(5, 0) >= 1, seen
    check_same(folder, "array.h5")
    return seen


def check_srun(slurm, folder):
    slurm.run("srun", "--ntasks=2", "--mem=200M", KITH, "sweep", "design.yaml", "-o", "srun", "--shard", "srun", "--threads", 1, "-q",
              cwd=folder)
    kith("merge", folder / "srun", "-o", folder / "srun.h5")
    check_same(folder, "srun.h5")


def check_large(folder):
    """2,500 runs, in 100 tasks, where an index must be below 1001."""
    (folder / "large.yaml").write_text("sweep: 1\ntitle: T\nscenario: first-steps\nset: [people.count=100, replicates.count=1, "
                                       "time.burn_in=1 d]\nfactors:\n"
                                       "- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 2500}\n")
    with OneNode(folder / "large-slurm", array_size=1001) as slurm:
        text = kith("sweep", "large.yaml", "-o", "large", "--slurm", "--tasks", 2500, status=2, environment=slurm.environment)
        assert "at most 1001 tasks" in text, text
        script = kith("sweep", "large.yaml", "-o", "large", "--slurm", "--tasks", 100, environment=slurm.environment)
        array, _ = send(slurm, folder, script, "large")
        wait_for_end(slurm, array, folder / "large", 1800)
    with h5py.File(folder / "large.h5") as file:
        assert list(file["runs/run"]) == list(range(2500)) and not np.any(file["runs/state"])
    print("2500 runs in 100 tasks, merged")


def main():
    if why := what_is_missing():
        print(f"skipped: {why}")
        sys.exit(77)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # by way of OneNode.__exit__
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "design.yaml").write_text(DESIGN)
        kith("sweep", folder / "design.yaml", "-o", folder / "serial", "-q")
        kith("merge", folder / "serial", "-o", folder / "serial.h5")
        with OneNode(folder / "slurm", array_size=8) as slurm:
            seen = check_array(slurm, folder)
            check_srun(slurm, folder)
        print(f"8 tasks, of which {sum(times > 0 for times in seen.values())} were begun again, and srun: same as one process")
        if "--large" in sys.argv[2:]:
            check_large(folder)
        assert not descendants(), "something goes on after Slurm was stopped"


main()

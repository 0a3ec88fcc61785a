#!/usr/bin/python3
"""Faults of disk, folder, memory, clock and company, each provoked on a run of its own: what Kith says, how it ends, and that all
written before is intact.

test_provoked.py KITH FAILING_CALLS [CASE]  runs them; FAILING_CALLS is the library of tests/fault/failing_calls.cpp.
test_provoked.py --table              prints the table of errors in the README, which is made from the list below.
"""
import errno
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py

README = Path(__file__).resolve().parents[2] / "README.md"

# name: (what goes wrong, what Kith says, exit status, what is left); FAULTS[name] is what the test of this name expects.
FAULTS = {
    "full disk": ("the disk is full", "No space left on device", 6, "segments and checkpoints of before; `kith resume` goes on"),
    "broken disk": ("the disk fails", "Input/output error", 6, "the same"),
    "folder removed": ("the output's folder is removed while the run goes on", "was removed, or taken by another run|No such file or directory", (1, 6), "what was not in that folder"),
    "folder closed": ("the output's folder can no longer be written", "Permission denied", 6, "segments and checkpoints of before"),
    "memory": ("memory runs out", "out of memory", 1, "segments and checkpoints of before"),
    "person": ("a number of a person is none, found by `--audit`", "is not a number", 1, "segments and checkpoints of before; the message says how to see that person"),
    "too little memory": ("the scenario needs more memory than there is", "of memory, and", 1, "nothing was begun"),
    "second run": ("another run writes to the same file", "is being written by another run", 6, "the first run is not disturbed"),
    "truncated checkpoint": ("a checkpoint was cut short or changed", "cannot be used", 0, "the one before it is taken"),
    "foreign checkpoint": ("checkpoints of several runs lie together", "holds checkpoints of several runs", 5, "all of it"),
    "no checkpoint": ("a run was killed before its first checkpoint", "has no checkpoint to go on from", 1, "segments; `kith check --repair` makes a file of them"),
    "changed result": ("a result is not what was written", "is not what was written", 5, "all of it"),
}


def table():
    rows = ["| what goes wrong | what Kith says | exit status | what is left |", "|---|---|---|---|"]
    for what, says, status, left in FAULTS.values():
        statuses = " or ".join(map(str, status)) if isinstance(status, tuple) else status
        rows.append(f"| {what} | … {says.split('|')[0]} … | {statuses} | {left} |")
    return "\n".join(rows) + "\n"


if sys.argv[1:] == ["--table"]:
    print(table(), end="")
    sys.exit()

KITH, SHIM = (str(Path(word).resolve()) for word in sys.argv[1:3])
SMALL = """kith: 1
title: Faults
time: {tick: 6 h, burn_in: 2 d, duration: 6 d}
people: {count: 40}
network: {generate: layers, sizes: [5]}
trial: {participants: {count: 8}, design: parallel, arms: {a: {drug: naltrexone, doses: 50 mg}, b: {drug: placebo, like: a}}}
record: {every: 1 d}
"""
LONG = SMALL.replace("6 d}", "3000 d}").replace("count: 40", "count: 300")


def kith(*words, folder, shim=None, **options):
    environment = {**os.environ, **({"LD_PRELOAD": SHIM, **{name: str(value) for name, value in shim.items()}} if shim else {})}
    return subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, timeout=120, cwd=folder, env=environment, **options)


def fingerprint(folder, name="out.h5"):
    said = kith("info", name, "--check", folder=folder)
    assert said.returncode == 0, said.stderr
    return re.search(r"^fingerprint +(\w+)$", said.stdout, re.M).group(1)


class Provoked(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "s.yaml").write_text(SMALL)
        (self.folder / "long.yaml").write_text(LONG)

    def expect(self, name, done):
        _, says, status, _ = FAULTS[name]
        self.assertIn(done.returncode, status if isinstance(status, tuple) else (status,), done.stderr)
        self.assertRegex(done.stderr, says)
        self.assertNotIn("bad_alloc", done.stderr)

    def begin(self, *words, scenario="long.yaml"):
        """A long run, and when its first segment and checkpoint are there."""
        run = subprocess.Popen([KITH, "run", scenario, "-o", "out/out.h5", "-q", "--checkpoint-every", "0.1s", "--save-every", "0.1s", *words],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        parts = self.folder / "out/out.h5.parts"
        while run.poll() is None and not (list(parts.glob("*checkpoint*.h5")) and list(parts.glob("*-replicate-*.h5"))):
            time.sleep(0.005)
        return run

    def test_every_write_that_fails_leaves_readable_files_and_a_run_that_goes_on(self):
        """Of a run that ends, and of one that stops with a checkpoint; the nth write fails, alone or with all after it."""
        (self.folder / "s.yaml").write_text("".join(line + "\n" for line in SMALL.splitlines() if not line.startswith("trial")))
        kith("run", "s.yaml", "-o", "out.h5", "-q", folder=self.folder)
        wanted = fingerprint(self.folder)
        ends = {}
        for words, usual in (([], 0), (["--stop-at", "3d"], 75)):
            words = ["run", "s.yaml", "-o", "out.h5", "-q", "--threads", 1, "--force", *words]
            count = self.folder / "count"
            kith(*words, folder=self.folder, shim={"KITH_FAIL_COUNT": count})
            writes = int(count.read_text().split()[0])
            self.assertGreater(writes, 40)

            def fail(number, words=words, usual=usual):
                folder = Path(tempfile.mkdtemp(dir=self.folder))
                shutil.copy(self.folder / "s.yaml", folder)
                kind, code = (("full disk", errno.ENOSPC), ("broken disk", errno.EIO))[number % 2]
                done = kith(*words, folder=folder, shim={"KITH_FAIL_WRITE": number, "KITH_FAIL_ERROR": code, "KITH_FAIL_AFTER": number // 2 % 2})
                if done.returncode != usual:  # else it failed where that costs nothing
                    self.expect(kind, done)
                for path in folder.rglob("*.h5"):
                    with h5py.File(path) as file:
                        assert file.attrs["state"] in ("partial", "complete"), (number, path)
                        for table in file.values():
                            for one in table.values():
                                one[()]
                assert not list(folder.glob("*.tmp")), number
                if number % 8 == 0 or done.returncode == usual:  # what was kept is good, and the same run can be made
                    again = kith("resume", "out.h5", "-q", folder=folder)
                    if again.returncode != 0:
                        assert re.search("has no checkpoint to go on from|does not exist", again.stderr), (number, again.stderr)
                        again = kith("run", "s.yaml", "-o", "out.h5", "-q", folder=folder)
                    assert again.returncode == 0, (number, again.stderr)
                    assert fingerprint(folder) == wanted, number
                shutil.rmtree(folder)
                return done.returncode

            with ThreadPoolExecutor(2) as pool:
                for status in pool.map(fail, range(1, writes + 1)):
                    ends[status] = ends.get(status, 0) + 1
        print(f"writes that failed, by exit status: {ends}; 0 unreadable files", file=sys.stderr)
        self.assertGreater(ends.get(6, 0), 80)

    def test_the_folder_goes_away_or_is_closed_while_the_run_goes_on(self):
        (self.folder / "out").mkdir()
        run = self.begin()
        self.assertIsNone(run.poll())
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        shutil.rmtree(self.folder / "out", ignore_errors=True)  # the run may have written meanwhile
        _, said = run.communicate(timeout=60)
        self.expect("folder removed", subprocess.CompletedProcess([], run.returncode, "", said))

    @unittest.skipIf(os.getuid() != 0, "needs root, to run as somebody else")
    def test_a_folder_that_can_no_longer_be_written(self):
        program = self.folder / "kith"
        shutil.copy(KITH, program)
        os.chmod(self.folder, 0o755)
        out = self.folder / "out"
        out.mkdir()
        shutil.chown(out, 65534)
        run = subprocess.Popen([program, "run", "long.yaml", "-o", "out/out.h5", "-q", "--checkpoint-every", "0.1s", "--save-every", "0.1s"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.folder, user=65534)
        parts = out / "out.h5.parts"
        while run.poll() is None and not list(parts.glob("*checkpoint*.h5")):
            time.sleep(0.005)
        os.chmod(parts, 0o555)
        os.chmod(out, 0o555)
        _, said = run.communicate(timeout=60)
        self.expect("folder closed", subprocess.CompletedProcess([], run.returncode, "", said))
        os.chmod(parts, 0o755)
        os.chmod(out, 0o755)
        checked = kith("check", "out/out.h5", folder=self.folder)
        self.assertIn("goes on from", checked.stdout)
        done = kith("resume", "out/out.h5", "-q", "--max-hours", "1e-9", folder=self.folder)
        self.assertEqual(done.returncode, 75, done.stderr)

    def test_memory_that_runs_out_at_any_allocation_in_any_thread(self):
        count = self.folder / "count"
        text = SMALL.replace("count: 40", "count: 17000")
        (self.folder / "s.yaml").write_text(text)
        words = ["run", "s.yaml", "-o", "out.h5", "-q", "--force", "--checkpoint-every", "0.05s"]
        kith(*words, folder=self.folder, shim={"KITH_FAIL_COUNT": count})
        wanted = fingerprint(self.folder)
        news = int(count.read_text().split()[1])
        self.assertGreater(news, 100)
        failed = 0
        for k in range(1, 7):
            os.path.exists(self.folder / "out.h5") and os.remove(self.folder / "out.h5")
            done = kith(*words, folder=self.folder, shim={"KITH_FAIL_NEW": 1 + news * k // 7})
            if done.returncode == 0:
                continue  # where it can do without
            failed += 1
            self.expect("memory", done)
            again = kith("resume", "out.h5", "-q", folder=self.folder)
            if again.returncode != 0:
                again = kith(*words, folder=self.folder)
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertEqual(fingerprint(self.folder), wanted)
        self.assertGreater(failed, 3)

    def test_a_person_without_a_number_is_named_by_the_thread_that_finds_it(self):
        """Memory goes bad, piece by piece, until it is a column of the people's state."""
        (self.folder / "s.yaml").write_text(SMALL.replace("count: 40", "count: 17000").replace("burn_in: 2 d, duration: 6 d", "burn_in: 1 d, duration: 1 d"))
        words = ["run", "s.yaml", "-o", "out.h5", "-q", "--force", "--audit", "--threads", 2, "--checkpoint-every", "0.05s"]
        count = self.folder / "count"
        kith(*words, folder=self.folder, shim={"KITH_FAIL_COUNT": count})
        wanted = fingerprint(self.folder)
        found = 0
        for piece in range(1, int(count.read_text().split()[1])):
            os.path.exists(self.folder / "out.h5") and os.remove(self.folder / "out.h5")
            done = kith(*words, folder=self.folder, shim={"KITH_SPOIL": piece})
            if done.returncode == 0 or "is not a number" not in done.stderr:
                continue  # not people's state
            found += 1
            self.expect("person", done)
            named = re.search(r"person (\d+), hour -?\d+, phase \"[\w ]+\": [a-z_]+ is not a number", done.stderr)
            self.assertIsNotNone(named, done.stderr)
            command = re.search(r"to see it: kith (.*)", done.stderr).group(1)
            seen = kith(*shlex.split(command), folder=self.folder)
            self.assertEqual(seen.returncode, 0, seen.stderr)
            self.assertIn(f"person {named.group(1)}", seen.stdout)
            self.assertEqual(kith("check", "out.h5", folder=self.folder).returncode, 75)
            self.assertEqual(kith(*words, folder=self.folder).returncode, 0)
            self.assertEqual(fingerprint(self.folder), wanted)
            if found == 3:
                return
        self.fail("no piece of memory was people's state")

    def test_more_memory_than_there_is_is_refused_before_the_run(self):
        (self.folder / "s.yaml").write_text(SMALL.replace("count: 40", "count: 90000000"))
        self.expect("too little memory", kith("run", "s.yaml", "-o", "out.h5", folder=self.folder))
        self.assertEqual(sorted(os.listdir(self.folder)), ["long.yaml", "s.yaml"])

    def test_a_clock_that_jumps_changes_nothing(self):
        words = ["run", "s.yaml", "-q", "--checkpoint-every", "0.001s", "--save-every", "0.001s", "--max-hours", "1"]
        kith(*words, "-o", "straight.h5", folder=self.folder)
        for jump in (-10 * 365 * 86400, 86400, 300 * 365 * 86400):
            done = kith(*words, "-o", "out.h5", "--force", folder=self.folder, shim={"KITH_CLOCK_JUMP": jump})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(fingerprint(self.folder), fingerprint(self.folder, "straight.h5"))

    def test_a_second_run_to_the_same_file_and_a_kill_without_checkpoint(self):
        (self.folder / "out").mkdir()
        run = self.begin()
        self.expect("second run", kith("run", "s.yaml", "-o", "out/out.h5", folder=self.folder))
        self.expect("second run", kith("resume", "out/out.h5", folder=self.folder))
        self.assertIsNone(run.poll())
        run.send_signal(signal.SIGKILL)
        run.communicate()
        for checkpoint in (self.folder / "out/out.h5.parts").glob("*checkpoint*"):
            checkpoint.unlink()
        self.expect("no checkpoint", kith("resume", "out/out.h5", folder=self.folder))
        kith("check", "out/out.h5", "--repair", folder=self.folder)
        self.assertEqual(kith("info", "out/out-repaired.h5", "--check", folder=self.folder).returncode, 0)

    def test_checkpoints_that_cannot_be_used_and_results_that_were_changed(self):
        (self.folder / "out").mkdir()
        parts = self.folder / "out/out.h5.parts"
        run = self.begin()
        while run.poll() is None and len(list(parts.glob("*checkpoint*.h5"))) < 2:
            time.sleep(0.005)
        run.kill()
        run.communicate()
        newest = max(parts.glob("*checkpoint*.h5"))
        whole = newest.read_bytes()
        newest.write_bytes(whole[:len(whole) // 2])
        done = kith("resume", "out/out.h5", "--stop-at", "1 d", folder=self.folder)
        self.assertIn(done.returncode, (0, 75))
        self.expect("truncated checkpoint", subprocess.CompletedProcess([], 0, "", done.stderr))
        kith("run", "s.yaml", "-o", "a.h5", "--checkpoint-every", "1h", folder=self.folder)
        data = bytearray((self.folder / "a.h5").read_bytes())
        data[len(data) // 2] ^= 1
        (self.folder / "a.h5").write_bytes(bytes(data))
        self.expect("changed result", kith("info", "a.h5", "--check", folder=self.folder))
        run = self.begin("--force")
        run.kill()
        run.communicate()
        one = max(parts.glob("*checkpoint*.h5"))
        shutil.copy(one, one.with_name("00000000" + one.name[8:]))
        self.expect("foreign checkpoint", kith("resume", "out/out.h5", folder=self.folder))

    def test_the_table_in_the_readme_is_made_from_these(self):
        self.assertIn(table(), README.read_text())


unittest.main(argv=[sys.argv[0], "-v", *sys.argv[3:]])

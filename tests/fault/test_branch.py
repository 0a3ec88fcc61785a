#!/usr/bin/python3
"""Runs that are done again, branch off, and pause at an exact tick: the same bits wherever nothing is changed.

test_branch.py KITH [CASE]
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py
import numpy as np

from stopped_runs import HEAD, SCENARIOS, bits

KITH = str(Path(sys.argv[1]).resolve())


def kith(*words, status=0, **options):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, timeout=300, **options)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def run_of(self, text, name="out.h5", *words):
        Path("s.yaml").write_text(text)
        kith("run", "s.yaml", "-o", name, "-q", "--force", *words)
        return bits(name)


class Replay(Case):
    def test_every_scenario_is_run_again_to_the_same_bits(self):
        for name, text in SCENARIOS.items():
            with self.subTest(name):
                self.run_of(text)
                done = kith("replay", "out.h5", "-q", "--threads", 2)
                self.assertTrue(done.stdout.endswith("the same bits\n"), done.stdout)
                self.assertRegex(done.stdout, r"tables       all \d+ the same\n")

    def test_one_replicate_and_several_theories(self):
        for words in (["--replicate", 1], ["--theory", "botsa,none"]):
            with self.subTest(words):
                self.run_of(SCENARIOS["a crossover in its wash-out"], "out.h5", *words)
                self.assertIn("the same bits\n", kith("replay", "out.h5").stdout)

    def test_the_file_alone_in_an_empty_folder(self):
        Path("ties.csv").write_text("".join(f"{k},{(k + step) % 90}\n" for k in range(90) for step in (1, 2, 5)))
        text = HEAD.replace("{generate: layers, sizes: [5, 10]}", "{file: ties.csv}")
        self.run_of(text)
        os.mkdir("elsewhere")
        shutil.move("out.h5", "elsewhere")
        os.remove("ties.csv")
        kith("replay", "out.h5", cwd="elsewhere")

    def test_bits_that_differ_are_told(self):
        self.run_of(SCENARIOS["ties that live"])
        before = Path("out.h5").read_bytes()
        Path("out.h5").write_bytes(before[:before.rindex(b"\nkith checksum ")])  # as a program that writes its own would leave it
        with h5py.File("out.h5", "r+") as file:
            fingerprint = str(file.attrs["fingerprint"])
            file.attrs["fingerprint"] = "0123456789abcdef"
            file.attrs["kith_version"] = "0.0.1"
            del file.attrs["checksum"]
        done = kith("replay", "out.h5", status=5)
        self.assertIn(f"fingerprint  0123456789abcdef, now {fingerprint}\n", done.stdout)
        self.assertRegex(done.stdout, r"kith         0\.0\.1, commit [\w-]+, now ")
        self.assertIn("NOT the same bits: another version of kith may differ\n", done.stdout)

    def test_what_cannot_be_run_again_says_why(self):
        Path("s.yaml").write_text(SCENARIOS["ties that live"])
        done = kith("replay", "s.yaml", status=2)
        self.assertIn("s.yaml is no result", done.stderr)
        self.assertIn("--person and --tick belong together", kith("replay", "s.yaml", "--person", 3, status=2).stderr)
        kith("run", "s.yaml", "-o", "part.h5", "--max-hours", "1e-9", status=75)
        self.assertIn("kith resume part.h5 goes on with it", kith("replay", "part.h5", status=1).stderr)
        kith("resume", "part.h5", "-q")
        self.assertIn("go with a scenario", kith("replay", "part.h5", "--seed", 3, status=2).stderr)

    def test_a_person_at_a_tick_is_as_the_people_table_has_it(self):
        text = SCENARIOS["a crossover in its wash-out"].replace("record: {every: 1 d}", "record: {every: 1 h, people: 4}")
        self.run_of(text)
        with h5py.File("out.h5") as file:
            table = file["people"]
            people = [int(one) for one in table["person"][:]]
            columns = {name: table[name][:] for name in table if table[name].ndim == 3}
        self.assertGreater(len(columns), 15)
        for replicate, tick in ((0, 0), (0, 37), (1, 500)):
            done = kith("replay", "out.h5", "--person", people[2], "--tick", tick, "--replicate", replicate, "-q")
            said = {line.split()[0]: line.split()[1:3] for line in done.stdout.splitlines()[3:]}
            for name, values in columns.items():
                at = values[replicate, tick:tick + 2, 2]
                self.assertEqual([np.float32(text) for text in said[name]], list(at), (name, tick))

    def test_a_person_in_the_burn_in_in_the_twin_and_nowhere(self):
        self.run_of(SCENARIOS["a crossover in its wash-out"])
        burn_in = kith("replay", "out.h5", "--person", 3, "--tick=-1").stdout
        self.assertIn("person 3, virtual study 0, world burn-in, tick -1 (hour -1 on)", burn_in)
        start = kith("replay", "s.yaml", "--person", 3, "--tick", 0).stdout
        value = lambda text, name, column: re.search(rf"^{name} +(\S+) +(\S+)", text, re.M).group(column)
        self.assertEqual(value(burn_in, "connection", 2), value(start, "connection", 1))
        with h5py.File("out.h5") as file:
            self.assertIn("diary", file)
        treated, twin = (kith("replay", "out.h5", "--person", who, "--tick", 300, *world).stdout
                         for who, world in ((0, []), (0, ["--world", "twin"])))
        self.assertIn("world twin", twin)
        self.assertEqual(value(treated, "tone", 1), value(twin, "tone", 1))
        self.assertIn("there is no person 300", kith("replay", "out.h5", "--person", 300, "--tick", 3, status=2).stderr)
        self.assertIn("tick 2400 is not in world treated", kith("replay", "out.h5", "--person", 3, "--tick", 2400, status=2).stderr)
        self.assertIn("is not in world twins", kith("replay", "out.h5", "--person", 3, "--tick", 3, "--world", "twins", status=2).stderr)


class Branch(Case):
    def test_a_branch_without_a_change_is_its_parent(self):
        for name, text in SCENARIOS.items():
            with self.subTest(name):
                wanted = self.run_of(text)
                for at in ("37 d", "0 d", "2399 h"):
                    kith("branch", "out.h5", "--at", at, "-o", "branch.h5", "-q", "--threads", 2, "--force")
                    self.assertEqual(bits("branch.h5")[:2], wanted[:2], at)

    def rows(self, path, table, variable):
        with h5py.File(path) as file:
            return file[table]["time"][:], file[table][variable][:]

    def test_what_changes_differs_from_then_on_and_not_before(self):
        for name in ("ties that live", "a crossover in its wash-out"):
            with self.subTest(name):
                self.run_of(SCENARIOS[name])
                kith("branch", "out.h5", "--at", "37 d", "--set", "meeting.contacts_per_day=2", "-o", "branch.h5", "-q", "--force")
                hours, parent = self.rows("out.h5", "population", "contacts_per_day")
                _, branch = self.rows("branch.h5", "population", "contacts_per_day")
                before = hours <= 37 * 24
                self.assertTrue(np.array_equal(parent[:, before], branch[:, before], equal_nan=True))
                later = hours > 39 * 24
                self.assertLess(np.nanmax(branch[:, later]), 0.6 * np.nanmin(parent[:, later]))

    def test_a_change_at_the_start_is_what_a_run_with_it_does(self):
        # With no burn-in, what acts from hour 0 on acts from the start: a plain second way to the same numbers.
        text = SCENARIOS["ties that live"].replace("burn_in: 7 d", "burn_in: 0 h")
        self.run_of(text)
        for change in ("feelings.connection.time=20 h", "receptor.release=0.05", "theory.approach_gain=0.3"):
            with self.subTest(change):
                kith("branch", "out.h5", "--at", "0 h", "--set", change, "-o", "branch.h5", "-q", "--force")
                kith("run", "s.yaml", "--set", change, "-o", "straight.h5", "-q", "--force")
                self.assertEqual(bits("branch.h5")[:2], bits("straight.h5")[:2])

    def test_an_event_can_come_be_changed_and_end_but_not_be_taken_away(self):
        with_event = SCENARIOS["an event that goes on"]
        self.run_of(with_event.split("events:")[0])
        lockdown = "{name: lockdown, at: 40 d, do: {opportunity: {factor: 0.1, home: 0.95}, for: 20 d}}"
        kith("branch", "out.h5", "--at", "30 d", "--set", f"events.0={lockdown}", "-o", "branch.h5", "-q")
        hours, parent = self.rows("out.h5", "population", "contacts_per_day")
        _, branch = self.rows("branch.h5", "population", "contacts_per_day")
        before, during = hours <= 40 * 24, (hours > 41 * 24) & (hours <= 60 * 24)
        self.assertTrue(np.array_equal(parent[:, before], branch[:, before], equal_nan=True))
        self.assertLess(np.nanmax(branch[:, during]), 0.5 * np.nanmin(parent[:, during]))
        # Its own moment counts as later: the event of the tick at which the branch leaves happens.
        kith("branch", "out.h5", "--at", "40 d", "--set", f"events.0={lockdown}", "-o", "late.h5", "-q")
        self.assertEqual(bits("late.h5")[:2], bits("branch.h5")[:2])
        # And the same as if it had been planned from the start.
        Path("s.yaml").write_text(with_event.split("events:")[0] + f"events: [{lockdown}]\n")
        kith("run", "s.yaml", "-o", "planned.h5", "-q")
        self.assertEqual(bits("planned.h5")[:2], bits("branch.h5")[:2])
        self.run_of(with_event, "two.h5")
        done = kith("branch", "two.h5", "--at", "30 d", "--set", "events=[]", "-o", "none.h5", status=3)
        self.assertIn("an event cannot be taken out of the list", done.stderr)
        kith("branch", "two.h5", "--at", "30 d", "--set", "events.1.until=31 d", "-o", "ended.h5", "-q")
        _, parent = self.rows("two.h5", "population", "loneliness")
        _, ended = self.rows("ended.h5", "population", "loneliness")
        self.assertTrue(np.array_equal(parent[:, hours <= 31 * 24], ended[:, hours <= 31 * 24], equal_nan=True))
        self.assertFalse(np.array_equal(parent, ended, equal_nan=True))

    def test_what_cannot_change_is_refused_with_the_reason(self):
        self.run_of(SCENARIOS["a crossover in its wash-out"])
        done = kith("branch", "out.h5", "--at", "30 d", "--set", "people.count=200", "--set", "trial.washout=10 d",
                    "--set", "seed=4", "--set", "feelings.connection.time=20 h", "-o", "branch.h5", status=3)
        for part in ("people.count: people are drawn with it", "trial.washout: who takes part", "seed: all chance follows from it"):
            self.assertIn(part, done.stderr)
        self.assertNotIn("feelings", done.stderr)
        for change in ("theory=none", "ties=living", "time.duration=200 d", "replicates=3"):
            self.assertIn("this cannot change in a run", kith("branch", "out.h5", "--at", "30 d", "--set", change, "-o", "branch.h5", status=3).stderr)
        self.assertIn('unknown key "conection"', kith("branch", "out.h5", "--at", "30 d", "--set", "feelings.conection.time=2 h", "-o", "branch.h5", status=3).stderr)
        for at, status in (("720.5 h", 3), ("100 d", 3), ("-1 d", 3), ("thirty", 2)):
            kith("branch", "out.h5", f"--at={at}", "-o", "branch.h5", status=status)
        self.assertIn("--at", kith("branch", "out.h5", "-o", "branch.h5", status=2).stderr)
        self.assertIn("-o", kith("branch", "out.h5", "--at", "3 d", status=2).stderr)
        kith("branch", "out.h5", "--at", "30 d", "-o", "out.h5", status=6)
        self.assertEqual(sorted(os.listdir()), ["out.h5", "s.yaml"])

    def test_the_file_tells_where_it_comes_from_and_branches_and_replays_again(self):
        self.run_of(SCENARIOS["an event that goes on"])
        kith("branch", "out.h5", "--at", "20 d", "--set", "meeting.contacts_per_day=5", "-o", "first.h5", "-q")
        kith("branch", "first.h5", "--at", "50 d", "--set", "feelings.need_time=30 h", "-o", "second.h5", "-q")
        with h5py.File("out.h5") as parent, h5py.File("first.h5") as first, h5py.File("second.h5") as second:
            told = json.loads(second["provenance/branchings"][()])
            self.assertEqual([one["until_hours"] for one in told], [480, 1200])
            self.assertEqual([one["parent_run_id"] for one in told], [parent.attrs["run_id"], first.attrs["run_id"]])
            self.assertEqual([one["parent_scenario_hash"] for one in told], [parent.attrs["scenario_hash"], first.attrs["scenario_hash"]])
        said = kith("info", "second.h5").stdout
        self.assertRegex(said, r"branch +off out\.h5 \(run \w{32}, scenario \w{16}\) at 20 d: meeting\.contacts_per_day=5\n")
        self.assertRegex(said, r"branch +off first\.h5 \(run \w{32}, scenario \w{16}\) at 50 d: feelings\.need_time=30 h\n")
        os.remove("out.h5")
        os.remove("first.h5")
        os.remove("s.yaml")
        self.assertIn("the same bits\n", kith("replay", "second.h5").stdout)
        done = kith("branch", "second.h5", "--at", "40 d", "-o", "third.h5", status=3)
        self.assertIn("is not in what is left of the run", done.stderr)

    def test_a_branch_that_is_stopped_goes_on(self):
        self.run_of(SCENARIOS["two trials at once"])
        change = ["--at", "37 d", "--set", "feelings.distress.stressors=0.5 /d"]
        kith("branch", "out.h5", *change, "-o", "straight.h5", "-q")
        wanted = bits("straight.h5")
        stops = 0
        for moment in (0.05, 0.3, 0.6, 0.9, 1.3):
            run = subprocess.Popen([KITH, "branch", "out.h5", *change, "-o", "branch.h5", "-q", "--force", "--threads", "1"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moment)
            run.send_signal(signal.SIGTERM)
            run.communicate(timeout=60)
            if run.returncode not in (0, 75):
                continue  # before it was ready to be stopped
            stops += run.returncode == 75
            kith("resume", "branch.h5", "-q", "--threads", 2)
            self.assertEqual(bits("branch.h5"), wanted)
        self.assertGreater(stops, 0)


class ExactTick(Case):
    def test_100_days_are_37_and_63_on_one_and_two_threads(self):
        """Paused in the treated world after just 37 days, in another process gone on with."""
        for name, text in SCENARIOS.items():
            with self.subTest(name):
                wanted = self.run_of(text, "straight.h5", "--threads", 1)
                for days in (37, 1, 99):
                    done = kith("run", "s.yaml", "-o", "out.h5", "-q", "--force", "--threads", 1, "--stop-at", f"{days} d", status=75)
                    self.assertIn(f"stopped at {days} d, as --stop-at says; all so far is in out.h5", done.stderr)
                    if "two trials" not in name:  # has two populations: the second waits while the first is there
                        with h5py.File("out.h5") as file:
                            self.assertEqual(float(file["population/time"][:].max()), 24.0 * days)
                    kith("resume", "out.h5", "--threads", 2, "-q")
                    self.assertEqual(bits("out.h5"), wanted)


unittest.main(argv=[sys.argv[0], "-v", *sys.argv[2:]])

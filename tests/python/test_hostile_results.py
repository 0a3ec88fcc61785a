#!/usr/bin/python3
"""Result files that are damaged or made to lead elsewhere, and outputs that are links or inputs.

Usage: test_hostile_results.py KITH, the program built with the model of the tests.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py
import numpy as np

KITH = str(Path(sys.argv.pop(1)).resolve())


def kith(*words):
    return subprocess.run([KITH, *words], capture_output=True, text=True, timeout=60)


class Results(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder.name)

    def run_to(self, path, *words):
        done = kith("run", "first-steps", "-o", path, "--set", "time.days=40", *words)
        self.assertEqual(done.returncode, 0, done.stderr)

    def refused(self, words, *texts, status=1):
        done = kith(*words)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        for text in texts:
            self.assertIn(text, done.stderr)
        return done

    def test_a_whole_result_is_checked_and_a_changed_one_is_not(self):
        self.run_to("a.h5")
        self.assertIn("every table is what was written", kith("info", "--check", "a.h5").stdout)
        self.assertIn('"checked": true', kith("info", "--check", "--json", "a.h5").stdout)
        changes = [lambda file: file["population/connection"].__setitem__((0, 7), 0.25),
                   lambda file: file["population/time"].__setitem__(3, 25.0),
                   lambda file: file["population/connection"].attrs.__setitem__("units", "furlong"),
                   lambda file: file.attrs.__setitem__("seed_text", "another"),
                   lambda file: file.attrs.__delitem__("checksum"),
                   lambda file: file["population"].attrs.__delitem__("checksum"),
                   lambda file: file["provenance/command_line"].__setitem__((), "kith run something else")]
        for number, change in enumerate(changes):
            Path("b.h5").write_bytes(Path("a.h5").read_bytes())
            with h5py.File("b.h5", "r+") as file:
                change(file)
            with self.subTest(number):
                self.refused(["info", "--check", "b.h5"], "checksum", status=5)
        self.refused(["info", "--check", "absent.h5"], "does not exist")

    def test_a_flipped_bit_never_changes_numbers_unseen(self):
        self.run_to("a.h5")
        numbers = kith("export", "a.h5", "--table", "population").stdout
        self.assertGreater(len(numbers), 100)
        whole = Path("a.h5").read_bytes()
        random.seed(20)
        seen = 0
        for _ in range(120):
            place = random.randrange(8 * len(whole))
            flipped = bytearray(whole)
            flipped[place // 8] ^= 1 << (place % 8)
            Path("b.h5").write_bytes(flipped)
            checked = kith("info", "--check", "b.h5")
            exported = kith("export", "b.h5", "--table", "population")
            with self.subTest(place):
                self.assertIn(checked.returncode, (0, 5), checked.stderr)
                self.assertIn(exported.returncode, (0, 1, 5), exported.stderr)
                if exported.returncode == 0:
                    self.assertEqual(exported.stdout, numbers)
            seen += checked.returncode == 5
        self.assertGreater(seen, 100)

    def test_nothing_outside_the_file_is_read(self):
        self.run_to("a.h5")
        self.run_to("secret.h5", "--seed", "2")
        with h5py.File("a.h5") as file:
            shape, values = file["population/connection"].shape, file["population/connection"][:]
        values.astype("<f4").tofile("raw.bin")

        def soft(file):
            file["twin"] = h5py.SoftLink("/population")

        def external(file):
            file["twin"] = h5py.ExternalLink("secret.h5", "/population")

        def external_variable(file):
            del file["population/connection"]
            file["population/connection"] = h5py.ExternalLink("secret.h5", "/population/connection")

        def external_provenance(file):
            del file["provenance"]
            file["provenance"] = h5py.ExternalLink("secret.h5", "/provenance")

        def virtual(file):
            del file["population/connection"]
            layout = h5py.VirtualLayout(shape=shape, dtype="f4")
            layout[:] = h5py.VirtualSource("secret.h5", "population/connection", shape=shape)
            file["population"].create_virtual_dataset("connection", layout)

        def raw(file):
            del file["population/connection"]
            file["population"].create_dataset("connection", shape=shape, dtype="f4", external=[("raw.bin", 0, h5py.h5f.UNLIMITED)])

        for change in (soft, external, external_variable, external_provenance, virtual, raw):
            Path("b.h5").write_bytes(Path("a.h5").read_bytes())
            with h5py.File("b.h5", "r+") as file:
                change(file)
            with self.subTest(change.__name__):
                self.refused(["info", "b.h5"], "not followed")
                self.refused(["info", "--check", "b.h5"], "not followed", status=5)
                self.refused(["export", "b.h5", "--table", "population"], "not followed")

    def test_sizes_that_overflow_or_that_no_file_holds_are_refused(self):
        self.run_to("a.h5")
        for name, shape in (("huge", (2**40, 2**40)), ("wraps", (2**33, 2**31)), ("many", (2**41,)), ("odd", (2**21, 2**21))):
            Path("b.h5").write_bytes(Path("a.h5").read_bytes())
            with h5py.File("b.h5", "r+") as file:
                del file["population/connection"]
                file["population"].create_dataset("connection", shape=shape, dtype="f4", chunks=tuple(8 for _ in shape))
            with self.subTest(name):
                self.refused(["info", "b.h5"], "more values than Kith")
                self.refused(["info", "--check", "b.h5"], "more values than Kith", status=5)
        Path("b.h5").write_bytes(Path("a.h5").read_bytes())
        with h5py.File("b.h5", "r+") as file:
            del file["population/time"]
            file["population"].create_dataset("time", shape=(2**34,), dtype="f8", chunks=(1024,)).make_scale("time")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.refused(["info", "b.h5"], "longer than the file", status=5)
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before, 200_000)

    def test_unrelated_results_in_a_folder_are_not_one_run(self):
        for name in ("a.h5", "b.h5"):
            self.run_to(name)
        self.refused(["info", "."], "no segment of a result")
        os.mkdir("mixed")
        for number, name in enumerate(("a.h5", "b.h5"), 1):
            os.rename(name, f"mixed/0000000{number}-0000000{number}-replicate-0.h5")
        self.refused(["info", "mixed"], "several runs")

    def test_a_link_as_output_stays_and_its_target_is_written(self):
        os.mkdir("far")
        for existing in (False, True):
            for command in (["run", "first-steps", "-o", "link.h5"], ["export", "kept.h5", "--table", "population", "--csv", "link.csv"],
                            ["network", "first-steps", "-o", "link.csv"], ["new", "first-steps", "-o", "link.yaml"]):
                name = command[-1]
                if command[0] == "export":
                    self.run_to("kept.h5", "--force")
                if os.path.lexists(name):
                    os.unlink(name)
                os.symlink(f"far/{name}", name)
                with self.subTest(command, existing=existing):
                    done = kith(*command, "--force")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertTrue(os.path.islink(name))
                    self.assertGreater(os.path.getsize(f"far/{name}"), 0)

    def test_no_command_writes_onto_an_input(self):
        self.run_to("a.h5")
        before = Path("a.h5").read_bytes()
        os.symlink("a.h5", "link.h5")
        os.link("a.h5", "same.csv")
        for target in ("a.h5", "./a.h5", "link.h5", "same.csv"):
            self.refused(["export", "a.h5", "--table", "population", "--csv", target, "--force"], "is read", status=6)
        kith("new", "first-steps", "-o", "mine.txt")
        text = Path("mine.txt").read_text()
        self.refused(["run", "mine.txt", "-o", "mine.txt", "--force"], status=6)
        self.assertEqual(Path("mine.txt").read_text(), text)
        self.assertEqual(Path("a.h5").read_bytes(), before)

    def test_a_second_run_to_one_file_is_refused_and_the_first_is_whole(self):
        slow = ["run", "first-steps", "-o", "out.h5", "--save-every", "0.05s", "--set", "time.days=60", "--set", "time.pause=0.05 s"]
        first = subprocess.Popen([KITH, *slow, "--seed", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 30
        while not list(Path(".").glob("out.h5.parts/*.h5")) and time.monotonic() < deadline:
            time.sleep(0.01)
        for force in ([], ["--force"]):
            self.refused([*slow, "--seed", "2", *force], f"is being written by another run (process {first.pid} on", status=6)
        self.assertIn(f"the run goes on (process {first.pid} on", kith("info", "out.h5").stdout)
        self.assertEqual(first.wait(timeout=60), 0, first.stderr.read())
        first.stderr.close()
        self.assertEqual(os.listdir("."), ["out.h5"])
        with h5py.File("out.h5") as file:
            self.assertEqual(file.attrs["seed_text"] if "seed_text" in file.attrs else str(file.attrs["seed"]), "1")
            self.assertEqual(file["population/connection"].shape[1], 60)
        self.assertEqual(kith("info", "--check", "out.h5").returncode, 0)

    def test_of_a_job_array_that_forgot_its_index_one_run_is_kept(self):
        runs = [subprocess.Popen([KITH, "run", "first-steps", "-o", "out.h5", "--save-every", "0.05s", "--set", "time.days=40",
                                  "--set", "time.pause=0.05 s", "--seed", str(seed)],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for seed in range(3)]
        said = [run.communicate(timeout=60)[1] for run in runs]
        self.assertEqual(sorted(run.returncode for run in runs), [0, 6, 6], said)
        self.assertEqual(kith("info", "--check", "out.h5").returncode, 0)
        with h5py.File("out.h5") as file:
            self.assertEqual(file["population/connection"].shape, (1, 40))
            self.assertEqual(runs[int(file.attrs["seed"])].returncode, 0)
            self.assertEqual(len(np.unique(file["population/connection"][:])), 1, "rows of two runs")

    def test_a_name_too_long_and_a_folder_that_is_not_there_are_told(self):
        for name in ("x" * 300 + ".h5", "nowhere/x.h5"):
            self.refused(["run", "first-steps", "-o", name], "name is too long" if len(name) > 200 else "cannot write in", status=6)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
"""Memory, signals and hostile files, with the real model: what is refused before anything is made, and what stops at once.

Usage: test_limits.py KITH [Memory|Signals|Files]
"""

import gzip
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

KITH = str(Path(sys.argv.pop(1)).resolve())
IS_SANITIZED = b"__asan_init" in Path(KITH).read_bytes()  # its memory is not the model's


def kith(*words, **options):
    return subprocess.run([KITH, *words], capture_output=True, text=True, timeout=120, **options)


def under(limits, *words):
    """Runs kith under ulimit."""
    return subprocess.run(["bash", "-c", f'ulimit {limits}; exec "$@"', "bash", KITH, *words], capture_output=True, text=True, timeout=120)


def peak(*words):
    """Largest memory of a run [MB]."""
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.execv(KITH, [KITH, "run", *words])
    _, status, used = os.wait4(pid, 0)
    assert status == 0, (words, status)
    return used.ru_maxrss / 1e3


def estimate(*words):
    """What the program says that a run needs [MB]: a limit below it makes the program tell."""
    done = under("-v 90000", "run", *words)
    assert done.returncode == 1, (words, done.stderr)
    value, unit = done.stderr.split("needs about ")[1].split()[:2]
    return float(value) * {"MB": 1.0, "GB": 1e3}[unit]


SHORT = ["--set", "time.burn_in=0 h", "--set", "time.duration=1 d", "--threads", "2"]
SCENARIO = """kith: 1
title: Limits
time: {burn_in: 0 h, duration: 1 d}
people: {count: %d}
network: {%s}
%s
"""


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def scenario(self, people, network="generate: layers, sizes: [5, 10, 35]", more="", name="s.yaml"):
        Path(name).write_text(SCENARIO % (people, network, more))
        return name


@unittest.skipIf(IS_SANITIZED, "a sanitizer takes memory of its own")
class Memory(Folder):
    def test_estimates_lie_between_the_truth_and_about_twice_as_much(self):
        living = "ties: living"
        many = "replicates: 4\n"
        own = "replicates: {count: 4, population: new}\n"
        cases = [
            ("layers", self.scenario(100_000, name="a.yaml")),
            ("living", self.scenario(100_000, more=living, name="b.yaml")),
            ("replicates", self.scenario(100_000, more=many + living, name="c.yaml")),
            ("populations", self.scenario(100_000, more=own, name="d.yaml")),
            ("random", self.scenario(200_000, "generate: erdos_renyi, mean_ties: 30", name="e.yaml")),
            ("preferential", self.scenario(200_000, "generate: preferential_attachment, ties: 15", name="f.yaml")),
            ("small world", self.scenario(200_000, "generate: small_world, ties: 30", name="g.yaml")),
            ("rmat", self.scenario(200_000, "generate: rmat, mean_ties: 30", name="h.yaml")),
        ]
        with open("ties.txt", "w") as ties:
            for person in range(100_000):
                ties.writelines(f"{person} {(person * 7 + step * step * 31 + 1) % 100_000}\n" for step in range(15))
        cases.append(("file", self.scenario(10, "file: ties.txt", name="i.yaml")))
        for name, scenario in cases:
            with self.subTest(name):
                said, taken = estimate(scenario, "--threads", "2"), peak(scenario, "--threads", "2")
                print(f"{name}: {said:.0f} MB said, {taken:.0f} MB taken, {said / taken:.2f}", file=sys.stderr)
                self.assertGreater(said, 0.95 * taken)
                self.assertLess(said, 2.2 * taken)

    def test_a_run_that_does_not_fit_is_refused_before_it_makes_or_writes_anything(self):
        scenario = self.scenario(1_000_000)
        start = time.monotonic()
        done = under("-v 1000000", "run", scenario, "-o", "out.h5")
        self.assertLess(time.monotonic() - start, 2.0)
        self.assertEqual(done.returncode, 1)
        self.assertIn("of memory, and ulimit -v leaves", done.stderr)
        self.assertEqual(sorted(os.listdir()), [scenario])

    def test_out_of_memory_says_so_and_ends_as_documented(self):
        scenario = self.scenario(1_000_000)
        for limit in (300_000, 500_000, 700_000, 1_000_000):
            with self.subTest(limit):
                done = under(f"-v {limit}", "run", scenario, "--force", "-o", f"out{limit}.h5")
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("out of memory", done.stderr)
                self.assertNotIn("bad_alloc", done.stderr)


class Signals(Folder):
    def stop(self, after, number, *words):
        """Sends a signal to a run after so many seconds; returns exit status, messages and seconds until it ended."""
        run = subprocess.Popen([KITH, "run", *words, "--force"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(after)
        start = time.monotonic()
        run.send_signal(number)
        _, messages = run.communicate(timeout=120)
        return run.returncode, messages, time.monotonic() - start

    def check(self, scenario, moments, within=2.0):
        for moment, number, reason in moments:
            with self.subTest(moment):
                status, messages, seconds = self.stop(moment, number, scenario)
                print(f"{scenario}: {number!r} after {moment} s ended it in {seconds:.2f} s", file=sys.stderr)
                self.assertEqual(status, 1)
                self.assertIn(reason, messages)
                self.assertLess(seconds, within)

    def test_making_a_million_people_stops_within_two_seconds(self):
        self.check(self.scenario(1_000_000), [(0.5, signal.SIGTERM, "SIGTERM"), (2.0, signal.SIGINT, "Ctrl-C"), (4.0, signal.SIGUSR1, "SIGUSR1")])

    def test_no_moment_of_making_ten_million_ties_is_deaf(self):
        scenario = self.scenario(1_000_000, "generate: erdos_renyi, mean_ties: 20", name="moments.yaml")
        self.check(scenario, [(moment, signal.SIGTERM, "SIGTERM") for moment in (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)])

    def test_every_way_to_make_a_network_stops(self):
        networks = ["erdos_renyi, mean_ties: 100", "small_world, ties: 100", "preferential_attachment, ties: 40", "rmat, mean_ties: 50",
                    "configuration, mean_ties: 60", "stochastic_block, within: 60"]
        for k, network in enumerate(networks):
            self.check(self.scenario(1_000_000, "generate: " + network, name=f"n{k}.yaml"), [(1.5, signal.SIGTERM, "SIGTERM")],
                       within=4.0)  # most of it gives back some gigabytes of memory

    def test_reading_a_large_network_stops(self):
        with open("ties.txt", "w") as ties:
            for step in range(25):
                ties.write("".join(f"{person} {(person * 7 + step * step * 31 + 1) % 300_000}\n" for person in range(300_000)))
        self.check(self.scenario(10, "file: ties.txt"), [(0.2, signal.SIGXCPU, "SIGXCPU"), (1.0, signal.SIGTERM, "SIGTERM")])


class Files(Folder):
    def refused(self, *words, status=3, within=5.0):
        start = time.monotonic()
        done = kith(*words)
        self.assertLess(time.monotonic() - start, within, words)
        self.assertEqual(done.returncode, status, done.stderr[:500])
        self.assertLess(len(done.stderr), 2000)
        return done.stderr

    def test_devices_and_pipes_are_no_networks_and_no_tables_about_people(self):
        os.mkfifo("pipe")
        for path in ("/dev/zero", os.path.abspath("pipe"), "/dev/null"):
            self.assertIn("a pipe or a device", self.refused("run", self.scenario(10, f"file: {path}")))
            self.assertIn("a pipe or a device", self.refused("run", self.scenario(10, more=f"record: {{every: 1 d}}"), "--set", f"people.columns.file={path}"))

    def test_a_scenario_may_come_from_a_pipe(self):
        scenario = self.scenario(50)
        done = subprocess.run(["bash", "-c", f"{KITH} run <(cat {scenario})"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = subprocess.run(["bash", "-c", f"{KITH} run /dev/zero"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn("too large for a scenario", done.stderr)

    def test_a_text_over_the_largest_size_is_refused_unread(self):
        with open("large.txt", "wb") as large:
            large.truncate(4_000_000_001)
        message = self.refused("run", self.scenario(10, "file: large.txt"), within=2.0)
        self.assertIn("is too large", message)

    @unittest.skipIf(IS_SANITIZED, "a sanitizer takes memory of its own")
    def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(self):
        member = gzip.compress(b"\n" * 50_000_000, 6)
        Path("bomb.gz").write_bytes(member * 90)  # 4.5 GB
        scenario = self.scenario(10, "file: bomb.gz")
        start = time.monotonic()
        done = under("-v 1500000", "run", scenario, "--force")
        self.assertLess(time.monotonic() - start, 30.0)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("is too large (ulimit -v leaves", done.stderr)

    def test_a_million_columns_are_a_short_note(self):
        columns = 1_000_000
        Path("wide.csv").write_text(",".join(["a", "b", *(f"c{k}" for k in range(columns - 2))]) + "\n" +
                                    ",".join(["1", "2"] + ["0"] * (columns - 2)) + "\n")
        done = kith("run", self.scenario(10, "file: wide.csv"))
        self.assertEqual(done.returncode, 0, done.stderr[:500])
        self.assertLess(len(done.stdout), 20_000)
        message = self.refused("run", self.scenario(10, "file: wide.csv, weight: strength"), within=30.0)
        self.assertIn("999980 more", message)

    def test_a_tick_that_is_no_whole_number_of_seconds_is_refused(self):
        message = self.refused("run", self.scenario(10, "generate: erdos_renyi, mean_ties: 3"), "--set", "time.tick=3600.4 s")
        self.assertIn("does not divide a day", message)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unittest.main(verbosity=2)

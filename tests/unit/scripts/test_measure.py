#!/usr/bin/python3
"""tests/bench/measure.py measures time and memory of known programs, notes what is over budget, and hides no failure."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Sleeps for as many seconds and fills as many megabytes as it is told.
KITH = """#!/usr/bin/python3
import sys, time
seconds, megabytes = map(float, sys.argv[1:3])
block = bytearray(b"x" * int(megabytes * 1048576))
time.sleep(seconds)
"""
KITH_BENCH = """#!/bin/sh
case $1 in
  --list) printf 'quick case\\t30\\t-\\nbare case\\n' ;;
  "quick case") printf 'inner part\\t0.5\\ts\\t2\\nslow part\\t3\\t%%\\t2\\nshown only\\t7\\t1\\t-\\n' ;;
  *) echo "no such luck" >&2; exit 7 ;;
esac
"""


class Measure(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kith bench ")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_on(self, cases, *arguments, bench=None):
        for name, text in (("kith", KITH), ("kith_bench", bench)):
            if text:
                (self.folder / name).write_text(text)
                (self.folder / name).chmod(0o755)
        (self.folder / "cases.json").write_text(json.dumps({"cases": cases}))
        command = [
            sys.executable, ROOT / "tests/bench/measure.py", "--bin", self.folder, "--cases", self.folder / "cases.json",
            "--runs", "2", "--json", self.folder / "out.json", *arguments]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        return run, json.loads((self.folder / "out.json").read_text()) if run.returncode in (0, 1) and not run.stderr else None

    def case(self, name, seconds, megabytes, wall=None, memory=None):
        return {"name": name, "command": ["kith", str(seconds), str(megabytes)], "wall": wall, "memory": memory}

    def test_time_and_memory_of_a_known_program_are_measured(self):
        run, (small, large) = self.run_on([self.case("small", 0.3, 0), self.case("large", 0, 100)])
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertGreaterEqual(small["wall_min"], 0.3)
        self.assertLess(small["cpu"], small["wall"])
        self.assertGreater(large["memory"] - small["memory"], 80)
        self.assertEqual(small["runs"], 2)

    def test_a_case_over_its_budget_is_marked_and_fails_only_a_check(self):
        cases = [self.case("slow", 0.2, 0, wall=0.1), self.case("big", 0, 50, memory=20), self.case("fine", 0, 0, 60, 500)]
        run, results = self.run_on(cases)
        self.assertEqual((run.returncode, [result["over"] for result in results]), (0, [["wall"], ["memory"], []]))
        self.assertEqual(run.stdout.count("OVER"), 2)
        self.assertEqual(self.run_on(cases, "--check")[0].returncode, 1)
        self.assertEqual(self.run_on(cases, "--check", "fine")[0].returncode, 0)

    def test_the_cases_of_kith_bench_are_run_with_their_budgets(self):
        run, results = self.run_on([], "quick", bench=KITH_BENCH)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual([(result["name"], result["wall_budget"]) for result in results], [("quick case", 30)])

    def test_the_parts_that_a_case_measures_itself_stand_beside_their_limits(self):
        run, (result,) = self.run_on([], "quick", bench=KITH_BENCH)
        self.assertEqual([(part["value"], part["limit"]) for part in result["parts"]], [(0.5, 2), (3, 2), (7, None)])
        self.assertEqual(result["over"], ["slow part"])
        self.assertRegex(run.stdout, r"inner part +0\.500 s +2 s\n")
        self.assertEqual(self.run_on([], "--check", "quick", bench=KITH_BENCH)[0].returncode, 1)

    def test_a_program_that_fails_ends_the_measurement_with_its_message(self):
        run, _ = self.run_on([], bench=KITH_BENCH)
        self.assertEqual(run.returncode, 1)
        self.assertIn("ended with 7:\nno such luck", run.stderr)


if __name__ == "__main__":
    unittest.main()

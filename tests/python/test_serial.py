#!/usr/bin/python3
"""The serial program does what it can, says what it cannot, and its numbers are those of the parallel program.

Usage: test_serial.py KITH SERIAL_KITH
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PARALLEL, SERIAL = sys.argv[1:3]
SMALL = ["--set", "people.count=80", "--set", "network.sizes=[5, 10]", "--replicates", "3", "--quiet"]


def kith(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)


class Serial(unittest.TestCase):
    def fingerprint(self, program, *words):
        result = kith(program, "run", *words, *SMALL, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)["fingerprint"]

    def test_fingerprints_and_tables_are_those_of_the_parallel_program(self):
        self.assertEqual(self.fingerprint(SERIAL, "first-steps"), self.fingerprint(PARALLEL, "first-steps"))
        words = ["run", "first-steps", *SMALL, "--theory", "none"]
        self.assertEqual(kith(SERIAL, *words).stdout, kith(PARALLEL, *words).stdout)

    def test_a_result_file_is_refused_before_anything_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "out.h5"
            for words in (["-o", str(path)], [f"--output={path}"], ["-o", str(path), "--force"], ["--save-every", "1s"]):
                result = kith(SERIAL, "run", "first-steps", *SMALL, *words)
                self.assertEqual(result.returncode, 2, words)
                self.assertEqual(result.stdout, "")
                self.assertIn("built without HDF5 and writes no result files", result.stderr)
            self.assertFalse(path.exists())

    def test_help_lists_what_there_is(self):
        overview = kith(SERIAL, "--help").stdout
        listed = [line.split()[0] for line in overview.splitlines() if line.startswith("  ") and line[2] != " "]
        commands = [name for name in listed if name != "kith"]
        self.assertEqual(commands, ["run", "list", "new", "validate", "explain", "schema", "evidence", "fit", "lesson", "network", "replay", "completion", "help", "version"])
        for text in (overview, kith(SERIAL).stdout, kith(SERIAL, "run", "--help").stdout):
            for missing in (".h5", "HDF5", "--output", "--force", "--save-every", "xarray"):
                self.assertNotIn(missing, text)
        misspelt = kith(SERIAL, "run", "first-steps", "--outptu", "x")
        self.assertEqual(misspelt.returncode, 2)
        self.assertNotIn("--output", misspelt.stderr)
        self.assertEqual(kith(SERIAL, "info", "x.h5").returncode, 2)

    def test_the_other_commands_print_what_the_parallel_program_prints(self):
        for words in (["list"], ["validate", "first-steps"], ["explain", "botsa"], ["explain", "naltrexone"], ["schema"], ["help", "--man", "explain"],
                      ["completion", "words", "new", "f"],
                      ["new", "first-steps", "-o", "-"], ["network", "first-steps", "--set", "people.count=80"]):
            serial, parallel = kith(SERIAL, *words), kith(PARALLEL, *words)
            self.assertEqual((serial.returncode, serial.stdout), (parallel.returncode, parallel.stdout), words)

    def test_nothing_is_said_of_keeping_the_result(self):
        words = [word for word in SMALL if word != "--quiet"]
        result = kith(SERIAL, "run", "first-steps", *words)
        self.assertNotIn("-o", result.stderr)
        self.assertRegex(result.stderr, r"took [0-9.]+ s\n\Z")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

#!/usr/bin/python3
"""`cmake --install BUILD` puts a kith that runs, its licence and its citation under any prefix.

Usage: test_install.py BUILD
"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BUILD = sys.argv.pop(1)


class Install(unittest.TestCase):
    def test_an_installed_kith_runs_from_another_prefix(self):
        with tempfile.TemporaryDirectory(prefix="kith prefix ") as prefix:
            command = ["cmake", "--install", BUILD, "--prefix", prefix]
            subprocess.run(command, check=True, capture_output=True)
            files = {str(path.relative_to(prefix)) for path in Path(prefix).rglob("*") if path.is_file()}
            self.assertEqual(files, {"bin/kith", "share/doc/kith/LICENSE", "share/doc/kith/CITATION.cff"})
            # Nothing of the source tree may be needed: another folder, an empty environment.
            run = subprocess.run(
                [Path(prefix) / "bin/kith", "version"], cwd=prefix, env={"PATH": os.defpath},
                capture_output=True, text=True, check=False)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertIn("0.1.0", run.stdout)


if __name__ == "__main__":
    unittest.main()

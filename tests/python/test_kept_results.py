#!/usr/bin/python3
"""Results that earlier versions wrote, kept in tests/data/results, are whole, and every reader of results takes them. One of a later format, or
of one that never was, is refused with what to do.

test_kept_results.py KITH
"""
import lzma
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/python"))
import kith  # noqa: E402

KITH = pathlib.Path(sys.argv.pop(1)).resolve()
OWN_EFFECTS = {"crossover.h5": [-0.180887, -0.155820]}  # of the loving messages in both studies, as they were when the file was written
KEPT = sorted((ROOT / "tests/data/results").glob("format-*/*.h5.xz"))
PARTS = {"flow": "flow/sequence", "network": "network/person"}  # of tables along dimensions that have nothing to do with one another
NEWEST = int(re.search(r"format_version = (\d+);", (ROOT / "sim/io/result_attributes.hpp").read_text(encoding="utf-8")).group(1))


class KeptResults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def kith(self, *words):
        done = subprocess.run([KITH, *words], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, (words, done.stdout[-500:], done.stderr[-1000:]))
        # A figure may have a note of what its groups are; nothing may be wrong.
        self.assertNotRegex(done.stderr, "(?i)warning|error|damaged|not known", words)
        return done.stdout

    def unpacked(self, path):
        file = self.folder / path.name.removesuffix(".xz")
        file.write_bytes(lzma.decompress(path.read_bytes()))
        return file

    def test_each_format_has_files(self):
        self.assertEqual({path.parent.name for path in KEPT}, {f"format-{version}" for version in range(1, NEWEST + 1)})

    def test_readers_of_any_result(self):
        for path in KEPT:
            with self.subTest(path.parent.name + "/" + path.name):
                name = self.unpacked(path).name
                result = kith.open(self.folder / name)
                self.assertEqual(f"format-{result.attrs['format_version']}", path.parent.name)
                told = self.kith("info", name)
                self.assertIn(result.attrs["title"], told)
                self.kith("info", "--check", name)
                self.assertIn("complete", self.kith("check", name))
                self.kith("info", "--ro-crate", name)
                self.kith("report", name, "-o", "page.html", "--force")
                self.assertIn(result.attrs["title"], (self.folder / "page.html").read_text(encoding="utf-8"))
                self.assertGreater(len(result.tables), 1)
                for table in result.tables:
                    self.assertGreater(len(result[table].variables), 1)
                    self.assertGreater(self.kith("export", name, "--table", PARTS.get(table, table)).count("\n"), 1)

    def test_readers_of_runs(self):
        for path in (path for path in KEPT if path.name == "crossover.h5.xz"):
            with self.subTest(path.parent.name):
                file = self.unpacked(path)
                own = kith.open(file).effects.own.sel(measure="loving messages", contrast="naltrexone - placebo")
                self.assertEqual([round(float(value), 6) for value in own.values], OWN_EFFECTS[file.name])
                (self.folder / "same.h5").write_bytes(file.read_bytes())
                self.assertIn("0 exactly", self.kith("compare", file.name, "same.h5"))
                self.kith("plot", file.name, "connection", "-o", "connection.svg", "--force")

    def test_other_formats_are_refused_by_their_name(self):
        self.assertEqual(kith.FORMAT_VERSION, NEWEST)
        later = f"it has format version {NEWEST + 1}, and this Kith reads versions to {NEWEST}\n  read it with Kith 9.8.7, which wrote it, or with a later one"
        never = 'its format version is "0", which no Kith has written'
        for version, says in {NEWEST + 1: later, 0: never}.items():
            file = self.unpacked(next(path for path in KEPT if path.name == "crossover.h5.xz"))
            with h5py.File(file, "r+") as changed:
                changed.attrs["format_version"] = np.uint64(version)
                changed.attrs["kith_version"] = "9.8.7"
            commands = [["info", file.name], *([["check", file.name]] if version else []), ["report", file.name], ["export", file.name, "--table", "effects"],
                        ["plot", file.name, "connection", "-o", "c.svg"], ["compare", file.name, file.name], ["resume", file.name], ["replay", file.name],
                        ["branch", file.name, "--at", "1d", "-o", "b.h5"]]
            for words in commands:
                with self.subTest(version=version, command=words[0]):
                    done = subprocess.run([KITH, *words], cwd=self.folder, capture_output=True, text=True, check=False)
                    self.assertIn(f"kith: {file.name} is not a readable Kith result: {says}", done.stderr)
                    self.assertEqual(done.returncode, 1)
            with self.assertRaisesRegex(ValueError, f"has format version {version}, and this module reads versions to {NEWEST}: take .* 9.8.7"):
                kith.open(file)


if __name__ == "__main__":
    unittest.main()

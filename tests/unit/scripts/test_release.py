#!/usr/bin/python3
"""scripts/release makes all files tell one version and one date, and refuses what does not fit."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
FILES = ["CMakeLists.txt", "CITATION.cff", "codemeta.json", "CHANGELOG.md"]


class Release(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name in FILES:
            shutil.copy(ROOT / name, self.folder)
        with open(self.folder / "CHANGELOG.md", "a", encoding="utf-8") as changelog:
            changelog.write("\n## 7.8.9 (not released)\n\n- A change.\n")

    def release(self, *words):
        return subprocess.run([ROOT / "scripts/release", *words], env={**os.environ, "KITH_RELEASE_ROOT": str(self.folder)}, capture_output=True,
                              text=True, check=False)

    def texts(self):
        return {name: (self.folder / name).read_text(encoding="utf-8") for name in FILES}

    def test_the_files_of_the_project_agree(self):
        done = subprocess.run([ROOT / "scripts/release", "--check"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_the_citation_is_valid(self):
        """By the schema of CFF 1.2.0: what is required is there, and pages and volumes are numbers, which programs that convert it want."""
        citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
        self.assertEqual(citation["cff-version"], "1.2.0")
        self.assertLessEqual({"authors", "message", "title"}, set(citation))
        for author in citation["authors"]:
            self.assertTrue("name" in author or "family-names" in author)
        for work in citation["references"]:
            self.assertLessEqual({"authors", "title", "type"}, set(work))
            for key in {"year", "volume", "start", "end"} & set(work):
                self.assertIsInstance(work[key], int, key)
            self.assertRegex(work.get("pmcid", "PMC0000000"), "^PMC[0-9]{7}$")

    def test_all_files_tell_the_version_and_the_date(self):
        for _ in range(2):
            done = self.release("7.8.9", "2031-02-03")
            self.assertEqual(done.returncode, 0, done.stderr)
            texts = self.texts()
            self.assertIn("  VERSION 7.8.9\n", texts["CMakeLists.txt"])
            citation = yaml.safe_load(texts["CITATION.cff"])
            self.assertEqual((citation["version"], str(citation["date-released"])), ("7.8.9", "2031-02-03"))
            metadata = json.loads(texts["codemeta.json"])
            self.assertEqual((metadata["version"], metadata["dateModified"]), ("7.8.9", "2031-02-03"))
            self.assertIn("\n## 7.8.9 (2031-02-03)\n", texts["CHANGELOG.md"])
            # Once more: dates are replaced, not added.
            path = self.folder / "CHANGELOG.md"
            path.write_text(texts["CHANGELOG.md"].replace("(2031-02-03)", "(not released)"), encoding="utf-8")

    def test_what_does_not_fit_is_refused_and_changes_nothing(self):
        before = self.texts()
        for words, reason in ((["7.8"], "no version"), (["7.9.9"], "no section"), (["7.8.9", "tomorrow"], "no date")):
            done = self.release(*words)
            self.assertEqual(done.returncode, 1)
            self.assertIn(reason, done.stderr)
            self.assertEqual(self.texts(), before)
        citation = self.folder / "CITATION.cff"
        citation.write_text(before["CITATION.cff"].replace("version: 0", "version: 4"), encoding="utf-8")
        for words in (["7.8.9"], ["--check"]):
            done = self.release(*words)
            self.assertEqual(done.returncode, 1)
            self.assertIn("do not agree", done.stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
"""scripts/refresh_readme.py renews stale blocks, finds them with --check, and leaves everything else alone."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

KITH = """#!/bin/sh
case $1 in
  old) printf 'start        2026-01-01T00:00:00Z\\nkith         0.1.0, commit abc123\\nwrote it; took 3 s\\n' ;;
  read) cat my.yaml ;;
  fail) echo wrong; exit 3 ;;
esac
"""
STALE = """# Title
<!-- file: my.yaml -->
```yaml
kith: 1
```
<!-- output: kith read -->
```text
stale
```
<!-- slow output: kith read -->
```text
stale but slow
```
<!-- output: kith fail -->
```text
```
<!-- output: kith old -->
```text
```
<!-- table: kith read -->
stale
<!-- end -->
<!-- quote: models/world/model.cpp: std::vector<Phase> Model::phases() -->
```cpp
```
<!-- quote: scripts/lib/kith.sh -->
```bash
```
The rest.
"""


class Refresh(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kith refresh ")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "kith").write_text(KITH)
        (self.folder / "kith").chmod(0o755)
        self.document = self.folder / "page.md"
        self.document.write_text(STALE)

    def refresh(self, *arguments):
        command = [sys.executable, ROOT / "scripts/refresh_readme.py", "--bin", self.folder, *arguments, self.document]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_a_stale_document_fails_the_check_and_stays_as_it_is(self):
        checked = self.refresh("--check")
        self.assertEqual(checked.returncode, 1, checked.stderr)
        self.assertIn("-stale\n", checked.stdout)
        self.assertEqual(self.document.read_text(), STALE)

    def test_blocks_are_renewed_once_and_then_found_right(self):
        self.assertEqual(self.refresh().returncode, 0)
        renewed = self.document.read_text()
        self.assertIn("```text\n$ kith read\nkith: 1\n```\n", renewed)
        self.assertIn("$ kith fail\nwrong\n(exit status 3)\n", renewed)
        self.assertIn("-->\n\nkith: 1\n\n<!-- end -->", renewed)
        self.assertIn('{"flip", ', renewed)
        self.assertIn("```bash\n" + (ROOT / "scripts/lib/kith.sh").read_text() + "```\n", renewed)
        self.assertTrue(renewed.startswith("# Title\n") and renewed.endswith("The rest.\n"))
        self.assertEqual(self.refresh("--check").returncode, 0)

    def test_times_dates_and_the_commit_are_left_out(self):
        self.refresh()
        self.assertIn("$ kith old\nkith         0.1.0\nwrote it\n```", self.document.read_text())

    def test_slow_commands_run_only_when_asked_for(self):
        self.refresh()
        self.assertIn("stale but slow", self.document.read_text())
        self.refresh("--slow")
        self.assertNotIn("stale but slow", self.document.read_text())


if __name__ == "__main__":
    unittest.main()

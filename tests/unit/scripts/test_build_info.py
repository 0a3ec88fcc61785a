#!/usr/bin/python3
"""cmake/WriteBuildInfo.cmake tells the commit in a checkout, in an archive, and in neither; it writes only what changed."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
GIT = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]


class BuildInfo(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kith build info ")
        self.addCleanup(self.folder.cleanup)
        self.tree = Path(self.folder.name) / "tree"
        self.out = Path(self.folder.name) / "out"
        self.out.mkdir()
        (self.out / "settings.inc").write_text('#define KITH_BUILD_VERSION "1.2.3"\n')
        (self.tree / "cmake").mkdir(parents=True)
        shutil.copy(ROOT / ".gitattributes", self.tree)
        for name in ("WriteBuildInfo.cmake", "archive_commit.txt"):
            shutil.copy(ROOT / "cmake" / name, self.tree / "cmake")

    def write(self, tree):
        script = tree / "cmake/WriteBuildInfo.cmake"
        subprocess.run(["cmake", f"-DSOURCE={tree}", f"-DFOLDER={self.out}", "-P", script], check=True)
        return (self.out / "kith_build_info.inc").read_text()

    def git(self, *arguments):
        run = subprocess.run([*GIT, *arguments], cwd=self.tree, check=True, capture_output=True, text=True)
        return run.stdout.strip()

    def commit(self):
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "first")
        return self.git("rev-parse", "HEAD")

    def test_outside_a_checkout_the_commit_is_unknown(self):
        text = self.write(self.tree)
        self.assertEqual(text, '#define KITH_BUILD_VERSION "1.2.3"\n#define KITH_BUILD_COMMIT "unknown"\n')

    def test_in_a_checkout_the_commit_is_told_and_changes_make_it_dirty(self):
        commit = self.commit()[:12]
        self.assertIn(f'COMMIT "{commit}"\n', self.write(self.tree))
        (self.tree / "new.txt").write_text("not tracked\n")
        self.assertIn(f'COMMIT "{commit}"\n', self.write(self.tree))
        (self.tree / ".gitattributes").write_text("# changed\n")
        self.assertIn(f'COMMIT "{commit}-dirty"\n', self.write(self.tree))

    def test_an_archive_knows_its_commit_even_inside_another_checkout(self):
        commit = self.commit()
        inner = self.tree / "unpacked"
        inner.mkdir()
        archive = subprocess.run([*GIT, "archive", "HEAD"], cwd=self.tree, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", inner], input=archive, check=True)
        told = self.write(inner).split("COMMIT ")[1].strip().strip('"')
        self.assertTrue(commit.startswith(told) and len(told) >= 7, told)

    def test_the_file_is_left_alone_when_nothing_changed(self):
        self.write(self.tree)
        file = self.out / "kith_build_info.inc"
        os.utime(file, (1, 1))
        self.write(self.tree)
        self.assertEqual(file.stat().st_mtime, 1)
        (self.out / "settings.inc").write_text('#define KITH_BUILD_VERSION "1.2.4"\n')
        self.write(self.tree)
        self.assertNotEqual(file.stat().st_mtime, 1)


if __name__ == "__main__":
    unittest.main()

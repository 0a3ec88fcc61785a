#!/usr/bin/python3
"""scripts/lib/kith.sh finds missing packages without apt, installs them only then, and says what to do when it cannot.

dpkg-query, apt-get, sudo and id are stood in for by small programs, so nothing is installed.
"""
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

DPKG_QUERY = """#!/bin/sh
echo "installed cmake"
echo "installed g++"
echo "config-files catch2"
echo "dpkg-query: no packages found matching ninja-build" >&2
exit 1
"""
RECORD = """#!/bin/sh
echo "$0 $*" | sed 's#.*/##' >> "$LOG"
"""


class Packages(unittest.TestCase):
    def run_script(self, body, **programs):
        with tempfile.TemporaryDirectory(prefix="kith packages ") as folder:
            stand_ins = {"dpkg-query": DPKG_QUERY, "apt-get": RECORD, **programs}
            for name, text in stand_ins.items():
                path = Path(folder) / name.replace("_", "-")
                path.write_text(text)
                path.chmod(0o755)
            log = Path(folder) / "log"
            log.touch()
            run = subprocess.run(
                ["bash", "-euc", f'source "{ROOT}/scripts/lib/kith.sh"\n{body}'], text=True, capture_output=True,
                env={"PATH": f"{folder}:/usr/bin:/bin", "LOG": str(log)}, check=False, stdin=subprocess.DEVNULL)
            return run, log.read_text().splitlines()

    def test_packages_that_are_absent_or_only_configured_are_missing(self):
        run, _ = self.run_script("missing_packages ninja-build g++ cmake catch2")
        self.assertEqual((run.returncode, run.stdout), (0, "catch2\nninja-build\n"), run.stderr)

    def test_with_nothing_missing_apt_is_not_called(self):
        run, log = self.run_script("install_packages cmake g++")
        self.assertEqual((run.returncode, log, run.stderr), (0, [], ""))

    def test_only_what_is_missing_is_installed_and_standard_output_stays_empty(self):
        body = "become_root() { root=(); }; install_packages cmake ninja-build catch2"
        run, log = self.run_script(body)
        self.assertEqual((run.returncode, run.stdout, len(log)), (0, "", 2), run.stderr)
        self.assertTrue(log[0].endswith(" update"), log)
        self.assertTrue(log[1].endswith(" install catch2 ninja-build"), log)

    def test_what_is_offered_may_be_left_uninstalled(self):
        body = "become_root() { root=(); }; offer_packages cmake ninja-build; echo on"
        run, _ = self.run_script(body, **{"apt-get": "#!/bin/sh\nexit 100\n"})
        self.assertEqual((run.returncode, run.stdout), (0, "on\n"), run.stderr)
        self.assertIn("going on without: ninja-build", run.stderr)

    def test_a_failed_refresh_is_no_error_and_a_failed_installation_is(self):
        failing = RECORD + 'case "$*" in *update*) exit 1 ;; esac\n'
        body = "become_root() { root=(); }; install_packages ninja-build"
        run, log = self.run_script(body, **{"apt-get": failing})
        self.assertEqual((run.returncode, len(log)), (0, 2), run.stderr)
        run, _ = self.run_script(body, **{"apt-get": "#!/bin/sh\nexit 100\n"})
        self.assertEqual(run.returncode, 1)
        self.assertIn("could not install: ninja-build", run.stderr)

    def test_without_root_and_sudo_the_message_names_the_command(self):
        body = "is_root() { false; }; install_packages ninja-build catch2"
        run, log = self.run_script(body, sudo="#!/bin/sh\nexit 1\n")
        self.assertEqual((run.returncode, log), (1, []))
        self.assertIn("apt-get install catch2 ninja-build", run.stderr)

    def test_sudo_that_asks_nothing_is_used(self):
        sudo = RECORD + '[ "$1" = -n ] && shift; exec "$@"\n'
        run, log = self.run_script("is_root() { false; }; install_packages ninja-build", sudo=sudo)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual([line.split()[0] for line in log], ["sudo", "sudo", "apt-get", "sudo", "apt-get"])


if __name__ == "__main__":
    unittest.main()

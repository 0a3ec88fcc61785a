#!/usr/bin/python3
"""`cmake --install BUILD` puts under any prefix a kith that runs, with all that belongs to it, and CPack packs the same.

Usage: test_install.py BUILD
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

BUILD = Path(sys.argv.pop(1)).resolve()
ROOT = Path(__file__).resolve().parents[3]
VERSION = re.search(r"VERSION (\d+\.\d+\.\d+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def output(*command, **options):
    """What a command prints, which nothing of the source tree or of this environment helps: another folder, an empty environment."""
    done = subprocess.run(command, env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1", **options.pop("env", {})}, capture_output=True,
                          text=True, check=False, **options)
    assert (done.returncode, done.stderr) == (0, ""), (command, done.returncode, done.stderr)
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="kith prefix ")
        cls.addClassCleanup(folder.cleanup)
        cls.prefix = Path(folder.name)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", cls.prefix], check=True, capture_output=True)
        cls.files = {str(path.relative_to(cls.prefix)) for path in cls.prefix.rglob("*") if path.is_file()}
        cls.kith = cls.prefix / "bin/kith"

    def test_every_part_is_there_and_nothing_else(self):
        commands = [command["name"] for command in json.loads(output(self.kith, "help", "--json"))["commands"]]
        self.assertGreater(len(commands), 20)
        expected = {"bin/kith", *(f"share/doc/kith/{name}" for name in ("README.md", "CHANGELOG.md", "SUPPORT.md", "models/README.md", "LICENSE", "CITATION.cff")),
                    *(f"share/man/man1/kith{page}.1.gz" for page in ("", *(f"-{name}" for name in commands))),
                    "share/bash-completion/completions/kith", "share/zsh/vendor-completions/_kith", "share/fish/vendor_completions.d/kith.fish",
                    *(f"share/kith/{name}.schema.json" for name in ("kith", "design", "fit"))}
        for source, place, pattern in (("scenarios", "share/kith/scenarios", "*"), ("scripts/python/kith", "lib/python3/dist-packages/kith", "*.py")):
            expected |= {f"{place}/{path.relative_to(ROOT / source)}" for path in (ROOT / source).rglob(pattern) if path.is_file()}
        if (ROOT / "build/classroom.html").exists():
            expected.add("share/kith/classroom.html")
        self.assertEqual(self.files, expected)

    def test_the_program_runs_and_scenarios_are_its_own(self):
        self.assertIn(f"kith {VERSION}\n", output(self.kith, "version", cwd=self.prefix))
        scenario = self.prefix / "share/kith/scenarios/first-steps.yaml"
        self.assertEqual(output(self.kith, "new", "first-steps", cwd=self.prefix), scenario.read_text(encoding="utf-8"))

    def test_manual_pages_are_shown_without_a_complaint(self):
        if shutil.which("man") is None:
            self.skipTest("man is not installed")
        pages = sorted((self.prefix / "share/man/man1").iterdir())
        shown = {}
        for page in pages:
            text = output("man", "--warnings", "-l", page, env={"LC_ALL": "C.UTF-8", "MANWIDTH": "100", "MANPAGER": "cat"})
            shown[page.name] = re.sub(".\b", "", text)  # bold is a letter over itself
            self.assertIn("EXIT STATUS", shown[page.name])
        for text in ("kith run SCENARIO [OPTIONS]", "--checkpoint-every TIME", "kith-run - run a scenario", f"kith {VERSION}"):
            self.assertIn(text, shown["kith-run.1.gz"])

    def test_completion_and_schemas_are_what_the_program_prints(self):
        for place, words in (("bash-completion/completions/kith", ("completion", "bash")), ("zsh/vendor-completions/_kith", ("completion", "zsh")),
                             ("fish/vendor_completions.d/kith.fish", ("completion", "fish")), ("kith/kith.schema.json", ("schema",)),
                             ("kith/design.schema.json", ("schema", "design")), ("kith/fit.schema.json", ("schema", "fit"))):
            self.assertEqual((self.prefix / "share" / place).read_text(encoding="utf-8"), output(self.kith, *words))

    def test_the_python_module_finds_the_program_beside_it(self):
        told = output("/usr/bin/python3", "-c", "import kith; print(kith.__file__, kith._program.program())", cwd="/",
                      env={"PYTHONPATH": str(self.prefix / "lib/python3/dist-packages"), "PATH": "/nowhere"})
        self.assertEqual(told, f"{self.prefix}/lib/python3/dist-packages/kith/__init__.py {self.kith}\n")
        self.assertIn("lib/python3/dist-packages", output("/usr/bin/python3", "-c", "import sys; print(*sys.path)"))  # of /usr, on Debian

    def test_packages_hold_what_is_installed_and_are_equal_when_made_twice(self):
        made = []
        for time in ("one", "two"):
            folder = self.prefix.parent / f"{self.prefix.name} packages {time}"
            self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
            environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "TZ": "UTC"}
            generators = "DEB;TGZ" if shutil.which("dpkg-shlibdeps") else "TGZ"
            subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-G", generators, "-B", folder], check=True, cwd=BUILD,
                           capture_output=True, env=environment, umask=0o022)
            made.append({path.name: path for path in folder.iterdir() if path.is_file()})
        self.assertEqual(len(made[0]), 2 if shutil.which("dpkg-shlibdeps") else 1)
        for name, path in made[0].items():
            self.assertEqual(path.read_bytes(), made[1][name].read_bytes(), f"{name} differs from one time to the next")
        tarball = next(path for name, path in made[0].items() if name.endswith(".tar.gz"))
        self.assertEqual(tarball.name, f"kith-{VERSION}-Linux-{os.uname().machine}.tar.gz")
        with tarfile.open(tarball) as archive:
            self.assertEqual({member.name.partition("/")[2] for member in archive if member.isfile()}, self.files)
        if len(made[0]) == 2:
            self.check_deb(made[0][f"kith_{VERSION}_amd64.deb"])

    def check_deb(self, deb):
        listed = output("dpkg-deb", "--contents", deb).splitlines()
        files = {line.split(" ./", 1)[1] for line in listed if not line.startswith("d")}
        debian = {"share/doc/kith/copyright", "share/doc/kith/changelog.gz"}
        self.assertEqual(files, {f"usr/{name}" for name in (self.files - {"share/doc/kith/LICENSE"}) | debian})
        modes = {line.split()[0] for line in listed}
        self.assertEqual(modes, {"drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x"})
        self.assertTrue(all(line.split()[1] == "root/root" for line in listed))
        control = output("dpkg-deb", "--field", deb)
        self.assertIn(f"Version: {VERSION}\n", control)
        for library in ("libhdf5-103", "libtbb", "libyaml-cpp", "libfmt", "libexpat", "libc6"):
            self.assertRegex(control, rf"\nDepends: .*\b{library}")


if __name__ == "__main__":
    unittest.main()

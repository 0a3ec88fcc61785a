#!/usr/bin/python3
"""What people see who edit YAML with a language server of 1.19, which knows JSON Schema to draft 7, and one of 2.0.

Usage: tests/editor/test_editor.py KITH [unittest's arguments]. Status 77 where the servers are not installed (scripts/check_editor).
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from language_server import LanguageServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELINE = "# yaml-language-server: $schema={}.schema.json\n"
BEGINNING = "kith: 1\ntitle: Mine\ntime: {duration: 14 d}\n"


def shipped(kind):
    """The files of a kind that ship, by a name for each."""
    patterns = {"kith": ["scenarios/*.yaml", "scenarios/evidence/*.yaml", "scenarios/lessons/*.yaml"],
                "design": ["scenarios/sweeps/*.yaml"], "fit": ["scenarios/fits/*.yaml"]}
    return [path for pattern in patterns[kind] for path in sorted(ROOT.glob(pattern))]


def readme_example():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.search(r"<!-- file: my.yaml -->\n```yaml\n(.*?)```", text, re.S).group(1)


class Server:
    """The tests of one language server."""
    package = ""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for kind, words in {"kith": [], "design": ["design"], "fit": ["fit"]}.items():
            with open(f"{cls.folder.name}/{kind}.schema.json", "w", encoding="utf-8") as file:
                subprocess.run([KITH, "schema", *words, "--draft", "7"], check=True, stdout=file)
        cls.server = LanguageServer(["node", SERVERS / cls.package / "bin/yaml-language-server", "--stdio"], cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.folder.cleanup()

    def complaints(self, kind, name, text):
        return self.server.open(name, MODELINE.format(kind) + text)[1]

    def offered(self, text):
        return self.server.offered("completed.yaml", MODELINE.format("kith") + text)

    def test_what_ships_is_without_a_complaint(self):
        for kind in ("kith", "design", "fit"):
            files = shipped(kind)
            self.assertGreater(len(files), 4)
            for path in files:
                with self.subTest(path.name):
                    self.assertEqual(self.complaints(kind, path.name, path.read_text(encoding="utf-8")), [])

    def test_the_mistakes_of_the_readme_are_found_where_they_are(self):
        found = self.complaints("kith", "my.yaml", readme_example())
        self.assertEqual([(line - 1, marked) for line, marked, _ in sorted(found)],
                         [(4, "opiod_tone"), (8, "naltrexon"), (13, "7"), (15, '"9 pm"')], found)

    def test_a_new_scenario_finds_the_schema_beside_it(self):
        path = pathlib.Path(self.folder.name) / "new.yaml"
        subprocess.run([KITH, "new", "first-steps", "-o", path], check=True, capture_output=True)
        text = path.read_text(encoding="utf-8")
        self.assertEqual(self.server.open("new.yaml", text)[1], [])
        wrong = text.replace("burn_in", "burn_on")
        self.assertEqual([marked for _, marked, _ in self.server.open("wrong.yaml", wrong)[1]], ["burn_on"])

    def test_drugs_of_the_library_are_offered_and_wrong_ones_found(self):
        trial = "trial:\n  arms:\n    mine:\n      drug: {}\n      doses: [50 mg]\n"
        library = set(subprocess.run([KITH, "completion", "words", "explain", ""], check=True, capture_output=True, text=True)
                      .stdout.split()) & {path.stem for path in (ROOT / "models/pharmacology/drugs").glob("*.yaml")}
        self.assertGreater(len(library), 8)
        self.assertLessEqual(library, self.offered(BEGINNING + trial.format("|")))
        self.assertEqual([marked for _, marked, _ in self.complaints("kith", "wrong_drug.yaml", BEGINNING + trial.format("naltrexon"))],
                         ["naltrexon"])
        own = "drugs:\n  my_own: {file: my_own.yaml}\n"
        self.assertEqual(self.complaints("kith", "own_drug.yaml", BEGINNING + own + trial.format("my_own")), [])

    def test_keys_of_a_generator_are_offered_for_it_alone(self):
        network = "network:\n  generate: {}\n  |\n"
        layers = self.offered(BEGINNING + network.format("layers"))
        lattice = self.offered(BEGINNING + network.format("small_world"))
        self.assertIn("community", layers)
        self.assertNotIn("rewire", layers)
        self.assertIn("rewire", lattice)
        self.assertNotIn("community", lattice)
        wrong = BEGINNING + "network:\n  generate: layers\n  rewire: 0.1\n"
        self.assertEqual([marked for _, marked, _ in self.complaints("kith", "wrong_key.yaml", wrong)], ["rewire"])


class Old(Server, unittest.TestCase):
    """1.19, which knows draft 7"""
    package = "yaml-language-server-1"


class New(Server, unittest.TestCase):
    """2.0"""
    package = "yaml-language-server-2"


if __name__ == "__main__":
    KITH = pathlib.Path(sys.argv[1]).resolve()
    SERVERS = ROOT / "tests/editor/node_modules"
    if not (SERVERS / Old.package).exists() or not shutil.which("node"):
        print("skipped: the language servers are not installed (scripts/check_editor)")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])

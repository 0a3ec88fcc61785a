#!/usr/bin/python3
"""scripts/docs makes the site without a warning; every link on it leads somewhere, nothing on it asks another machine, and its references have
all commands, keys, theories and drugs.

Usage: test_docs.py FOLDER, that of kith; skipped (status 77) where Sphinx, MyST and Furo are not installed.
"""
import html
import html.parser
import importlib.util
import json
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.argv.pop(1)).resolve()


class Page(html.parser.HTMLParser):
    """What a page links to, loads, and can be linked at."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.anchors = set(), set(), set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        if tag == "a" and attributes.get("href"):
            self.links.add(attributes["href"])
        elif tag == "link" and attributes.get("rel") not in ("index", "search", "next", "prev"):
            self.loads.add(attributes["href"])
        if attributes.get("src"):
            self.loads.add(attributes["src"])


class Docs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.site = Path(folder.name) / "site"
        done = subprocess.run([sys.executable, ROOT / "scripts/docs", "--bin", BIN, "--output", cls.site], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr[-5000:]
        cls.pages = {path.relative_to(cls.site): Page(path) for path in cls.site.rglob("*.html") if path.name != "classroom.html"}

    def test_links_lead_somewhere_and_nothing_is_loaded_from_elsewhere(self):
        checked = 0
        for place, page in self.pages.items():
            for target in page.links | page.loads:
                parts = urllib.parse.urlsplit(target)
                if parts.scheme or parts.netloc:
                    self.assertFalse(target in page.loads and parts.scheme != "data", f"{place} loads {target}")
                    continue
                path = (self.site / place.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else self.site / place
                self.assertTrue(path.exists(), f"{place} links to {target}")
                if parts.fragment and path.suffix == ".html" and path.name != "classroom.html":
                    anchors = self.pages[path.relative_to(self.site.resolve()) if parts.path else place].anchors
                    self.assertIn(urllib.parse.unquote(parts.fragment), anchors, f"{place} links to {target}")
                checked += 1
        self.assertGreater(checked, 1000)

    def test_styles_and_scripts_are_whole_without_a_server(self):
        for path in (self.site / "_static").rglob("*.css"):
            self.assertNotRegex(path.read_text(encoding="utf-8"), r"url\(['\"]?(/|https?:)", path.name)
        for path in (self.site / "_static").rglob("*.js"):
            self.assertNotRegex(path.read_text(encoding="utf-8"), r"(?m)^import ", path.name)

    def test_options_stand_as_they_are_typed(self):
        self.assertIn("--set people.count=500", self.text("commands.html"))
        for place in self.pages:
            if place.name != "sample-report.html":
                self.assertNotRegex(self.text(place), "[–—](set|help|dry-run|person|draws|report)\\b", place)

    def text(self, page):
        return (self.site / page).read_text(encoding="utf-8")

    def kith(self, *words):
        return subprocess.run([BIN / "kith", *words], capture_output=True, text=True, check=True).stdout

    def test_references_have_all_that_the_program_has(self):
        commands = self.text("commands.html")
        for command in json.loads(self.kith("help", "--json"))["commands"]:
            self.assertIn(f'id="kith-{command["name"]}"', commands)
        keys = self.text("keys.html")
        rows = [line.split("|")[1].strip(" `") for line in self.kith("explain", "--markdown").splitlines()[2:]]
        self.assertGreater(len(rows), 100)
        for key in rows:
            self.assertIn(f'<span class="pre">{key}</span>', keys)
        for path in (ROOT / "models/pharmacology/drugs").glob("*.yaml"):
            self.assertIn(f"<h2>{path.stem}<", self.text("drugs.html"))
        for path in (ROOT / "models/theories").glob("*.cpp"):
            if path.stem != "theory":
                self.assertIn(f"<h2>{path.stem}<", self.text("theories.html"))
        for path in (ROOT / "scenarios").glob("*.yaml"):
            self.assertIn(f"<h2>{path.stem}<", self.text("scenarios.html"))

    def test_errors_have_all_statuses_and_wrong_files(self):
        errors = self.text("errors.html")
        statuses = json.loads(self.kith("help", "--json"))["exit_statuses"]
        self.assertEqual([status["status"] for status in statuses], [0, 1, 2, 3, 4, 5, 6, 75])
        for status in statuses:
            self.assertIn(f"<td><p>{html.escape(status['meaning'])}</p></td>", errors)
        wrong = list((ROOT / "tests/input_errors").rglob("*.expected.txt"))
        self.assertEqual(errors.count("<h3>"), len(wrong))
        self.assertIn("did you mean &quot;naltrexone&quot;?", errors)

    def test_evidence_has_all_experiments_and_outcomes(self):
        evidence = self.text("evidence.html")
        for path in (ROOT / "scenarios/evidence").glob("*.yaml"):
            scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
            self.assertIn(html.escape(scenario["title"]), evidence)
            for name in scenario["expect"]["outcomes"]:
                self.assertIn(f"<td><p>{name.replace('_', ' ')}</p></td>", evidence)

    def test_it_can_be_searched(self):
        self.assertIn("naltrexon", self.text("searchindex.js"))
        self.assertTrue((self.site / "search.html").exists() and (self.site / "sample-report.html").exists())


if __name__ == "__main__":
    if not all(importlib.util.find_spec(name) for name in ("sphinx", "myst_parser", "furo")):
        print("skipped: Sphinx, MyST or Furo is not installed (Debian: furo, python3-myst-parser, python3-sphinx)")
        sys.exit(77)
    unittest.main()

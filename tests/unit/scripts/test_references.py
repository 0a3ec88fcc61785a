#!/usr/bin/python3
"""Every place in the sources that refers to a section of the ODD ("ODD 7.4") or to a file of the tree leads somewhere."""
import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [path for top in ("sim", "models", "tests") for path in (ROOT / top).rglob("*.[ch]pp")]


class References(unittest.TestCase):
    def test_sections_of_the_model_description_exist(self):
        sections = set(re.findall(r"^#{2,3} (\d+(?:\.\d+)?)\b", (ROOT / "models/README.md").read_text(encoding="utf-8"), re.M))
        self.assertIn("7.10", sections)
        found = 0
        for path in SOURCES:
            for section in re.findall(r"\bODD (\d+(?:\.\d+)?)", path.read_text(encoding="utf-8")):
                found += 1
                self.assertIn(section, sections, path)
        self.assertGreater(found, 8)

    def test_links_of_the_documents_lead_to_files(self):
        for document in [ROOT / "README.md", ROOT / "models/README.md", ROOT / "CONTRIBUTING.md"]:
            text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
            for target in re.findall(r"\]\(([^)#\s]+)", text):
                if "://" not in target:
                    self.assertTrue((document.parent / target).exists(), f"{document.name} links to {target}")

    def test_the_picture_of_the_house_is_the_one_that_the_table_gives(self):
        drawn = subprocess.run([sys.executable, ROOT / "scripts/check_layers.py", "--picture"], capture_output=True, text=True,
                               check=True).stdout
        self.assertEqual(drawn, (ROOT / "models/house.svg").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()

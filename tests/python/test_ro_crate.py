#!/usr/bin/python3
"""`kith info OUT.h5 --ro-crate` says how a result came about, by RO-Crate 1.1 and Process Run Crate 0.5, and nothing that is not known.

test_ro_crate.py KITH
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

KITH = str(Path(sys.argv.pop(1)).resolve())
SCENARIO = "kith: 1\ntitle: Five people\nnetwork: {file: ties.csv}\ntime: {burn_in: 14 d, duration: 2 d}\n"
TIES = "a,b\nb,c\nc,d\nd,e\ne,a\na,c\n"


def references(value):
    """Every {"@id": …} within a value."""
    if isinstance(value, list):
        for each in value:
            yield from references(each)
    elif isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for each in value.values():
            yield from references(each)


class Crate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "five.yaml").write_text(SCENARIO, encoding="utf-8")
        (self.folder / "ties.csv").write_text(TIES, encoding="utf-8")

    def kith(self, *words, status=0):
        done = subprocess.run([KITH, *words], capture_output=True, text=True, check=False, cwd=self.folder)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout

    def crate(self, path):
        graph = json.loads(self.kith("info", path, "--ro-crate"))["@graph"]
        entities = {entity["@id"]: entity for entity in graph}
        self.assertEqual(len(entities), len(graph))
        outside = {"https://w3id.org/ro/crate/1.1", "http://schema.org/CompletedActionStatus", "http://schema.org/ActiveActionStatus"}
        for entity in graph:
            self.assertIn("@type", entity)
            self.assertNotIn("", entity.values())  # what is not known is left out
            for target in references(entity):
                self.assertIn(target, entities.keys() | outside)
        self.assertEqual(entities["ro-crate-metadata.json"]["about"], {"@id": "./"})
        self.assertEqual(entities["./"]["conformsTo"], {"@id": "https://w3id.org/ro/wfrun/process/0.5"})
        for part in references(entities["./"]["hasPart"]):
            self.assertTrue((self.folder / part).is_file(), part)
        return entities

    def test_a_whole_run_is_told(self):
        self.kith("run", "five.yaml", "-o", "out.h5", "-q")
        entities = self.crate("out.h5")
        info = json.loads(self.kith("info", "out.h5", "--json"))
        run = entities["#run"]
        self.assertEqual(run["@type"], "CreateAction")
        self.assertEqual((run["description"], run["startTime"], run["endTime"]),
                         tuple(info["provenance"][key] for key in ("command_line", "start", "end")))
        self.assertEqual(run["actionStatus"], {"@id": "http://schema.org/CompletedActionStatus"})
        self.assertEqual(entities["#kith"]["softwareVersion"], info["kith_version"])
        self.assertEqual(entities["#seed"]["value"], info["seed"])
        self.assertEqual(entities["#scenario"]["text"], info["provenance"]["scenario_resolved"])
        self.assertEqual(entities["out.h5"]["contentSize"], str((self.folder / "out.h5").stat().st_size))
        read = [entities[target] for target in references(run["object"])]
        self.assertIn(("ties.csv", str(len(TIES))), [(Path(each["name"]).name, each.get("contentSize")) for each in read if "name" in each])

    def test_a_run_that_stopped_is_told_as_not_done(self):
        self.kith("run", "first-steps", "--stop-at", "2d", "-o", "out.h5", "-q", status=75)
        entities = self.crate("out.h5")
        self.assertEqual(entities["#run"]["actionStatus"], {"@id": "http://schema.org/ActiveActionStatus"})
        self.assertNotIn("endTime", entities["#run"])

    def test_two_forms_at_once_are_refused(self):
        self.kith("run", "first-steps", "--replicates", "1", "-o", "out.h5", "-q")
        self.kith("info", "out.h5", "--ro-crate", "--json", status=2)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
"""scripts/golden: its digest sees every value of a result but the provenance, and an update writes nothing else.

Usage: test_golden.py
"""
import importlib.machinery
import importlib.util
import tempfile
import unittest
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parents[3]
loader = importlib.machinery.SourceFileLoader("golden", str(ROOT / "scripts/golden"))
golden = importlib.util.module_from_spec(importlib.util.spec_from_loader("golden", loader))
loader.exec_module(golden)


class Golden(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def digest(self, change=lambda file: None):
        path = Path(self.folder.name) / "x.h5"
        with h5py.File(path, "w") as file:
            file["population/connection"] = np.array([[0.5, np.nan], [0.25, 0.0]], dtype="f4")
            file["population/group"] = np.array(["a", "bc"], dtype=h5py.string_dtype())
            file["provenance/host"] = "here"
            file.attrs["fingerprint"] = "1"
            change(file)
        return golden.digest_of_tables(path)

    def changed(self, name, index, value):
        def change(file):
            file[name][index] = value
        return self.digest(change)

    def test_each_value_name_shape_and_type_counts(self):
        def rename(file):
            file.move("population/connection", "population/distress")

        def reshape(file):
            values = file["population/connection"][()].reshape(4)
            del file["population/connection"]
            file["population/connection"] = values

        def retype(file):
            values = file["population/connection"][()].view("i4")
            del file["population/connection"]
            file["population/connection"] = values

        digests = [self.digest(), self.changed("population/connection", (1, 1), np.float32(-0.0)),
                   self.changed("population/group", 1, "bd"), self.digest(rename), self.digest(reshape), self.digest(retype)]
        self.assertEqual(len(set(digests)), len(digests))

    def test_provenance_and_attributes_do_not_count(self):
        def change(file):
            file["provenance/host"][()] = "there"
            file.attrs["fingerprint"] = "2"
        self.assertEqual(self.digest(change), self.digest())

    def test_an_update_writes_what_was_found_and_leaves_every_other_byte(self):
        pinned = Path(self.folder.name) / "fingerprints.yaml"
        text = '# why\n- name: one\n  set: [a=1]\n  fingerprint: "1"\n  tables: "2"\n\n- name: two\n  text: |\n    kith: 1\n' \
               '  fingerprint: "3"\n  tables: "4"\n'
        pinned.write_text(text, encoding="utf-8")
        golden.PINNED, before = pinned, golden.PINNED
        self.addCleanup(setattr, golden, "PINNED", before)
        golden.rewrite({"two": {"fingerprint": "5", "tables": "4"}})
        self.assertEqual(pinned.read_text(encoding="utf-8"), text.replace('"3"', '"5"'))


if __name__ == "__main__":
    unittest.main()

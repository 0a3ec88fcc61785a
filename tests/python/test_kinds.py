#!/usr/bin/python3
"""Every kind of fault in tests/cases/README.md has at least two cases, and each of them exists.

test_kinds.py
"""
import pathlib
import re

SOURCE = pathlib.Path(__file__).parents[2]
FEWEST = 2


def cases_of(cell):
    """(file, text) of each case; a folder of pairs of files is one of its members."""
    where = None
    for part in cell.split(" · "):
        named = re.match(r"`([^`]+)`: (.*)", part)
        where, what = (named[1], named[2]) if named else (where, part)
        for text in [what.strip('"')] if what.startswith('"') else what.split(", "):
            yield where, text


def main():
    rows = re.findall(r"^\| (?!kind|-)(.+?) \| (`.+) \|$", (SOURCE / "tests/cases/README.md").read_text(), re.MULTILINE)
    count = 0
    for kind, cell in rows:
        cases = list(cases_of(cell))
        assert len(set(cases)) >= FEWEST, f"{kind}: {len(cases)} cases"
        for where, text in cases:
            path = SOURCE / where
            exists = (path / f"{text}.yaml").exists() if path.is_dir() else text in path.read_text()
            assert exists, f"{kind}: there is no {text!r} in {where}"
        count += len(cases)
    assert len(rows) == 20, f"{len(rows)} kinds were read"
    print(f"{len(rows)} kinds of fault, {count} tests of them")


main()

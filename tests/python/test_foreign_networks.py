#!/usr/bin/python3
"""Files that are no edge lists are read for what they are, refused by name, or doubted aloud, through the program.

test_foreign_networks.py KITH; the small cases are in KITH_CASES or ../shared/cases, else those are skipped. A table about people
and what goes with it (people without ties, exported columns, --strict) is made here.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

SKIPPED = 77
SOURCE = pathlib.Path(__file__).parents[2]
READ = {  # people, ties, a word of a warning ("" none), settings
    "cr_only_edges.txt": (4, 4, "", []),
    "pajek_relations.net": (4, 3, "", []),
    "matrix_named.csv": (4, 3, "", []),
    "adjlist_first_short.txt": (5, 7, "", []),
    "header_unknown_words.csv": (4, 3, "", []),
    "hash_ids.csv": (4, 4, "", []),
    "person_na.csv": (6, 5, '"NA" is taken for a person, with 3 ties', []),
    "excel_sep.csv": (3, 2, "", []),
    "one_line.gml": (2, 1, "", []),
    "header_case_isolate.csv": (4, 2, "", []),
    "key_for_node.graphml": (2, 1, "declared for each node", ["network.weight=weight"]),
    "tij_no_header.txt": (4, 3, "", ["network.from=2", "network.to=3", "network.time=1", "network.weight=count"]),
}
REFUSED = {
    "tij_no_header.txt": "contacts with their times, not ties",
    "node_table.csv": "a table about people, not ties",
    "latin1.csv": "iconv -f WINDOWS-1252 -t UTF-8",
    "node_link.json": "node-link",
}


def kith(program, *words, status=0):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)
    assert done.returncode == status, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + done.stderr


def network(program, file, settings=(), status=0):
    sets = [word for setting in [f"network.file={file}", *settings] for word in ("--set", setting)]
    return kith(program, "network", "real-network", *sets, "--json", status=status)


def check_cases(program, cases):
    for name, (people, ties, warning, settings) in READ.items():
        found = json.loads(network(program, cases / "networks" / name, settings))
        assert (found["people"], found["ties"]) == (people, ties), (name, found)
        warnings = " ".join(found["warnings"])
        assert warning in warnings and bool(warning) == bool(warnings), (name, warnings)
    for name, message in REFUSED.items():
        refusal = network(program, cases / "networks" / name, status=3)
        assert message in refusal, (name, refusal)
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "weights.csv"
        sets = ["--set", f"network.file={cases / 'networks/key_for_node.graphml'}", "--set", "network.weight=weight"]
        kith(program, "network", "real-network", *sets, "-o", table)
        weights = [float(row["weight"]) for row in csv.DictReader(open(table, encoding="utf-8"))]
        assert weights == [2.5], weights
    people = cases / "networks/latin1_people.csv"
    known = {*READ, *REFUSED, people.name}
    given = {file.name for file in (cases / "networks").iterdir()}
    assert given == known, f"cases without a test, or tests without a case: {given ^ known}"
    refusal = kith(program, "validate", "first-steps", "--set", f"people.columns.file={people}", status=3)
    assert "this is not UTF-8" in refusal and "iconv" in refusal, refusal
    scenario = cases / "scenarios/isolate-in-people-table.yaml"
    found = json.loads(kith(program, "network", scenario, "--json"))
    ids = {row["id"] for row in csv.DictReader(open(cases / "scenarios/p_extra.csv", encoding="utf-8"))}
    ties = list(csv.DictReader(open(cases / "scenarios/friends.csv", encoding="utf-8")))
    tied = {row[end] for row in ties for end in ("from", "to")}
    assert found["people"] == len(ids | tied) > len(tied), (found["people"], len(ids), len(tied))
    extra = len(ids - tied)
    assert any(note.startswith(f"{extra} p") and "only in the table about people" in note for note in found["notes"]), found["notes"]


def check_people(program, folder):
    """A table about people beside its network: isolates, exports, doubts and --strict."""
    folder = pathlib.Path(folder)
    (folder / "ties.csv").write_text("source,target\n" + "".join(f"p{k},p{(k + 1) % 40}\n" for k in range(40)))
    rows = "".join(f"p{k},{20 + k},\"north, or <south>\"\n" for k in range(40))
    (folder / "people.csv").write_text("id,age,home\n" + rows + "lone,77,\n")
    (folder / "mine.yaml").write_text(
        "kith: 1\ntitle: Mine\ntime: {burn_in: 0 h, duration: 1 d}\npeople: {columns: {file: people.csv}}\n"
        "network: {file: ties.csv}\nrecord: {network: true}\nseed: 1\n")
    scenario = folder / "mine.yaml"
    graphml, table = folder / "mine.graphml", folder / "mine.csv"
    said = kith(program, "network", scenario, "-o", graphml, "--strict")
    assert "1 person stands only in the table about people: nobody is tied to them." in " ".join(said.split()), said
    kith(program, "network", scenario, "-o", table)
    names = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = xml.parse(graphml).getroot()
    keys = {key.get("id"): (key.get("attr.name"), key.get("attr.type")) for key in root.findall("g:key[@for='node']", names)}
    assert ("age", "long") in keys.values() and ("home", "string") in keys.values(), keys
    nodes = {node.get("id"): {keys[data.get("key")][0]: data.text for data in node.findall("g:data", names)}
             for node in root.iter("{%s}node" % names["g"])}
    assert nodes["p3"]["age"] == "23" and nodes["p3"]["home"] == "north, or <south>", nodes["p3"]
    assert nodes["lone"] == {"age": "77"} and len(nodes) == 41, nodes["lone"]
    first = next(csv.DictReader(open(table, encoding="utf-8")))
    assert (first["source_age"], first["target_home"]) == ("20", "north, or <south>"), first

    kith(program, "validate", scenario, "--strict")
    kith(program, "run", scenario, "--strict", "-q")
    with open(folder / "ties.csv", "a", encoding="utf-8") as ties:
        ties.write("p1,NA\n")
    for command in ("validate", "network", "run"):
        assert '"NA" is taken for a person' in kith(program, command, scenario), command
        refusal = kith(program, command, scenario, "--strict", status=3)
        assert "1 warning, and --strict takes it for a mistake" in refusal, refusal
    assert json.loads(kith(program, "validate", scenario, "--json"))["warnings"]
    result = json.loads(kith(program, "validate", scenario, "--json", "--strict", status=3))
    assert not result["valid"] and "--strict" in result["mistakes"][0]["problem"], result


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        check_people(program, folder)
    cases = pathlib.Path(os.environ.get("KITH_CASES", SOURCE.parent / "shared/cases"))
    if not (cases / "networks").is_dir():
        print(f"the small cases are skipped: there is no {cases}; set KITH_CASES to the folder that holds them")
        sys.exit(SKIPPED)
    check_cases(program, cases)
    print(f"{len(READ)} foreign files are read, {len(REFUSED) + 1} refused")


main()

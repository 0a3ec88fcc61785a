#!/usr/bin/python3
"""Every shipped scenario validates, runs, reads back from its resolved form, and says where its values come from.

test_scenarios.py KITH
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

SOURCE = pathlib.Path(__file__).parents[2]
SHIPPED = sorted([*(SOURCE / "scenarios").glob("*.yaml"), *(SOURCE / "scenarios/lessons").glob("*.yaml")])
EVIDENCE = sorted((SOURCE / "scenarios/evidence").glob("*.yaml"))
SMALL = {  # what makes a run take less than a second
    "lessons/city": ["people.count=200", "time.burn_in=3 d"],
    "lessons/theories": ["people.count=100", "time.burn_in=3 d", "replicates.count=1"],
    "lessons/tone": ["people.count=300"],
    "lessons/trial": [],
    "lessons/washout": [],
    "cluster-trial": ["people.count=400", "time.burn_in=3 d", "replicates.count=1", "trial.clusters.people=4"],
    "dose-response": ["people.count=400", "time.burn_in=3 d", "replicates.count=1", "trial.participants.count=36"],
    "antagonist-agonist": ["people.count=300", "time.burn_in=3 d", "replicates.count=1", "trial.participants.count=24"],
    "extended-release": ["people.count=200", "time.burn_in=3 d", "replicates.count=1", "trial.participants.count=20"],
    "low-dose": ["people.count=300", "time.burn_in=3 d", "replicates.count=1", "trial.participants.count=20"],
    "power-nct05007561": ["people.count=400", "time.burn_in=3 d", "replicates.count=2", "trial.participants.count=40"],
    "recovery": ["people.count=150", "time.burn_in=8 d", "replicates.count=1"],
    "stepped-wedge": ["people.count=400", "time.burn_in=3 d", "replicates.count=1", "trial.clusters.people=3"],
    "washout": ["people.count=400", "time.burn_in=3 d", "replicates.count=1", "trial.participants.count=20"],
    "everyday-life": ["people.count=300", "time.burn_in=3 d", "time.duration=20 d"],
    "first-steps": [],
    "high-school": [
        f"network.file={SOURCE / 'tests/data/networks/petersen.metis'}",
        f"people.columns.file={SOURCE / 'tests/data/networks/pupils.csv'}",
        "time.burn_in=3 d",
        "replicates.count=1",
    ],
    "lonely-city": ["people.count=300", "time.burn_in=3 d", "time.duration=60 d"],
    "long-naltrexone": [
        "people.count=300",
        "time.burn_in=3 d",
        "time.duration=30 d",
        "trial.arms.naltrexone.for=25 d",
        "measures.2.at=day 20 14:00",
    ],
    "singing-together": [
        "people.count=300",
        "time.burn_in=3 d",
        "replicates.count=1",
        "trial.participants.count=40",
    ],
    "naltrexone-crossover": ["people.count=400", "time.burn_in=3 d", "replicates.count=2"],
    "real-network": [
        f"network.file={SOURCE / 'tests/data/networks/petersen.metis'}",
        "time.burn_in=3 d",
        "replicates.count=1",
        "trial.sequences.0.count=3",
        "trial.sequences.1.count=3",
    ],
}
MARKS = re.compile(r"#.*\b(published|fitted|assumed|choice)\b")
EVENTS = [  # one of each trigger, and of each kind of action
    {"at": "5 d", "every": "2 d", "target": {"tone": "lowest third"}, "do": {"opportunity": 0.3, "for": "1 d"}},
    {"at": ["5 d", "6 d"], "clock": "19:00", "do": {"session": {"release": 0}, "distress": {"amount": 0.1}}},
    {"rate": "1 /a", "from": "2 d", "do": {"lose_ties": {"closest": 1}, "add_ties": None, "move": {"community": 1}}},
    {"when": "loneliness > 0.7", "again_after": "9 d", "do": {"contact": {"per_day": 1}}},
    {"share": {"of": "loneliness > 0.5", "above": "30 %"}, "do": {"dose": {"drug": "naltrexone", "amount": "50 mg"}}},
]
WRONG = [  # (what is wrong, path, value)
    ("an event of no kind", ["events"], [{"do": {"distress": 0.1}}]),
    ("an event that asks for no state", ["events"], [{"share": {"above": "30 %"}, "do": {"distress": 0.1}}]),
    ("an unknown action", ["events"], [{"at": "5 d", "do": {"vanish": True}}]),
    ("a drug that is nowhere", ["trial", "arms", "naltrexone", "drug"], "naltrexon"),
    ("a drug in a file that has keys besides", ["drugs"], {"mine": {"file": "mine.yaml", "title": "Mine"}}),
    ("a missing title", ["title"], None),
    ("an unknown key", ["meassures"], []),
    ("a number without unit", ["time", "tick"], 1),
    ("an unknown unit", ["time", "tick"], "1 parsec"),
    ("a text for a number", ["people", "count"], "many"),
    ("nobody", ["people", "count"], 0),
    ("an unknown theory", ["theory"], "bosta"),
    ("a key of another generator", ["network", "rewire"], "10 %"),
    ("an unknown design", ["trial", "design"], "paralell"),
    ("sequences of a parallel trial", ["trial", "design"], "parallel"),
    ("a time of day that is none", ["trial", "arms", "naltrexone", "at"], ["09:00", "25:00"]),
    ("phases without a dose", ["trial", "arms", "naltrexone", "phases"], [{"for": "2 d"}]),
    ("a number for a list of criteria", ["trial", "participants", "where"], {"tone": 3}),
    ("arms in a list", ["trial", "arms"], ["naltrexone", "placebo"]),
    ("a measure that is both", ["measures", 0, "probe"], "occupancy"),
    ("an unknown feeling", ["measures", 0], {"diary": "mood"}),
    ("yes for true", ["record", "network"], "yes"),
    ("no virtual study", ["replicates"], 0),
    ("an outcome of no direction", ["expect"], {"source": "A", "outcomes": {"a": {"measure": "connection diary"}}}),
    ("an effect without its error", ["expect"], {"source": "A", "outcomes": {"a": {"effect": 1, "measure": "a"}}}),
    ("an unknown role", ["expect"], {"source": "A", "role": "fitted", "outcomes": {"a": {"direction": "lower"}}}),
]


def run(program, *words, code=0, folder=None):
    done = subprocess.run([program, *words], capture_output=True, text=True, cwd=folder, timeout=60)
    assert done.returncode == code, (words, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def unmarked(text):
    """Lines that give a value without a mark on them or on a line that they are nested below."""
    marked_above = []  # indentation of lines whose comment carries a mark
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split(" #")[0].rstrip()
        if not content.strip() or content.lstrip().startswith("#"):
            continue
        indentation = len(line) - len(line.lstrip())
        marked_above = [other for other in marked_above if other < indentation]
        if MARKS.search(line):
            marked_above.append(indentation)
        elif not marked_above and not content.endswith(":"):
            yield number, line


def check_marks():
    for scenario in SHIPPED + EVIDENCE:
        missing = list(unmarked(scenario.read_text()))
        assert not missing, (scenario.name, missing)
    assert list(unmarked("time:\n  tick: 1 h  # choice\n  start: Mon 00:00\n")) == [(3, "  start: Mon 00:00")]
    assert not list(unmarked("sequences:  # published\n  - {count: 19}\n"))


def name_of(scenario):
    return scenario.relative_to(SOURCE / "scenarios").with_suffix("").as_posix()


def resolved_path(folder, name):
    return pathlib.Path(folder, name.replace("/", "-") + ".yaml")


def check_runs(program, folder):
    assert {name_of(scenario) for scenario in SHIPPED} == set(SMALL), "each shipped scenario is run here"
    for name, changes in SMALL.items():
        settings = [word for change in changes for word in ("--set", change)]
        assert "valid" in run(program, "validate", name, *settings)
        resolved = resolved_path(folder, name)
        resolved.write_text(run(program, "validate", name, *settings, "--resolved"))
        first = json.loads(run(program, "run", name, *settings, "--json", "-q"))
        again = json.loads(run(program, "run", str(resolved), "--json", "-q"))
        other = json.loads(run(program, "run", str(resolved), "--seed", "another", "--json", "-q"))
        assert first["fingerprint"] == again["fingerprint"], name
        assert first["fingerprint"] != other["fingerprint"], name
        assert first["tables"] and first["tables"] == again["tables"], name
        copied = run(program, "new", name)
        assert copied == (SOURCE / "scenarios" / (name + ".yaml")).read_text(), name


def check_evidence(program, folder):
    """Every published experiment is read without a mistake, says where it was published, and reads back from its resolved form."""
    assert len(EVIDENCE) == 16
    ids = set()
    for scenario in EVIDENCE:
        expected = yaml.safe_load(scenario.read_text())["expect"]
        assert expected["source"] and expected["outcomes"], scenario.name
        ids |= {(scenario.stem, outcome) for outcome in expected["outcomes"]}
        assert "valid" in run(program, "validate", str(scenario)), scenario.name
        resolved = resolved_path(folder, name_of(scenario))
        resolved.write_text(run(program, "validate", str(scenario), "--resolved"))
        assert "valid" in run(program, "validate", str(resolved)), scenario.name
    assert len(ids) == 34, len(ids)


def changed(scenario, path, value):
    result = copy.deepcopy(scenario)
    place = result
    for key in path[:-1]:
        place = place.setdefault(key, {}) if isinstance(place, dict) else place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return result


def check_schema(program, folder):
    schema = json.loads(run(program, "schema"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    older = json.loads(run(program, "schema", "--draft", "7"))
    assert older["$schema"] == "http://json-schema.org/draft-07/schema#"
    check_validator(jsonschema.Draft202012Validator, schema, folder)
    check_validator(jsonschema.Draft7Validator, older, folder)


def check_validator(kind, schema, folder):
    kind.check_schema(schema)
    validator = kind(schema)
    for scenario in SHIPPED + EVIDENCE:
        read = yaml.safe_load(scenario.read_text())
        mistakes = [error.message for error in validator.iter_errors(read)]
        assert not mistakes, (scenario.name, mistakes)
        resolved = yaml.safe_load(resolved_path(folder, name_of(scenario)).read_text())
        mistakes = [error.message for error in validator.iter_errors(resolved)]
        assert not mistakes, (scenario.name, "resolved", mistakes)
    right = yaml.safe_load((SOURCE / "scenarios/naltrexone-crossover.yaml").read_text())
    for event in EVENTS:
        mistakes = [error.message for error in validator.iter_errors(changed(right, ["events"], [event]))]
        assert not mistakes, (event, mistakes)
    for what, path, value in WRONG:
        wrong = changed(right, path, value)
        assert not validator.is_valid(wrong), f"the schema takes {what}"
    own = changed(changed(right, ["drugs"], {"mine": {"file": "mine.yaml"}}), ["trial", "arms", "naltrexone", "drug"], "mine")
    mistakes = [error.message for error in validator.iter_errors(own)]
    assert not mistakes, ("a drug of one's own", mistakes)


def descriptions(schema, path=""):
    """Every description of a schema with its path."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield path, schema["description"]
        for key, value in schema.items():
            yield from descriptions(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from descriptions(value, f"{path}/{index}")


def check_sources(program):
    """What is published, fitted or assumed says where it is from; every default has a mark."""
    defaults = 0
    for path, text in descriptions(json.loads(run(program, "schema"))):
        default = re.search(r"^Default: .*", text, re.M)
        if not default:
            continue
        defaults += 1
        mark = re.search(r"\((published|fitted|assumed|choice)\)$", default.group())
        assert mark, (path, "a default without a mark", text)
        assert mark.group(1) == "choice" or re.search(r"^Source: .+", text, re.M), (path, "no source", text)
    assert defaults > 50, defaults
    assert "no source given" not in run(program, "explain", "naltrexone")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        check_marks()
        check_runs(program, folder)
        check_evidence(program, folder)
        check_schema(program, folder)
        check_sources(program)
    print(f"{len(SHIPPED)} scenarios validate, run, read back and carry their marks")


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""The designs of scenarios/sweeps: valid, known to the schema, and with runs that come to their end when they are made small.

Usage: test_sweep_designs.py KITH
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import h5py
import jsonschema
import yaml

KITH = str(pathlib.Path(sys.argv[1]).resolve())
SOURCE = pathlib.Path(__file__).resolve().parents[2]
DESIGNS = sorted((SOURCE / "scenarios" / "sweeps").glob("*.yaml"))

# Assumed keys of the reference that the design of the founding trial leaves out, and why. A key stands for those below it.
NOT_VARIED = {
    "drugs": "stands in the file of a drug", "ties": "there are no living ties", "symptoms": "there are none",
    "substance_use": "there are no patients", "events": "there are none", "expect": "says nothing about people",
    "measures": "the own effect has no noise, and no other probes are asked", "theory.analgesia": "belongs to a probe that is not asked",
    "theory.warmth": "belongs to a probe that is not asked", "people.oprm1": "nobody has a genotype",
    "trial.adherence.sd": "has no room where the mean is 100 %",
    "trial.arms": "nobody leaves by chance", "trial.allocation": "nobody is allocated by minimisation",
}


def kith(*words, status=0):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, timeout=600)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout


def made_small(design):
    """A few people and days. What varies keeps varying, but for the number of people."""
    small = ["people.count=400", "time.burn_in=2 d"]
    factors = [factor for factor in design["factors"] if factor["key"] not in ("people.count", "time.burn_in")]
    design["factors"] = factors or [{"key": "seed", "values": [1, 2]}]
    kept = [change for change in design.get("set", []) if change.split("=")[0] not in ("people.count", "time.burn_in")]
    design["set"] = kept + small
    design["replicates"] = 1
    return design


def check_runs(path, folder):
    design = made_small(yaml.safe_load(path.read_text()))
    small = folder / path.name
    small.write_text(yaml.safe_dump(design, sort_keys=False))
    runs = int(re.search(r"(\d+) runs? of", kith("validate", small)).group(1))
    for run in (0, runs // 2, runs - 1):
        kith("sweep", small, "-o", folder / path.stem, "--only", run, "-q")
    subprocess.run([KITH, "merge", folder / path.stem, "-o", folder / f"{path.stem}.h5"], check=False, capture_output=True)
    with h5py.File(folder / f"{path.stem}.h5") as file:
        assert not file["runs/state"][:].any() and len(file["runs/state"]) == min(3, runs), path.name
        assert "own" in file["effects"] or "difference" in file["effects"], path.name


def check_assumed():
    """The founding trial's design has every assumed parameter that acts there, over the range that the reference tells."""
    design = yaml.safe_load((SOURCE / "scenarios/sweeps/founding_trial.yaml").read_text())
    varied = {factor["key"]: factor for factor in design["factors"]}
    count = 0
    for line in (SOURCE / "models/README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 7 or cells[4] != "assumed":
            continue
        key = cells[1].strip("`")
        other_variant = re.search(r"\((\S+) = (\S+)\)", cells[5])
        is_elsewhere = other_variant and other_variant.groups() not in (("theory.name", "botsa"), ("network.generate", "layers"))
        if is_elsewhere or any(key == out or key.startswith(out + ".") for out in NOT_VARIED):
            continue
        assert key in varied, f"{key} is assumed and not varied"
        count += 1
        span = re.match(r"range ([\d.]+)-([\d.]+)", cells[6].split("range", 1)[0] + "range" + cells[6].split("range", 1)[1])
        if span and "from" in varied[key]:
            ends = [float(str(varied[key][end]).split()[0].rstrip("%")) for end in ("from", "to")]
            assert ends == [float(end) for end in span.groups()], (key, ends, cells[6])
    assert count > 50, count


def main():
    assert len(DESIGNS) >= 6, DESIGNS
    schema = jsonschema.Draft202012Validator(json.loads(kith("schema", "design")))
    for path in DESIGNS:
        mistakes = [error.message for error in schema.iter_errors(yaml.safe_load(path.read_text()))]
        assert not mistakes, (path.name, mistakes)
        kith("validate", path, "--strict")
    wrong = yaml.safe_load(DESIGNS[0].read_text())
    assert not schema.is_valid({**wrong, "samples": 0}) and not schema.is_valid({**wrong, "nonsense": 1})
    assert schema.is_valid({**wrong, "keep": ["effects"]}) and schema.is_valid({**wrong, "keep": {"tables": "effects", "rows": "all"}})
    assert not schema.is_valid({**wrong, "keep": {"rows": "some"}})
    check_assumed()
    with tempfile.TemporaryDirectory() as folder:
        for path in DESIGNS:
            check_runs(path, pathlib.Path(folder))
    print(f"{len(DESIGNS)} designs are valid and run")


main()

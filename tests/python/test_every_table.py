#!/usr/bin/python3
"""Of every shipped scenario, made small: each table opens in xarray without options, with words for codes, and in the Python module beside
the participants; and every number that is printed about effects comes out again, in Python (recomputed.py) and in R (effects.R), to half a
unit of its last digit, and to a millionth in the tables.

test_every_table.py KITH [NAME...]
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import warnings

import h5py
import netCDF4  # noqa: F401  before warnings become errors: imports may warn
import numpy as np
import xarray as xr

import printed
from recomputed import check_tables, exported, recomputed
from test_module import check_join, check_words
from test_r_reader import has_reader, numbers_in_r
from test_scenarios import EVIDENCE, SMALL

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/python"))
import kith  # noqa: E402

LISTS = {"tie", "end", "occurrence", "event"}  # dimensions along which things are only listed
COUNTED = {"replicate", "participant", "occasion", "time", "quantile", "layer", "bound", "snapshot"}  # their labels are numbers

# A scenario that is run small elsewhere (test_scenarios.py) is run so here, a published experiment with its own people after a short
# burn-in, in several studies. One in which fewer than FEWEST would stay on an arm has people enough for that: statistics need them.
FEWEST = 4
STUDY = ["time.burn_in=3 d", "replicates.count=2"]
PUBLISHED = {f"evidence/{path.stem}": STUDY if "\ntrial:" in path.read_text() else [] for path in EVIDENCE}
SCENARIOS = SMALL | PUBLISHED | {
    "first-steps": ["replicates.count=5"],  # twenty take long in R
    "recovery": ["people.count=450", "time.burn_in=8 d", "replicates.count=2"],  # a fifth are patients, in six arms, which half leave
    "evidence/pettinati_2009": [*STUDY, "people.count=300"],  # half a year of alcohol
}


def check_labels(path):
    """Returns how many tables there are."""
    with h5py.File(path) as file:
        tables = [name for name in file if name not in ("provenance", "inputs")]
    for table in tables:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with xr.open_dataset(path, group=table) as data:
                data.load()
        assert data.attrs.get("long_name"), (path, table, "says not what it holds")
        for dimension in set(data.dims) - LISTS:
            assert dimension in data.coords, (path, table, f"{dimension} has no labels")
            assert dimension in COUNTED or data[dimension].dtype.kind in "OUS", (path, table, f"{dimension} has numbers for labels")
        for name, variable in data.variables.items():
            check_variable((path, table, name), variable, name in data.dims)
    return len(tables)


def check_variable(place, variable, is_label):
    assert variable.attrs.get("long_name"), (*place, "has no meaning")
    if variable.encoding["dtype"] == np.int8:  # a code
        assert {"flag_values", "flag_meanings"} <= set(variable.attrs), (*place, "has no words for its codes")
        words, codes = variable.attrs["flag_meanings"].split(), np.atleast_1d(variable.attrs["flag_values"])
        assert len(words) == len(set(words)) == len(codes), (*place, words, codes)
        missing = np.isnan(variable.values) | (variable.values == variable.attrs.get("_FillValue", variable.encoding.get("_FillValue")))
        assert (np.isin(variable.values, codes) | missing).all(), (*place, "has codes without words")
    elif variable.dtype.kind in "fiu" and not is_label:
        assert "units" in variable.attrs, (*place, "has no unit")


def check_blindness(path):
    """A result that lacks labels is seen."""
    def without(change):
        copy = shutil.copy(path, path + ".copy")
        with h5py.File(copy, "r+") as file:
            change(file)
        try:
            check_labels(copy)
        except AssertionError:
            return
        raise SystemExit("labels that are missing are not seen")

    without(lambda file: file["participants/arm"].attrs.__delitem__("flag_meanings"))
    without(lambda file: file["participants/status"].attrs.modify("flag_values", file["participants/status"].attrs["flag_values"] + 40))
    without(lambda file: file["diary/rating"].attrs.__delitem__("units"))
    without(lambda file: file["effects"].attrs.__delitem__("long_name"))
    hidden = np.bytes_(f"This is a netCDF dimension but not a netCDF variable.{1:10d}")
    without(lambda file: file["effects/measure"].attrs.create("NAME", hidden))


def check_sizes(name, effects):
    for arm in ("n_arm", "n_reference"):
        smallest = int(effects[arm].min())
        assert smallest >= FEWEST, (name, f"{smallest} on an arm are too few: give the scenario more people here")


def check(program, name, path, with_r):
    """Returns how many tables there were, how many numbers in tables, and how many printed."""
    where = str(ROOT / "scenarios" / f"{name}.yaml") if name.startswith("evidence/") else name
    words = [where, *(word for change in SCENARIOS[name] for word in ("--set", change))]
    done = subprocess.run([program, "run", *words, "-q", "-o", path, "--force", "--json"], check=True, stdout=subprocess.PIPE)
    report, result = json.loads(done.stdout), kith.open(path)
    tables = check_labels(path)
    check_words(result)
    if "participants" in result:
        assert check_join(result) >= 1, name
        check_sizes(name, result.effects)
    shown = exported(program, path)
    found = [recomputed(shown), *([numbers_in_r(path)] if with_r else [])]
    numbers = [(check_tables(shown, each), printed.check(report, each, shown)) for each in found]
    assert len(set(numbers)) == 1, (name, numbers)
    assert ("participants" in result) == (numbers[0][1] > 0), (name, numbers)
    return tables, *numbers[0]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with_r = has_reader()
    warnings.simplefilter("ignore", RuntimeWarning)  # of SciPy, about outcomes that hardly vary
    totals = np.zeros(3, int)
    names = sys.argv[2:] or list(SCENARIOS)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/out.h5"
        for name in names:
            start = time.monotonic()
            counts = check(program, name, path, with_r)
            totals += counts
            print(f"{name}: {counts[0]} tables, {counts[1]} numbers, {counts[2]} printed ({time.monotonic() - start:.1f} s)", flush=True)
            if name == "first-steps":
                check_blindness(path)
    tables, numbers, shown = totals
    print(f"{tables} tables of {len(names)} scenarios open with labels; {numbers} numbers come out again, {shown} as printed, in Python"
          + (" and R" if with_r else "; R's package hdf5r is not installed"))


if __name__ == "__main__":
    main()

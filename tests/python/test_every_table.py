#!/usr/bin/python3
"""Of every shipped scenario, made small: each table opens in xarray without options, with labels; and the effects that it prints come out
again of its ratings, in Python (all statistics, by test_exported_numbers.py) and in R (the differences, by effects.R).

test_every_table.py KITH
"""
import pathlib
import subprocess
import sys
import tempfile
import warnings

import h5py
import netCDF4  # noqa: F401  before warnings become errors: imports may warn
import numpy as np
import xarray as xr

import test_exported_numbers
from test_r_reader import has_reader
from test_scenarios import SMALL

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/python"))
import kith  # noqa: E402

LISTS = {"tie", "end", "occurrence", "event"}  # dimensions along which things are only listed
SCENARIOS = {**SMALL, "recovery": ["people.count=600", "time.burn_in=8 d", "replicates.count=1"]}  # several people in each arm


def check_labels(path):
    """Returns how many tables there are."""
    with h5py.File(path) as file:
        tables = [name for name in file if name not in ("provenance", "inputs")]
    for table in tables:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with xr.open_dataset(path, group=table) as data:
                data.load()
        for dimension in set(data.dims) - LISTS:
            assert dimension in data.coords, (path, table, f"{dimension} has no labels")
        for name, variable in data.variables.items():
            assert variable.attrs.get("long_name"), (path, table, f"{name} has no meaning")
            is_told = "units" in variable.attrs or "flag_meanings" in variable.attrs or name in data.dims or variable.dtype.kind not in "fiu"
            assert is_told, (path, table, f"{name} has no unit")
    return len(tables)


def check_in_r(path):
    """R's differences against those of the file; returns how many there were."""
    effects = kith.open(path).effects
    done = subprocess.run(["Rscript", ROOT / "tests/python/effects.R", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(found) == effects.difference.size, (path, len(found), effects.difference.size)
    for measure, contrast, study, value in found:
        printed = effects.sel(measure=measure, contrast=contrast).isel(replicate=int(study))
        expected = printed.difference if np.isfinite(printed.difference) else printed.adjusted
        if np.isfinite(expected):  # occupancy has no adjusted effect
            assert np.isclose(float(value), expected, rtol=1e-6, atol=1e-6), (path, measure, contrast, study, value, float(expected))
    return len(found)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with_r = has_reader()
    warnings.simplefilter("ignore", RuntimeWarning)  # of SciPy, about outcomes that hardly vary
    tables = numbers = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, changes in SCENARIOS.items():
            words = [name, *(word for change in changes for word in ("--set", change))]
            path = f"{folder}/out.h5"
            subprocess.run([program, "run", *words, "-q", "-o", path, "--force"], check=True, stdout=subprocess.DEVNULL)
            tables += check_labels(path)
            if "effects" not in kith.open(path).tables:
                continue
            numbers += test_exported_numbers.check(test_exported_numbers.tables_of(program, path))
            numbers += check_in_r(path) if with_r else 0
    print(f"{tables} tables of {len(SCENARIOS)} scenarios open with labels; {numbers} numbers come out again")


if __name__ == "__main__":
    main()

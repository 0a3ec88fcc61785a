#!/usr/bin/python3
"""Every table of a result opens in xarray, h5py and h5dump with its dimensions, units, coordinates and values.

test_xarray.py WRITE_SAMPLE: the program that writes the sample run of tests/support/sample_run.cpp.
"""
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile
import warnings

import h5netcdf  # noqa: F401  before warnings become errors: imports may warn
import h5py
import netCDF4  # noqa: F401
import numpy as np
import xarray as xr

warnings.simplefilter("error")  # a reader that warns its user is a failure

SIZES = {
    "population": {"replicate": 3, "time": 5, "group": 2},
    "participants": {"replicate": 3, "participant": 4},
    "diary": {"replicate": 3, "participant": 4, "occasion": 2},
    "effects": {"replicate": 3, "measure": 2, "contrast": 1},
    "people": {"time": 5, "person": 3},
    "network": {"snapshot": 3, "person": 3, "tie": 10},
    "tie_events": {"event": 5},
}


def check_table(path, table, engine):
    with xr.open_dataset(path, group=table, engine=engine) as data:
        data.load()
    assert dict(data.sizes) == SIZES[table], (table, engine, dict(data.sizes))
    for name in data.dims:
        if (table, name) != ("network", "tie"):  # the ragged dimension has no coordinate
            assert name in data.coords, (table, engine, name)
    for name, variable in {**data.data_vars, **data.coords}.items():
        assert variable.dtype.kind not in "mM", (table, name, "a duration became timedelta64")
    return data


def check_values(path, engine):
    open_table = {table: check_table(path, table, engine) for table in SIZES}
    assert "tie" not in open_table["network"].variables

    population = open_table["population"]
    assert population.connection.dims == ("replicate", "time", "group")
    assert population.time.attrs["units"] == "hour" and population.time.attrs["long_name"] == "time since the start"
    assert population.since_contact.attrs["units"] == "hour"
    assert population.connection.attrs["units"] == "1"
    assert list(population.time.values) == [0, 24, 48, 72, 96]
    assert list(population.group.values) == ["all", "treated"]
    for r in range(3):
        for t in range(5):
            cell = population.connection.sel(replicate=r, time=24.0 * t)
            assert cell.sel(group="all") == 100 * r + 10 * t
            treated = float(cell.sel(group="treated"))
            assert math.isnan(treated) if t == 3 else treated == 100 * r + 10 * t + 1
            assert population.components.sel(replicate=r, time=24.0 * t) == t + r
            assert math.isclose(population.since_contact.values[r, t, 0], 0.1 * t)
        assert list(population.group_size.values[r]) == [200, 34 + r]

    participants = open_table["participants"]
    assert list(participants.id.values[2]) == ["2-ann", "2-bob", "2-zoë", ""]
    assert np.array_equal(participants.sequence.values[0], [0, 1, 0, np.nan], equal_nan=True)
    assert list(participants.sequence.attrs["flag_values"]) == [0, 1]
    assert participants.sequence.attrs["flag_meanings"].split() == ["naltrexone_first", "placebo_first"]
    assert np.array_equal(participants.age.values[1], [21, 30, 40, np.nan], equal_nan=True)
    assert participants.age.attrs["units"] == "year"

    assert open_table["diary"].rating.values[2, 3, 1] == 27
    assert list(open_table["diary"].time.values) == [21, 45]
    assert open_table["effects"].difference.sel(replicate=1, measure="connection").item() == -1.2
    assert open_table["people"].connection.sel(person="zoë", time=48.0) == 2.5

    network = open_table["network"]
    assert list(network.tie_count.values) == [4, 2, 4] and network.tie_count.attrs["sample_dimension"] == "tie"
    assert list(network.target.values) == [1, 2, 0, 0, 1, 0, 1, 2, 0, 0]
    assert list(network.degree.values.sum(axis=1)) == list(network.tie_count.values)
    assert list(open_table["tie_events"].what.values) == [0, 1, 0, 1, 0]

    with xr.open_dataset(path, engine=engine) as root:
        assert root.attrs["title"] == "A made-up run — zoë"
        assert root.attrs["state"] == "complete" and root.attrs["seed"] == 18_000_000_000_000_000_000
    with xr.open_dataset(path, group="provenance", engine=engine) as texts:
        assert len(texts.scenario.item()) == 100_009


def check_h5py(path):
    with h5py.File(path) as file:
        assert list(file["/"]) == ["provenance", *SIZES], "groups in the order of creation"
        population = file["population"]
        assert list(population)[:4] == ["replicate", "time", "group", "connection"]
        for name, table in file.items():
            for dataset in table.values():
                for axis in dataset.dims if name != "provenance" and not h5py.h5ds.is_scale(dataset.id) else []:
                    assert len(axis) == 1, (name, dataset.name, "an axis without its dimension scale")
        connection = population["connection"]
        assert connection.maxshape == (3, None, 2) and connection.compression == "gzip" and connection.shuffle
        assert math.isnan(connection.attrs["_FillValue"]) and connection.attrs["_FillValue"].dtype == np.float32
        assert file["participants/sequence"].attrs["_FillValue"] == -1
        assert file["participants/sequence"].dtype == np.int8
        assert file["people/connection"].compression is None, "a table by person is plain unless asked"


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        for how in ("memory", "segments"):
            path = str(pathlib.Path(folder, how + ".h5"))
            subprocess.run([program, path, how], check=True)
            assert not pathlib.Path(path + ".parts").exists()
            for engine in ("netcdf4", "h5netcdf"):
                check_values(path, engine)
            check_h5py(path)
            if shutil.which("h5dump"):
                subprocess.run(["h5dump", "-H", path], check=True, stdout=subprocess.DEVNULL)
        path = pathlib.Path(folder, "abandon.h5")
        subprocess.run([program, str(path), "abandon"], check=True, stdout=subprocess.DEVNULL)
        segments = sorted(pathlib.Path(str(path) + ".parts").iterdir())
        assert not path.exists() and len(segments) > 5, segments
        for segment in segments:
            with xr.open_dataset(segment) as root:
                assert root.attrs["state"] == "partial" and root.attrs["title"] == "A made-up run — zoë"
            with h5py.File(segment) as file:
                tables = [name for name in file if name != "provenance"]
            for table in tables:
                for engine in ("netcdf4", "h5netcdf"):
                    xr.open_dataset(segment, group=table, engine=engine).close()
    print("every table opens")


main()

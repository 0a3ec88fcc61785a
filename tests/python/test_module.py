#!/usr/bin/python3
"""The Python module: tables with words for codes and participants beside their ratings, runs and sweeps, errors as exceptions.

test_module.py KITH
"""
import gc
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/python"))
import h5py  # noqa: E402
import numpy as np  # noqa: E402
from scipy import stats  # noqa: E402

import kith  # noqa: E402

SMALL = {"people__count": 300, "replicates__count": 4}


def check_words(result):
    """Every code is the word that the file gives it, and nothing else differs from the file."""
    with h5py.File(result.path) as file:
        assert set(result) == set(file) - {"provenance", "inputs"}
        for name in result:
            table = result[name]
            for key, item in file[name].items():
                if key not in table.variables:  # a dimension of a list
                    continue
                found = np.ravel(table[key].values)
                if "flag_values" in item.attrs:
                    words = item.attrs["flag_meanings"]
                    words = (words.decode() if isinstance(words, bytes) else words).split()
                    meaning = dict(zip(map(int, np.atleast_1d(item.attrs["flag_values"])), words))
                    assert [meaning.get(int(code), "") for code in np.ravel(item[:])] == list(found), (name, key)
                elif found.dtype.kind in "fiu":
                    stored = np.ravel(item[:])
                    is_missing = stored == item.attrs.get("_FillValue")
                    stored = np.where(is_missing, np.nan, stored) if is_missing.any() else stored
                    assert np.array_equal(found, stored, equal_nan=True), (name, key)


def check_join(result):
    """Each row about a participant has the participant's columns; returns how many such tables there are."""
    about = [name for name in result if name != "participants" and {"replicate", "participant"} <= set(result[name].dims)]
    for name in about:
        people = result.participants.to_dataframe().reset_index()
        rows = result[name].to_dataframe().reset_index()
        joined = rows.merge(people, on=["replicate", "participant"], suffixes=("", "_of_person"))
        assert len(joined) == len(rows) > 0, name
        for column in set(people) - {"replicate", "participant"}:
            own, of_person = (joined[key] for key in (column, column + "_of_person" if column + "_of_person" in joined else column))
            if set(result[name].variables[column].dims) <= {"replicate", "participant"}:  # a table may have such a column of its own
                assert ((own == of_person) | (own.isna() & of_person.isna())).all(), (name, column)
    return len(about)


def test_words(result):
    check_words(result)
    assert len(result) > 6
    assert "naltrexone" in result.diary.arm.values and "" not in result.participants.status.values
    with h5py.File(result.path) as file:
        assert np.array_equal(result.diary.rating.values, file["diary/rating"][:], equal_nan=True)


def test_join(result):
    assert check_join(result) >= 2
    assert (result.diary.sequence.values[..., None] != "").all() and result.diary.id.dims == ("replicate", "participant")


def test_effects(result):
    """The effect of a study follows from its ratings, by the words alone: the mean of each person's differences, and its paired t test."""
    diary = result.diary
    mean = {arm: diary.rating.where(diary.arm == arm).mean("occasion") for arm in ("naltrexone", "placebo")}
    difference = (mean["naltrexone"] - mean["placebo"]).values
    printed = result.effects.sel(measure="connection diary", contrast="naltrexone - placebo")
    for study, persons in enumerate(difference):
        assert math.isclose(persons.mean(), printed.difference.values[study], rel_tol=1e-6, abs_tol=1e-9)
        assert math.isclose(stats.ttest_1samp(persons, 0).pvalue, printed.p.values[study], rel_tol=1e-5)


def test_errors():
    for error, status, call in ((kith.InvalidScenario, 3, lambda: kith.run("first-steps", people__cont=3)),
                                (kith.WrongUse, 2, lambda: kith.run("first-steps", "--no-such-option"))):
        try:
            call()
        except error as raised:
            assert raised.status == status and str(raised), raised
            said = str(raised)
        else:
            raise AssertionError("no error")
        assert status != 3 or 'did you mean "count"?' in said, said
    for path, error in (("/no/such.h5", FileNotFoundError), (__file__, OSError)):
        try:
            kith.open(path)
            raise AssertionError("no error")
        except error:
            pass


def test_sweep(folder):
    design = folder / "tone.yaml"
    design.write_text("sweep: 1\ntitle: Tone\nscenario: first-steps\nset: [people.count=200, replicates.count=2]\n"
                      "factors: [{key: people.opioid_tone.median, values: [0.1, 0.2]}, {key: theory.name, values: [botsa, none]}]\n")
    result = kith.sweep(design)
    assert result.effects.sizes["run"] == 4
    assert list(result.effects["theory.name"].values) == ["botsa", "none", "botsa", "none"]
    assert np.all(result.effects.own.sel(measure="connection diary").values[[1, 3]] == 0)
    kept = kith.sweep(design, output=folder / "runs")
    assert kept.path == folder / "runs.h5" and kept.path.exists()
    design.write_text(design.read_text().replace("0.1, 0.2", "0.1, 0.2, 40"))
    try:
        kith.sweep(design)
        raise AssertionError("no error")
    except kith.KithError as error:
        assert "40" in str(error), error


def test_command(result):
    listed = subprocess.run([sys.executable, "-m", "kith", result.path], capture_output=True, text=True, check=True,
                            env={**os.environ, "PYTHONPATH": str(ROOT / "scripts/python")}).stdout
    assert all(name in listed for name in result) and "First steps" in listed, listed


def main():
    os.environ["KITH"] = sys.argv[1]
    warnings.simplefilter("error")
    result = kith.run("first-steps", **SMALL)
    test_words(result)
    test_join(result)
    test_effects(result)
    test_command(result)
    test_errors()
    with tempfile.TemporaryDirectory() as folder:
        test_sweep(pathlib.Path(folder))
    patients = kith.run("recovery", people__count=400, replicates__count=2)
    assert "sequence" in patients.patient_outcomes.coords and set(patients.effects.data_vars) >= {"difference", "p"}
    place = result.path.parent
    del result
    gc.collect()
    assert not place.exists(), "the temporary file goes with its result"


if __name__ == "__main__":
    main()

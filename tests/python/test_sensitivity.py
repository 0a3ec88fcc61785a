#!/usr/bin/python3
"""What an outcome of a sweep depends on: NumPy, and OpenTURNS where it is installed, find the indices, effects and means that are printed.

test_sensitivity.py KITH
"""
import json
import pathlib
import tempfile
from xml.etree import ElementTree

import numpy as np

from sweeping import DESIGN, SOBOL, contents, kith, merged


def check_against_openturns(y, table):
    """OpenTURNS finds the same indices in the same sample, once both stand on one mean and one variance. Its first-order index of Mauntz
    and Kucherenko is centred at the mean of the sample (A and B as one) and of those with a column exchanged, and takes N - 1 and the variance of A; its
    total index of Jansen takes 2 N - 1."""
    try:
        import openturns
    except ImportError:
        print("openturns is not installed: its indices are not compared")
        return
    samples, factors = len(y), y.shape[1] - 2
    outcomes = openturns.Sample(y.T.reshape(-1, 1))
    inputs = openturns.Sample(np.zeros((len(outcomes), factors)))
    first = openturns.MauntzKucherenkoSensitivityAlgorithm(inputs, outcomes, samples).getFirstOrderIndices()
    total = openturns.JansenSensitivityAlgorithm(inputs, outcomes, samples).getTotalOrderIndices()
    both, of_a = y[:, :2], y[:, 0].var(ddof=1)
    centre = (both.mean() + y[:, 2:].mean(axis=0).sum()) / (1 + factors)
    for factor, row in enumerate(table["rows"]):
        shift = (centre - both.mean()) * np.mean(y[:, 2 + factor] - y[:, 0])
        expected = (first[factor] * of_a * (samples - 1) / samples + shift) / both.var()
        assert abs(row[1]["value"] - expected) < 1e-6, (row, expected)
        expected = total[factor] * of_a * (2 * samples - 1) / (2 * samples) / both.var()
        assert abs(row[2]["value"] - expected) < 1e-6, (row, expected)


def check_partial(folder):
    """Of a grid: the means of each level, by numbers and by words, and a drawing of them."""
    found = contents(folder / "serial.h5")
    shown = json.loads(kith("sensitivity", folder / "serial.h5", "--partial", "--svg", folder / "serial.svg", "--json"))["tables"]
    names = list(found["effects/measure"].astype(str))
    y = found["effects/own"][:, :, names.index("loving messages"), 0].mean(axis=1)
    tables = [table for table in shown if "loving messages" in table["title"]]
    assert [len(table["rows"]) for table in tables] == [6, 2], tables
    for row, of_tone in zip(tables[0]["rows"], y.reshape(6, 2)):
        assert np.allclose([row[1]["value"], row[2]["value"]], [of_tone.mean(), 2], rtol=1e-6), (row, of_tone)
    assert [row[0]["text"] for row in tables[1]["rows"]] == ["botsa", "none"], tables[1]
    assert np.allclose([row[1]["value"] for row in tables[1]["rows"]], y.reshape(6, 2).mean(axis=0), atol=1e-9), tables[1]
    drawing = ElementTree.parse(folder / "serial.svg").getroot()
    marks = lambda kind: [len(mark.get("points").split()) for mark in drawing.iter("{http://www.w3.org/2000/svg}" + kind)]
    outcomes = len(shown) // 2
    assert marks("polyline") == outcomes * [6], marks("polyline")  # words are not joined
    assert marks("polygon") == outcomes * 8 * [4], marks("polygon")
    assert "--partial" in kith("sensitivity", folder / "serial.h5", "--svg", folder / "x.svg", status=2)


def check_sensitivity(folder):
    """NumPy finds the same indices, effects and chance in the exported runs."""
    for kind in ("sobol", "morris"):
        design = folder / f"{kind}.yaml"
        design.write_text(SOBOL.format(kind=kind))
        kith("sweep", design, "-o", folder / kind)
        found = merged(folder, kind)
        shown = json.loads(kith("sensitivity", folder / f"{kind}.h5", "--json"))["tables"]
        names = found["effects/measure"].astype(str)
        assert len(shown) == 2, shown  # occupancy does not vary with either factor
        for table in shown:
            measure = next(k for k, name in enumerate(names) if name in table["title"])
            own = found["effects/own"][:, :, measure, 0]
            y = own.mean(axis=1)
            left = own - y[:, None] - own.mean(axis=0) + own.mean()
            chance = (left**2).sum() / ((own.shape[0] - 1) * (own.shape[1] - 1)) / own.shape[1] / y.var(ddof=1)
            assert f"chance makes {100 * chance:.1f} %" in table["title"], (table["title"], chance)
            if kind == "sobol":
                y = y.reshape(8, 4)
                both = y[:, :2]
                for factor, row in enumerate(table["rows"]):
                    first = np.mean((y[:, 1] - both.mean()) * (y[:, 2 + factor] - y[:, 0])) / both.var()
                    total = np.mean((y[:, 0] - y[:, 2 + factor])**2) / 2 / both.var()
                    assert np.allclose([row[1]["value"], row[2]["value"]], [first, total], rtol=1e-6), (row, first, total)
                    assert row[1]["low"] <= first <= row[1]["high"], row
                check_against_openturns(y, table)
            else:
                keys = ["theory.opioid_share", "people.opioid_tone.median"]
                x = np.stack([(found[f"effects/{key}"] - low) / (high - low) for key, (low, high)
                              in zip(keys, [(0.02, 0.09), (0.05, 0.3)])], axis=1).reshape(8, 3, 2)
                y = y.reshape(8, 3)
                step = np.diff(x, axis=1)
                effects = np.diff(y, axis=1)[:, :, None] / np.where(np.abs(step) > 1e-6, step, np.nan)
                for factor, row in enumerate(table["rows"]):
                    e = effects[:, :, factor][np.isfinite(effects[:, :, factor])]
                    expected = [np.abs(e).mean(), e.mean(), e.std(ddof=1)]
                    assert np.allclose([cell["value"] for cell in row[1:]], expected, rtol=1e-6), (row, expected)
    assert "design: sobol" in kith("sensitivity", folder / "serial.h5", status=2)
    check_partial(folder)
    assert "did you mean effects.own?" in kith("sensitivity", folder / "sobol.h5", "--of", "effect.own", status=2)
    text = kith("sensitivity", folder / "sobol.h5", "--of", "effects.owns", status=2)
    assert " effects.own, " in text and "population." not in text, text
    assert "is no merged sweep" in kith("sensitivity", folder / "alone.h5", status=2)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "design.yaml").write_text(DESIGN)
        kith("sweep", folder / "design.yaml", "-o", folder / "serial")
        merged(folder, "serial")
        kith("run", "first-steps", "--replicates", 2, "-q", "-o", folder / "alone.h5")
        check_sensitivity(folder)


main()

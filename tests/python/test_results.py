#!/usr/bin/python3
"""The results of shipped scenarios open in xarray, and SciPy finds the same effects in their ratings.

test_results.py KITH
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr
from scipy import stats

OCCASIONS = ("replicate", "participant", "occasion")
DIMENSIONS = {  # of one variable a table
    "population": ("connection", ("replicate", "time", "group")),
    "participants": ("sequence", ("replicate", "participant")),
    "diary": ("rating", OCCASIONS),
    "probes": ("rating", OCCASIONS),
    "effects": ("difference", ("replicate", "measure", "contrast")),
    "effects_pooled": ("difference", ("measure", "contrast")),
    "people": ("connection", ("replicate", "time", "person")),
    "network": ("closeness", ("end",)),
}
SHARES = ["lonely_share", "isolated_share"]
FEELINGS = ["connection", "distress", "positive_affect", "negative_affect", "loneliness"]


def open_tables(path):
    """Every table in both engines, which must agree."""
    tables = {}
    for table, (variable, dimensions) in DIMENSIONS.items():
        for engine in ("netcdf4", "h5netcdf"):
            with xr.open_dataset(path, group=table, engine=engine) as data:
                data.load()
            assert data[variable].dims == dimensions, (table, engine, data[variable].dims)
            for name in data.dims:
                assert name in data.coords, (table, engine, f"{name} has no coordinate")
            for name, each in {**data.data_vars, **data.coords}.items():
                assert each.attrs.get("long_name"), (table, name, "no long_name")
                if each.dtype.kind in "fiu":
                    assert "units" in each.attrs or "flag_values" in each.attrs or name in data.dims, (table, name)
                assert each.dtype.kind not in "mM", (table, name, "a duration became timedelta64")
            if engine == "netcdf4":
                tables[table] = data
            else:
                xr.testing.assert_equal(data, tables[table])
    return tables


def check_population(tables):
    population = tables["population"]
    assert population.time.attrs["units"] == "hour" and population.time.values[0] == 0.0
    assert (np.diff(population.time.values) == population.time.values[1]).all(), "rows come at a fixed distance"
    for name in SHARES + FEELINGS:
        values = population[name].values
        assert np.isfinite(values).all() and values.min() >= 0.0 and values.max() <= 1.0, name
    for name in FEELINGS:
        quantiles = population[name + "_quantiles"].values
        assert (np.diff(quantiles, axis=-1) >= 0).all(), (name, "quantiles do not rise")
    # 24 % of everybody lie above the threshold when the measured time starts, by its definition.
    lonely = population.lonely_share.isel(time=0).sel(group="all").values
    assert ((lonely > 0.15) & (lonely < 0.30)).all(), lonely  # as many as the population has: the scale is fixed
    assert (population.occupancy.isel(time=0) == 0).all(), "nobody has taken anything yet"
    tones = ["tone: low", "tone: middle", "tone: high"]
    assert population.occupancy.max() > 0 and set(tones) <= set(population.group.values)
    signal = population.signal.sel(group=tones).isel(time=0).values
    assert (np.diff(signal, axis=-1) > 0).all(), "a higher tone gives a higher signal"


def arms_by_name(table):
    return table.arm.attrs["flag_meanings"].split()


def check_occasions(table):
    placebo = arms_by_name(table).index("placebo")
    own = table.own_difference.values
    present = np.isfinite(table.rating.values)
    assert present.any() and (np.isfinite(own) == present).all()
    untreated = (table.period.values == 1)[None, None, :] & (table.arm.values == placebo)
    treated = (table.arm.values != placebo) & (table.day.values > 1)[None, None, :]
    # Who has taken nothing yet differs from their twin only through treated friends.
    assert np.nanmean(np.abs(own[untreated])) < 0.2 * np.nanmean(np.abs(own[treated]))
    assert (np.diff(np.unique(table.time.values)) > 0).all() and (table.day.values >= 1).all()


def check_occupancy(probes):
    names = probes.measure.attrs["flag_meanings"].split()
    occupancy = [i for i, name in enumerate(names) if name.startswith("occupancy")]
    at = np.isin(probes.measure.values, occupancy)
    values = probes.rating.values[:, :, at]
    assert at.any() and np.nanmin(values) >= 0.0 and np.nanmax(values) <= 100.0
    placebo = arms_by_name(probes).index("placebo")
    untreated = (probes.period.values == 1)[None, None, :] & (probes.arm.values == placebo) & at[None, None, :]
    own = probes.own_difference.values[untreated]
    assert untreated.any() and (own[np.isfinite(own)] == 0.0).all(), "no drug, no occupancy"
    assert np.array_equal(values, probes.value.values[:, :, at], equal_nan=True), "occupancy is rated without noise"


def means(table, measure, arm, replicate):
    """Each completer's mean rating on an arm."""
    columns = table.measure.values == measure
    ratings = table.rating.values[replicate][:, columns]
    in_arm = table.arm.values[replicate][:, columns] == arm
    return np.array([row[there].mean() for row, there in zip(ratings, in_arm)])


def hedges_g(a, b):
    """Borenstein et al. 2009, eq. 4.27: the difference over the root of the mean variance, corrected."""
    return (a - b).mean() / np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2) * (1 - 3 / (4 * (len(a) - 1) - 1))


def check_effects(tables):
    effects, status = tables["effects"], tables["participants"].status.values
    rows = [("diary", m) for m in range(len(np.unique(tables["diary"].measure)))]
    rows += [("probes", m) for m in range(len(np.unique(tables["probes"].measure)))]
    assert len(rows) == effects.sizes["measure"] and effects.sizes["contrast"] == 1
    assert list(effects.contrast.values) == ["naltrexone - placebo"]
    for replicate in range(effects.sizes["replicate"]):
        completed = status[replicate] == 0
        for row, (table, measure) in enumerate(rows):
            arms = arms_by_name(tables[table])
            a, b = (
                means(tables[table], measure, arms.index(arm), replicate)[completed] for arm in ("naltrexone", "placebo")
            )
            found = effects.isel(replicate=replicate, measure=row, contrast=0)
            test = stats.ttest_rel(a, b)
            low, high = stats.t.interval(0.95, len(a) - 1, (a - b).mean(), stats.sem(a - b))
            expected = {"n": len(a), "mean_arm": a.mean(), "mean_reference": b.mean(), "difference": (a - b).mean()}
            tested = {"standard_error": stats.sem(a - b), "low": low, "high": high, "p": test.pvalue, "g": hedges_g(a, b)}
            is_occupancy = effects.measure.values[row].startswith("occupancy")
            expected |= dict.fromkeys(tested, np.nan) if is_occupancy else tested
            for name, value in expected.items():
                same = np.isclose(found[name], value, rtol=1e-9, atol=1e-9, equal_nan=True)
                assert same, (row, name, float(found[name]), value)
            assert not np.isclose(found.difference, (a - b)[1:].mean(), rtol=1e-9, atol=1e-9) or row >= len(rows) - 2
            if is_occupancy:
                continue
            assert found.g_low < found.g < found.g_high or found.g_low == found.g == found.g_high
    pooled = tables["effects_pooled"]
    is_outcome = np.array([not name.startswith("occupancy") for name in effects.measure.values])
    assert np.isnan(pooled.difference[~is_outcome]).all() and np.isnan(pooled.significant[~is_outcome]).all()
    effects, pooled = effects.isel(measure=is_outcome), pooled.isel(measure=is_outcome)
    assert np.allclose(pooled.difference, effects.difference.mean("replicate"), rtol=1e-9, atol=1e-9)
    assert np.allclose(pooled.g, effects.g.mean("replicate"), rtol=1e-9, atol=1e-9, equal_nan=True)
    assert np.allclose(pooled.significant, (effects.p < 0.05).mean("replicate"))


def check_integers(tables):
    """What is never missing keeps its type."""
    for table, names in {"participants": ("sequence", "status"), "diary": ("arm", "measure", "period", "day")}.items():
        for name in names:
            assert tables[table][name].dtype.kind == "i", (table, name, tables[table][name].dtype)


def check_network(network):
    offsets, targets = (network[name].values.astype(np.int64) for name in ("offsets", "targets"))
    assert offsets[0] == 0 and offsets[-1] == network.sizes["end"] and len(offsets) == network.sizes["person"] + 1
    sources = np.repeat(np.arange(network.sizes["person"]), np.diff(offsets))
    there = set(zip(sources, targets))
    assert len(there) == len(sources) and all((b, a) in there for a, b in there), "each tie is seen from both ends"
    assert network.closeness.min() > 0.0 and network.closeness.max() <= 1.0


def check_root(path, seed, scenario):
    with xr.open_dataset(path) as root:
        attributes = root.attrs
    assert attributes["state"] == "complete" and attributes["seed"] == seed, attributes
    assert attributes["title"] and len(attributes["fingerprint"]) == 16
    assert "extrapolation" in str(attributes["warnings"])
    with xr.open_dataset(path, group="provenance") as provenance:
        texts = {name: str(value.item()) for name, value in provenance.items()}
    assert any(scenario in text for text in texts.values()), texts.keys()
    assert any("kith run" in text for text in texts.values())


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        first, crossover = f"{folder}/first.h5", f"{folder}/crossover.h5"
        subprocess.run([program, "run", "first-steps", "-q", "--seed", "7", "-o", first], check=True, stdout=subprocess.PIPE)
        settings = ["people.count=400", "time.burn_in=7 d", "record.people=5", "record.network=true"]
        words = [word for setting in settings for word in ("--set", setting)]
        words += ["--replicates", "3", "-q", "-o", crossover]
        subprocess.run([program, "run", "naltrexone-crossover", *words], check=True, stdout=subprocess.PIPE)
        for path, seed, text in [(first, 7, "title: First steps"), (crossover, 2016, "title: Naltrexone crossover")]:
            tables = open_tables(path)
            check_population(tables)
            for table in ("diary", "probes"):
                check_occasions(tables[table])
            check_occupancy(tables["probes"])
            check_effects(tables)
            check_integers(tables)
            check_network(tables["network"])
            check_root(path, seed, text)
        participants = tables["participants"]
        assert (participants.status.values == 1).sum(axis=1).tolist() == [3, 3, 3], "three leave each study"
        assert np.isfinite(participants.left_on_day.values).sum() == 9
    print("the results of two scenarios open, and SciPy finds the same effects")


main()

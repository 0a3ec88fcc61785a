#!/usr/bin/python3
"""Checks pages of patients, doses, published experiments, sweeps, two results, and theories side by side.

Usage: test_report_kinds.py KITH
"""
import tempfile
from pathlib import Path

import h5py
import numpy as np
from scipy import stats

from report_pages import agree, check_page, kith, printed, with_interval


def check_patients(folder):
    """Curves with numbers at risk, ties that come and go, and the two paths of patients."""
    result = folder / "patients.h5"
    kith("run", "recovery", "-o", result, "-q", "--replicates", "3", "--set", "people.count=300")
    kith("report", result)
    page, file = check_page(folder / "patients.html"), h5py.File(result)
    assert any(words.startswith("Factorial trial, double-blind: ") for words in page.words)
    _, *rows = page.tables["Patients who have not relapsed, first virtual study [%]"]
    for row, cells in enumerate(rows):
        for group in range(file["patients/group"].shape[0]):
            at = lambda name: file["patients"][name][0, row, group]
            limits = [printed(100 * float(at(name)), 1) for name in ("not_relapsed", "not_relapsed_low", "not_relapsed_high")]
            wanted = "{} [{}, {}]".format(*limits) if np.isfinite(at("not_relapsed_low")) else limits[0]
            assert cells[1 + 2 * group] == wanted and cells[2 + 2 * group] == str(at("at_risk")), (cells, wanted)
    head, *rows = page.tables["Ties that began and ended, by layer [ties a day]"]
    days = file["population/time"][:] / 24
    for row, cells in enumerate(rows, 1):
        for layer in range(4):
            began = file["population/ties_began"][:, row, 0, layer].astype(float).mean() / (days[row] - days[row - 1])
            agree(cells[1 + layer], printed(began, 4), f"ties, row {row}, {head[1 + layer]}")
    _, *rows = page.tables["Patients: the two paths of treatment"]
    outcomes = [name.decode() for name in file["path_effects/outcome"][:]]
    for row, cells in enumerate(rows):
        path = ("both", "attachment", "use")[row % 3]
        assert cells[0].startswith(outcomes[row // 3])
        for arm in range(file["path_effects/arm"].shape[0]):
            values = file["path_effects"][path][:, arm, row // 3]
            agree(cells[1 + arm], with_interval(values, 2), f"{cells[0]}, arm {arm}")


def check_doses(folder):
    result = folder / "doses.h5"
    kith("run", "dose-response", "-o", result, "-q", "--replicates", "3", "--set", "people.count=1500")
    kith("report", result)
    page, file = check_page(folder / "doses.html"), h5py.File(result)
    measures = [name.decode() for name in file["effects/measure"][:]]
    contrasts = [name.decode() for name in file["effects/contrast"][:]]
    _, *rows = page.tables["Dose and response [points of the scale]"]
    assert len(rows) == 10
    for name, difference, own in rows:
        measure, _, dose = name.rpartition(", ")
        place = measures.index(measure), contrasts.index(f"naltrexone {dose} - placebo")
        agree(difference, with_interval(file["effects/difference"][:, place[0], place[1]], 2), name)
        agree(own, printed(file["effects/own"][:, place[0], place[1]].mean(), 3), name)


def check_evidence(folder):
    """The forest by theory holds the numbers of the table `evidence`."""
    result = folder / "evidence.h5"
    kith("evidence", "evidence/inagaki_2019", "--theory", "botsa,none", "--replicates", "4", "-q", "-o", result)
    kith("report", result)
    page, table = check_page(folder / "evidence.html"), h5py.File(result)["evidence"]
    _, *rows = page.tables["Published experiments, and what each theory predicts [Hedges g]"]
    assert len(rows) == table["outcome"].shape[0]
    limit = stats.norm.ppf(0.975)
    for o, row in enumerate(rows):
        assert row[0] == table["outcome"][o].decode()
        for t in range(table["theory"].shape[0]):
            mean, spread = table["mean"][o, t], limit * table["sd"][o, t]
            if np.isfinite(mean):
                agree(row[2 + t].rpartition(" ")[0], "{} [{}, {}]".format(*(printed(v, 2) for v in (mean, mean - spread, mean + spread))), row)
    assert any("Pooled" in title for title in page.tables), page.tables.keys()


def check_sweep(folder):
    """What an outcome depends on, by NumPy from the merged file; failed runs, with their commands."""
    design = folder / "design.yaml"
    design.write_text("""sweep: 1
title: Tone, and ties that nobody has
scenario: first-steps
set: [people.count=200, replicates.count=2, time.burn_in=2 d]
factors:
- {key: people.opioid_tone.median, values: [0.05, 0.15, 0.3]}
- {key: trial.participants.close_ties, values: [0, 900]}
""")
    kith("sweep", design, "-o", folder / "sweep", "-q", status=4)
    result = folder / "sweep.h5"
    kith("merge", folder / "sweep", "-o", result, status=4)
    kith("report", result)
    page, file = check_page(folder / "sweep.html"), h5py.File(result)
    assert "3 of 6 runs are done, 3 failed" in page.text(), page.text()
    _, *failed = page.tables["Runs that failed"]
    assert [row[0] for row in failed] == ["1", "3", "5"] and all("kith run" in row[2] for row in failed)
    names = [name.decode() for name in file["effects/measure"][:]]
    title = "effects.own: loving messages · naltrexone - placebo"
    y = file["effects/own"][:, :, names.index("loving messages"), 0].mean(axis=1)
    rows = [row for row in page.tables[title][1:] if row[0] == "people.opioid_tone.median"]
    assert [row[1] for row in rows] == ["0.05", "0.15", "0.3"]
    for row, value in zip(rows, y):
        assert abs(float(row[2].split()[0].replace("−", "-")) - value) <= 0.006 * abs(value), (row, value)
    kith("report", result, "--of", "effects.colour", "-o", folder / "x.html", status=2)


def check_comparison(folder):
    """Both curves are means over the replicates of their own file."""
    for name, theory in (("a", "botsa"), ("b", "none")):
        kith("run", "first-steps", "--theory", theory, "--replicates", "3", "-q", "-o", folder / f"{name}.h5")
    terminal = kith("compare", folder / "a.h5", folder / "b.h5", "--paired", "--report", folder / "ab.html").stdout
    page = check_page(folder / "ab.html")
    _, *rows = page.tables["Felt connection [0 to 1]"]
    for column, name in enumerate("ab", 1):
        values = h5py.File(folder / f"{name}.h5")["population/connection"][:, :, 0].astype(float)
        for k, row in enumerate(rows):
            agree(row[column], with_interval(values[:, k], 3), f"{name}, row {k}")
    for row in page.tables["naltrexone - placebo"][1:]:
        assert " ".join(" ".join(row).split()) in " ".join(terminal.split()), row
    kith("compare", folder / "a.h5", folder / "b.h5", "--report", folder / "ab.html", status=6)


def check_theories(folder):
    """Theories side by side: a curve and a column each, and the pooled effects of all of them."""
    result = folder / "theories.h5"
    theories = ("reward", "botsa", "none")  # in the order asked for, not in that of their names
    kith("run", "first-steps", "--theory", ",".join(theories), "--replicates", "6", "-q", "-o", result)
    kith("report", result)
    page, file = check_page(folder / "theories.html"), h5py.File(result)
    head, *rows = page.tables["Felt connection [0 to 1]"]
    groups = [name.decode() for name in file["population_botsa/group"][:]]
    assert head == ["day", *(f"{group}, {theory}" for group in groups for theory in theories)], head
    for column, name in enumerate(head[1:], 1):
        group, _, theory = name.rpartition(", ")
        values = file[f"population_{theory}/connection"][:, :, groups.index(group)].astype(float)
        for k, row in enumerate(rows):
            agree(row[column], with_interval(values[:, k], 3), f"{name}, row {k}")
    measures = [name.decode() for name in file["effects_botsa/measure"][:]]
    _, *rows = page.tables["The virtual studies, and all of them together, side by side [Hedges g]"]
    assert [row[0] for row in rows] == [f"{measure}, {theory}" for measure in ("connection diary", "loving messages") for theory in theories]
    for name, g, own in rows:
        measure, _, theory = name.rpartition(", ")
        pooled, m = file[f"effects_pooled_{theory}"], measures.index(measure)
        agree(g, "{} [{}, {}]".format(*(printed(pooled[v][m, 0], 2) for v in ("g", "g_low", "g_high"))), name)
        agree(own, printed(file[f"effects_{theory}/own"][:, m, 0].mean(), 3), name)
        told = next(words for words in page.words if words.startswith(f"Under {theory}: {measure}: "))
        assert g in told, told
    assert "side by side under the theories reward, botsa, none" in page.text()
    assert "kith run scenario.yaml -o again.h5 --theory reward,botsa,none" in page.text()
    kith("plot", result, "studies", "-o", folder / "theories.svg")
    assert "several theories" in kith("plot", result, "own", "-o", folder / "own.svg", status=2).stderr
    assert kith("replay", result).returncode == 0


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        check_evidence(folder)
        check_sweep(folder)
        check_comparison(folder)
        check_patients(folder)
        check_doses(folder)
        check_theories(folder)
    print("every kind of page holds the numbers of its result")


if __name__ == "__main__":
    main()

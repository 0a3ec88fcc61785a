#!/usr/bin/python3
"""Checks that the page about a run holds the numbers of the result, and keeps its budget.

Usage: test_report.py KITH
"""
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import h5py
import numpy as np
from scipy import stats

from report_pages import SVG, Page, agree, check_page, kith, printed, with_interval


def check_numbers(folder):
    result = folder / "first.h5"
    terminal = kith("run", "first-steps", "-o", result, "-q").stdout
    kith("report", result)
    page = Page(folder / "first.html")
    file = h5py.File(result)

    check_curves(page, file)
    effects, pooled = file["effects"], file["effects_pooled"]
    measures = [name.decode() for name in effects["measure"][:]]
    _, all_studies, *studies = page.tables["The virtual studies, and all of them together [Hedges g]"]
    for column, measure in enumerate(("connection diary", "loving messages"), 1):
        m = measures.index(measure)
        numbers = lambda group, place: "{} [{}, {}]".format(*(printed(group[name][place], 2) for name in ("g", "g_low", "g_high")))
        assert all_studies[column] == numbers(pooled, (m, 0)), all_studies
        for r, row in enumerate(studies):
            assert row[column] == numbers(effects, (r, m, 0)), row

    check_participants(page, file)
    check_effects(page, file, "naltrexone", "placebo")
    check_adjusted(page, file)
    check_occupancy(page, file)
    check_flow(page, file)
    check_terminal(page, terminal)
    assert file.attrs["fingerprint"] in page.text()
    assert f"kith replay {result}" in page.text()
    assert "Theory botsa: low mu-opioid signal" in page.text() and "botsa. botsa" not in page.text()
    assert "kith run first-steps -o" in page.text()
    assert "extrapolation" in page.text()
    assert "fitted" in page.text()


CURVES = (("connection", "Felt connection", "0 to 1", 1, 3), ("loneliness", "Loneliness", "0 to 1", 1, 3),
          ("isolated_share", "People who are isolated", "%", 100, 1), ("occupancy", "µ-receptors held by drugs", "%", 1, 1),
          ("signal", "µ-opioid signal", "1 = at rest", 1, 3), ("contacts_per_day", "Contacts in person", "a day", 1, 2))


def check_curves(page, file):
    """Figures over time: each cell is the mean of the replicates with its interval, and each curve goes through these means."""
    population = file["population"]
    groups = [name.decode() for name in population["group"][:]]
    drawings = {drawing.get("id"): drawing for drawing in page.drawings()}
    for variable, title, unit, scale, digits in CURVES:
        head, *rows = page.tables[f"{title} [{unit}]"]
        assert head == ["day", *groups], head
        values = scale * population[variable][:].astype(float)
        assert len(rows) == values.shape[1]
        for time_index, row in enumerate(rows):
            assert float(row[0]) == population["time"][time_index] / 24
            for group, cell in enumerate(row[1:]):
                agree(cell, with_interval(values[:, time_index, group], digits), f"{variable}, row {time_index}, {groups[group]}")
        drawn = 0
        for drawing in page.drawings():
            if drawing.find(SVG + "title").text.partition(",")[0] != title:
                continue
            left, right, x_start, x_end = map(float, drawing.get("data-axis").split())
            for name, series in zip(drawing.get("data-columns").split("|"), drawing.iter(SVG + "g")):
                check_line(series, values[:, :, groups.index(name)].mean(axis=0), f"{variable}, {name}")
                drawn += 1
        assert drawn >= 1, title


def check_line(series, means, what):
    """The corners of a curve are as high as the means, in one scale for all: no more is known of the axis."""
    corners = [tuple(map(float, corner.split(","))) for line in series.iter(SVG + "polyline") for corner in line.get("points").split()]
    assert len(corners) == np.isfinite(means).sum(), f"{what}: {len(corners)} corners"
    y = np.array([corner[1] for corner in corners])
    means = means[np.isfinite(means)]
    if np.ptp(means) == 0:
        assert np.ptp(y) == 0, what
        return
    slope, offset = np.polyfit(means, y, 1)
    assert slope < 0 and np.allclose(slope * means + offset, y, rtol=0, atol=0.08), f"{what}: {y} are not {means}"


def check_participants(page, file):
    """Paired differences and own effects of the first virtual study: each participant, and what the study makes of them."""
    effects = file["effects"]
    measures = [name.decode() for name in effects["measure"][:]]
    for title, rating, of_study, digits in (("Differences between the arms", "rating", ("difference", "low", "high"), 2),
                                            ("Own effects", "own_difference", ("own",), 3)):
        head, study, *rows = page.tables[f"{title}, of each participant, first virtual study [points of the scale]"]
        assert head == ["participant", "connection diary: naltrexone − placebo", "loving messages: naltrexone − placebo"], head
        for column, (table, measure) in enumerate((("diary", "connection diary"), ("probes", "loving messages")), 1):
            found = [printed(effects[name][0, measures.index(measure), 0], digits) for name in of_study]
            agree(study[column], "{} [{}, {}]".format(*found) if len(found) == 3 else found[0], f"{title}, the study, {measure}")
            means = means_by_arm(file[table], rating, measure)
            assert len(rows) == len(means)
            for participant, row in enumerate(rows):
                agree(row[column], printed(means[participant, 0] - means[participant, 1], digits), f"{title}, {measure}, {participant}")


def means_by_arm(table, variable, measure):
    """[participant][arm], of the first virtual study."""
    meanings = table["measure"].attrs["flag_meanings"].split()
    number = np.atleast_1d(table["measure"].attrs["flag_values"])[meanings.index(measure.replace(" ", "_"))]
    asked = table["measure"][:] == number
    values, arm = table[variable][0].astype(float), table["arm"][0]
    all_arms = np.full((len(values), 2), np.nan)
    for participant in range(len(values)):
        for a in (0, 1):
            chosen = values[participant, asked & (arm[participant] == a)]
            if np.isfinite(chosen).any():
                all_arms[participant, a] = np.nanmean(chosen)
    return all_arms


def check_network(folder):
    """The network: loneliness of those recorded, by person and day; as many people and ties as there are; who takes part has a ring."""
    result = folder / "network.h5"
    kith("run", "first-steps", "-o", result, "-q", "--replicates", "2", "--set", "record.people=30", "--set", "record.network=true")
    kith("report", result)
    check_drawn_network(check_page(folder / "network.html"), h5py.File(result))


def ties_of_lines(drawing, lines):
    """Pairs of places, each that of a person's circle."""
    places = {(circle.get("cx"), circle.get("cy")) for circle in drawing.iter(SVG + "circle")}
    ends = [((line.get("x1"), line.get("y1")), (line.get("x2"), line.get("y2"))) for line in lines]
    assert all(end in places for pair in ends for end in pair)
    return ends


def signatures(ties):
    """What is the same of a graph whatever its people are called: of each, how many ties they and those they know have."""
    known = {}
    for a, b in ties:
        known.setdefault(a, []).append(b)
        known.setdefault(b, []).append(a)
    return sorted((len(mine), sorted(len(known[one]) for one in mine)) for mine in known.values())


def check_drawn_network(page, file):
    texts = lambda values: [value.decode() if isinstance(value, bytes) else str(value) for value in values]
    people = file["people"]
    times, loneliness = people["time"][:] / 24, people["loneliness"][0].astype(float)
    shown = [0, len(times) // 2, len(times) - 1]
    head, *rows = page.tables["The network, by loneliness of those recorded, first virtual study"]
    assert head == ["person", *(f"day {times[row]:g}" for row in shown)], head
    ids = texts(people["person"][:])
    assert sorted(row[0] for row in rows) == sorted(ids)
    for row in rows:
        for cell, time_index in zip(row[1:], shown):
            agree(cell, printed(loneliness[time_index, ids.index(row[0])], 3), f"person {row[0]}, row {time_index}")
    drawings = [drawing for drawing in page.drawings() if drawing.get("data-day")]
    assert [drawing.get("data-day") for drawing in drawings] == [f"{times[row]:g}" for row in shown]
    offsets, targets = file["network/offsets"][:], file["network/targets"][:]
    ties = {tuple(sorted((a, int(b)))) for a in range(len(offsets) - 1) for b in targets[offsets[a]:offsets[a + 1]]}
    steps = np.linspace(loneliness.min(), loneliness.max(), 6)
    for drawing, time_index in zip(drawings, shown):
        lines = [line for line in drawing.iter(SVG + "line") if line.get("class") == "faint"]
        told = re.search(r"the ([\d,]+) closest of ([\d,]+) ties", page.text())
        assert len(lines) == (int(told.group(1)) if told else len(ties))
        assert not told or int(told.group(2)) == len(ties)
        if not told:
            assert signatures(ties_of_lines(drawing, lines)) == signatures(ties), f"ties on day {time_index}"
        words = [text.text for text in drawing.iter(SVG + "text")]
        assert [word for word in words if " to " in word] == [f"{a:.2f} to {b:.2f}" for a, b in zip(steps, steps[1:])], words
        circles = [circle.get("class") for circle in drawing.iter(SVG + "circle")]
        shades = np.minimum((loneliness[time_index] - steps[0]) / (steps[5] - steps[0]) * 5, 4).astype(int)
        for shade in range(5):  # one more is the legend's
            assert circles.count(f"f1 q{shade} s1") == 1 + (shades == shade).sum(), f"shade {shade} on day {time_index}"
        assert circles.count("ink") == 1 + len(set(texts(file["participants/id"][0]))), f"rings on day {time_index}"


def check_effects(page, file, arm, reference):
    """The table of effects, and the sentences in short, are means over the studies of the file, by NumPy."""
    effects, pooled = file["effects"], file["effects_pooled"]
    contrast = [name.decode() for name in effects["contrast"][:]].index(f"{arm} - {reference}")
    _, *rows = page.tables[f"{arm} against {reference}"]
    outcomes = [m for m in range(len(effects["measure"])) if np.isfinite(effects["low"][:, m, contrast]).any()]
    assert len(rows) == len(outcomes)
    for row, m in zip(rows, outcomes):
        name = effects["measure"][m].decode()
        mean = lambda variable: np.nanmean(effects[variable][:, m, contrast])
        all_of = lambda variable: pooled[variable][m, contrast]
        interval = lambda values, digits: "{} [{}, {}]".format(*(printed(value, digits) for value in values))
        difference = interval([mean(v) for v in ("difference", "low", "high")], 2)
        g = interval([all_of(v) for v in ("g", "g_low", "g_high")], 2)
        share = "{:.0f} % [{:.0f}, {:.0f}]".format(*(100 * all_of(v) for v in ("significant", "significant_low", "significant_high")))
        wanted = [printed(mean("mean_arm"), 2), printed(mean("mean_reference"), 2), difference, g, share, printed(mean("own"), 3)]
        assert row[0].startswith(f"{name} ("), row
        for cell, number in zip(row[1:], wanted):
            agree(cell, number, f"{name}, {row}")
        sentence = next(text for text in page.words if text.startswith(f"{name}: in the model") and "A study of this size" in text)
        studies = effects["difference"].shape[0]
        assert (g in sentence) == (studies >= 5) and ("too few" in sentence) == (studies < 5), sentence
        for number in (difference, f"{100 * all_of('significant'):.0f} % of {studies} studies", printed(abs(mean("own")), 3)):
            assert number in sentence, f"{number} is not in: {sentence}"
        direction = "no effect at all" if mean("own") == 0 else "lower" if mean("own") < 0 else "higher"
        assert direction in sentence, sentence


def check_adjusted(page, file):
    """Adjusted for the period, the period itself and carry-over: means over the studies, and how many were significant."""
    effects, pooled = file["effects"], file["effects_pooled"]
    measures = [name.decode() for name in effects["measure"][:]]
    _, *rows = page.tables["naltrexone against placebo, adjusted for the period"]
    assert len(rows) == 2
    for row in rows:
        m = measures.index(row[0].partition(" (")[0])
        interval = lambda names: "{} [{}, {}]".format(*(printed(effects[name][:, m, 0].mean(), 2) for name in names))
        of = lambda name: interval((name, f"{name}_low", f"{name}_high"))
        share = lambda name: f"{100 * pooled[name][m, 0]:.0f} %"
        wanted = [of("adjusted"), share("adjusted_significant"), of("period"), of("carry_over"), share("carry_over_significant")]
        for cell, number in zip(row[1:], wanted, strict=True):
            agree(cell, number, row)


def check_occupancy(page, file):
    """Occupancy by order of the arms: means over the participants of all studies."""
    probes, sequences = file["probes"], file["participants/sequence"][:]
    meanings = probes["measure"].attrs["flag_names"].split("\n")
    head, *rows = page.tables["µ-receptor occupancy [%] by order of the arms"]
    assert head[1:] == file["participants/sequence"].attrs["flag_names"].split("\n")[:2] and len(rows) == 4
    for row in rows:
        period, when = re.fullmatch(r"period (\d), (.*)", row[0]).groups()
        asked = (probes["measure"][:] == meanings.index(f"occupancy {when}")) & (probes["period"][:] == int(period))
        for sequence, cell in enumerate(row[1:]):
            values = probes["value"][:][sequences == sequence][:, asked]
            agree(cell, printed(np.nanmean(values), 1), f"{row[0]}, sequence {sequence}")


def check_flow(page, file):
    """Who took part: means over the studies."""
    flow = file["flow"]
    _, *rows = page.tables["flow of participants, mean of a study"]
    names = [name.decode() for name in flow["sequence"][:]]
    for name, *cells in rows:
        for cell, variable in zip(cells, ("allocated", "left", "analysed"), strict=True):
            counts = flow[variable][:].sum(axis=1) if name == "all" else flow[variable][:, names.index(name)]
            assert float(cell) == round(counts.mean(), 1), (name, variable)
    assert f"{flow['screened'][:].mean():.0f} people screened" in {text.text for drawing in page.drawings() for text in drawing.iter(SVG + "text")}


def check_terminal(page, terminal):
    """Every table that the terminal printed stands on the page, cell by cell, and every note."""
    words = " ".join(terminal.split())
    shown = [title for title in page.tables if f"\n{title}\n" in terminal]
    assert len(shown) >= 3, shown
    for title in shown:
        for row in page.tables[title][1:]:
            assert " ".join(" ".join(row).split()) in words, f"the terminal has no {row} of {title}"
    notes = terminal[terminal.index("\n  Screened"):terminal.index("Warning:")]
    for note in notes.split(". "):
        assert " ".join(note.split()) in " ".join(page.text().split()), f"the page has no: {note}"


def check_pooled(folder):
    """The pooled row of the forest, by SciPy from the studies of the page, and by R's metafor where that is installed."""
    page, file = Page(folder / "first.html"), h5py.File(folder / "first.h5")
    effects, pooled = file["effects"], file["effects_pooled"]
    for m in range(len(effects["measure"])):
        values = effects["g"][:, m, 0]
        if not np.isfinite(values).all():
            continue
        own = [pooled[name][m, 0] for name in ("g", "g_low", "g_high")]
        mean, error = values.mean(), stats.sem(values)
        assert np.allclose(own, [mean, *stats.t.interval(0.95, len(values) - 1, mean, error)], rtol=0, atol=1e-9)
        by_metafor = metafor(values)
        if by_metafor is None:
            print("pooled rows are those of SciPy; skipped: metafor is not installed (r-cran-metafor)")
            return
        assert np.allclose(own, by_metafor, rtol=0, atol=1e-6), f"{own}, metafor {by_metafor}"
        label = f"mean of all {len(values)}"
        assert label in {text.text for drawing in page.drawings() for text in drawing.iter(SVG + "text")}


def metafor(values):
    """Mean of studies of equal weight and its interval by Knapp and Hartung; nothing where R or metafor is missing."""
    if not shutil.which("Rscript"):
        return None
    script = ('if (!requireNamespace("metafor", quietly = TRUE)) quit(status = 77); '
              f"m <- metafor::rma(yi = c({','.join(map(repr, map(float, values)))}), vi = rep(1, {len(values)}), method = 'EE', test = 'knha'); "
              "cat(sprintf('%.12f', c(m$beta, m$ci.lb, m$ci.ub)))")
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=300)
    if done.returncode == 77:
        return None
    assert done.returncode == 0, done.stderr
    return [float(number) for number in done.stdout.split()]


def check_budget(folder):
    """A table of more rows than are shown: what is drawn are means, and the page says so."""
    result = folder / "long.h5"
    kith("run", "first-steps", "-o", result, "-q", "--replicates", "2", "--set", "time.duration=30d", "--set", "record.every=1h")
    kith("report", result)
    page = check_page(folder / "long.html")
    values = h5py.File(result)["population/connection"][:].astype(float)
    _, *rows = page.tables["Felt connection [0 to 1]"]
    together = int(re.search(r"Each point is the mean of (\d+) rows", page.text()).group(1))
    assert len(rows) == -(-values.shape[1] // together) <= 500
    for row, cells in enumerate(rows):
        means = values[:, row * together:(row + 1) * together, 0].mean(axis=1)
        agree(cells[1], with_interval(means, 3), f"row {row}")


def check_documents(folder):
    """The ODD protocol has the submodels and numbers of this scenario; methods come with the references that they cite."""
    result = folder / "first.h5"
    kith("report", result, "--odd")
    text = (folder / "first-odd.md").read_text(encoding="utf-8")
    assert "### 7.1 Drug" in text and "### 7.7 Trials" in text
    for absent in ("### 7.9 Events", "### 7.10 Patients", "<!--", "substance_use"):
        assert absent not in text, absent
    parameters = dict(re.findall(r"^\| `([^`]+)` \| ([^|]*) \|", text[text.index("## 8."):], re.M))
    assert parameters["people.count"] == "200" and parameters["theory.opioid_share"] == "0.054", parameters
    assert re.search(r"`theory.opioid_share` \| 0.054 \| the same \| fitted \|", text)
    assert re.search(r"`people.count` \| 200 \| \d+ \| scenario \|", text)
    kith("report", result, "--methods", "-o", folder / "m.md")
    methods, references = ((folder / f"m.{ending}").read_text(encoding="utf-8") for ending in ("md", "bib"))
    keys = set(re.findall(r"@(\w+)[;\]]", methods))
    assert keys and keys == set(re.findall(r"^@\w+\{(\w+),", references, re.M)), keys
    kith("report", result, "--methods", "--odd", status=2)


def check_plots(folder):
    """Each chart by itself is a whole file, as SVG and as PNG."""
    listed = kith("plot", folder / "first.h5", "--list").stdout.splitlines()
    names = [line.split()[0] for line in listed if re.match(r"\w", line) and "not here" not in line]
    assert "connection" in names and "studies" in names, names
    for name in names:
        kith("plot", folder / "first.h5", name, "-o", folder / f"{name}.svg")
        drawing = ElementTree.parse(folder / f"{name}.svg").getroot()
        assert drawing.tag == SVG + "svg" and drawing.find(SVG + "style") is not None
    kith("plot", folder / "first.h5", "connection", "-o", folder / "connection.png")
    png = (folder / "connection.png").read_bytes()
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    drawing = ElementTree.parse(folder / "connection.svg").getroot()
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and (width, height) == (2 * int(drawing.get("width")), 2 * int(drawing.get("height")))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        check_numbers(folder)
        check_page(folder / "first.html")
        check_pooled(folder)
        check_plots(folder)
        check_network(folder)
        check_budget(folder)
        check_documents(folder)
    print("reports hold the numbers of their results")


if __name__ == "__main__":
    main()

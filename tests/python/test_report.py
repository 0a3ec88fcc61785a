#!/usr/bin/python3
"""Checks that the page about a result holds the numbers of the result, keeps its budget, and says what is not there.

Usage: test_report.py KITH
"""
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import h5py
import numpy as np
from scipy import stats

KITH = sys.argv.pop(1)
SVG = "{http://www.w3.org/2000/svg}"


def kith(*words, status=0):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == status, f"{words}: status {done.returncode}, not {status}\n{done.stderr}"
    return done


class Page(HTMLParser):
    """Tables by title as lists of rows, the words of each section, and every address."""

    def __init__(self, path):
        super().__init__()
        self.tables, self.words, self.addresses, self.open = {}, [], [], []
        self.html = Path(path).read_text(encoding="utf-8")
        self.feed(self.html)
        assert not self.open, f"{path}: not closed: {self.open}"

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href", "action", "srcset", "data")]
        if tag == "caption":
            self.title = ""
        if tag == "tr":
            self.row = []
        if tag in ("td", "th"):
            self.row.append("")

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()
        if tag == "caption":
            self.tables[self.title] = []
        if tag == "tr":
            self.tables[self.title].append(self.row)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        if inside == "caption":
            self.title += data
        elif inside in ("td", "th"):
            self.row[-1] += data
        elif inside not in ("style", "script"):
            self.words.append(data)

    def text(self):
        return " ".join(self.words)

    def drawings(self):
        return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", self.html, re.S)]


def printed(value, digits):
    """A number as Kith prints it."""
    if not np.isfinite(value):
        return "–"
    text = f"{value:.{digits}f}"
    return (text.lstrip("-") if not text.strip("-0.") else text).replace("-", "−")


def with_interval(values, digits):
    """The mean of replicates and its 95 % interval, by SciPy."""
    mean, error = values.mean(), stats.sem(values)
    if error == 0:
        return f"{printed(mean, digits)} [{printed(mean, digits)}, {printed(mean, digits)}]"
    low, high = stats.t.interval(0.95, len(values) - 1, mean, error)
    return f"{printed(mean, digits)} [{printed(low, digits)}, {printed(high, digits)}]"


def agree(page, wanted, what):
    """The same texts, but for a last digit that falls between two roundings."""
    numbers = lambda text: [float(number.replace("−", "-")) for number in re.findall(r"[−\d.]*\d", text)]
    if page == wanted:
        return
    a, b = numbers(page), numbers(wanted)
    assert len(a) == len(b) and re.sub(r"[−\d.]+", "", page) == re.sub(r"[−\d.]+", "", wanted), f"{what}: {page} is not {wanted}"
    step = 10.0 ** -len(page.split()[0].partition(".")[2])
    assert np.allclose(a, b, rtol=0, atol=1.001 * step), f"{what}: {page} is not {wanted}"


def check_numbers(folder):
    result = folder / "first.h5"
    terminal = kith("run", "first-steps", "-o", result, "-q").stdout
    kith("report", result)
    page = Page(folder / "first.html")
    file = h5py.File(result)

    population = file["population"]
    groups = [name.decode() for name in population["group"][:]]
    for title, variable, scale, digits in (("Felt connection [0 to 1]", "connection", 1, 3), ("Loneliness [0 to 1]", "loneliness", 1, 3),
                                           ("People who are isolated [%]", "isolated_share", 100, 1),
                                           ("µ-receptors held by drugs [%]", "occupancy", 1, 1)):
        head, *rows = page.tables[title]
        assert head == ["day", *groups], head
        values = scale * population[variable][:].astype(float)
        assert len(rows) == values.shape[1]
        for time_index, row in enumerate(rows):
            assert float(row[0]) == population["time"][time_index] / 24
            for group, cell in enumerate(row[1:]):
                agree(cell, with_interval(values[:, time_index, group], digits), f"{variable}, row {time_index}, {groups[group]}")

    effects, pooled = file["effects"], file["effects_pooled"]
    measures = [name.decode() for name in effects["measure"][:]]
    _, all_studies, *studies = page.tables["The virtual studies, and all of them together [Hedges g]"]
    for column, measure in enumerate(("connection diary", "loving messages"), 1):
        m = measures.index(measure)
        numbers = lambda group, place: "{} [{}, {}]".format(*(printed(group[name][place], 2) for name in ("g", "g_low", "g_high")))
        assert all_studies[column] == numbers(pooled, (m, 0)), all_studies
        for r, row in enumerate(studies):
            assert row[column] == numbers(effects, (r, m, 0)), row

    own = page.tables["Own effects, of each participant, first virtual study [points of the scale]"]
    diary = file["diary"]
    arm, difference = diary["arm"][0], diary["own_difference"][0]
    for participant, row in enumerate(own[2:]):
        mean = difference[participant, arm[participant] == 0].mean() - difference[participant, arm[participant] == 1].mean()
        agree(row[1], printed(mean, 3), f"own effect of {participant}")

    check_effects(page, file, "naltrexone", "placebo")
    check_terminal(page, terminal)
    assert file.attrs["fingerprint"] in page.text()
    assert f"kith replay {result}" in page.text()
    assert "Theory botsa: low mu-opioid signal" in page.text() and "botsa. botsa" not in page.text()
    assert "kith run first-steps -o" in page.text()
    assert "extrapolation" in page.text()
    assert "fitted" in page.text()


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
        sentence = next(text for text in page.words if text.startswith(f"{name}: ") and "One study" in text)
        for number in (difference, g, f"{100 * all_of('significant'):.0f} %", printed(mean("own"), 3)):
            assert number in sentence, f"{number} is not in: {sentence}"
        direction = "no clear difference" if all_of("g_low") < 0 < all_of("g_high") else "lower" if all_of("g") < 0 else "higher"
        assert direction in sentence, sentence


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


def check_page(path):
    """What holds for every page."""
    page = Page(path)
    foreign = [address for address in page.addresses if not address.startswith(("#", "data:,"))]
    assert not foreign, f"the page asks for {foreign}"
    assert "url(" not in page.html and "@import" not in page.html
    assert len(page.html.encode()) <= 5e6
    for title, rows in page.tables.items():
        assert len(rows) <= 501, f"{title}: {len(rows)} rows"
    ids = re.findall(r' id="([^"]*)"', page.html)
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    for drawing in page.drawings():
        assert drawing.find(SVG + "title").text and drawing.find(SVG + "desc").text
        points = sum(len(line.get("points").split()) for line in drawing.iter(SVG + "polyline"))
        points += len(list(drawing.iter(SVG + "circle")))
        assert points <= 2000, f"{drawing.find(SVG + 'title').text}: {points} points"
    return page


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


def check_absent(folder):
    cases = (("bare", ["first-steps", "--set", "trial.twin=false"], "without twins"),
             ("alone", ["everyday-life", "--set", "people.count=300", "--set", "time.duration=7d", "--replicates", "1"], "no trial"))
    for name, words, told in cases:
        result = folder / f"{name}.h5"
        kith("run", *words, "-o", result, "-q")
        kith("report", result)
        page = check_page(folder / f"{name}.html")
        assert told in page.text(), f"{name}: the page does not say {told}"
        assert "What this result does not hold" in page.text()


def check_patients(folder):
    """Curves with numbers at risk, ties that come and go, and the two paths of patients."""
    result = folder / "patients.h5"
    kith("run", "recovery", "-o", result, "-q", "--replicates", "3", "--set", "people.count=300")
    kith("report", result)
    page, file = check_page(folder / "patients.html"), h5py.File(result)
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
    assert "3 runs are done, 3 failed" in page.text()
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


def check_old(folder):
    """A result of before the printed tables were kept, and one that lacks what it might hold."""
    whole = folder / "whole.h5"
    kith("run", "first-steps", "-o", whole, "-q", "--replicates", "3")
    for name, change, told in (("old", lambda file: file["provenance"].__delitem__("report"), "does not hold what the terminal printed"),
                               ("nameless", lambda file: file["provenance"].__delitem__("scenario_resolved"), "does not hold its scenario")):
        old = folder / f"{name}.h5"
        shutil.copy(whole, old)
        with h5py.File(old, "r+") as file:
            change(file)
        kith("report", old)
        page = check_page(folder / f"{name}.html")
        assert told in page.text(), f"{name}: the page does not say {told}"
        assert "naltrexone against placebo" in page.tables, page.tables.keys()


def check_partial(folder):
    result = folder / "part.h5"
    with subprocess.Popen([KITH, "run", "everyday-life", "--set", "people.count=500", "--set", "time.duration=50 a", "-o", str(result), "-q"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(4)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 75
    kith("report", result)
    assert "this result is partial" in check_page(folder / "part.html").text()
    # As many rows as any machine makes in that time: a plot has its limit of points whatever the length of a run.
    kith("run", "everyday-life", "--set", "people.count=60", "--set", "time.duration=12 a", "-o", folder / "twelve_years.h5")
    kith("report", folder / "twelve_years.h5")
    check_page(folder / "twelve_years.html")


def check_refusals(folder):
    with h5py.File(folder / "foreign.h5", "w") as foreign:
        foreign["x"] = [1.0]
    for words, status, told in ((["report", folder / "foreign.h5"], 1, "not written by Kith"), (["report", folder / "none.h5"], 1, "none.h5"),
                                (["plot", folder / "first.h5", "conection", "-o", folder / "c.svg"], 2, "connection"),
                                (["plot", folder / "first.h5", "connection", "-o", folder / "c.gif"], 2, ".svg or .png"),
                                (["report", folder / "first.h5"], 6, "--force")):
        error = kith(*words, status=status).stderr
        assert told in error, f"{words}: {error}"
    assert not (folder / "foreign.html").exists() and not (folder / "c.svg").exists()


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
        check_budget(folder)
        check_absent(folder)
        check_old(folder)
        check_evidence(folder)
        check_sweep(folder)
        check_comparison(folder)
        check_documents(folder)
        check_patients(folder)
        check_doses(folder)
        check_partial(folder)
        check_refusals(folder)
    print("reports hold the numbers of their results")


if __name__ == "__main__":
    main()

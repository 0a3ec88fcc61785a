"""What the tests of pages share: the program, a page taken apart, numbers as Kith prints them, and what holds for every page."""
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

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
        if "caption" in self.open:
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
    """The mean of the replicates that have a number, and its 95 % interval, by SciPy; of fewer than five, their range."""
    values = values[np.isfinite(values)]
    if not len(values):
        return "–"
    mean, error = values.mean(), stats.sem(values)
    if len(values) == 1:
        return printed(mean, digits)
    low, high = stats.t.interval(0.95, len(values) - 1, mean, error) if len(values) >= 5 and error > 0 else (values.min(), values.max())
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

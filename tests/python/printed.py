"""What `kith run` prints of the effects of a trial, against numbers computed again (recomputed.py, effects.R): each printed number to half
a unit of its last digit, and the number behind it (--json) to a millionth.
"""
import math
import re

import numpy as np

from study import CUTOFFS, is_outcome, number_needed, same

SPILL_OVER = (("connection", 1), ("positive_affect", 1), ("loneliness", 1), ("lonely_share", 100), ("isolated_share", 100),
              ("contacts_per_day", 1))
OF_PATIENTS = ("days of use", "social functioning", "felt connection", "loneliness", "isolated", "close ties gained")
PATHS = ("both", "attachment", "use", "interaction")
ABOUT_EFFECTS = re.compile(r" against |^lonely or isolated at|^spill-over|^patients after")


def check_cell(cell, value, low=math.nan, high=math.nan, scale=1, printed_scale=None):
    """`scale` is what the number behind the text is multiplied with, `printed_scale` the text, where it is another. Returns how many
    numbers there were."""
    printed_scale = printed_scale or scale
    text = cell["text"].replace("−", "-")
    if not math.isfinite(value):
        assert text == "–" and cell["value"] is None, (cell, value)
        return 1
    expected = [value] + ([low, high] if math.isfinite(low) else [])
    behind = [cell["value"]] + [cell[name] for name in ("low", "high") if name in cell]
    assert len(behind) == len(expected) and all(same(x, scale * y) for x, y in zip(behind, expected)), (cell, expected)
    if text == "0 exactly":
        assert value == 0, (cell, value)
    elif text == "<0.001":
        assert value < 0.001, (cell, value)
    else:
        found = re.findall(r"-?\d+(?:\.(\d+))?", text), re.findall(r"-?\d+(?:\.\d+)?", text)
        assert len(found[1]) == len(expected), (cell, expected)
        for digits, number, each in zip(*found, expected):
            assert abs(float(number) - printed_scale * each) <= 0.5 * 10 ** -len(digits) + 1e-6, (cell, expected)
    return len(expected)


def check_needed(cell, difference, low, high):
    """Numbers of people, rounded up."""
    if not math.isfinite(number_needed(difference)):
        assert cell["text"] == "–", (cell, difference)
        return 1
    assert cell["text"].startswith("harm" if difference > 0 else "benefit"), (cell, difference)
    limits = [high, low] if difference > 0 else [low, high]
    limits = limits if all(math.isfinite(number_needed(limit)) for limit in limits) else []
    found = [int(text) for text in re.findall(r"\d+", cell["text"])]
    behind = [cell["value"]] + [cell[name] for name in ("low", "high") if name in cell]
    assert len(found) == len(behind) == 1 + len(limits), (cell, difference, limits)
    assert all(same(x, number_needed(y)) for x, y in zip(behind, [difference, high, low])), (cell, difference, limits)
    for number, of in zip(found, [difference, *limits]):
        assert math.ceil(abs(1 / of) - 1e-6) <= number <= math.ceil(abs(1 / of) + 1e-6), (cell, of)
    return len(found)


class Printed:
    """A report as --json gives it, with the numbers that it should show."""

    def __init__(self, report, numbers, somebody_left):
        self.tables = {re.sub(r", mean of \d+ virtual studies.*", "", table["title"]): table for table in report["tables"]
                       if ABOUT_EFFECTS.search(table["title"])}
        self.numbers = numbers
        self.prefixes = ["", "itt_"] if somebody_left else [""]
        effects = [place for place in numbers if place[0] == "effects"]
        self.studies = list(dict.fromkeys(place[1] for place in effects))
        self.measures = [m for m in dict.fromkeys(place[2] for place in effects) if is_outcome(m)]
        self.contrasts = list(dict.fromkeys(place[3] for place in effects))

    def mean(self, measure, contrast, name):
        values = np.array([self.numbers["effects", study, measure, contrast, name] for study in self.studies])
        return np.nanmean(values) if np.isfinite(values).any() else np.nan

    def with_limits(self, measure, contrast, name, low, high):
        return [self.mean(measure, contrast, each) for each in (name, low, high)]

    def pooled(self, measure, contrast, *names):
        return [self.numbers["effects_pooled", measure, contrast, name] for name in names]

    def check_test(self, cell, measure, contrast, share, p, with_limits):
        """A p of one study, or the share of studies in which it is small."""
        if len(self.studies) == 1:
            return check_cell(cell, self.mean(measure, contrast, p))
        found = self.pooled(measure, contrast, share, share + "_low", share + "_high")
        return check_cell(cell, *found[:3 if with_limits else 1], printed_scale=100)

    def check_own(self, cell, measure, contrast, prefix):
        own, = self.pooled(measure, contrast, prefix + "own")
        largest, = self.pooled(measure, contrast, prefix + "largest_own")
        if largest == 0 and own == 0:
            assert cell["text"] == "0 exactly", cell
        return check_cell(cell, own)

    def rows(self, title, shown):
        """The cells of a table without their names, each with the measure and the prefix of its variables."""
        expected = [(measure, prefix) for measure, prefix in shown]
        rows = self.tables.pop(title)["rows"]
        assert len(rows) == len(expected), (title, len(rows), expected)
        for (measure, prefix), row in zip(expected, rows):
            name = "  intention to treat" if prefix else measure + " ("
            assert row[0]["text"].startswith(name), (title, row[0], measure)
            yield measure, prefix, row[1:]

    def rated(self, contrast, title):
        count = 0
        shown = [(measure, prefix) for measure in self.measures for prefix in self.prefixes]
        for measure, prefix, (arm, reference, difference, g, test, own) in self.rows(title, shown):
            count += check_cell(arm, self.mean(measure, contrast, prefix + "mean_arm"))
            count += check_cell(reference, self.mean(measure, contrast, prefix + "mean_reference"))
            count += check_cell(difference, *self.with_limits(measure, contrast, *(prefix + x for x in ("difference", "low", "high"))))
            limits = [prefix + name for name in ("g", "g_low", "g_high")]
            is_one = len(self.studies) == 1
            count += check_cell(g, *(self.with_limits if is_one else self.pooled)(measure, contrast, *limits))
            count += self.check_test(test, measure, contrast, prefix + "significant", prefix + "p", True)
            count += self.check_own(own, measure, contrast, prefix)
        return count

    def adjusted(self, contrast, title, is_read):
        """`is_read`: there is no other table of this contrast."""
        shown = [(measure, prefix) for measure in self.measures for prefix in (self.prefixes if is_read else [""])
                 if is_read or math.isfinite(self.mean(measure, contrast, "adjusted"))]
        if not shown:
            return 0
        count = 0
        for measure, prefix, (difference, test, period, carry_over, carried, *own) in self.rows(title, shown):
            for cell, term in ((difference, "adjusted"), (period, "period"), (carry_over, "carry_over")):
                names = (prefix + term, prefix + term + "_low", prefix + term + "_high")
                count += check_cell(cell, *self.with_limits(measure, contrast, *names))
            for cell, term in ((test, "adjusted"), (carried, "carry_over")):
                count += self.check_test(cell, measure, contrast, f"{prefix}{term}_significant", f"{prefix}{term}_p", False)
            assert len(own) == is_read, own
            count += self.check_own(own[0], measure, contrast, prefix) if own else 0
        return count

    def risks(self):
        """Rows of the one table of those beyond a cut-off, by measure, contrast and whom they are about."""
        shown = [(measure, contrast, prefix) for measure in self.measures if measure in CUTOFFS for contrast in self.contrasts
                 if not self.is_adjusted(contrast) for prefix in self.prefixes]
        if not shown:
            return 0
        count = 0
        rows = self.tables.pop("lonely or isolated at the last occasion [%]")["rows"]
        assert len(rows) == len(shown), (len(rows), shown)
        for (measure, contrast, prefix), (name, arm, reference, difference, needed) in zip(shown, rows):
            called = "  intention to treat" if prefix else f"by {measure}, {contrast.replace(' - ', ' against ')}"
            assert name["text"].endswith(called), (name, called)
            count += check_cell(arm, self.mean(measure, contrast, prefix + "risk_arm"), scale=100)
            count += check_cell(reference, self.mean(measure, contrast, prefix + "risk_reference"), scale=100)
            found = self.with_limits(measure, contrast, *(prefix + x for x in ("risk_difference", "risk_low", "risk_high")))
            count += check_cell(difference, *found, scale=100) + check_needed(needed, *found)
        return count

    def is_adjusted(self, contrast):
        return self.numbers["effects", self.studies[0], self.measures[0], contrast, "method"] == "adjusted"

    def spill_over(self):
        count = 0
        for group, *cells in self.tables.pop("spill-over: difference from the untreated twins over the run", {"rows": []})["rows"]:
            for cell, (variable, scale) in zip(cells, SPILL_OVER, strict=True):
                found = [self.numbers["spill-over", group["text"], variable, name] for name in ("mean", "low", "high")]
                if found[1] == found[2]:
                    found = found[:1]
                count += check_cell(cell, *found, scale=scale)
        return count

    def patients(self):
        title = next((title for title in self.tables if title.startswith("patients after")), None)
        count = 0
        for arm, n, relapsed, *cells in self.tables.pop(title, {"rows": []})["rows"]:
            place = "patients after", arm["text"].replace(" ", "_")
            count += check_cell(n, self.numbers[(*place, "relapsed", "n")])
            count += check_cell(relapsed, *(self.numbers[(*place, "relapsed", name)] for name in ("mean", "low", "high")))
            for cell, outcome in zip(cells, OF_PATIENTS, strict=True):
                count += check_cell(cell, self.numbers[(*place, outcome, "mean")])
        return count

    def paths(self, rows):
        """The worlds behind the paths are in no table: printed are means over studies, and the interaction is what the paths leave."""
        count = 0
        for arm in dict.fromkeys(row["arm"] for row in rows):
            of_arm = [row for row in rows if row["arm"] == arm]
            title = f"{arm}: what treatment does through each path, against the twins"
            outcomes = list(dict.fromkeys(row["outcome"] for row in of_arm))
            if title not in self.tables:  # an arm without a drug
                continue
            for outcome, (name, *cells) in zip(outcomes, self.tables.pop(title)["rows"], strict=True):
                assert name["text"].startswith(outcome), (name, outcome)
                studies = [{path: float(row[path]) for path in PATHS} for row in of_arm if row["outcome"] == outcome]
                for study in studies:
                    assert same(study["interaction"], study["both"] - study["attachment"] - study["use"]), study
                for cell, path in zip(cells, PATHS, strict=True):
                    count += check_cell(cell, np.mean([study[path] for study in studies]))
        assert count or not rows, "no path is printed"
        return count

    def check(self, paths):
        """Compares all; returns how many numbers there were. Nothing that is about effects is left over."""
        count = 0
        for contrast in self.contrasts if self.measures else []:
            title, is_adjusted = contrast.replace(" - ", " against "), self.is_adjusted(contrast)
            if not is_adjusted:
                count += self.rated(contrast, title)
            count += self.adjusted(contrast, title + ", adjusted for the period", is_adjusted)
        count += self.risks() if self.measures else 0
        count += self.spill_over() + self.patients() + self.paths(paths)
        assert not self.tables, list(self.tables)
        return count


def check(report, numbers, tables):
    somebody_left = any(row["status"] == "left" for row in tables["participants"])
    return Printed(report, numbers, somebody_left).check(tables["path_effects"])

#!/usr/bin/python3
"""Checks that a page says what its result does not hold, and what is refused.

Usage: test_report_absent.py KITH
"""
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import h5py

from report_pages import KITH, check_page, kith


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
        run.send_signal(signal.SIGTERM)  # SIGINT is ignored where the tests run in the background
        assert run.wait(60) == 75
    kith("report", result)
    assert "this result is partial" in check_page(folder / "part.html").text()
    # As many rows as any machine makes in that time: a plot has its limit of points whatever the length of a run.
    kith("run", "everyday-life", "--set", "people.count=60", "--set", "time.duration=12 a", "-o", folder / "twelve_years.h5")
    kith("report", folder / "twelve_years.h5")
    check_page(folder / "twelve_years.html")


def check_refusals(folder):
    whole = folder / "whole.h5"
    kith("report", whole)
    with h5py.File(folder / "foreign.h5", "w") as foreign:
        foreign["x"] = [1.0]
    for words, status, told in ((["report", folder / "foreign.h5"], 1, "not written by Kith"), (["report", folder / "none.h5"], 1, "none.h5"),
                                (["plot", whole, "conection", "-o", folder / "c.svg"], 2, "connection"),
                                (["plot", whole, "connection", "-o", folder / "c.gif"], 2, ".svg or .png"),
                                (["report", whole], 6, "--force")):
        error = kith(*words, status=status).stderr
        assert told in error, f"{words}: {error}"
    assert not (folder / "foreign.html").exists() and not (folder / "c.svg").exists()


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        check_absent(folder)
        check_old(folder)
        check_partial(folder)
        check_refusals(folder)
    print("pages say what is not there")


if __name__ == "__main__":
    main()

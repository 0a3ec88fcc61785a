#!/usr/bin/python3
"""The README's reader in R finds what the result says: the mean difference of the diary, from the ratings and the words for the arms.

test_r_reader.py KITH; skipped (status 77) where R's package hdf5r is not installed.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/python"))
import kith  # noqa: E402


def has_reader():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", 'quit(status = !requireNamespace("hdf5r", quietly = TRUE))'], capture_output=True, check=False).returncode == 0


def numbers_in_r(path):
    """What effects.R finds in a result, as recomputed.py has it: {(table, labels …, name): number or word}."""
    done = subprocess.run(["Rscript", ROOT / "tests/python/effects.R", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    numbers = {}
    for line in done.stdout.splitlines():
        *place, text = line.split("\t")
        numbers[tuple(place)] = text if place[-1] == "method" else float(text.replace("NA", "nan") if text != "NaN" else "nan")
    return numbers


def main():
    if not has_reader():
        print("skipped: R's package hdf5r is not installed (Debian: r-cran-hdf5r)")
        sys.exit(77)
    reader = re.search(r"<!-- file: read\.R -->\n```r\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S).group(1)
    with tempfile.TemporaryDirectory() as folder:
        # Unlike numbers of occasions, participants and studies: an order of dimensions mistaken for another one shows.
        subprocess.run([Path(sys.argv[1]).resolve(), "run", "first-steps", "-o", "first.h5", "-q", "--replicates", "7"], cwd=folder,
                       check=True, stdout=subprocess.DEVNULL)
        said = subprocess.run(["Rscript", "-e", reader], cwd=folder, capture_output=True, text=True, check=True).stdout
        effects = kith.open(Path(folder) / "first.h5").effects.sel(measure="connection diary", contrast="naltrexone - placebo")
        printed = effects.difference.mean().item()
    assert said == f"mean difference {printed:.3f}\n", (said, printed)
    assert abs(printed) > 0.001


if __name__ == "__main__":
    main()

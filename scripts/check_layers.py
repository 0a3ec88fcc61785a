#!/usr/bin/python3
"""Fails on any #include that the architecture forbids.

Usage: scripts/check_layers.py [ROOT]          ROOT is the source tree, by default the one this script lies in.
       scripts/check_layers.py --picture       writes the picture of the house, an SVG, to standard output.

The rules are the tables below. Prints one line for each forbidden include, `file:line: rule`, and, without ROOT, for each arrow of
the table that no file needs any more; exits 1 if there are any, 2 if there is no source tree to check.
"""
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

# Rank of each folder of sim/: a folder may include itself and folders of a lower rank.
RANKS = {"core": 0, "config": 1, "network": 1, "plot": 1, "engine": 2, "io": 3, "cluster": 3, "sweep": 3, "fit": 3, "figures": 4, "cli": 5}

# Folders of sim/ that the science may include.
SIM_FOR_MODELS = {"core", "config", "network", "engine"}

# What each folder of models/ may include besides itself, from the bottom up.
MODELS = {
    "pharmacology": set(),
    "people": {"pharmacology"},
    "theories": {"people"},
    "conditions": {"people"},
    "bonds": {"people"},
    "patients": {"pharmacology", "people", "conditions"},
    "trials/design": {"pharmacology", "conditions"},
    "trials/measures": {"pharmacology", "people", "theories", "trials/design"},
    "trials/analysis": {"trials/design", "trials/measures"},
    "events": {"pharmacology", "people", "conditions", "trials/design"},
    "scenario": {"pharmacology", "people", "theories", "bonds", "patients", "trials/design", "trials/measures",
                 "events"},
    "world": {"people", "theories", "conditions", "bonds", "patients", "scenario"},
    "conduct": {"people", "patients", "trials/design", "trials/measures", "trials/analysis", "events", "scenario",
                "world"},
    "record": {"people", "bonds", "patients", "events", "scenario", "world", "conduct"},
    "study": {"pharmacology", "people", "bonds", "trials/measures", "trials/analysis", "events", "scenario", "world", "conduct",
              "record"},
    "report": {"pharmacology", "theories", "trials/analysis", "scenario", "study"},
    "evidence": {"pharmacology", "theories", "trials/analysis", "scenario", "world", "conduct", "study"},
    "application": {"pharmacology", "theories", "trials/analysis", "scenario", "study", "report", "evidence"},
}

# What else of sim/ a folder of models/ may include: the model behind the command line.
MORE_SIM_FOR_MODELS = {"application": {"cli", "figures", "plot"}}

# The program: nothing but a call of the application.
MAIN = "models/main.cpp"

# Library headers and the only files that may include them. The first pattern that matches a header counts.
LIBRARIES = [
    ("Boost.Math", r"boost/math/.*", ["models/trials/analysis/*.cpp", "sim/fit/*.cpp", "sim/sweep/sensitivity.cpp"]),
    ("Boost.Random", r"boost/random/.*", ["sim/sweep/*.cpp"]),
    ("Boost", r"boost/.*", ["sim/network/*.cpp", "sim/network/*_boost.hpp"]),
    ("expat", r"expat\.h", ["sim/network/*.cpp"]),
    ("yaml-cpp", r"yaml-cpp/.*", ["sim/config/*"]),
    ("HDF5", r"(hdf5(_hl)?|H5[A-Z]\w*)\.h(pp)?|highfive/.*", ["sim/io/*"]),
    ("TBB", r"(oneapi/)?tbb(/.*|\.h)", ["sim/core/parallel_tbb.cpp"]),
    ("CLI11", r"CLI/.*|CLI11\.hpp", ["sim/cli/*"]),
    ("MPI", r"mpi\.h", ["sim/cluster/*", "sim/sweep/*"]),
]

SOURCES = {".cpp", ".hpp", ".h", ".inc"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def without_comments(text):
    """Blanks out comments and keeps the lines, so that an include in a comment is no include."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group(0)) if match.group(0).startswith("/") else match.group(0)
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def includes(text):
    """Yields (line number, header, is_quoted) of each #include."""
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match.group(2), match.group(1) == '"'


def resolve(root, file, header):
    """Gives the path from the root of a header of the tree, or None when it is a library's or a generated one."""
    for base in (file.parent, root / "sim", root):
        target = (base / header).resolve()
        if target.is_file() and target.is_relative_to(root):
            return target.relative_to(root)
    # A header that is not there (yet) is judged by its name.
    parts = Path(header).parts
    if parts[0] in RANKS and len(parts) > 1:
        return Path("sim") / header
    return Path(header) if parts[0] in ("sim", "models", "tests") else None


def folder_of(path):
    """Gives the folder of sim/ or models/ that a file belongs to, as the tables call it."""
    if path.parts[:2] == ("models", "trials"):
        return "/".join(path.parts[1:-1])
    return path.parts[1] if len(path.parts) > 2 else ""


def forbidden_arrow(source, target):
    """Says why `source` may not include `target` (both paths from the root), or gives None."""
    top, other = source.parts[0], target.parts[0]
    if other not in ("sim", "models"):
        return f"{top}/ includes {other}/: the sources include only sim/ and models/"
    own, to = folder_of(source), folder_of(target)
    if top == "sim":
        if other == "models":
            return "sim/ includes models/: the engine knows no science"
        if own not in RANKS or to not in RANKS:
            return f"sim/{own if own not in RANKS else to}/ has no rank (give it one in {Path(__file__).name})"
        if own != to and RANKS[to] >= RANKS[own]:
            return f"{own} (rank {RANKS[own]}) includes {to} (rank {RANKS[to]}): only lower ranks may be included"
        return None
    if source.as_posix() == MAIN:
        return None if (other, to) == ("models", "application") else f"{MAIN} includes {target}: only the application"
    if other == "sim":
        if to not in SIM_FOR_MODELS | MORE_SIM_FOR_MODELS.get(own, set()):
            return f"models/{own}/ includes {to}: it may include only {', '.join(sorted(SIM_FOR_MODELS))}"
        return None
    if own not in MODELS:
        return f"models/{own}/ is not in the order of the models' folders (add it in {Path(__file__).name})"
    if to != own and to not in MODELS[own]:
        return f"models/{own}/ includes models/{to}: it may include only {', '.join(sorted(MODELS[own])) or 'itself'}"
    return None


def forbidden_library(source, header):
    """Says why `source` may not include the library header, or gives None."""
    for library, pattern, allowed in LIBRARIES:
        if re.fullmatch(pattern, header):
            if any(fnmatch(source.as_posix(), glob) for glob in allowed):
                return None
            return f"{library} is included: only {', '.join(allowed)} may"
    return None


def check(root):
    """Gives the number of files, one line for each breach of the rules, and the arrows between folders of models/."""
    breaches = []
    needed = set()
    files = sorted(path for top in ("sim", "models") for path in (root / top).rglob("*") if path.suffix in SOURCES)
    for file in files:
        source = file.relative_to(root)
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".hpp" and not without_comments(text).lstrip().startswith("#pragma once\n"):
            breaches.append(f"{source}:1: the header does not start with #pragma once")
        for line, header, quoted in includes(text):
            target = resolve(root, file, header) if quoted else None
            if target and source.parts[0] == "models":
                needed.add((folder_of(source), folder_of(target)))
            reason = forbidden_arrow(source, target) if target else forbidden_library(source, header)
            if reason:
                breaches.append(f"{source}:{line}: {reason}")
    return len(files), breaches, needed


def floors():
    """Gives the floor of each folder of models/: one above the highest that it stands on."""
    floor = {}
    for folder, below in MODELS.items():
        floor[folder] = 1 + max((floor[other] for other in below), default=0)
    return floor


def direct(folder):
    """Gives the arrows of a folder that no other of its arrows implies."""
    reach = lambda start: set().union(*({other} | reach(other) for other in MODELS[start])) if MODELS[start] else set()
    return sorted(other for other in MODELS[folder] if not any(other in reach(between) for between in MODELS[folder]))


def picture():
    """Draws the folders of models/ by floor, with the arrows that no others imply, on the ground that sim/ is."""
    width, height, wide, high = 760, 56, 118, 30
    floor = floors()
    top = max(floor.values())
    rows = [[folder for folder in MODELS if floor[folder] == level] for level in range(1, top + 1)]
    place = {folder: (width * (k + 1) / (len(row) + 1), (top - floor[folder]) * height + 24)
             for row in rows for k, folder in enumerate(row)}
    ground = top * height + 24
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{ground + 46}" '
             f'viewBox="0 0 {width} {ground + 46}" font-family="sans-serif" font-size="13" text-anchor="middle">',
             "<title>The folders of models/: each includes only what lies below it</title>",
             '<rect width="100%" height="100%" fill="white"/>']
    for folder in MODELS:
        for other in direct(folder):
            (x, y), (to_x, to_y) = place[folder], place[other]
            lines.append(f'<path d="M{x:.0f} {y + high:.0f} C{x:.0f} {y + high + 24:.0f} {to_x:.0f} {to_y - 24:.0f} '
                         f'{to_x:.0f} {to_y:.0f}" fill="none" stroke="#9aa5b1"/>')
    for folder, (x, y) in place.items():
        lines.append(f'<rect x="{x - wide / 2:.0f}" y="{y:.0f}" width="{wide}" height="{high}" rx="5" fill="#e8f1fa" '
                     f'stroke="#0072b2"/><text x="{x:.0f}" y="{y + 20:.0f}">{folder}</text>')
    lines.append(f'<rect x="20" y="{ground}" width="{width - 40}" height="{high}" rx="5" fill="#f4efe6" stroke="#a07030"/>'
                 f'<text x="{width // 2}" y="{ground + 20}">sim/ · {" · ".join(sorted(SIM_FOR_MODELS, key=lambda folder: (RANKS[folder], folder)))}</text>')
    return "\n".join([*lines, "</svg>"])


def main():
    if sys.argv[1:] == ["--picture"]:
        print(picture())
        return 0
    if len(sys.argv) > 2 or "--help" in sys.argv:
        print(__doc__.strip())
        return 0 if "--help" in sys.argv else 2
    root = Path(sys.argv[1] if len(sys.argv) == 2 else Path(__file__).parent.parent).resolve()
    count, breaches, needed = check(root)
    if len(sys.argv) == 1:
        breaches += [f"scripts/check_layers.py: no file of models/{own}/ includes models/{other}/: take the arrow out"
                     for own, others in MODELS.items() for other in sorted(others) if (own, other) not in needed]
    if not count:
        print(f"{root}: no sources in sim/ or models/", file=sys.stderr)
        return 2
    print("\n".join(breaches) or f"{count} files, no forbidden include")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""Renews, or checks, what the documents show: output of commands, tables and pieces of source.

Usage: refresh_readme.py [--check] [--slow] [--bin FOLDER] [DOCUMENT...]

Without DOCUMENT: README.md, models/README.md and scenarios/predictions/*.md. Comments in a document say what the block after them shows:

  <!-- output: COMMAND -->        a fenced block of `$ COMMAND` and its standard output
  <!-- slow output: COMMAND -->   the same, only with --slow: takes a minute
  <!-- table: COMMAND -->         the output itself, until the comment <!-- end -->
  <!-- file: NAME -->             the fenced block is what it is; it is written to NAME for the commands after it
  <!-- quote: PATH: LINE -->      a fenced block of source, from the line that starts with LINE to its closing brace
  <!-- quote: PATH -->            the whole file

Commands run in bash, in order, in one folder a document, with kith from FOLDER (build/release/bin) and the tree's scripts/.
A command that ends with another status than 0 shows it. Wall times, dates and the commit are left out, so the rest must be the same on every
machine. With --check nothing is written; a difference is printed and the status is 1.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "models/README.md", *sorted((ROOT / "scenarios/predictions").glob("*.md"))]
MARKER = re.compile(r"<!-- (output|slow output|table|file|quote): (.+) -->")
VARYING = re.compile(r"^(start|end|host) +\S.*\n|; took [^\n]*|, commit \w+", re.MULTILINE)


def run(command, folder, programs):
    """Gives what a command prints on standard output."""
    environment = dict(os.environ, PATH=f"{programs}:{os.environ['PATH']}", NO_COLOR="1", COLUMNS="100", LC_ALL="C.UTF-8")
    ended = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, text=True, check=False)
    text = VARYING.sub("", ended.stdout)
    return text + (f"(exit status {ended.returncode})\n" if ended.returncode else "")


def quote(place):
    """Gives the lines of a source file from one that starts so to its closing brace, or all of them."""
    path, _, start = place.partition(": ")
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines(keepends=True)
    if not start:
        return "".join(lines)
    first = next(k for k, line in enumerate(lines) if line.startswith(start))
    last = next(k for k in range(first, len(lines)) if lines[k].startswith("}"))
    return "".join(lines[first:last + 1])


def find_block(lines, begin, kind):
    """Gives first and last line of the block at or after `begin`: a fence with what it holds, or lines before <!-- end -->."""
    if kind == "table":
        return begin, next(k for k in range(begin, len(lines)) if lines[k].startswith("<!-- end -->"))
    if not lines[begin].startswith("```"):
        raise ValueError(f"line {begin + 1}: a fenced block must follow the comment")
    return begin, next(k for k in range(begin + 1, len(lines)) if lines[k].startswith("```")) + 1


def renew(text, folder, programs, slow):
    """Gives the document with every block as it should be."""
    lines = text.splitlines(keepends=True)
    result = []
    at = 0
    while at < len(lines):
        result.append(lines[at])
        marker = MARKER.match(lines[at])
        at += 1
        if not marker:
            continue
        kind, what = marker.groups()
        begin, end = find_block(lines, at, kind)
        block = lines[begin:end]
        if kind == "file":
            (folder / what).write_text("".join(block[1:-1]), encoding="utf-8")
        elif kind == "quote":
            block = [block[0], quote(what), block[-1]]
        elif kind == "table":
            block = ["\n", run(what, folder, programs), "\n"]
        elif kind == "output" or slow:
            block = [block[0], f"$ {what}\n", run(what, folder, programs), block[-1]]
        result += block
        at = end
    return "".join(result)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 when something differs")
    parser.add_argument("--slow", action="store_true", help="also the commands that take a minute")
    parser.add_argument("--bin", type=Path, default=ROOT / "build/release/bin", help="folder of kith")
    parser.add_argument("documents", nargs="*", type=Path, default=DOCUMENTS)
    arguments = parser.parse_args()
    if not (arguments.bin / "kith").exists():
        parser.error(f"there is no kith in {arguments.bin}; scripts/run builds it")

    differ = False
    for document in arguments.documents:
        old = document.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "scripts").symlink_to(ROOT / "scripts")
            new = renew(old, Path(folder), arguments.bin.resolve(), arguments.slow)
        if new == old:
            continue
        differ = True
        name = os.path.relpath(document, ROOT)
        if arguments.check:
            sys.stdout.writelines(difflib.unified_diff(
                old.splitlines(keepends=True), new.splitlines(keepends=True), name, f"{name}, as it should be"))
        else:
            document.write_text(new, encoding="utf-8")
            print(f"{name}: renewed")
    return 1 if arguments.check and differ else 0


if __name__ == "__main__":
    sys.exit(main())

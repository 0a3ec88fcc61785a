#!/usr/bin/python3
"""Runs clang-tidy on the sources of sim/ and models/, and fails on any finding.

Usage: scripts/check_tidy.py [--jobs N] [--minutes N] [--build FOLDER] [FILE...]

Those that were changed last come first. After N minutes no new one is begun, and the number of those left over is told.
FOLDER holds compile_commands.json (by default build/release). FILE limits the check to these sources. A source that
was clean is not checked again until it, a header of this tree that it includes, its compile command, .clang-tidy or
clang-tidy itself changes, in this clone or another: kith/tidy in the user's cache (XDG_CACHE_HOME, by default ~/.cache) holds one
empty file for each clean state.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FINDING = re.compile(r"^(?=\S[^\n]*?: (?:error|warning): )", re.M)
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def find_tool():
    for name in ("clang-tidy-14", "clang-tidy"):
        if path := shutil.which(name):
            return path
    sys.exit("check_tidy.py: clang-tidy is not installed (package clang-tidy)")


@lru_cache(maxsize=None)
def closure(file):
    """Gives the file and every header of the tree that it includes, directly or not."""
    seen, waiting = set(), [file]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
            for base in (path.parent, ROOT / "sim", ROOT):
                if (base / header).is_file():
                    waiting.append((base / header).resolve())
                    break
    return tuple(sorted(seen))


def state(entry, tool_version):
    """Gives a hash of all that decides what clang-tidy says about a source."""
    command = entry["command"].replace(str(ROOT), ".")
    digest = hashlib.sha256(f"{tool_version}\n{command}\n".encode())
    for path in (ROOT / ".clang-tidy", *closure(Path(entry["file"]))):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def tidy(tool, build, file):
    """Runs clang-tidy on one source; gives its findings, or an empty text when it is clean."""
    # The commands are gcc's: clang must not stop at a warning option that it does not know.
    command = [tool, "-p", build, "--quiet", "--extra-arg=-Wno-unknown-warning-option", file]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return ""
    return run.stdout.strip() or run.stderr.strip() or f"{file}: clang-tidy ended with {run.returncode}"


def last_changes():
    """Gives when each file of the tree was committed last [s], as far as git knows."""
    log = subprocess.run(["git", "log", "--name-only", "--format=%x00%ct"], capture_output=True, text=True, check=False, cwd=ROOT)
    changes = {}
    for commit in log.stdout.split("\0")[1:]:
        when, *names = commit.split("\n")
        for name in filter(None, names):
            changes.setdefault(ROOT / name, int(when))
    return changes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--build", type=Path, default=ROOT / "build/release")
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()

    tool = find_tool()
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    database = arguments.build / "compile_commands.json"
    if not database.is_file():
        sys.exit(f"check_tidy.py: {database} is missing: configure first (cmake --preset release)")
    wanted = {path.resolve() for path in arguments.files}
    entries = {}
    for entry in json.loads(database.read_text(encoding="utf-8")):
        file = Path(entry["file"])
        inside = file.is_relative_to(ROOT / "sim") or file.is_relative_to(ROOT / "models")
        if inside and (not wanted or file in wanted):
            entries[file] = entry
    if not entries:
        sys.exit("check_tidy.py: there is no source to check")

    clean = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kith/tidy"
    clean.mkdir(parents=True, exist_ok=True)
    states = {file: state(entry, version) for file, entry in entries.items()}
    waiting = [file for file in entries if not (clean / states[file]).exists()]
    if arguments.minutes < float("inf"):
        changes = last_changes()
        waiting.sort(key=lambda file: -changes.get(file, time.time()))
    else:  # the largest first, so that no long one is left for the end
        waiting.sort(key=lambda file: -file.stat().st_size)
    failed, left, told = 0, 0, set()
    last = time.monotonic() + 60.0 * arguments.minutes

    def in_time(file):
        return None if time.monotonic() > last else tidy(tool, arguments.build, file)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(in_time, file): file for file in waiting}
        for done in as_completed(running):
            findings = done.result()
            if findings is None:
                left += 1
            elif findings:
                failed += 1
                # A finding in a header comes once for each source that includes it.
                new = [finding for finding in FINDING.split(findings) if finding.strip() not in told]
                told.update(finding.strip() for finding in new)
                print("".join(new).rstrip() or f"{running[done].relative_to(ROOT)}: as above", flush=True)
            else:
                (clean / states[running[done]]).touch()
    print(f"clang-tidy: {len(entries)} sources, {len(waiting) - left} checked, {failed} with findings"
          + (f"; {left} left over: scripts/check_tidy.py checks them" if left else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

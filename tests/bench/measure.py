#!/usr/bin/python3
"""Times whole processes: median wall time, CPU time and peak memory of several runs of each case.

Usage: measure.py --bin FOLDER [--runs N] [--cases FILE] [--json FILE] [--check] [NAME...]

Cases come from FILE (by default cases.json next to this script), whose programs are looked for in FOLDER, and from
`FOLDER/kith_bench` if it is there: `kith_bench --list` prints one case a line, with its budgets after tabs
(name, wall seconds or -, MB or -), and `kith_bench NAME` runs one. NAME limits the measurement to cases whose names
contain it. What a case of kith_bench measures itself it prints a line each (name, value, unit, limit or -, with tabs
between); medians of these parts stand below the case, each beside its limit.

Each case runs N times in a folder of its own. Peak memory is the largest resident set that the kernel saw for the
process (getrusage), so it counts shared libraries too.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def run_once(command, folder):
    """Runs a command; gives its wall time [s], CPU time [s], peak memory [MB] and output. Ends the measurement if it fails."""
    with open(Path(folder) / "errors", "w+", encoding="utf-8") as errors, \
         open(Path(folder) / "output", "w+", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(map(str, command))}\nended with {process.returncode}:\n{errors.read()}")
        output.seek(0)
        printed = output.read()
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def parts_of(outputs):
    """Gives the parts that kith_bench printed in several runs: name, median value, unit, limit."""
    lines = [[line.split("\t") for line in output.splitlines()] for output in outputs]
    return [
        {"name": runs[0][0], "value": statistics.median(float(run[1]) for run in runs), "unit": runs[0][2],
         "limit": None if runs[0][3] == "-" else float(runs[0][3])}
        for runs in zip(*lines)
    ]


def find_cases(programs, file):
    """Gives the cases of the file and of kith_bench, each with a full command."""
    cases = []
    for case in json.loads(file.read_text(encoding="utf-8"))["cases"]:
        case["command"][0] = programs / case["command"][0]
        cases.append(case)
    bench = programs / "kith_bench"
    if bench.exists():
        listing = subprocess.run([bench, "--list"], capture_output=True, text=True, check=True).stdout
        for line in listing.splitlines():
            name, wall, memory = (line.split("\t") + ["-", "-"])[:3]
            budgets = [None if text == "-" else float(text) for text in (wall, memory)]
            cases.append({"name": name, "command": [bench, name], "wall": budgets[0], "memory": budgets[1], "parts": True})
    return cases


def run_in_new_folder(command):
    """What an earlier run left must not be found: a sweep that is complete is not run again."""
    with tempfile.TemporaryDirectory() as folder:
        return run_once(command, folder)


def measure(case, runs):
    walls, cpus, memories, outputs = zip(*(run_in_new_folder(case["command"]) for _ in range(runs)))
    result = {
        "name": case["name"], "runs": runs, "wall": statistics.median(walls), "wall_min": min(walls), "wall_max": max(walls),
        "cpu": statistics.median(cpus), "memory": max(memories), "wall_budget": case["wall"], "memory_budget": case["memory"],
        "parts": parts_of(outputs) if case.get("parts") else [],
    }
    result["over"] = [
        what for what in ("wall", "memory") if case[what] is not None and result[what] > case[what]
    ] + [part["name"] for part in result["parts"] if part["limit"] is not None and part["value"] > part["limit"]]
    return result


def row(result):
    budget = ", ".join(
        text for text in (
            f"{result['wall_budget']:g} s" if result["wall_budget"] is not None else "",
            f"{result['memory_budget']:g} MB" if result["memory_budget"] is not None else "",
        ) if text)
    verdict = f"OVER: {', '.join(result['over'])}" if result["over"] else ""
    spread = f"{result['wall_min']:.3f}–{result['wall_max']:.3f}"
    return (f"{result['name']:40} {result['wall']:9.3f} {spread:>15} {result['cpu']:9.3f} {result['memory']:9.1f}  "
            f"{budget:14} {verdict}").rstrip()


def part_row(part):
    limit = "" if part["limit"] is None else f"{part['limit']:g} {part['unit']}"
    unit = "" if part["unit"] == "1" else part["unit"]
    return f"  {part['name']:38} {part['value']:9.3f} {unit:<37}  {limit}".rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, required=True, help="folder of the programs")
    parser.add_argument("--runs", type=int, default=5, help="runs of each case (5)")
    parser.add_argument("--cases", type=Path, default=Path(__file__).parent / "cases.json")
    parser.add_argument("--json", type=Path, help="write the results here too")
    parser.add_argument("--check", action="store_true", help="exit 1 when a case is over its budget")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")

    cases = find_cases(arguments.bin.resolve(), arguments.cases)
    if arguments.names:
        cases = [case for case in cases if any(name in case["name"] for name in arguments.names)]
    if not cases:
        parser.error("no case has such a name")
    results = []
    print(f"{'case':40} {'wall [s]':>9} {'min–max [s]':>15} {'CPU [s]':>9} {'peak [MB]':>9}  budget")
    for case in cases:
        results.append(measure(case, arguments.runs))
        print("\n".join([row(results[-1])] + [part_row(part) for part in results[-1]["parts"]]), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 1 if arguments.check and any(result["over"] for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())

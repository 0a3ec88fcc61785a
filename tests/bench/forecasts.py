#!/usr/bin/python3
"""What `kith sweep --dry-run` foresees of sweeps of three sizes, and what then happens, as a table.

Usage: forecasts.py KITH            some minutes; by hand

Time is processor time: what else a machine has to do changes it less than wall time. Wall time is foreseen as that divided by the
threads, so it holds on a machine with nothing else to do. Exit status 1 where anything is off by more than 30 %.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

KITH = str(pathlib.Path(sys.argv[1]).resolve())
UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}

SMALL = """sweep: 1
title: Small
scenario: first-steps
set: [people.count=300, replicates.count=2]
factors:
- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 40}
- {key: theory.name, values: [botsa, none]}
"""
MIDDLE = """sweep: 1
title: Middle
scenario: naltrexone-crossover
replicates: 2
factors:
- {key: people.count, values: [500, 1000, 2000]}
- {key: trial.arms.naltrexone.doses, values: ["[2 mg, 2 mg, 4 mg, 4 mg]", "[12.5 mg, 12.5 mg, 25 mg, 25 mg]", "[25 mg, 25 mg, 50 mg, 50 mg]"]}
- {key: meeting.positive_share, values: [70 %, 80 %, 90 %]}
"""
LARGE = """sweep: 1
title: Large
scenario: naltrexone-crossover
set: [people.count=10000]
replicates: 1
factors:
- {key: theory.name, values: [botsa, reward, none]}
- {key: trial.washout, values: [7 d, 10 d]}
"""


def quantity(text):
    number, unit = text.split()
    return float(number) * UNITS[unit]


def foreseen(design):
    text = subprocess.run([KITH, "sweep", design, "--dry-run", "--threads", "1"], capture_output=True, text=True, check=True).stdout
    row = dict(re.findall(r"^  (\S.*?)  +(\S.*)$", text, re.M))
    return {"processor time [s]": float(row["core-hours"]) * 3600, "memory [MB]": quantity(row["memory of a process with 1 at once"]) / 1e6,
            "on disk [MB]": quantity(row["on disk"]) / 1e6, "merged [MB]": quantity(row["merged"]) / 1e6,
            "wall time [s]": quantity(row["time with 1 process of 1 thread"])}, row["runs"]


def happened(design, folder):
    start = os.times()
    child = subprocess.Popen([KITH, "sweep", design, "-o", folder / "out", "--threads", "1", "-q"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = os.times().elapsed - start.elapsed
    assert status == 0, status
    subprocess.run([KITH, "merge", folder / "out", "-o", folder / "out.h5"], check=True, capture_output=True)
    disk = sum(path.stat().st_size for path in (folder / "out" / "runs").iterdir())
    return {"processor time [s]": usage.ru_utime + usage.ru_stime, "memory [MB]": usage.ru_maxrss * 1024 / 1e6, "on disk [MB]": disk / 1e6,
            "merged [MB]": (folder / "out.h5").stat().st_size / 1e6, "wall time [s]": wall}


def main():
    is_off = False
    print("| design | | foreseen | happened | foreseen / happened |\n|---|---|---|---|---|")
    for name, text in (("small", SMALL), ("middle", MIDDLE), ("large", LARGE)):
        with tempfile.TemporaryDirectory() as place:
            design = pathlib.Path(place) / "design.yaml"
            design.write_text(text)
            before, runs = foreseen(design)
            after = happened(design, pathlib.Path(place))
        for what, value in before.items():
            ratio = value / after[what]
            is_off |= what != "wall time [s]" and abs(ratio - 1) > 0.3
            print(f"| {name}, {runs} runs | {what} | {value:.3g} | {after[what]:.3g} | {ratio:.2f} |", flush=True)
    return is_off


sys.exit(main())

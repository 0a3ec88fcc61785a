"""What the tests of sweeps share: the program, which is the first argument of each, two designs, and what a merged file holds."""
import os
import pathlib
import subprocess
import sys

import h5py

KITH = str(pathlib.Path(sys.argv[1]).resolve())

DESIGN = """sweep: 1
title: Tone under two theories
scenario: first-steps
set: [people.count=300, replicates.count=2]
factors:
- {key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: 6, scale: log}
- {key: theory.name, values: [botsa, none]}
"""
SOBOL = """sweep: 1
title: What the effect depends on
scenario: first-steps
set: [people.count=300, replicates.count=3]
design: {kind}
samples: 8
factors:
- {{key: theory.opioid_share, from: 0.02, to: 0.09}}
- {{key: people.opioid_tone.median, from: 0.05, to: 0.3}}
"""


def kith(*words, status=0, **environment):
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, env={**os.environ, **environment}, timeout=300)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def contents(path):
    """Every number and text of a result but /provenance."""
    found = {}

    def keep(name, item):
        if isinstance(item, h5py.Dataset) and not name.startswith("provenance"):
            found[name] = item[()]

    with h5py.File(path) as file:
        file.visititems(keep)
        found["fingerprint"] = file.attrs["fingerprint"]
    return found


def merged(folder, sweep):
    out = folder / f"{sweep}.h5"
    kith("merge", folder / sweep, "-o", out)
    return contents(out)

#!/usr/bin/python3
"""The three real graphs run a 30-day trial, with exactly the people and ties that their source counts.

test_real_networks.py KITH; the graphs are in KITH_NETWORKS or ../shared/networks, else the test is skipped.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray as xr

SKIPPED = 77
SOURCE = pathlib.Path(__file__).parents[2]
GRAPHS = {  # people, ties: undirected and simple
    "snap-ego-facebook.txt": (4039, 88234),
    "deezer-ro.csv": (41773, 125826),
    "hs2013-friendship.csv.gz": (134, 406),
}


def check(program, graph, people, ties, folder):
    output = pathlib.Path(folder, graph + ".h5")
    words = [program, "run", "real-network", "--set", f"network.file={graph}", "--replicates", "1"]
    words += ["--set", "time.burn_in=2 d", "--set", "record.network=true", "--set", "trial.twin=false", "-q"]
    done = subprocess.run([*words, "-o", output], capture_output=True, text=True, cwd=graphs(), timeout=120)
    assert done.returncode == 0, (graph, done.stderr[-2000:])
    assert str(people) in done.stdout and str(ties) in done.stdout, ("the import is not told", graph, done.stdout)
    with xr.open_dataset(output, group="network") as network:
        assert network.sizes["person"] == people, (graph, dict(network.sizes))
        assert network.sizes["end"] == 2 * ties, (graph, dict(network.sizes))
        assert network.offsets.values[-1] == 2 * ties and (np.diff(network.offsets.values) >= 0).all()
        assert network.closeness.min() > 0 and network.closeness.max() <= 1
        ids = set(network.person.values)
        assert len(ids) == people, "ids are kept, and are different"
    with xr.open_dataset(output, group="population") as population:
        assert population.time.values[-1] == 720.0
        assert np.isfinite(population.connection.values).all(), graph
    with xr.open_dataset(output, group="participants") as participants:
        assert participants.sizes["participant"] == 34 and set(participants.id.values.flat) <= ids
        assert len(set(participants.id.values.flat)) == 34, "nobody takes part twice"
    with xr.open_dataset(output, group="diary") as diary:
        assert np.isfinite(diary.rating.values).all(), graph


def graphs():
    return pathlib.Path(os.environ.get("KITH_NETWORKS", SOURCE.parent / "shared/networks"))


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    missing = [graph for graph in GRAPHS if not (graphs() / graph).exists()]
    if missing:
        print(f"skipped: {graphs()} lacks {', '.join(missing)}; set KITH_NETWORKS to the folder that has them")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        for graph, (people, ties) in GRAPHS.items():
            check(program, graph, people, ties, folder)
    print(f"{len(GRAPHS)} real graphs run a 30-day trial")


main()

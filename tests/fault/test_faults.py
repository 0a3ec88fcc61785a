#!/usr/bin/python3
"""What a kill, a full disk, a folder without permission and a long run do to results.

test_faults.py WRITE_FOREVER [kill|disk|permission|memory]: the program of tests/fault/write_forever.cpp. Exit status 77: skipped.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

SKIPPED = 77


def check_prefix(folder):
    """The segments in a parts folder open and hold, joined, the first rows of each table without a gap."""
    rows = {("population", 0): [], ("population", 1): [], ("people", 0): []}
    segments = sorted(folder.glob("*.h5")) if folder.exists() else []
    for segment in segments:
        with h5py.File(segment) as file:
            assert file.attrs["state"] == "partial"
            for table in file.values():
                name = table.name[1:]
                if name == "provenance":
                    continue
                replicate = int(table["replicate"][0]) if "replicate" in table else 0
                values = table["x"][0] if name == "population" else table["y"][:]
                times = table["time"][:]
                expected = 2 * times + replicate if name == "population" else times
                assert np.array_equal(values, np.repeat(expected[:, None], values.shape[1], axis=1)), segment
                rows[name, replicate].extend(times)
    for key, times in rows.items():
        assert np.array_equal(times, np.arange(len(times))), (key, "rows are missing or doubled")
    return len(segments), len(rows["people", 0])


def test_kill(program):
    random.seed(20161)
    with_segments = 0
    most_rows = 0
    for moment in range(30):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out.h5")
            process = subprocess.Popen([program, str(out), "endless"], stdout=subprocess.DEVNULL)
            while moment >= 10 and not list(pathlib.Path(folder).glob("out.h5.parts/*.h5")):
                time.sleep(0.001)
            time.sleep(random.uniform(0, 0.3))
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert process.returncode == -signal.SIGKILL, process.returncode
            assert not out.exists(), "an unfinished run has no OUT.h5"
            segments, rows = check_prefix(pathlib.Path(str(out) + ".parts"))
            with_segments += segments > 0
            most_rows = max(most_rows, rows)
            if segments:
                again = subprocess.run([program, str(out), "rows", "1"], capture_output=True, text=True)
                assert again.returncode == 6 and "a run that was killed" in again.stdout, again.stdout
    assert with_segments >= 10, f"only {with_segments} of 30 kills came after a save"
    print(f"30 kills, {with_segments} after a save, up to {most_rows} rows kept")


def test_kill_while_merging(program):
    """At whatever moment of `finish` the kill comes, OUT.h5 is absent and the parts are all there, or it is complete."""
    states = {"before": 0, "after": 0}
    random.seed(7)
    for moment in range(10):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out.h5")
            process = subprocess.Popen([program, str(out), "rows", "40000"], stdout=subprocess.DEVNULL)
            parts = pathlib.Path(str(out) + ".parts")
            while not (parts.exists() and list(out.parent.glob("out.h5.tmp-*"))) and process.poll() is None:
                time.sleep(0.001)
            time.sleep(random.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
            process.wait()
            if out.exists():
                states["after"] += 1
                with h5py.File(out) as file:
                    assert file.attrs["state"] == "complete"
                    assert np.array_equal(file["people/y"][:, 0], np.arange(40000))
            else:
                states["before"] += 1
                assert check_prefix(parts)[1] == 40000
    print("killed while merging:", states)


def test_disk(program):
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", folder], stderr=subprocess.DEVNULL).returncode:
            print("no small file system can be mounted here")
            return SKIPPED
        try:
            # Full in `finish` (all rows are in memory until then), and full while running, after some segments.
            for rows, filled, kept in (("1500", 11 << 19, 0), ("100000", 0, 1)):
                out = pathlib.Path(folder, "out.h5")
                filler = pathlib.Path(folder, "filler")
                filler.write_bytes(bytes(filled))
                ended = subprocess.run([program, str(out), "full", rows], capture_output=True, text=True, timeout=60)
                print(ended.returncode, ended.stdout.strip(), ended.stderr.strip())
                assert ended.returncode == 6 and "No space left on device" in ended.stdout, ended
                assert not ended.stderr, ended.stderr
                assert not out.exists() and not list(pathlib.Path(folder).glob("*.tmp-*"))
                segments, _ = check_prefix(pathlib.Path(str(out) + ".parts"))
                assert segments >= kept, segments
                shutil.rmtree(str(out) + ".parts", ignore_errors=True)
                filler.unlink()
        finally:
            subprocess.run(["umount", folder], check=True)
    return 0


def test_permission(program):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o555)
        as_nobody = {"user": 65534} if os.getuid() == 0 else {}
        here = pathlib.Path(tempfile.gettempdir(), f"kith-write-forever-{os.getpid()}")
        shutil.copy(program, here)  # the build folder may be closed to others
        try:
            ended = subprocess.run([str(here), folder + "/out.h5", "endless"], capture_output=True, text=True, timeout=60,
                                   **as_nobody)
        finally:
            here.unlink()
        os.chmod(folder, 0o755)
        assert ended.returncode == 6 and ended.stdout == f"cannot write in {folder} (Permission denied)\n", ended


def test_memory(program):
    """Ten times the rows, the same memory but for 8 bytes a row and table."""
    with tempfile.TemporaryDirectory() as folder:
        growth = {}
        for rows in (10_000, 100_000):
            ended = subprocess.run([program, f"{folder}/{rows}.h5", "rows", str(rows)], capture_output=True, text=True, check=True)
            growth[rows] = [int(word) for word in ended.stdout.split()]
            size = os.path.getsize(f"{folder}/{rows}.h5")
            print(f"{rows} rows, {size / 1e6:.0f} MB: {growth[rows][0]} kB more while running, {growth[rows][1]} kB in all")
        while_running, in_all = (np.array(growth[100_000]) - growth[10_000]) / 1024
        assert while_running < 8, "memory grows with the run"
        assert in_all < 16, "memory of the merge grows with the run"
        assert size > 60e6, "the buffer of 8 MB must be far smaller than the data for this test to tell anything"


def main():
    program = sys.argv[1]
    tests = {"kill": [test_kill, test_kill_while_merging], "disk": [test_disk], "permission": [test_permission],
             "memory": [test_memory]}
    for test in tests[sys.argv[2]]:
        if test(program) == SKIPPED:
            sys.exit(SKIPPED)


main()

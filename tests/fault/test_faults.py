#!/usr/bin/python3
"""What a kill, a full disk, a folder without permission and a long run do to results.

test_faults.py WRITE_FOREVER [kill|disk|permission|memory|together]: the program of tests/fault/write_forever.cpp. Exit status 77: skipped.
"""
import itertools
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
            again = subprocess.run([program, str(out), "rows", "1"], capture_output=True, text=True)
            assert again.returncode == 0 and out.exists(), again.stdout  # also where the folder is empty
            if segments:
                assert "an earlier run had saved" in again.stdout, again.stdout
                assert check_prefix(pathlib.Path(folder, "out-earlier.h5.parts")) == (segments, rows)
            assert sorted(path.name for path in pathlib.Path(folder).iterdir()) == ["out-earlier.h5.parts"] * (segments > 0) + ["out.h5"]
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
            while not list(parts.glob("*-result.tmp")) and process.poll() is None:
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
                assert not out.exists() and not list(pathlib.Path(folder).glob("**/*.tmp"))
                segments, _ = check_prefix(pathlib.Path(str(out) + ".parts"))
                assert segments >= kept, segments
                filler.unlink()
                if not kept:
                    again = subprocess.run([program, str(out), "rows", "10"], capture_output=True, text=True, timeout=60)
                    assert again.returncode == 0, again
                    out.unlink()
                for left in pathlib.Path(folder).glob("*.parts"):
                    shutil.rmtree(left)
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


def check_whole(out, rows, offset):
    """A complete result of one run: its rows, all of them, and no other's."""
    with h5py.File(out) as file:
        assert file.attrs["state"] == "complete"
        assert np.array_equal(file["people/y"][:, 0], np.arange(rows) + offset), "rows are missing, or of another run"
        assert np.array_equal(file["population/x"][1, :, 3], 2 * np.arange(rows) + 1 + offset)


def test_together(program):
    """Two and three processes with one output, at once and one after the other: one result, of one of them, and the others say so."""
    rows = 1000
    for count, stagger, force in itertools.product((2, 3), (0.0, 0.3), ([], ["--force"])):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out.h5")
            runs = []
            for i in range(count):
                command = [program, str(out), "paced", str(rows), str(100_000 * i), *force]
                runs.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
                time.sleep(stagger)
            said = [run.communicate(timeout=60)[0] for run in runs]
            codes = [run.returncode for run in runs]
            assert sorted(codes) == [0] + [6] * (count - 1), (codes, said)
            winner = codes.index(0)
            assert stagger == 0 or winner == 0, codes
            for i in range(count):
                assert i == winner or f"is being written by another run (process {runs[winner].pid} on" in said[i], said[i]
            check_whole(out, rows, 100_000 * winner)
            assert [path.name for path in pathlib.Path(folder).iterdir()] == ["out.h5"]


def test_taken_away(program):
    """Segments or the whole folder taken away in mid-run: never "complete", and a second run that came in between is whole."""
    rows = 1000
    for what in ("segments", "folder", "folder and a second run"):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "out.h5")
            parts = pathlib.Path(str(out) + ".parts")
            first = subprocess.Popen([program, str(out), "paced", str(rows)], stdout=subprocess.PIPE, text=True)
            while len(list(parts.glob("*.h5"))) < 3:
                time.sleep(0.001)
            if what == "segments":
                for segment in parts.glob("*.h5"):
                    segment.unlink()
            else:
                parts.rename(pathlib.Path(folder, "moved"))
            if what == "folder and a second run":
                second = subprocess.run([program, str(out), "paced", str(rows), "5"], capture_output=True, text=True, timeout=60)
                assert second.returncode == 0, second
            said = first.communicate(timeout=60)[0]
            assert first.returncode in (1, 6) and "complete" not in said.replace("not complete", ""), said
            print(what, first.returncode, said.splitlines()[0])
            if what == "folder and a second run":
                check_whole(out, rows, 5)
            else:
                assert not out.exists()


def test_killed_and_again(program):
    """Killed, run again and killed, run again: each run's segments stay apart, and the last result is its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "out.h5")
        parts = pathlib.Path(str(out) + ".parts")
        former = set()  # of the run before; they are set aside one by one
        for _ in range(2):
            run = subprocess.Popen([program, str(out), "paced", "100000"], stdout=subprocess.DEVNULL)
            while former & (names := {path.name for path in parts.glob("*.h5")}) or len(names) < 3:
                time.sleep(0.001)
            former = names
            run.kill()
            run.wait()
        last = subprocess.run([program, str(out), "paced", "300", "7"], capture_output=True, text=True, timeout=60)
        assert last.returncode == 0, last
        check_whole(out, 300, 7)
        for name in ("out-earlier.h5.parts", "out-earlier-2.h5.parts"):
            assert check_prefix(pathlib.Path(folder, name))[0] >= 3


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
             "memory": [test_memory], "together": [test_together, test_taken_away, test_killed_and_again]}
    for test in tests[sys.argv[2]]:
        if test(program) == SKIPPED:
            sys.exit(SKIPPED)


main()

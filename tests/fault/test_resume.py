#!/usr/bin/python3
"""Runs that are stopped or killed and go on: the same bits as in one go, nothing lost, nothing twice.

test_resume.py KITH [KILLS]: KILLS is how many times a run is killed at a random moment, 12 unless given (by hand: 200).
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from glob import glob  # takes a folder that goes away meanwhile for an empty one, which Path.glob does not
from pathlib import Path

import h5py

from stopped_runs import SCENARIOS, bits

KITH = str(Path(sys.argv[1]).resolve())
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 12

def kith(*words, status=0, **options):
    if words[0] == "resume" and "--checkpoint-every" not in words:
        words = (*words, "--checkpoint-every", "1h")  # a run goes on with its own, which is short here
    done = subprocess.run([KITH, *map(str, words)], capture_output=True, text=True, timeout=300, **options)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done


class Resume(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def straight(self, scenario, name="straight.h5"):
        """A run in one go: its bits and how long it took [s]."""
        start = time.monotonic()
        kith("run", scenario, "-o", name, "-q", "--force", "--threads", 1)
        return bits(name), time.monotonic() - start

    def start(self, scenario, *words):
        return subprocess.Popen([KITH, "run", scenario, "-o", "out.h5", "-q", "--force", *words], stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

    def test_a_time_limit_in_the_middle_and_two_threads_after_one(self):
        for name, text in SCENARIOS.items():
            with self.subTest(name):
                Path("s.yaml").write_text(text)
                wanted, seconds = self.straight("s.yaml")
                share = 0.37
                while True:  # a machine that is busy at one time only may end before the limit
                    done = subprocess.run([KITH, "run", "s.yaml", "-o", "out.h5", "--force", "--threads", "1", "--max-hours",
                                           str(share * seconds / 3600)], capture_output=True, text=True, timeout=300)
                    if done.returncode == 75:
                        break
                    self.assertEqual(done.returncode, 0, done.stderr)
                    share /= 2
                self.assertIn("as --max-hours says; all so far is in out.h5\n  to go on: kith resume out.h5", done.stderr)
                self.assertFalse(os.path.exists("out.h5.parts"))
                self.assertEqual(json.loads(kith("info", "out.h5", "--json", "--check").stdout)["state"], "partial")
                kith("resume", "out.h5", "--threads", 2)
                self.assertEqual(bits("out.h5"), wanted)

    def test_several_theories_side_by_side(self):
        Path("s.yaml").write_text(SCENARIOS["a crossover in its wash-out"])
        kith("run", "s.yaml", "--theory", "botsa,none,reward", "-o", "straight.h5", "-q")
        stops = 0
        for moment in (0.1, 0.5, 0.9):
            run = self.start("s.yaml", "--theory", "botsa,none,reward")
            time.sleep(moment)
            run.send_signal(signal.SIGTERM)
            run.communicate(timeout=60)
            stops += run.returncode == 75
            kith("resume", "out.h5")
            self.assertEqual(bits("out.h5"), bits("straight.h5"))
        self.assertGreater(stops, 0)

    def test_the_file_alone_in_an_empty_folder(self):
        os.mkdir("scenario")
        people = range(400)
        Path("scenario/ties.csv").write_text("from,to\n" + "".join(f"p{k},p{(k + step) % 400}\n" for k in people for step in (1, 2, 5)))
        Path("people.csv").write_text("id,age\n" + "".join(f"p{k},{20 + k % 50}\n" for k in people))
        shutil.copy(Path(__file__).resolve().parent.parent.parent / "models/pharmacology/drugs/naltrexone.yaml", "scenario/mine.yaml")
        text = SCENARIOS["two trials at once"].replace("network: {generate: layers, sizes: [5, 10]}", "network: {file: ties.csv}")
        text = text.replace("people: {count: 600}\n", "drugs: {mine: {file: mine.yaml}}\n").replace("drug: naltrexone,", "drug: mine,")
        Path("scenario/s.yaml").write_text(text)
        words = ["--set", "people.columns.file=people.csv"]
        kith("run", "scenario/s.yaml", *words, "-o", "straight.h5", "-q")
        run = self.start("scenario/s.yaml", *words)
        time.sleep(0.2)
        run.send_signal(signal.SIGTERM)
        _, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 75, said)
        os.mkdir("elsewhere")
        shutil.move("out.h5", "elsewhere")
        shutil.rmtree("scenario")
        os.remove("people.csv")
        kith("resume", "out.h5", cwd="elsewhere")
        self.assertEqual(bits("elsewhere/out.h5"), bits("straight.h5"))
        with h5py.File("elsewhere/out.h5") as file:
            kept = {os.path.basename(str(one.attrs["path"])) for one in file["inputs"].values()}
        self.assertEqual(kept, {"ties.csv", "people.csv", "mine.yaml"})

    def test_a_stop_while_the_network_is_made(self):
        Path("s.yaml").write_text(SCENARIOS["ties that live"].replace("count: 800", "count: 300000").replace("100 d", "1 d").replace("7 d", "0 h"))
        run = self.start("s.yaml")
        time.sleep(0.4)
        run.send_signal(signal.SIGUSR1)
        _, said = run.communicate(timeout=20)
        self.assertEqual(run.returncode, 75, said)
        kith("resume", "out.h5", "-q")
        wanted, _ = self.straight("s.yaml")
        self.assertEqual(bits("out.h5"), wanted)

    def test_killed_at_any_moment(self):
        Path("s.yaml").write_text(SCENARIOS["a crossover in its wash-out"])
        wanted, seconds = self.straight("s.yaml")
        random.seed(2016)
        kills = resumed = 0
        while kills < KILLS:
            for left in (Path("out.h5"), Path("out.h5.parts")):
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
            words = ["run", "s.yaml", "--force"]
            while True:  # the same run is killed again and again
                command = [KITH, *words, *(["-o"] if words[0] == "run" else []), "out.h5", "-q", "--checkpoint-every", "0.1s", "--save-every", "0.2s"]
                run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                try:
                    _, said = run.communicate(timeout=random.uniform(0.02, 1.2 * seconds))
                    self.assertEqual(run.returncode, 0, said)
                    break
                except subprocess.TimeoutExpired:
                    run.kill()
                    run.communicate()
                    kills += 1
                for file in [*glob("out.h5"), *glob("out.h5.parts/*.h5")]:
                    with h5py.File(file) as opened:
                        self.assertIn(opened.attrs["state"], ("partial", "complete"))
                if glob("out.h5.parts/*checkpoint*.h5") or Path("out.h5").exists():
                    resumed += words[0] == "resume" or 1
                    words = ["resume"]
                else:
                    kith("resume", "out.h5", status=1)  # nothing to go on from, and it says so
                    words = ["run", "s.yaml", "--force"]
            self.assertEqual(bits("out.h5"), wanted)
        print(f"{kills} kills, {resumed} times gone on from a checkpoint", file=sys.stderr)
        self.assertGreater(resumed, KILLS // 3)

    def test_a_second_signal_ends_at_once_and_what_there_is_stays(self):
        Path("s.yaml").write_text(SCENARIOS["ties that live"].replace("count: 800", "count: 8000").replace("burn_in: 7 d", "burn_in: 0 h"))
        # SIGINT is ignored where the tests themselves are run in the background. Where the first signal has ended the run before the
        # second comes, that is as it should be: 75.
        for _ in range(10):
            shutil.rmtree("out.h5.parts", ignore_errors=True)
            run = self.start("s.yaml", "--checkpoint-every", "0.3s")
            while len(glob("out.h5.parts/*checkpoint*.h5")) < 2 or not glob("out.h5.parts/*-replicate-*.h5"):
                time.sleep(0.01)
            run.send_signal(signal.SIGTERM)
            run.send_signal(signal.SIGUSR1)
            start = time.monotonic()
            run.communicate(timeout=20)
            self.assertLess(time.monotonic() - start, 1.0)
            if run.returncode != 75:
                break
        self.assertIn(run.returncode, (-signal.SIGTERM, -signal.SIGUSR1))
        self.assertEqual(json.loads(kith("info", "out.h5", "--json").stdout)["state"], "partial")
        done = kith("resume", "out.h5", "--max-hours", "1e-9", status=75)
        self.assertIn("note: goes on from the checkpoint in out.h5.parts/", done.stderr)

    def checkpoints(self):
        """A killed run with two checkpoints."""
        shutil.rmtree("out.h5.parts", ignore_errors=True)
        Path("s.yaml").write_text(SCENARIOS["a crossover in its wash-out"])
        found = []
        had_result = Path("out.h5").exists()
        while len(found) < 2:  # a run may end before its second checkpoint is seen; then it leaves a result
            run = self.start("s.yaml", "--checkpoint-every", "0.1s")
            while run.poll() is None and len(glob("out.h5.parts/*checkpoint*.h5")) < 2:
                time.sleep(0.001)
            run.kill()
            run.communicate()
            if run.returncode == 0 and not had_result:
                os.remove("out.h5")
            found = sorted(map(Path, glob("out.h5.parts/*checkpoint*.h5")))[-2:]
        return found

    def test_a_damaged_checkpoint_is_named_and_the_one_before_taken(self):
        def truncate(path):
            os.truncate(path, path.stat().st_size // 2)

        def flip(path):
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(bytes(data))

        for damage in (truncate, flip):
            with self.subTest(damage.__name__):
                before, newest = self.checkpoints()
                damage(newest)
                done = kith("resume", "out.h5")
                self.assertIn(f"note: the checkpoint in {newest} cannot be used (", done.stderr)
                self.assertIn(f"note: goes on from the checkpoint in {before}\n", done.stderr)
                wanted, _ = self.straight("s.yaml")
                self.assertEqual(bits("out.h5"), wanted)
                os.remove("out.h5")
                before, newest = self.checkpoints()
                damage(before)
                damage(newest)
                done = kith("resume", "out.h5", status=5)
                self.assertIn("cannot be used", done.stderr)
                self.assertIn("has no checkpoint to go on from", done.stderr)
                shutil.rmtree("out.h5.parts")

    def test_a_checkpoint_of_another_version_or_run_is_refused(self):
        def reseal(path):
            """Takes the checksums of the file away as a program that writes it would set them."""
            data = path.read_bytes()
            path.write_bytes(data[:data.rindex(b"\nkith checksum ")])

        before, newest = self.checkpoints()
        for path in (before, newest):
            reseal(path)
            with h5py.File(path, "r+") as file:
                file.attrs["kith_version"] = "0.0.1"
                del file.attrs["checksum"]
        done = kith("resume", "out.h5", status=5)
        self.assertIn("cannot be used", done.stderr)
        shutil.rmtree("out.h5.parts")
        before, newest = self.checkpoints()
        newest.rename(newest.with_name("00000000" + newest.name[8:]))
        done = kith("resume", "out.h5", status=5)
        self.assertIn("holds checkpoints of several runs", done.stderr)

    def test_a_segment_that_is_gone_is_missed_before_anything_is_run(self):
        self.checkpoints()
        gone = min(path for path in Path("out.h5.parts").glob("*-replicate-*.h5"))
        gone.unlink()
        done = kith("resume", "out.h5", status=5)
        self.assertIn("number 1 are gone", done.stderr)

    def test_a_complete_result_says_so_and_another_run_is_not_replaced(self):
        Path("s.yaml").write_text(SCENARIOS["a crossover in its wash-out"])
        self.straight("s.yaml", "out.h5")
        self.assertEqual(kith("resume", "out.h5").stdout, "out.h5 is complete: there is nothing to go on with\n")
        self.checkpoints()  # with --force, over the complete result
        whole = Path("out.h5").read_bytes()
        done = kith("resume", "out.h5", status=6)
        self.assertIn("is a result of another run", done.stderr)
        self.assertEqual(Path("out.h5").read_bytes(), whole)
        kith("resume", "out.h5", "--force")

    def test_the_next_run_says_what_it_found(self):
        self.checkpoints()
        done = kith("run", "s.yaml", "-o", "out.h5")
        self.assertIn("kith resume out-earlier.h5 goes on with it", done.stderr)
        os.remove("out.h5")
        kith("resume", "out-earlier.h5")
        wanted, _ = self.straight("s.yaml")
        self.assertEqual(bits("out-earlier.h5"), wanted)
        run = self.start("s.yaml")
        while not Path("out.h5.parts").exists():  # from then on a stop leaves something to go on with
            time.sleep(0.001)
        time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=60)
        done = kith("run", "s.yaml", "-o", "out.h5", status=6)
        self.assertIn("kith resume out.h5 goes on with it", done.stderr)


unittest.main(argv=[sys.argv[0], "-v"])

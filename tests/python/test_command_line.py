#!/usr/bin/python3
"""The command line as a program: terminals, pipes, signals, a full disk, and the examples of its help texts.

Usage: test_command_line.py KITH, the program built with the model of the tests.
"""

import json
import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

KITH = str(Path(sys.argv.pop(1)).resolve())
COMMANDS = ["run", "list", "new", "validate", "explain", "schema", "fit", "network", "resume", "check", "verify", "info", "export", "compare",
            "sweep", "merge", "sensitivity", "completion", "help", "version"]
SLOW = ["--set", "time.days=300", "--set", "time.pause=0.01 s"]


def kith(*words, **options):
    return subprocess.run([KITH, *words], capture_output=True, text=True, timeout=60, **options)


def on_terminal(*words, keys=(), **environment):
    """Runs kith with all three streams on a terminal of 80 columns; returns exit status and what it showed. `keys`: pairs of a text and the
    key that is pressed once it is there, in this order."""
    environ = {**os.environ, "TERM": "xterm", **environment}
    if "NO_COLOR" not in environment:
        environ.pop("NO_COLOR", None)
    child, terminal = pty.fork()
    if child == 0:
        os.execve(KITH, [KITH, *words], environ)
    shown = b""
    keys = list(keys)
    while True:
        if keys and keys[0][0].encode() in shown:
            os.write(terminal, keys.pop(0)[1].encode())
        ready, _, _ = select.select([terminal], [], [], 60)
        try:
            part = os.read(terminal, 65536) if ready else b""
        except OSError:  # the other end is closed
            part = b""
        if not part:
            break
        shown += part
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder.name)

    def test_every_example_runs_as_printed(self):
        path = {**os.environ, "PATH": f"{Path(KITH).parent}:{os.environ['PATH']}", "SLURM_ARRAY_TASK_ID": "1",
                "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "2"}
        design = "sweep: 1\ntitle: Days\nscenario: first-steps\nfactors: [{key: time.days, values: [2, 3, 4]}]\n"
        examples = 0
        for command in COMMANDS:
            text = kith(command, "--help").stdout.split("Examples:\n")[1]
            for example in re.findall(r"^  (kith .*)$", text, re.MULTILINE):
                with self.subTest(example), tempfile.TemporaryDirectory() as folder:
                    (Path(folder) / "design.yaml").write_text(design)
                    (Path(folder) / "sobol.yaml").write_text(design.replace("factors:", "design: sobol\nsamples: 2\nfactors:"))
                    if command == "merge":
                        self.assertEqual(kith("sweep", "design.yaml", "-o", "sweep", cwd=folder).returncode, 0)
                    done = subprocess.run(["bash", "-o", "pipefail", "-c", example], cwd=folder, env=path, capture_output=True, timeout=60)
                    self.assertEqual(done.returncode, 0, done.stderr.decode())
                    examples += 1
        self.assertGreaterEqual(examples, len(COMMANDS))

    def test_a_terminal_sees_a_bar_and_colour(self):
        status, shown = on_terminal("run", "first-steps", "--set", "time.days=30", "--set", "time.pause=0.02 s")
        self.assertEqual(status, 0)
        self.assertRegex(shown, r"\r\[#*-*\] +\d+ %  run")
        self.assertIn("\x1b[1;33mWarning", shown)

    def test_no_color_keeps_the_bar_and_dumb_terminals_get_neither(self):
        slow = ["run", "first-steps", "--set", "time.days=30", "--set", "time.pause=0.02 s"]
        status, shown = on_terminal(*slow, NO_COLOR="1")
        self.assertEqual(status, 0)
        self.assertIn("\r[", shown)
        self.assertNotRegex(shown, "\x1b\\[[0-9;]*m")
        status, shown = on_terminal(*slow, TERM="dumb")
        self.assertEqual(status, 0)
        self.assertNotIn("\x1b", shown)
        self.assertNotIn("\r[", shown)

    def test_a_pipe_sees_neither_bar_nor_colour(self):
        done = kith("run", "first-steps", "--set", "time.days=30", "--set", "time.pause=0.02 s")
        self.assertEqual(done.returncode, 0)
        for text in (done.stdout, done.stderr):
            self.assertNotIn("\x1b", text)
            self.assertNotIn("\r", text)

    def test_a_quiet_terminal_sees_no_bar(self):
        _, shown = on_terminal("run", "first-steps", "--quiet", "--set", "time.days=30", "--set", "time.pause=0.02 s")
        self.assertNotIn("\r[", shown)

    def test_a_live_run_is_stopped_by_q_as_by_ctrl_c(self):
        status, shown = on_terminal("run", "first-steps", "--live", "--set", "time.days=4000", "--set", "time.pause=0.01 s", "-o", "x.h5",
                                    keys=[("q stops", "q")])
        self.assertEqual(status, 75, shown)
        self.assertIn("stopped by Ctrl-C", shown)
        self.assertIn("How many", shown)  # the title of a figure
        self.assertEqual(kith("check", "x.h5").returncode, 75)

    def test_a_live_run_rests_while_it_is_paused(self):
        slow = ["run", "first-steps", "--live", "--set", "time.days=250", "--set", "time.pause=0.01 s"]
        status, shown = on_terminal(*slow, keys=[("q stops", " "), ("PAUSED", " ")])
        self.assertEqual(status, 0, shown)
        self.assertIn("PAUSED, space goes on", shown)
        self.assertIn("Connection", shown)  # the table at the end
        status, shown = on_terminal(*slow, keys=[("q stops", " "), ("PAUSED", "q")])
        self.assertEqual(status, 1, shown)  # nothing was to be kept
        done = kith(*slow[:2], "--live", "-q")
        self.assertEqual(done.returncode, 2)

    def test_a_live_run_without_a_terminal_tells_plain_lines_and_the_same_numbers(self):
        done = kith("run", "first-steps", "--live")
        self.assertRegex(done.stderr, r"100 %  run.*; day \d+, \d+ rows of \d+ virtual stud")
        self.assertNotIn("\x1b", done.stderr)
        self.assertEqual(done.stdout, kith("run", "first-steps").stdout)

    def test_a_terminal_sees_sparklines_after_a_run(self):
        _, shown = on_terminal("run", "first-steps")
        self.assertRegex(shown, "all +[▁▂▃▄▅▆▇█]+ [0-9.]+")
        self.assertNotRegex(kith("run", "first-steps").stdout, "[▁▂▃▄▅▆▇█]")

    def test_a_scenario_comes_from_standard_input(self):
        text = kith("new", "first-steps").stdout
        done = kith("run", "-", "--set", "people.count=42", input=text)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("42 people", done.stdout)
        wrong = kith("validate", "-", input=text + "wrong: 1\n")
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("standard input:8:1: error", wrong.stderr)

    def test_json_alone_is_on_standard_output(self):
        done = kith("run", "first-steps", "--json")
        self.assertEqual(json.loads(done.stdout)["title"], "First steps")

    def test_a_locale_changes_nothing(self):
        plain = kith("run", "first-steps", "--json", "--set", "time.days=4")
        for locale in ("de_DE.UTF-8", "C", "xx_XX"):
            other = kith("run", "first-steps", "--json", "--set", "time.days=4", env={**os.environ, "LC_ALL": locale})
            drop = lambda text: re.sub(r'"seconds": .*', "", text)
            self.assertEqual(drop(other.stdout), drop(plain.stdout))

    def stop(self, number, *words):
        """Sends a signal to a slow run; returns exit status, messages and seconds until it ended."""
        run = subprocess.Popen([KITH, "run", "first-steps", *SLOW, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(1.0)
        start = time.monotonic()
        run.send_signal(number)
        _, messages = run.communicate(timeout=30)
        return run.returncode, messages, time.monotonic() - start

    def test_a_stopped_run_keeps_what_was_computed_and_goes_on(self):
        straight = json.loads(kith("run", "first-steps", *SLOW, "--set", "time.pause=0 s", "--json").stdout)["fingerprint"]
        for number, reason in ((signal.SIGINT, "Ctrl-C"), (signal.SIGTERM, "SIGTERM"), (signal.SIGHUP, "terminal"),
                               (signal.SIGUSR1, "SIGUSR1"), (signal.SIGXCPU, "SIGXCPU")):
            with self.subTest(reason):
                name = f"{reason}.h5"
                status, messages, seconds = self.stop(number, "-o", name, "--save-every", "0.1s")
                self.assertEqual(status, 75)
                self.assertIn(reason, messages)
                self.assertIn(f"\n  to go on: kith resume {shlex.quote(name)} --save-every 0.1s\n", messages)
                self.assertLess(seconds, 5.0)
                self.assertFalse(os.path.exists(f"{name}.parts"))
                info = json.loads(kith("info", name, "--json").stdout)
                self.assertEqual(info["state"], "partial")
                self.assertGreater(info["tables"][0]["dimensions"][1]["size"], 10)
                ended = kith("resume", name, "--json")
                self.assertEqual(ended.returncode, 0, ended.stderr)
                self.assertEqual(json.loads(ended.stdout)["fingerprint"], straight)
                info = json.loads(kith("info", name, "--json", "--check").stdout)
                self.assertEqual((info["state"], info["tables"][0]["dimensions"][1]["size"]), ("complete", 300))

    def test_a_stopped_run_without_output_says_that_nothing_is_kept(self):
        status, messages, _ = self.stop(signal.SIGINT)
        self.assertEqual(status, 1)
        self.assertIn("nothing was written", messages)

    def test_a_reader_that_leaves_does_not_end_a_run_that_writes_a_file(self):
        run = subprocess.Popen([KITH, "run", "first-steps", "-o", "kept.h5", "--set", "time.days=20", "--set", "time.pause=0.02 s"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        run.stdout.close()
        with run.stderr as messages:
            self.assertNotIn("disk", messages.read())
        self.assertEqual(run.wait(timeout=30), 0)  # the result is there, and nobody wants the table
        self.assertEqual(json.loads(kith("info", "kept.h5", "--json").stdout)["state"], "complete")

    def test_a_command_whose_reader_leaves_says_nothing(self):
        for words in ("schema", "explain time", "list"):
            done = subprocess.run(["bash", "-c", f"{KITH} {words} | head -c 1"], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.stderr, "", words)

    def test_a_file_at_its_largest_size_is_a_failed_write(self):
        words = "run first-steps --set time.days=20000 --set people.count=100 -o large.h5 --save-every 0.05s"
        done = subprocess.run(["bash", "-c", f"ulimit -f 8; exec {KITH} {words}"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertIn("large.h5", done.stderr)

    def test_closed_standard_streams_share_no_number_with_a_file(self):
        for number, closed in enumerate(("<&-", "2>&-", "<&- 2>&-", "<&- >&- 2>&-")):
            with self.subTest(closed):
                name = f"closed{number}.h5"
                done = subprocess.run(["bash", "-c", f"{KITH} run first-steps -o {name} {closed}"], capture_output=True, timeout=60)
                self.assertEqual(done.returncode, 6 if " >&-" in closed else 0)
                self.assertEqual(json.loads(kith("info", name, "--json").stdout)["state"], "complete")

    def test_nothing_in_a_title_commands_the_terminal(self):
        title = '"\\e[31mred\\e]0;window\\a\\x9b31m"'
        for words in (["run", "first-steps", "-o", "title.h5"], ["info", "title.h5"], ["network", "first-steps"]):
            with self.subTest(words):
                more = [] if words[0] == "info" else ["--set", f"title={title}"]
                status, shown = on_terminal(*words, *more)
                self.assertEqual(status, 0)
                self.assertIn("red", shown)
                self.assertEqual(set(re.findall(r"\x1b.[0-9;]*.", shown)) - {"\x1b[1m", "\x1b[0m", "\x1b[1;33m", "\x1b[K"}, set())
                self.assertNotIn("\a", shown)
                self.assertNotIn("\x9b", shown)

    def test_names_that_are_too_long_are_outputs_that_cannot_be_written(self):
        for length in (240, 250, 256, 5000):
            name = "n" * length + ".h5"
            for words in (["run", "first-steps", "-o", name], ["new", "first-steps", "-o", name]):
                done = kith(*words)
                if done.returncode == 0:  # it is not too long
                    os.remove(name)
                    continue
                self.assertEqual(done.returncode, 6, (length, words[0]))
                self.assertIn("too long", done.stderr)
                self.assertNotIn("complete", done.stderr)

    def test_more_threads_than_there_can_be_are_refused(self):
        done = kith("run", "first-steps", "--threads", "2000")
        self.assertEqual(done.returncode, 2)
        self.assertIn("1024", done.stderr)

    def test_a_run_that_needs_more_memory_than_there_is_is_refused_with_advice(self):
        large = ["run", "first-steps", "--set", "people.gigabytes=1000000"]
        done = kith(*large, "-o", "large.h5")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"needs about 1000000 GB of memory, and .* leaves [0-9.]+ [MG]B")
        self.assertIn("--force", done.stderr)
        self.assertFalse(os.path.exists("large.h5") or os.path.exists("large.h5.parts"))
        self.assertEqual(kith(*large, "--force").returncode, 0)

    def test_the_limit_of_the_address_space_counts(self):
        def under_limit(words):
            return subprocess.run(["bash", "-c", f"ulimit -v 1900000; {KITH} {words}"], capture_output=True, text=True, timeout=60)

        if under_limit("--version").returncode != 0:
            self.skipTest("a sanitizer needs more address space than the test leaves")
        done = under_limit("run first-steps --set people.gigabytes=2")
        self.assertEqual(done.returncode, 1)
        self.assertIn("ulimit -v leaves", done.stderr)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_a_full_disk_is_no_success(self):
        for words in (["list"], ["schema"], ["run", "first-steps"], ["new", "first-steps"], ["explain"]):
            with self.subTest(words), open("/dev/full", "w") as full:
                done = subprocess.run([KITH, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
                self.assertEqual(done.returncode, 6)
                self.assertIn("standard output", done.stderr)
        done = kith("new", "first-steps", "-o", "/dev/full")
        self.assertEqual(done.returncode, 6)


if __name__ == "__main__":
    unittest.main(verbosity=2)

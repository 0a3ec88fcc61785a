#!/usr/bin/python3
"""Completion in bash, zsh and fish: each shell, on a terminal of its own, writes out what somebody begins and ends with Tab.

Usage: test_completion.py KITH     A shell that is not installed is left out; without bash the test is skipped (status 77).
"""
import os
import pty
import select
import shutil
import sys
import tempfile
import time
import unittest
from pathlib import Path

KITH = Path(sys.argv.pop(1)).resolve()

# How each shell is begun without anybody's own settings, and how it takes the completion.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(kith completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -d ./dump; source <(kith completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "kith completion fish | source"),
}


class Shell:
    """A shell on a terminal, in a folder of its own, with kith on its PATH."""

    def __init__(self, name, folder):
        command, take = SHELLS[name]
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, {"PATH": f"{KITH.parent}:{os.defpath}", "TERM": "dumb" if name != "fish" else "xterm", "HOME": folder,
                                             "LC_ALL": "C.UTF-8", "PS1": "$ ", "COLUMNS": "300"})
        self.seen = b""
        self.type(take + "; echo ta''ken\r", "taken")

    def type(self, keys, until):
        """Types, and reads until the text is there. Gives what was read."""
        self.seen = b""
        os.write(self.terminal, keys.encode())
        end = time.monotonic() + 20
        while until.encode() not in self.seen:
            ready, _, _ = select.select([self.terminal], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"{keys!r} did not lead to {until!r}, but to {self.seen.decode(errors='replace')!r}")
            self.seen += os.read(self.terminal, 65536)
        return self.seen.decode(errors="replace")

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.child, 0)


class Completion(unittest.TestCase):
    def shell(self, name):
        if shutil.which(name) is None:
            self.skipTest(f"{name} is not installed")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        (Path(folder.name) / "my own scenario.yaml").touch()
        shell = Shell(name, folder.name)
        self.addCleanup(shell.close)
        return shell

    def completes(self, shell, begun, whole):
        """What is begun and Tab are the words of `whole`, as the shell hands them to a program."""
        shell.type(f"{begun}\t", whole.split()[-1][:3])
        time.sleep(0.3)
        # The shell prints its words: in front of the line comes a program that does so.
        shell.type("\x01printf '<%s>' \r", "".join(f"<{word}>" for word in whole.split()))

    def tries(self, name):
        shell = self.shell(name)
        self.completes(shell, "kith netw", "kith network")
        self.completes(shell, "kith run first-st", "kith run first-steps")
        self.completes(shell, "kith run first-steps --threa", "kith run first-steps --threads")
        self.completes(shell, "kith explain methad", "kith explain methadone")
        self.completes(shell, "kith run first-steps --theory state_d", "kith run first-steps --theory state_dependent")
        self.completes(shell, "kith run first-steps --set people.cou", "kith run first-steps --set people.count=")
        self.completes(shell, "kith run first-steps --set theory.name=state_d", "kith run first-steps --set theory.name=state_dependent")
        self.completes(shell, "kith run first-steps --set trial.arms.mine.drug=bupre", "kith run first-steps --set trial.arms.mine.drug=buprenorphine")
        self.completes(shell, "kith new fits/bot", "kith new fits/botsa")
        shell.type("kith run my\t", "scenario.yaml")

    def test_bash(self):
        self.tries("bash")

    def test_zsh(self):
        self.tries("zsh")

    def test_fish(self):
        self.tries("fish")


if __name__ == "__main__":
    if shutil.which("bash") is None:
        sys.exit(77)
    unittest.main()

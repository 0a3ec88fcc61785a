#!/usr/bin/python3
"""Every command that the documents, the pages made of them and the program's own help show is done as it stands there, and ends as it should.

Usage: test_documents.py KITH

Blocks with a comment before them are scripts/refresh_readme.py's, which also compares what they print. Here are all others: the blocks of
shell, the commands in the text, and the examples of `kith help --json`. Commands that take minutes are done smaller (SMALLER); what stands in
ELSEWHERE is not done here, and why. A command that nobody does is a mistake, and so is an entry of these lists that fits none.
"""
import importlib.machinery
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KITH = Path(sys.argv.pop(1)).resolve()

# Beginnings of commands that are not done here.
ELSEWHERE = {
    "scripts/": "tests of the house, and CI",
    "cmake --install": "the test of the installation",
    "bash job.sh": "the test of Slurm",
    "srun ": "the test of Slurm",
    "#SBATCH": "lines of a job script",
    "kith run first-steps --theory withdrawal": "the tests of that theory, which is not built in",
    "kith explain approach_gain": "the same",
    "kith run crossover.yaml": "how files were made that are never made anew",
    "kith sweep sweep.yaml -o runs": "the same",
    "kith sweep scenarios/sweeps/founding_trial.yaml": "tests/python/test_sweep_designs.py, with fewer runs",
    "kith fit fits/": "scripts/check_fits; fits/small is an example of the help",
    "kith fit PROBLEM --check": "an example of the help",
    "kith evidence --recover": "the tests of the evidence; a minute and a half",
    "mmdebstrap ": "scripts/packaging/try_deb",
    "apt-get ": "the same",
    "chroot root kith": "the same",
    "podman ": "scripts/packaging/try_image",
    "kith explain mine": "a theory of one scenario; the tests of theories in words",
}
# What stands for something of one's own, in the order in which it is put in.
MEANT = {"OUT-earlier.h5": "stopped.h5", "OUT.h5": "first.h5", "PROBLEM.yaml": "fits/small", "SCENARIO": "first-steps",
         "COMMAND": "run", "NAME": "botsa", "ARGUMENTS": "list", "FILE": "own_drug.yaml", "/scratch/me/": ""}
# What is appended to commands that begin so: the same, only smaller.
SMALLER = {
    "kith run long-naltrexone -o": " --set people.count=300 --set trial.twin=false --replicates 1 --force",
    "kith run long-naltrexone --set people.count=100000": " --set people.count=300 --replicates 1",
    "kith run naltrexone-crossover": " --set people.count=500 --force",
    "kith run everyday-life": " --set people.count=300 --set time.duration=28d --replicates 1",
    "kith run recovery": " --set people.count=300 --replicates 1",
    "kith run power-nct05007561": " --set people.count=500 --replicates 2 --draw-count 2",
    "kith run first-steps --theory all": " --replicates 2",
    "kith run real-network": " --set network.weight=minutes",
    "kith evidence --plot": " evidence/inagaki_2019 --theory botsa,none --replicates 2",
    "kith evidence my/": " --replicates 2",
    "kith evidence --own": " evidence/inagaki_2019 --theory mine,none --replicates 2",
    "kith evidence evidence/tomova_2020": " --replicates 2",
    "kith verify": " --set people.count=100",
    "kith new first-steps -o my.yaml": " --force",
    "kith report first.h5 --methods": " --force",
    "cp scenarios/sweeps/washout_power.yaml design.yaml": " && cp tone.yaml design.yaml",
}
INSTEAD = {"kith merge sweep -o sweep.h5": "kith merge sweep -o whole.h5", "kith run naltrexone-crossover --replicates 40 -o trial.h5":
           "kith run naltrexone-crossover --replicates 2 -o trial.h5 --set people.count=500 --force",
           "kith export first.h5 --network --day 120 -o day120.graphml": "kith export city.h5 --network --day 120 -o day120.graphml",
           "kith evidence --signs": "kith evidence --signs --theory botsa,none --people 200",
           "kith evidence": "kith evidence evidence/inagaki_2019 --theory botsa,none --replicates 2"}
STATUS = {}  # of commands that end with another one than 0

FILES = {
    "design.yaml": "sweep: 1\ntitle: Tone\nscenario: first-steps\nset: [people.count=60, 'network.sizes=[5, 10]', replicates.count=1, time.burn_in=1 d]\n"
                   "factors: [{key: people.opioid_tone.median, values: [0.1, 0.2]}]\n",
    "my_theory.yaml": "theory:\n  name: mine\n  opioid_share: 0.05\n  approach: [{term: below_set_point, gain: -0.3}]\n",
}


def loaded(path):
    loader = importlib.machinery.SourceFileLoader(Path(path).stem, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def documents():
    return [ROOT / "README.md", *(ROOT / name for name in loaded(ROOT / "scripts/docs").DOCUMENTS)]


def lines_of(block):
    """Commands of a block: without comments behind them, and with what goes on in the next line."""
    for line in block.replace("\\\n", "").splitlines():
        line = re.sub(r"\s+# .*", "", line).strip()
        if line and not re.match(r"#(?!SBATCH)", line):
            yield line


def commands_of(path, names):
    """(command, where it stands) of a document."""
    text = path.read_text(encoding="utf-8")
    blocks = re.compile(r"^(<!-- [^\n]+ -->\n)?```(\w*)\n(.*?)^```$", re.M | re.S)
    for marked, language, block in blocks.findall(text):
        if not marked and language == "sh":
            yield from lines_of(block)
        elif not marked and language == "text":
            yield from (line[2:] for line in block.splitlines() if line.startswith("$ "))
    for command in re.findall(r"`([^`]+)`", blocks.sub("", text)):
        command = " ".join(command.split())
        is_name = all(word in names or word.startswith("-") for word in command.split()[1:])  # `kith run --audit` names an option
        if re.match(r"(kith|scripts/\S+|cmake|source|PYTHONPATH=\S+|python3) ", command) and not is_name:
            yield command


def examples():
    told = subprocess.run([KITH, "help", "--json"], check=True, capture_output=True, text=True).stdout
    return [example["command"] for command in json.loads(told)["commands"] for example in command["examples"]]


class Documents(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        for name in ("scripts", "scenarios", "tests"):
            (cls.folder / name).symlink_to(ROOT / name)
        cls.used = set()
        cls.names = {path.stem for path in (ROOT / "sim/cli").glob("*.cpp")} | {"new", "validate"}
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        files = {**FILES, **dict(re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", readme, re.M | re.S))}
        files["sobol.yaml"] = FILES["design.yaml"].replace("factors:", "design: sobol\nsamples: 2\nfactors:").replace("values: [0.1, 0.2]", "from: 0.1, to: 0.2")
        # Ties of a class of 60, for a trial in a network of one's own.
        files["friends.csv"] = "day,giver,receiver,minutes\n" + "".join(f"1,p{k},p{(k + step) % 60},{10 * step}\n" for k in range(60) for step in (1, 2, 5))
        files["tone.yaml"] = FILES["design.yaml"]
        for name, text in files.items():
            (cls.folder / name).write_text(text, encoding="utf-8")
        shorter = "--set people.count=60 --set 'network.sizes=[5, 10]' --set time.burn_in=1d"
        for command in ("kith new first-steps -o my.yaml --force", "mkdir my", "cat <(kith new first-steps) expect.yaml > my/study.yaml",
                        "kith run first-steps -o first.h5 -q", "kith run first-steps --theory none -o b.h5 -q", "cp first.h5 a.h5; cp first.h5 trial.h5",
                        "kith sweep sobol.yaml -o sobol -q && kith merge sobol -o sweep.h5 && cp sweep.h5 all.h5 && cp sweep.h5 founding.h5",
                        "kith sweep tone.yaml -o tone -q && kith sweep tone.yaml -o sweep -q",
                        f"kith run first-steps {shorter} --stop-at 2d -q -o stopped.h5; cp stopped.h5 year.h5",
                        f"kith run lonely-city {shorter} --set people.count=300 --replicates 1 --set record.tie_events=true -o city.h5 -q"):
            done = cls.run_in(cls.folder, command)
            assert done.returncode == 0, (command, done.stderr)

    @staticmethod
    def run_in(folder, command):
        environment = {**os.environ, "PATH": f"{KITH.parent}:/usr/bin:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "scripts/python"),
                       "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "SLURM_ARRAY_TASK_ID": "1",
                       "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "2"}
        return subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, errors="replace", timeout=300, check=False)

    def longest(self, of, command):
        """The entry for this command, of those that it begins with: the longest."""
        fits = [key for key in of if command.startswith(key)]
        self.used.update(fits)
        return max(fits, key=len, default=None)

    def done_as_it_stands(self, command, place):
        if self.longest(ELSEWHERE, command) and not command.startswith("kith fit fits/small"):  # which is an example of the help
            return
        meant = command
        for word, own in MEANT.items():
            if word in meant:
                self.used.add(word)
                meant = re.sub(rf"(?<![\w/-]){re.escape(word)}(?!\w)" if word[0] != "/" else re.escape(word), own, meant)
        parts = re.split(r"( && |; | \| )", meant)
        for k, part in enumerate(parts):
            if part in INSTEAD:
                self.used.add(part)
                parts[k] = INSTEAD[part]
            elif key := self.longest(SMALLER, part):
                parts[k] = re.sub(r"( >.*)?$", lambda rest, key=key: SMALLER[key] + rest.group(), part, count=1)
        begin = time.monotonic()
        done = self.run_in(self.folder, "".join(parts))
        if "-v" in sys.argv:
            print(f"{time.monotonic() - begin:6.1f} s  {''.join(parts)}", flush=True)
        self.assertEqual(done.returncode, STATUS.get(command, 0), f"{place}: {command}\n$ {''.join(parts)}\n{done.stderr[-1500:]}")
        self.done.append(command)

    def test_each_command(self):
        self.done = []
        for path in documents():
            for command in dict.fromkeys(commands_of(path, self.names)):
                with self.subTest(command, document=path.name):
                    self.done_as_it_stands(command, path.name)
        for command in examples():
            with self.subTest(command, document="help"), tempfile.TemporaryDirectory() as folder:
                for name in ("design.yaml", "sobol.yaml"):
                    (Path(folder) / name).write_bytes((self.folder / name).read_bytes())
                if command.startswith("kith merge"):
                    self.run_in(folder, "kith sweep design.yaml -o sweep -q")
                everywhere, type(self).folder = self.folder, Path(folder)
                try:
                    self.done_as_it_stands(command, "help")
                finally:
                    type(self).folder = everywhere
        self.assertGreater(len(self.done), 120)
        self.assertEqual({*ELSEWHERE, *MEANT, *SMALLER, *INSTEAD, *STATUS} - self.used, set(), "these fit no command")


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/python3
"""Each wrong scenario of tests/input_errors, and each wrong design of its folder sweeps, is refused with exactly the expected message.

test_input_errors.py KITH [--update]: `kith validate` runs in the folder, so that messages show the file's name only; with
--update the expected files are written anew, for a reader who then looks at the difference.
"""
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent.parent / "input_errors"
INVALID_SCENARIO = 3


def differences(name, expected, run):
    if run.returncode != INVALID_SCENARIO:
        yield f"{name}: exit {run.returncode}, not {INVALID_SCENARIO}"
    if run.stdout:
        yield f"{name}: standard output is not empty: {run.stdout.decode()}"
    if run.stderr != expected:
        yield f"{name}: expected\n{expected.decode()}but got\n{run.stderr.decode(errors='replace')}"


REFUSED_LATER = {  # what shows only once the population has been made: exit 3, too
    "network.generate=stochastic_block network.sizes=[1%,99%] network.within=30": "the network cannot be made",
    "trial.participants.close_ties=900": "wants 20 participants but 0 people are eligible; the criterion that costs most is "
    "ties.close >= 900",
}


def refused_later(program):
    for settings, message in REFUSED_LATER.items():
        words = [word for setting in settings.split() for word in ("--set", setting)]
        if "generate=stochastic_block" in settings:  # `sizes` and `community` of the scenario belong to its layers
            text = "kith: 1\ntitle: Blocks\npeople: {count: 200}\n"
            run = subprocess.run([program, "run", "-", *words], input=text.encode(), capture_output=True, timeout=30)
        else:
            run = subprocess.run([program, "run", "first-steps", *words], capture_output=True, timeout=30)
        if run.returncode != INVALID_SCENARIO or message not in run.stderr.decode():
            yield f"{settings}: exit {run.returncode}: {run.stderr.decode()}"


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    update = "--update" in sys.argv[2:]
    scenarios = sorted(FOLDER.glob("*.yaml")) + sorted(FOLDER.glob("sweeps/*.yaml")) + sorted(FOLDER.glob("fits/*.yaml"))
    assert len(scenarios) >= 45, f"only {len(scenarios)} wrong scenarios in {FOLDER}"
    orphans = {p.name.removesuffix(".expected.txt") for p in FOLDER.rglob("*.expected.txt")} - {p.stem for p in scenarios}
    assert not orphans, f"expected without a scenario: {sorted(orphans)}"
    failures = []
    for scenario in scenarios:
        run = subprocess.run([program, "validate", scenario.name], cwd=scenario.parent, capture_output=True, timeout=30)
        expected = scenario.with_suffix(".expected.txt")
        if update:
            expected.write_bytes(run.stderr)
        failures += differences(scenario.name, expected.read_bytes() if expected.exists() else b"", run)
    failures += refused_later(program)
    print("\n".join(failures) or f"{len(scenarios)} wrong scenarios, designs and problems are refused as expected")
    sys.exit(bool(failures))


main()

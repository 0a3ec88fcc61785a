#!/usr/bin/python3
"""Prints what a scenario's trial should find under each theory, as a table in Markdown.

Usage: predict.py SCENARIO [--theories botsa,none] [--studies 400] [--kith PROGRAM]
       predict.py SCENARIO --draws FOLDER [--draw-count 20] [--studies 40] [--set KEY=VALUE]… [-o FILE.yaml]

Each row is a measure under a theory: the mean Hedges g over the virtual studies, the interval that holds the g of 95 % of
them, and how many are significant (p < 0.05) with the exact 95 % interval of that share.

With --draws each theory takes its parameters from the posterior in FOLDER/THEORY.yaml, which kith fit wrote, so many studies at each draw;
a theory without such a file keeps what ships. Then a row has the mean g, the interval of 95 % of the means over the draws (what the effect
may be), the standard deviations that go with chance and with parameters, and the interval of 95 % of studies (what one study may find): mean ±
1.96 times the root of the sum of their squares. -o writes the same as YAML, with the date and the hashes of code, scenario and parameters.
"""
import argparse
import csv
import datetime
import hashlib
import json
import math
import subprocess
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]


def output_of(*words):
    return subprocess.run([str(word) for word in words], check=True, stdout=subprocess.PIPE, text=True).stdout


def pooled_effects(arguments, theory, folder):
    """Runs the virtual studies; gives the rows of effects_pooled that are outcomes."""
    result = Path(folder) / "predicted.h5"
    output_of(arguments.kith, "run", arguments.scenario, "--theory", theory, "--replicates", arguments.studies, "-o", result,
              "--force", "--quiet")
    exported = output_of(arguments.kith, "export", result, "--table", "effects_pooled")
    return [row for row in csv.DictReader(exported.splitlines()) if row["g"]]


def print_significance(arguments):
    print("| theory | measure | contrast | g | g of 95 % of studies | significant |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for theory in arguments.theories.split(","):
            for row in pooled_effects(arguments, theory, folder):
                g, low, high = (f"{float(row[name]):.2f}" for name in ("g", "g_of_study_low", "g_of_study_high"))
                share = [f"{100 * float(row[name]):.0f}" for name in ("significant", "significant_low", "significant_high")]
                print(f"| {theory} | {row['measure']} | {row['contrast']} | {g} | {low} to {high} "
                      f"| {share[0]} % ({share[1]} to {share[2]}) |".replace("-0.00", "0.00").replace(" -", " −"))


def changes_of(arguments):
    """What is changed in the scenario; nobody asks for twins here."""
    return [word for change in ["trial.twin=false", *arguments.set] for word in ("--set", change)]


def effects_at_draws(arguments, theory, folder):
    """{(measure, contrast): [draws][studies] g} with the theory's posterior; one draw where it has none."""
    result = Path(folder) / "predicted.h5"
    words = [arguments.kith, "run", arguments.scenario, "--theory", theory, "--replicates", arguments.studies, "-o", result, "--force",
             "--quiet", *changes_of(arguments)]
    posterior = arguments.draws / f"{theory}.yaml"
    if posterior.exists():
        output_of(*words, "--draws", posterior, "--draw-count", arguments.draw_count)
        table, draw = "effects_at_draws", "draw"
    else:
        output_of(*words)
        table, draw = "effects", None
    effects = {}
    for row in csv.DictReader(output_of(arguments.kith, "export", result, "--table", table).splitlines()):
        if row["g"]:
            at_draws = effects.setdefault((row["measure"], row["contrast"]), {})
            at_draws.setdefault(row[draw] if draw else "0", []).append(float(row["g"]))
    return {key: list(at_draws.values()) for key, at_draws in effects.items()}


def mean_and_variance(values):
    mean = sum(values) / len(values)
    return mean, sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)


def quantile(values, share):
    """Linear between neighbours."""
    values = sorted(values)
    place = share * (len(values) - 1)
    below = math.floor(place)
    return values[below] + (place - below) * (values[min(below + 1, len(values) - 1)] - values[below])


def predicted(at_draws):
    """What the studies at all draws come to, chance and parameters apart."""
    moments = [mean_and_variance(studies) for studies in at_draws]
    means = [mean for mean, _ in moments]
    mean, between = mean_and_variance(means)
    within = sum(variance for _, variance in moments) / len(moments)
    reach = 1.96 * math.sqrt(within + between)
    return {"g": mean, "of_means": [quantile(means, 0.025), quantile(means, 0.975)], "chance_sd": math.sqrt(within),
            "parameters_sd": math.sqrt(between), "of_studies": [mean - reach, mean + reach]}


def sha256(content):
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()


def print_draws(arguments):
    """The table, and what -o writes."""
    version = output_of(arguments.kith, "version").splitlines()
    record = {
        "prediction": arguments.scenario,
        "made": {"on": datetime.datetime.now(datetime.timezone.utc).date().isoformat(), "by": version[0],
                 "commit": version[1].split()[-1]},
        "studies": arguments.studies,
        "draws": arguments.draw_count,
        "set": arguments.set,
        "theories": {},
    }
    print("| theory | measure | contrast | g | 95 % of means | SD: chance | parameters | 95 % of studies |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for theory in arguments.theories.split(","):
            posterior = arguments.draws / f"{theory}.yaml"
            resolved = output_of(arguments.kith, "validate", arguments.scenario, "--theory", theory, "--resolved",
                                 *changes_of(arguments))
            of_theory = {"scenario_sha256": sha256(resolved)}
            if posterior.exists():
                of_theory["posterior_sha256"] = sha256(posterior.read_bytes())
            for (measure, contrast), at_draws in effects_at_draws(arguments, theory, folder).items():
                found = predicted(at_draws)
                low, high, least, most = (f"{value:.2f}" for value in (*found["of_means"], *found["of_studies"]))
                print(f"| {theory} | {measure} | {contrast} | {found['g']:.2f} | {low} to {high} | {found['chance_sd']:.3f} "
                      f"| {found['parameters_sd']:.3f} | {least} to {most} |".replace("-0.00", "0.00").replace(" -", " −"), flush=True)
                of_theory.setdefault(contrast, {})[measure] = json.loads(json.dumps(found), parse_float=lambda x: round(float(x), 4))
            record["theories"][theory] = of_theory
    if arguments.output:
        text = yaml.safe_dump(record, sort_keys=False, default_flow_style=None, width=120)
        arguments.output.write_text(f"# What {arguments.scenario} should find; written by scripts/predict.py, and never changed by hand.\n"
                                    + text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", help="a file or the name of a shipped scenario")
    parser.add_argument("--theories", default="botsa,none", help="their names, with commas")
    parser.add_argument("--studies", type=int, help="virtual studies under each theory: 400; with --draws at each draw: 40")
    parser.add_argument("--draws", type=Path, metavar="FOLDER", help="posteriors, a file THEORY.yaml each")
    parser.add_argument("--draw-count", type=int, default=20, help="so many of the draws in each file")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="with --draws: change the scenario, as kith run --set")
    parser.add_argument("-o", "--output", type=Path, help="with --draws: also write this YAML file")
    parser.add_argument("--kith", type=Path, default=ROOT / "build/release/bin/kith", help="the program")
    arguments = parser.parse_args()
    if (arguments.output or arguments.set) and not arguments.draws:
        parser.error("-o and --set go with --draws")
    arguments.studies = arguments.studies or (40 if arguments.draws else 400)
    if arguments.draws:
        print_draws(arguments)
    else:
        print_significance(arguments)


if __name__ == "__main__":
    main()

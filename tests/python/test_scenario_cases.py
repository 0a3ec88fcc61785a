#!/usr/bin/python3
"""Small scenarios that once showed a fault, and what is right; and that one fault is told as one mistake.

test_scenario_cases.py KITH
"""
import json
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent.parent / "cases" / "scenarios"
BASE = (FOLDER / "comma-in-number.yaml").read_text().replace("2,000", "200")
INVALID = 3
failures = []


def check(what, holds, seen=""):
    if not holds:
        failures.append(f"{what}\n{seen}")


class Kith:
    def __init__(self, program):
        self.program = program

    def __call__(self, *words, text=None, folder=FOLDER):
        return subprocess.run([self.program, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=120,
                              input=text)

    def mistakes(self, text, *words):
        run = self("validate", "-", "--json", *words, text=text)
        check(f"{words}: valid JSON, exit 0 or {INVALID}", run.returncode in (0, INVALID), run.stderr)
        return json.loads(run.stdout)["mistakes"]


def changed(*changes):
    """The base scenario with each old text, which must be there, replaced by a new one."""
    text = BASE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def clusters(count):
    """The base scenario as a trial of so many communities, or of all that there are."""
    sequences = "".join(f"    - {{arms: [{order}], count: 10}}\n" for order in ("naltrexone, placebo", "placebo, naltrexone"))
    return [("design: crossover", f"design: cluster\n  clusters: {{by: community{count}}}"),
            (f"  sequences:\n{sequences}  washout: 7 d\n", ""), ("sizes: [5, 10, 35]", "sizes: [3, 4], community: 10")]


# One fault each: what changes in the base scenario, the line of the one mistake, and words of its message.
ONE_MISTAKE = [
    ("a duplicate measure", [('  - {diary: connection, at: "21:00"}\n', '  - {diary: connection, at: "21:00"}\n' * 2)], 18,
     ["asked twice"]),
    ("a duplicate probe", [('  - {probe: loving_messages, at: "day 2 14:00"}\n',
                                  '  - {probe: loving_messages, at: "day 2 14:00"}\n' * 2)], 19, ["asked twice"]),
    ("a duplicate with a value that is the default", [('{diary: connection, at: "21:00"}\n',
      '{diary: connection, at: "21:00"}\n  - {diary: connection}\n')], 18, ["asked twice"]),
    ("a comma in a count", [("count: 200", "count: 2,000")], 5, ['"2,000"', "number with a comma", "write 2000"]),
    ("a comma in a dose", [("doses: 50 mg", "doses: 1,000 mg")], 10, ['"1,000 mg"', "write 1000 mg"]),
    ("a decimal comma", [("count: 200", "count: 200, opioid_tone: {median: 0,15}")], 5, ['"0,15"', "write 0.15"]),
    ("no space after a colon", [("theory: botsa", "theory:botsa")], 3, ['"theory:botsa"', 'write "theory: botsa"']),
    ("no space after a colon in the last line", [("seed: 1", "seed:1")], 21, ['"seed:1"']),
    ("no space after a colon in braces", [("count: 200", "count:200")], 5, ['"count:200"', 'write "count: 200"']),
    ("no space after a colon in a trial", [("  washout: 7 d", "  washout:7 d")], 15, ['"washout:7"']),
    ("a theory in capitals", [("theory: botsa", "theory: BOTSA")], 3, ['did you mean "botsa"']),
    ("a generator in capitals", [("generate: layers", "generate: LAYERS")], 6, ['did you mean "layers"']),
    ("a key in capitals", [("theory: botsa", "Theory: botsa")], 3, ['did you mean "theory"']),
    ("two wash-outs for two periods", [("washout: 7 d", "washout: [10 d, 21 d]")], 15,
     ["2 wash-outs for 2 periods", "between 2 periods lie 1", "give one"]),
    ("half a day of wash-out", [("washout: 7 d", "washout: 7.5 d")], 15, ["7.5 d is not a whole number of days", "use 7 d or 8 d"]),
    ("half a day of run-in", [("washout: 7 d", "washout: 7 d\n  run_in: 36 h")], 16, ["not a whole number of days"]),
    ("half a day of period", [("washout: 7 d", "washout: 7 d\n  period: 2.5 d")], 16, ["not a whole number of days"]),
    ("a target of an event", [("design: crossover", "design: crossover\n  participants: {target: {most: centrality}}")], 9,
     ["target: highest centrality"]),
    ("a target as a list", [("design: crossover", "design: crossover\n  participants: {target: [centrality]}")], 9,
     ["target: highest centrality"]),
    ("a bad time of doses", [("for: 2 d", "for: 2 days long")], 10, ["unknown unit"]),
    ("a bad list of doses", [("doses: 50 mg", "doses: [50 mg, fifty]")], 10, ["fifty"]),
    ("a bad dose", [("doses: 50 mg", "doses: 50 mgg")], 10, ["mgg"]),
    ("a bad duration", [("duration: 14 d", "duration: 14 dd")], 4, ["dd"]),
    ("a misspelt design", [("design: crossover", "design: crosover")], 8, ["crossover"]),
    ("misspelt sequences", [("sequences:", "sequnces:")], 12, ['did you mean "sequences"']),
    ("misspelt arms", [("  arms:\n", "  amrs:\n")], 9, ['did you mean "arms"']),
    ("a misspelt trial", [("trial:\n", "trail:\n")], 7, ['did you mean "trial"']),
    ("a misspelt drug key", [("{drug: naltrexone,", "{durg: naltrexone,")], 10, ['did you mean "drug"']),
    ("a misspelt diary", [("{diary: connection", "{diray: connection")], 17, ['did you mean "diary"']),
    ("a misspelt title", [("title: Base trial", "titel: Base trial")], 2, ['did you mean "title"']),
    ("a misspelt count", [("count: 10}\n    - {arms: [placebo", "cuont: 10}\n    - {arms: [placebo")], 13,
     ['did you mean "count"']),
    ("an unknown drug", [("drug: naltrexone", "drug: naltrexnoe")], 10, ["naltrexone"]),
    ("a diary before waking", [('{diary: connection, at: "21:00"}', '{diary: connection, at: "03:00"}')], 17,
     ["03:00", "people wake at 07:00"]),
    ("a diary at waking", [('{diary: connection, at: "21:00"}', '{diary: connection, at: "07:00"}')], 17, ["07:00"]),
    ("a diary within the tick of waking", [('{diary: connection, at: "21:00"}', '{diary: connection, at: "07:40"}')], 17,
     ["07:40"]),
    ("a diary since later than it is asked", [('at: "21:00"}', 'at: "21:00", since: "22:00"}')], 17, ["22:00"]),
    ("days that never come", [('at: "21:00"}', 'at: "21:00", days: 2..4}')], 17, ["day 4 never comes", "has 2 days"]),
    ("days that go down", [('at: "21:00"}', 'at: "21:00", days: 2..1}')], 17, ["does not go up"]),
    ("a probe in a follow-up that is not there", [('"day 2 14:00"', '"follow-up day 2 14:00"')], 18,
     ["follow-up day 2 never comes"]),
    ("a criterion that nobody meets", [("design: crossover",
                                        'design: crossover\n  participants: {where: ["degree > 1000"]}')], 9,
     ["nobody meets degree > 1000", "200 people"]),
    ("criteria that too few meet", [("design: crossover",
                                     'design: crossover\n  participants: {where: ["degree > 90"]}')], 9,
     ["wants 20 participants but"]),
    ("close ties that nobody has", [("design: crossover",
                                     'design: crossover\n  participants: {close_ties: 900}')], 9, ["nobody meets ties.close"]),
]

# What holds, with words of what `validate` prints.
TOLD = [
    ("unequal wash-outs", [("design: crossover", "design: single_case\n  participants: {count: 6}"),
                           ("  sequences:\n    - {arms: [naltrexone, placebo], count: 10}\n"
                            "    - {arms: [placebo, naltrexone], count: 10}\n", ""),
                           ("washout: 7 d", "washout: [1 d, 3 d, 0 d]")], []),
    ("the same probe twice with other parameters",
     [('  - {probe: loving_messages, at: "day 2 14:00"}\n',
       '  - {probe: separation, alone: 4 h, at: "day 2 14:00"}\n  - {probe: separation, alone: 10 h, at: "day 2 14:00"}\n')],
     []),
    ("layers larger than the population", [("[5, 10, 35]", "[50, 100, 350]")], ["Warning: the layers ask for 500 ties"]),
    ("one layer larger than the population", [("[5, 10, 35]", "[200]")], ["Warning: the layers ask for 200 ties"]),
    ("layers as large as can be", [("[5, 10, 35]", "[5, 194]")], ["-layers ask"]),
    ("one sequence", [("    - {arms: [placebo, naltrexone], count: 10}\n", "")], ["everybody goes through the arms in one"]),
    ("two sequences", [], ["-in one order"]),
    ("a measure before the drug acts", [('"day 2 14:00"', '"day 1 09:00"')],
     ["loving messages is asked on day 1 at 09:00, before naltrexone acts"]),
    ("a measure before the first dose", [('"day 2 14:00"', '"day 1 08:00"')],
     ["loving messages is asked on day 1 at 08:00, before naltrexone acts"]),
    ("a diary before the first dose", [('at: "21:00"}', 'at: "08:30"}')],
     ["connection diary is asked on day 1 at 08:30"]),
    ("a diary that leaves that day out", [('at: "21:00"}', 'at: "08:30", days: 2..2}')], ["-connection diary is asked"]),
    ("a measure when the drug acts", [], ["-is asked on day"]),
    ("four clusters", clusters(", count: 4, people: 4"), ["4 clusters are few"]),
    ("nine clusters", clusters(", count: 9, people: 4"), ["9 clusters are few"]),
    ("all of few communities", [*clusters(""), ("community: 10", "community: 40")], ["5 clusters are few"]),
    ("all of many communities", clusters(""), ["-clusters are few"]),
    ("ten clusters", clusters(", count: 10, people: 4"), ["-clusters are few"]),
    ("a criterion of ties", [("design: crossover", 'design: crossover\n  participants: {where: ["degree > 20"]}')],
     ["degree > 20:", "of 200 people meet it", "Eligible for the trial:"]),
    ("a criterion of feelings", [("design: crossover", 'design: crossover\n  participants: {where: ["loneliness > 0.1"]}')],
     ["loneliness > 0.1: who meets it is known after the burn-in", "by the criteria that are known"]),
]


def check_messages(kith):
    for name, changes, line, words in ONE_MISTAKE:
        mistakes = kith.mistakes(changed(*changes))
        said = "\n".join(f"{m['line']}: {m['problem']} ({m['why']}) {m['suggestion']}" for m in mistakes)
        check(f"{name}: one mistake at line {line} with {words}",
              len(mistakes) == 1 and mistakes[0]["line"] == line and all(word in said for word in words), said)
    for name, changes, words in TOLD:
        run = kith("validate", "-", text=changed(*changes))
        said = " ".join(run.stdout.split())
        wrong = [word for word in words if (word[1:] in said) if word.startswith("-")]
        missing = [word for word in words if not word.startswith("-") and word not in said]
        check(f"{name}: valid, with {words}", run.returncode == 0 and not wrong and not missing, run.stdout + run.stderr)


def check_given_cases(kith):
    lines = {"comma-in-number": 5, "no-space-after-colon": 3, "duplicate-measure": 18, "diary-before-waking": 17}
    for name, line in lines.items():
        run = kith("validate", f"{name}.yaml")
        check(f"{name}: one mistake at line {line}",
              run.returncode == INVALID and f"{name}.yaml:{line}:" in run.stderr and "1 mistake" in run.stderr, run.stderr)
    with tempfile.TemporaryDirectory() as folder:
        rows = [f"{person},{20 + person % 60},{'fm'[person % 2]}" for person in range(200)]
        for name, table, found in (("a duplicate id", rows + ["7,30,f"], 1), ("a row too short", rows + ["201"], 1),
                                   ("a table that is right", rows, 0)):
            (pathlib.Path(folder) / "people.csv").write_text("\n".join(["id,age,sex"] + table) + "\n")
            text = changed(("count: 200", "count: 200, columns: {file: people.csv}"), ("design: crossover",
                           "design: crossover\n  participants: {where: [age >= 60]}\n  allocation: {strata: [sex], blocks: 2}"),
                           ("record: {every: 1 d}", "record: {every: 1 d, by: [sex]}"))
            (pathlib.Path(folder) / "s.yaml").write_text(text)
            run = kith("validate", "s.yaml", folder=folder)
            if found:
                check(f"{name}: one mistake", run.returncode == INVALID and "s.yaml:5:" in run.stderr and
                      "1 mistake" in run.stderr, run.stderr)
            else:
                said = " ".join(run.stdout.split())
                check(f"{name}: who meets the criterion", "age >= 60: 60 of 200 people meet it" in said and
                      "Eligible for the trial: 60 of 200 people" in said, run.stdout + run.stderr)
    tested = {*lines, "layers-larger-than-population", "ucla-of-populations", "tone-of-populations", "ring-of-event-dose",
              "single-arm", "isolate-in-people-table"}  # the last in test_foreign_networks.py
    given = {file.stem for file in FOLDER.glob("*.yaml")}
    check("every case has a test", given == tested, given ^ tested)
    run = kith("validate", "layers-larger-than-population.yaml")
    check("layers larger than the population: a warning", run.returncode == 0 and "Warning: the layers" in run.stdout,
          run.stdout + run.stderr)


def table(kith, result, name):
    """The rows of a table as mappings from column to text."""
    run = kith("export", result, "--table", name, "--csv", "-")
    assert run.returncode == 0, run.stderr
    lines = [line.split(",") for line in run.stdout.splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


SHORT = ["--set", "time.burn_in=3 d", "--set", "time.duration=6 d", "--set", "people.count=400", "--replicates", "2"]


def check_runs(kith, folder):
    single = pathlib.Path(folder) / "single.h5"
    run = kith("run", "single-arm.yaml", *SHORT, "--set", "trial.arms.naltrexone.for=5 d", "-o", single)
    check("a single arm runs", run.returncode == 0 and "naltrexone against the untreated twins" in run.stdout,
          run.stdout + run.stderr)
    for effect in table(kith, single, "effects"):
        check("a single arm differs from its twins by its own effect, but for the ends of the scale",
              abs(float(effect["difference"]) - float(effect["own"])) < 0.05 and float(effect["own"]) != 0.0, effect)
    rings = {row["group"]: row for row in table(kith, single, "against_twin") if float(row["time"]) == 144.0}
    check("a single arm has spill-over", len(rings) == 5 and float(rings["ring: treated"]["connection"]) < 0.0, rings)

    ring = pathlib.Path(folder) / "ring.h5"
    run = kith("run", "ring-of-event-dose.yaml", *SHORT, "--set", "people.count=1500", "--set", "events.0.target.share=0.2 %",
               "--set", "record.by=[ring, event]", "-o", ring)
    check("doses of events run", run.returncode == 0, run.stderr)
    for row in table(kith, ring, "population"):
        hours, people = float(row["time"]), int(row["people"])
        if row["group"] in ("ring: treated", "event: hubs"):
            check("those whom an event doses are the treated, once it has", people == (0 if hours == 0.0 else 3), row)
            if hours > 24.0:
                check("they have the drug", float(row["occupancy"]) > 20.0, row)
        if row["group"] == "ring: others":
            check("others are who is not within two steps", people == 1500 if hours == 0.0 else 0 < people < 1300, row)
            check("others have no drug", float(row["occupancy"]) == 0.0, row)


def check_compare(kith, folder):
    """The population on a day, and over some, against a mean of the exported rows."""
    results = []
    for seed in ("one", "two"):
        results.append(pathlib.Path(folder) / f"{seed}.h5")
        run = kith("run", "tone-of-populations.yaml", "--set", "time.burn_in=2 d", "--set", "time.duration=5 d", "--set",
                   "people.count=300", "--replicates", "3", "--seed", seed, "-o", results[-1])
        assert run.returncode == 0, run.stderr
    rows = [table(kith, result, "population") for result in results]
    for words, days in ((["--day", "2"], (2, 2)), (["--day", "1..3"], (1, 3)), (["--day", "2.5"], (2, 2)), ([], (5, 5)),
                        (["--day", "4..4"], (4, 4))):
        run = kith("compare", *results, "--json", *words)
        assert run.returncode == 0, run.stderr
        found = {row[0]["text"]: row for shown in json.loads(run.stdout)["tables"] if shown["title"].startswith("population")
                 for row in shown["rows"]}
        for side, of in enumerate(rows):
            values = [float(row["connection"]) for row in of
                      if row["group"] == "all" and days[0] <= float(row["time"]) / 24.0 <= days[1]]
            assert len(values) == 3 * (days[1] - days[0] + 1), values
            check(f"compare {words}: the mean of days {days}",
                  abs(found["connection"][1 + side]["value"] - sum(values) / len(values)) < 1e-6, found["connection"])
    for wrong, message in (("9", "has no row"), ("3..1", "no day and no range"), ("soon", "no day"), ("-1", "no day")):
        run = kith("compare", *results, f"--day={wrong}")
        check(f"compare --day={wrong} is refused", run.returncode == 2 and message in run.stderr, run.stderr + run.stdout)


def check_populations(kith, folder):
    """What people put down in questionnaires follows what they feel; a low tone lowers felt connection."""
    def run(name, *words):
        result = pathlib.Path(folder) / f"{name}.h5"
        done = kith("run", f"{name}.yaml", "--set", "time.burn_in=14 d", "--set", "people.count=800", "--set",
                    "trial.participants.count=300" if "ucla" in name else "record.every=1 d", "--replicates", "1", *words,
                    "--force", "-o", result)
        assert done.returncode == 0, done.stderr
        return result
    means = {}
    for contacts in (1, 12):
        result = run("ucla-of-populations", "--set", f"meeting.contacts_per_day={contacts}")
        for effect in table(kith, result, "effects"):
            means[contacts, effect["measure"]] = float(effect["mean_reference"])
    check("with few contacts UCLA-3 and the loneliness diary are higher",
          means[1, "UCLA-3"] > means[12, "UCLA-3"] + 0.5 and
          means[1, "loneliness diary"] > means[12, "loneliness diary"] + 0.2, means)
    connection = [float(table(kith, run("tone-of-populations", "--set", f"people.opioid_tone.median={tone}"),
                              "population")[-1]["connection"]) for tone in (0.05, 0.3)]
    check("a low tone lowers felt connection", connection[0] < connection[1] - 0.01, connection)


def check_explain(kith, folder):
    mine = pathlib.Path(folder) / "mine.yaml"
    mine.write_text("title: Mine\naction: antagonist\nmolar_mass: 341.4\nabsorption: [{rate: 1.5 /h, bioavailability: 40 %}]\n"
                    "clearance: 60 L/h\nhalf_life: 3 h\ndoses: {usual: 20 mg}\neffect_site: {ec50_nM: 10, half_life: 1 h}\n")
    run = kith("explain", "drug", mine)
    check("explain drug FILE: its numbers, in nM, too, and its curve",
          run.returncode == 0 and "10 nM" in run.stdout and " 3.414 ng/mL" in run.stdout and "hours" in run.stdout,
          run.stdout + run.stderr)
    scenario = pathlib.Path(folder) / "scenario.yaml"
    scenario.write_text(BASE.replace("trial:\n", "drugs:\n  own: {file: mine.yaml}\ntrial:\n", 1))
    for words in (("drug", scenario), ("own", scenario)):
        run = kith("explain", *words)
        check(f"explain {words[0]} SCENARIO", run.returncode == 0 and "own (drug)" in run.stdout, run.stdout + run.stderr)
    run = kith("explain", "drug", "naltrexone-crossover")
    check("explain drug of a shipped scenario", run.returncode == 0 and "naltrexone (drug)" in run.stdout, run.stderr)
    run = kith("explain", "ohne", scenario)
    check("explain an unknown drug of a scenario", run.returncode == 2 and "there are: own" in run.stderr, run.stderr)
    run = kith("explain", "measures")
    check("explain measures: for which probe each key is",
          all(words in " ".join(run.stdout.split()) for words in
              ("(probe = separation)", "(probe = plasma)", "(diary; probe = loving_messages, object,")), run.stdout)
    mine.write_text(mine.read_text().replace("molar_mass: 341.4\n", ""))
    run = kith("explain", "drug", mine)
    check("nM without a molar mass", run.returncode == INVALID and "mine.yaml:7:" in run.stderr and
          "1 mistake" in run.stderr, run.stderr)


def main():
    kith = Kith(str(pathlib.Path(sys.argv[1]).resolve()))
    check_messages(kith)
    check_given_cases(kith)
    with tempfile.TemporaryDirectory() as folder:
        check_runs(kith, folder)
        check_compare(kith, folder)
        check_populations(kith, folder)
        check_explain(kith, folder)
    print("\n".join(failures) or f"{len(ONE_MISTAKE) + len(TOLD)} small faults and {len(list(FOLDER.glob('*.yaml')))} cases: "
          "as they should")
    sys.exit(bool(failures))


main()

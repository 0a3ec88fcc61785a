"""Scenarios whose runs are stopped, killed, done again and branched off, and what tells their bits apart."""
import h5py

HEAD = "kith: 1\ntitle: Stopped\ntime: {burn_in: 7 d, duration: 100 d}\nnetwork: {generate: layers, sizes: [5, 10]}\nrecord: {every: 1 d}\n"
ARMS = "naltrexone: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 30 d}, placebo: {drug: placebo, like: naltrexone}"
SCENARIOS = {
    "ties that live": HEAD + "people: {count: 800}\nties: living\n",
    "patients with split paths": HEAD + """people: {count: 500}
substance_use: {substance: opioid, drug: heroin, dose: 10 mg, share: 18 %, detoxification: 7 d, split_paths: true}
trial:
  participants: {share: 100 %, where: "patient == 1"}
  design: parallel
  arms: {xr: {drug: naltrexone_xr, doses: 380 mg, every: 28 d, for: 90 d, induction_failure: 28 %, drop_out: 0.003 /d}, nothing: {drug: placebo, like: xr}}
  reference: nothing
  adherence: 90 %
measures: [{diary: craving, at: "21:00"}]
""",
    "a crossover in its wash-out": HEAD + f"""people: {{count: 300}}
trial:
  arms: {{{ARMS}}}
  sequences: [{{arms: [naltrexone, placebo], count: 30}}, {{arms: [placebo, naltrexone], count: 30}}]
  washout: 20 d
measures: [{{diary: connection, at: "21:00"}}, {{probe: loving_messages, at: "day 2 14:00"}}]
replicates: 2
""",
    "an event that goes on": HEAD + """people: {count: 800}
ties: living
events:
  - {name: lockdown, at: 10 d, do: {opportunity: {factor: 0.15, home: 0.95, at_distance: 1.5}, for: 80 d}}
  - {name: helpline, when: "loneliness > 0.35", again_after: 14 d, from: 12 d, until: 90 d, do: {contact: {quality: 0.5, per_day: 0.3}, for: 14 d}}
""",
    "two trials at once": HEAD + f"""people: {{count: 600}}
trials:
  first: {{design: parallel, participants: {{count: 60}}, arms: {{{ARMS}}}, reference: placebo}}
  second: {{design: parallel, participants: {{count: 40}}, arms: {{low: {{drug: naltrexone, doses: 4.5 mg, every: 1 d, for: 60 d}}, none: {{drug: placebo, like: low}}}}, reference: none}}
measures: [{{diary: connection, at: "21:00"}}]
replicates: {{count: 2, population: new}}
""",
}


def bits(path):
    """All that the tables of a complete result hold, by their checksums, its fingerprint and warnings."""
    with h5py.File(path) as file:
        assert file.attrs["state"] == "complete", file.attrs["state"]
        tables = {name: str(file[name].attrs["checksum"]) for name in file if name not in ("provenance", "inputs")}
        assert "checkpoint" not in tables
        return tables, str(file.attrs["fingerprint"]), str(file.attrs.get("warnings")), str(file.attrs.get("scenario_hash"))

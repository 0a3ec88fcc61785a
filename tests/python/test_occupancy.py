#!/usr/bin/python3
"""The library's drugs hold every published occupancy of a file of evidence, and what the model gives is shown beside it.

test_occupancy.py KITH: reads the file that KITH_EVIDENCE names, or ../shared/evidence/calibration.yaml (YAML with
`occupancy_percent`: drug, dose_mg and at_h, or a
regimen), and skips (77) where there is none. Each observed value must be among those that `kith explain DRUG` lists for that
dose and time.
"""
import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LINE = re.compile(r"^ +(?:(?P<count>\d+) x )?(?P<dose>[\d.]+) (?P<unit>mg|ug)(?:, every 1 d)? +(?P<when>.+?) +observed +"
                  r"(?P<observed>[\d.]+) %(?: \(SD (?P<sd>[\d.]+)\))?, model (?P<model>\d+) %(?: \([^)]*\))?:", re.MULTILINE)


def listed(program, drug):
    """Observations of a drug: (daily, mg, hours after the last dose or None at the peak, observed)."""
    environment = dict(os.environ, COLUMNS="200")
    text = subprocess.run([program, "explain", drug], capture_output=True, text=True, check=True, env=environment).stdout
    rows = set()
    for found in LINE.finditer(text):
        amount, unit = re.match(r"(\S+) (h|d|min)", found["when"]).groups() if found["when"] != "at the peak" else (None, None)
        hours = amount and float(amount) * {"h": 1, "d": 24, "min": 1 / 60}[unit]
        mg = float(found["dose"]) / (1000 if found["unit"] == "ug" else 1)
        rows.add((found["count"] is not None, mg, hours, float(found["observed"])))
    return rows


def wanted(row):
    """What a row of the evidence asks for; hours 'any' where it names a day only."""
    if "regimen" in row:
        return True, float(row["regimen"].split()[0]), "any", [row["observed"]]
    if "observed_peak" in row:
        return False, float(row["dose_mg"]), None, [row["observed_peak"]]
    observed = row["observed"]
    return False, float(row["dose_mg"]), float(row["at_h"]), observed if isinstance(observed, list) else [observed]


def main():
    program, path = sys.argv[1], os.environ.get("KITH_EVIDENCE", SOURCE.parent / "shared/evidence/calibration.yaml")
    if not os.path.isfile(path):
        print(f"skipped: there is no {path}; set KITH_EVIDENCE to a file of published occupancies")
        sys.exit(77)
    import yaml
    with open(path, encoding="utf-8") as file:
        rows = yaml.safe_load(file)["occupancy_percent"]
    missing, count = [], 0
    for row in rows:
        daily, mg, hours, values = wanted(row)
        have = listed(program, row["drug"])
        for value in values:
            count += 1
            if not any(h[0] == daily and h[1] == mg and (hours == "any" or h[2] == hours) and h[3] == value for h in have):
                missing.append(f"{row['drug']}: {row}: {value} is not among {sorted(have, key=str)}")
    assert count > 0, "the file has no rows"
    print("\n".join(missing) or f"{count} published occupancies are all in the library")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()

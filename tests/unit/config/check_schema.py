#!/usr/bin/python3
"""Checks FOLDER/schema.json: itself valid, accepts FOLDER/*.yaml, refuses the wrong scenarios in MISTAKES that it can see."""
import json
import pathlib
import re
import sys

import jsonschema
import yaml

# What a schema cannot see: rules between keys, limits of quantities with units, mistakes below the level of YAML values,
# and values that other YAML readers take for right ones.
UNSEEN = """rule_between_keys rule_in_list too_large not_above_least range_downwards range_limits share_over_one
    duplicate_key duplicate_key_in_braces merge tag anchor_and_alias alias_of_nothing set_.* two_documents empty_key
    list_as_key tab_indentation colon_in_text quote_not_closed bracket_not_closed wrong_indentation
    no_space_after_colon reserved_character integer_of_70_digits only_comments capital_flag leading_zero tab_in_line""".split()


class Loader(yaml.SafeLoader):
    """YAML 1.2 scalars: `yes` is a text, 21:00 too, 1e3 a number."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


def main():
    folder, mistakes = map(pathlib.Path, sys.argv[1:])
    schema = json.loads((folder / "schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = 0
    for path in sorted(folder.glob("*.yaml")):
        for error in validator.iter_errors(yaml.load(path.read_text(), Loader)):
            print(f"{path.name} is right but: {error.message}")
            failures += 1
    refused = 0
    for path in sorted(mistakes.glob("*.yaml")):
        if any(re.fullmatch(pattern, path.stem) for pattern in UNSEEN):
            continue
        if validator.is_valid(yaml.load(path.read_text(), Loader)):
            print(f"{path.name} is wrong but accepted")
            failures += 1
        refused += 1
    if refused < 40:
        print(f"only {refused} wrong scenarios tried")
        failures += 1
    return 1 if failures else 0


sys.exit(main())

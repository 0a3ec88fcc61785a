#!/usr/bin/python3
"""The classroom's lessons in the terminal: the words of the page, the run that `kith run` does, in each language.

test_lessons.py KITH
"""
import json
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

KITH = str(Path(sys.argv.pop(1)).resolve())
SOURCE = Path(__file__).parents[2]
WORDS = {path.stem: json.loads(path.read_text()) for path in (SOURCE / "classroom/words").glob("*.json")}
NAMES = [name for name, lesson in WORDS["en"]["lesson"].items() if isinstance(lesson, dict)]


def kith(*words, **environment):
    plain = {key: value for key, value in os.environ.items() if key not in ("LANG", "LC_ALL", "LC_MESSAGES")}
    return subprocess.run([KITH, *words], capture_output=True, text=True, check=False, env={**plain, **environment}, stdin=subprocess.DEVNULL)


def flat(text):
    return " ".join(text.replace("*", "").split())


class Lessons(unittest.TestCase):
    def test_the_list_names_every_lesson_and_each_has_a_scenario(self):
        shown = kith("lesson", "list").stdout
        self.assertEqual(re.findall(r"^  (\w+)", shown, re.MULTILINE), NAMES)
        self.assertEqual(sorted(NAMES), sorted(path.stem for path in (SOURCE / "scenarios/lessons").glob("*.yaml")))
        for name in NAMES:
            self.assertIn(WORDS["en"]["lesson"][name]["title"], shown)

    def test_a_lesson_tells_asks_runs_and_explains_in_this_order(self):
        for language, words in WORDS.items():
            for name in ("tone", "trial"):
                with self.subTest(language=language, name=name):
                    lesson = words["lesson"][name] | words["terminal"]["instead"].get(name, {})
                    done = kith("lesson", "start", name, "--language", language)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    shown = flat(done.stdout)
                    run = json.loads(kith("run", f"lessons/{name}", "--json", "-q").stdout)
                    parts = [*lesson["story"], lesson["ask"], run["fingerprint"], lesson["think"],
                             *(text for text in lesson["why"] if "{" not in text), *lesson["fact"], lesson["limit"]]
                    places = [shown.find(flat(part)) for part in parts]
                    self.assertNotIn(-1, places, parts[places.index(-1)] if -1 in places else "")
                    self.assertEqual(places, sorted(places))
                    self.assertNotIn("{", done.stdout)

    def test_the_environment_chooses_the_language_and_english_stands_in(self):
        title = {language: words["lesson"]["tone"]["title"] for language, words in WORDS.items()}
        self.assertIn(title["de"], kith("lesson", "list", LANG="de_AT.UTF-8").stdout)
        self.assertIn(title["en"], kith("lesson", "list", LANG="fi_FI.UTF-8").stdout)
        self.assertIn(title["en"], kith("lesson", "list", LANG="de_AT.UTF-8", LC_ALL="en_GB.UTF-8").stdout)
        self.assertIn(title["en"], kith("lesson", "list").stdout)

    def test_the_seed_is_the_pupil(self):
        anna = kith("lesson", "start", "trial", "--seed", "8a/Zoë").stdout
        run = json.loads(kith("run", "lessons/trial", "--seed", "8a/Zoë", "--json", "-q").stdout)
        self.assertIn(run["fingerprint"], anna)
        self.assertNotIn(run["fingerprint"], kith("lesson", "start", "trial").stdout)

    def test_what_there_is_not_is_told(self):
        for words, said in ((["start", "trail"], 'did you mean "trial"?'), (["start"], "which lesson?"), (["begin"], "list and start"),
                            (["list", "--language", "fi"], "there are: de, en"), (["list", "trial"], "takes no name")):
            done = kith("lesson", *words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(said, done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()

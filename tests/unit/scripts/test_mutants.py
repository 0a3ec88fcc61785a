#!/usr/bin/python3
"""scripts/mutants tells faults that the tests catch from those that survive, in a tree of one file.

Building and testing are stood in for by a shell: a file with `syntax error` does not compile, and the test passes where the file
says both `half` and `two`; its case `doses` looks at `two` alone.
"""
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

SOURCE = """double share() {
  if (true) {
    return half;
  }
}
int doses() { return two; }
// nobody looks at this
"""
LIST = """
- {file: sim/part/rule.cpp, what: return half;, by: return third;, rule: "half of it"}
- {file: sim/part/rule.cpp, what: nobody, by: everybody, rule: "a comment"}
- {file: sim/part/rule.cpp, what: share, by: part, rule: "a name", equivalent: "nobody calls it"}
"""
BUILD = """sh -c '! grep -n "syntax error" "$1/sim/part/rule.cpp"' build {tree}"""
TEST = """sh -c 'cd "$1/sim/part"; test "$2" = doses || grep -q half rule.cpp && grep -q two rule.cpp' test {tree} {cases}"""


class Mutants(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kith mutants ")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("sim/part/rule.cpp", SOURCE)
        self.write("tests/unit/part/rule_test.cpp", "")
        self.write("tests/mutants/part.yaml", LIST)
        self.write(".gitignore", "/build/\n")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def git(self, *arguments):
        subprocess.run(["git", "-C", self.root, "-c", "user.name=a", "-c", "user.email=b", *arguments], check=True)

    def commit(self):
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=all")

    def run_tool(self, *arguments, build=BUILD, test=TEST):
        return subprocess.run([ROOT / "scripts/mutants", "--root", self.root, "--configure", "true", "--build", build,
                               "--test", test, *arguments], text=True, capture_output=True, check=False)

    def add(self, entry):
        self.write("tests/mutants/part.yaml", LIST + f"- {{file: sim/part/rule.cpp, {entry}}}\n")

    def test_caught_and_surviving_mutants_are_told_apart_and_the_sources_stay(self):
        run = self.run_tool()
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertRegex(run.stdout, r"(?m)^caught    sim/part/rule\.cpp:3  half of it \(")
        self.assertRegex(run.stdout, r"(?m)^SURVIVED  sim/part/rule\.cpp:7  a comment \(")
        self.assertRegex(run.stdout, r"(?m)^equivalent  sim/part/rule\.cpp:1  a name \(nobody calls it\)")
        self.assertIn("1 caught, 1 survived, 0 broken", run.stdout)
        for tree in (self.root, self.root / "build/mutants/tree"):
            self.assertEqual((tree / "sim/part/rule.cpp").read_text(), SOURCE)

    def test_two_trees_find_what_one_finds(self):
        self.write("sim/part/other.cpp", "half\n")
        self.add("what: two, by: one, rule: doses}\n- {file: sim/part/other.cpp, what: half, by: none, rule: other")
        run = self.run_tool("--jobs", "2")
        self.assertIn("2 caught, 2 survived, 0 broken", run.stdout, run.stderr)

    def test_cases_and_tests_may_be_named(self):
        self.add("what: return half, by: return 0, rule: doses alone, cases: doses")
        self.assertRegex(self.run_tool().stdout, r"(?m)^SURVIVED  \S+  doses alone")
        self.add("what: two, by: one, rule: doses alone, tests: {part: doses}")
        self.assertRegex(self.run_tool().stdout, r"(?m)^caught    \S+  doses alone")
        self.add("what: two, by: one, rule: doses, tests: [elsewhere]")
        self.assertIn("there are no tests of elsewhere", self.run_tool().stderr)

    def test_lines_may_be_given_without_their_indentation(self):
        self.add(r'what: "if (true) {\n  return half;", by: "if (false) {\n  return half;\n  syntax error", rule: lines')
        run = self.run_tool()
        self.assertEqual(run.returncode, 2)
        self.assertRegex(run.stdout, r"(?m)^BROKEN    sim/part/rule\.cpp:2  lines .*4:    +syntax error")

    def test_a_text_that_is_not_there_once_makes_the_list_stale(self):
        for what in ("quarter", "return"):
            self.add(f"what: {what}, by: x, rule: the rule")
            run = self.run_tool("--list")
            self.assertEqual(run.returncode, 2)
            self.assertIn('part.yaml: mutant 4, sim/part/rule.cpp, "the rule": the list is stale', run.stderr)

    def test_tests_that_fail_by_themselves_are_no_judges(self):
        run = self.run_tool(test="false")
        self.assertEqual(run.returncode, 2)
        self.assertIn("fails without a fault", run.stderr)

    def test_only_changed_files_and_named_parts_are_tried(self):
        self.write("other", "")
        self.commit()
        self.assertIn("0 mutants", self.run_tool("--changed").stdout)
        self.write("sim/part/rule.cpp", SOURCE + "\n")
        self.assertIn("2 mutants, 1 equivalent", self.run_tool("--changed").stdout)
        self.assertIn("2 mutants", self.run_tool("sim/part", "--list").stdout)
        self.assertIn("0 mutants", self.run_tool("sim/elsewhere", "--list").stdout)

    def test_when_the_time_is_over_the_rest_is_left(self):
        run = self.run_tool("--minutes", "0")
        self.assertEqual(run.returncode, 0)
        self.assertIn("2 left for want of time", run.stdout)


if __name__ == "__main__":
    unittest.main()

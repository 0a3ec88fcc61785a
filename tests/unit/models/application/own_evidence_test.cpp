#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/cli.hpp"
#include "cli/results.hpp"
#include "models/application/application.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace kith;
using Json = nlohmann::json;

namespace {

struct Outcome {
  int status = -1;
  std::string out, err;
};

Outcome invoke(const cli::Words& words) {
  std::ostringstream out;
  std::ostringstream err;
  const KithApplication application;
  const int status = cli::run_command_line(application, words, {.out = {.stream = &out}, .err = {.stream = &err}});
  return {status, out.str(), err.str()};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A small experiment; `more` are further keys.
std::string experiment(const std::string& theory, const std::string& more = "", const std::string& role = "") {
  return "kith: 1\ntitle: Small\ntheory: " + theory +
         "\ntime: {burn_in: 1 d, duration: 1 d}\npeople: {count: 200}\n"
         "network: {generate: layers, sizes: [5, 10, 20]}\n"
         "trial:\n  design: parallel\n  participants: {count: 20}\n  twin: false\n"
         "  arms:\n    naltrexone: {drug: naltrexone, doses: 50 mg, at: \"09:00\"}\n"
         "    placebo: {drug: placebo, like: naltrexone}\n"
         "measures:\n  - {probe: loving_messages, at: \"day 1 14:00\", from: closest, messages: 6}\n"
         "expect:\n  source: nobody\n" +
         role + "  outcomes:\n    closeness: {effect: -0.35, se: 0.2, measure: loving messages}\nreplicates: 3\n" +
         more;
}

class Folder {
 public:
  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path(folder_ / name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path.string();
  }
  std::string path(const std::string& name) const { return folder_ / name; }

 private:
  ScratchFolder folder_;
};

Json cells_of(const Outcome& outcome) {
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return Json::parse(outcome.out)["tables"].back()["rows"];
}

/// The warnings, one after the other.
std::string warnings_of(const Outcome& outcome) {
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return Json::parse(outcome.out)["warnings"].dump();
}

const std::string mine = "{name: mine, opioid_share: 0.3, approach: [{term: signal, gain: 1, when: distress}]}";

std::string estimates(const std::string& found, const std::string& values = "theory.opioid_share") {
  return "estimates: 1\ntitle: My fit\nwhen: [theory.name=botsa]\nvalues: {" + values +
         ": {value: 0.2, draws: [0.1, 0.2, 0.3], found: \"" + found + "\"}}\n";
}

}  // namespace

TEST_CASE("a theory of one's own is scored: in its own experiment, or by --own in all") {
  const Folder folder;
  const std::string shipped = folder.write("shipped.yaml", experiment("botsa"));
  const std::string own = folder.write("own.yaml", experiment(mine));
  const std::string theory = folder.write("theory.yaml", "theory: " + mine + "\n");
  // Its own experiment alone adds it to the list; the other one cannot have it.
  const Json both = cells_of(invoke({"evidence", own, shipped, "--theory", "none,mine", "--json", "-q"}));
  REQUIRE(both.size() == 4);
  CHECK(both[1][1]["text"] == "mine");
  CHECK(both[1][8]["value"] == 3);
  CHECK(both[3][2]["text"] == "cannot be expressed");
  CHECK(contains(both[3][9]["text"], "--own FILE"));
  const Json all = cells_of(invoke({"evidence", own, "--json", "-q"}));
  CHECK(all.back()[1]["text"] == "mine");
  // The same people, chance and theory, whether the experiment has it or --own.
  const Json by_own = cells_of(invoke({"evidence", shipped, "--own", theory, "--theory", "mine,none", "--json", "-q"}));
  REQUIRE(by_own.size() == 2);
  CHECK(by_own[1][4]["value"] == both[1][4]["value"]);
  CHECK(by_own[0][4]["value"] == both[0][4]["value"]);
  CHECK(by_own[1][4]["value"] != by_own[0][4]["value"]);
  // How many of its numbers were free, its file does not say.
  CHECK(contains(invoke({"evidence", own, "--theory", "mine", "--json", "-q"}).out, "as written"));
}

TEST_CASE("a theory of one's own is never dropped without a word, nor taken for another") {
  const Folder folder;
  const std::string shipped = folder.write("shipped.yaml", experiment("botsa"));
  const std::string own = folder.write("own.yaml", experiment(mine));
  const std::string other = folder.write("other.yaml", experiment("{name: mine, opioid_share: 0.1}"));
  const Outcome nobody = invoke({"evidence", shipped, "--theory", "mine"});
  CHECK(nobody.status == 2);
  CHECK(contains(nobody.err, "add --own FILE"));
  CHECK(contains(warnings_of(invoke({"evidence", own, "--theory", "none", "--json", "-q"})),
                 "a theory of its own, mine, which --theory leaves out"));
  CHECK(contains(warnings_of(invoke({"evidence", own, other, "--theory", "mine", "--json", "-q"})),
                 "is another theory than"));
  CHECK(invoke({"evidence", shipped, "--own", shipped}).status == 3);  // its theory is botsa
  CHECK(contains(warnings_of(invoke({"run", other, "--set", "theory.opioid_share=0", "--json", "-q"})),
                 "the theory mine has no term and no share"));
}

TEST_CASE("experiments of two files are of other people, their names tell them apart, and they tell their warnings") {
  const Folder folder;
  const std::string a = folder.write("a/study.yaml", experiment("botsa", "", "  role: held_out\n"));
  const std::string b = folder.write("b/study.yaml", experiment("botsa", "seed: 2\n", "  role: held_out\n"));
  const Outcome found = invoke({"evidence", a, b, "--theory", "none", "--json", "-q"});
  const Json rows = cells_of(found);
  CHECK(rows[0][0]["text"] == "a/study.yaml closeness");
  CHECK(rows[1][0]["text"] == "b/study.yaml closeness");
  const Json all = Json::parse(found.out);
  for (const Json& table : all["tables"]) {
    if (table["title"] == "Scores, held out") CHECK(table["rows"][0][3]["value"] == 2);
  }
  CHECK(contains(warnings_of(found), "extrapolation: what happens after the last dose"));
  CHECK(contains(warnings_of(found), "(a/study.yaml, b/study.yaml)"));
}

TEST_CASE("a fit of one's own is told in place of the shipped one, and what is not taken of it is warned of") {
  const Folder folder;
  folder.write("fitted.yaml", estimates("identified"));
  const std::string taken = folder.write("taken.yaml", experiment("botsa", "fitted: fitted.yaml\n"));
  const Outcome run = invoke({"run", taken, "--json", "-q"});
  CHECK(contains(run.out, "My fit (fitted: "));
  CHECK(contains(run.out, "theory.opioid_share = 0.2."));
  CHECK_FALSE(contains(run.out, "opioid_share was fitted so that"));
  CHECK_FALSE(contains(warnings_of(run), "fitted: "));
  CHECK(contains(warnings_of(invoke({"run", taken, "--set", "theory.opioid_share=0.1", "--json", "-q"})),
                 "theory.opioid_share not taken: the scenario gives another value itself"));
  CHECK(contains(warnings_of(invoke({"run", taken, "--theory", "reward", "--json", "-q"})),
                 "is for theory.name=botsa, and nothing of it is taken"));
  folder.write("fitted.yaml", estimates("not settled: the budget ended at h = 3"));
  CHECK(contains(warnings_of(invoke({"run", taken, "--json", "-q"})), "theory.opioid_share not settled"));
}

TEST_CASE("an experiment with a fit of one's own is shown under calibration, unless its role is said") {
  const Folder folder;
  folder.write("fitted.yaml", estimates("identified", "theory.separation"));
  const std::string silent = folder.write("silent.yaml", experiment("botsa", "fitted: fitted.yaml\n"));
  const std::string said =
      folder.write("said.yaml", experiment("botsa", "fitted: fitted.yaml\n", "  role: held_out\n"));
  const Outcome found = invoke({"evidence", silent, said, "--theory", "none,botsa", "--json", "-q"});
  const Json rows = cells_of(found);
  CHECK(rows[0][15]["text"] == "calibration");
  CHECK(rows[2][15]["text"] == "held_out");
  CHECK(contains(warnings_of(found), "silent.yaml takes values that were fitted"));
  CHECK_FALSE(contains(warnings_of(found), "said.yaml takes values"));
  CHECK_FALSE(contains(warnings_of(found), "nothing of it is taken"));  // none needs no fit
  CHECK(contains(found.out, "2 fitted, 2 assumed"));
}

TEST_CASE("draws tell that their fit is not settled and what a run warns of, and are not replayed as one run") {
  const Folder folder;
  const std::string scenario = folder.write("small.yaml", experiment("botsa"));
  const std::string fitted = folder.write("fitted.yaml", estimates("not settled: the budget ended at h = 3"));
  const std::string result = folder.path("draws.h5");
  cli::Words words{"run", scenario, "--draws", fitted, "--json", "-q"};
  if (cli::has_result_files()) words.insert(words.end(), {"-o", result});
  const Outcome draws = invoke(words);
  CHECK(contains(warnings_of(draws), "theory.opioid_share is not settled: the budget ended at h = 3"));
  CHECK(contains(warnings_of(draws), "extrapolation: what happens after the last dose"));
  if (!cli::has_result_files()) return;
  const Outcome again = invoke({"replay", result});
  CHECK(again.status == 2);
  CHECK(contains(again.err, "is a result of kith run --draws"));
  CHECK(contains(again.err, "to see it again: kith run "));
}

TEST_CASE("explain lists the words that a key of an experiment may have, and what excludes each other") {
  const Outcome told = invoke({"explain", "expect"});
  CHECK(contains(told.out, "lower, higher, none"));
  CHECK(contains(told.out, "held_out, calibration, in_meta_analysis"));
  CHECK(contains(told.out, "exactly one is"));
}

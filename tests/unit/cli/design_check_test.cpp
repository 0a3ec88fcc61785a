#include "cli/design_check.hpp"

#include <catch2/catch.hpp>

#include "command_line.hpp"

using kith::config::Document;
using kith::config::InvalidScenario;
using kith::testing::contains;

namespace {

kith::cli::LoadedDesign loaded(const std::string& text) {
  return load_design(kith::testing::FakeApplication{},
                     Document::from_text("sweep: 1\ntitle: T\nscenario: first-steps\n" + text, "design.yaml"));
}

/// "4:32 99 is …", a line each.
std::vector<std::string> mistakes(const std::string& text) {
  std::vector<std::string> all;
  try {
    loaded(text);
  } catch (const InvalidScenario& invalid) {
    for (const auto& mistake : invalid.mistakes())
      all.push_back(std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + " " + mistake.problem);
  }
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a level that no run takes is told at its place in the list") {
  CHECK(mistakes("factors: [{key: time.days, values: [3, 0, 4]}]\n") == Texts{"4:40 0 is too small"});
  CHECK(mistakes("factors: [{key: theory.name, values: [botsa, nine]}]\n") == Texts{"4:46 unknown value \"nine\""});
}

TEST_CASE("the end of a range that no run takes is told at that end") {
  CHECK(mistakes("factors: [{key: meeting.contacts_per_day, from: -1, to: 50, steps: 4}]\n") ==
        Texts{"4:49 -1 is too small"});
  CHECK(mistakes("factors: [{key: meeting.contacts_per_day, from: 1, to: 500, steps: 4}]\n") ==
        Texts{"4:56 500 is too large"});
  CHECK(mistakes("factors: [{key: meeting.contacts_per_day, from: -1, to: 500, steps: 4}]\n").size() == 2);
}

TEST_CASE("a key that the scenario does not have is told at the key") {
  const Texts all = mistakes("factors: [{key: people.cuont, values: [1, 2]}]\n");
  REQUIRE(all.size() == 1);
  CHECK(all.front() == "4:17 unknown key \"cuont\"");
}

TEST_CASE("what is set for all runs is tried too, each at its place") {
  CHECK(mistakes("set: [people.count=0]\nfactors: [{key: time.days, values: [1, 2]}]\n") ==
        Texts{"4:7 0 is too small"});
  CHECK(mistakes("replicates: 2000\nfactors: [{key: time.days, values: [1, 2]}]\n") == Texts{"4:13 2000 is too large"});
}

TEST_CASE("a level that some run takes is no mistake: the run that does not is named") {
  // The gain belongs to one of the two theories.
  const auto design =
      loaded("factors:\n- {key: theory.name, values: [botsa, none]}\n- {key: theory.gain, values: [1]}\n");
  REQUIRE(design.doubts.size() == 1);
  CHECK(contains(design.doubts.front(), "run 1 (theory.name=none, theory.gain=1) will fail: "));
  CHECK(design.scenario.study != nullptr);
  const auto turned =
      loaded("factors:\n- {key: theory.name, values: [none, botsa]}\n- {key: theory.gain, values: [1]}\n");
  REQUIRE(turned.doubts.size() == 1);
  CHECK(contains(turned.doubts.front(), "run 0 (theory.name=none, theory.gain=1) will fail: "));
  CHECK(loaded("factors: [{key: theory.name, values: [botsa, none]}]\n").doubts.empty());
}

TEST_CASE("a table that no run has is told at its place in what is kept, and where only some have it, who will fail") {
  const std::string counts = "factors: [{key: people.count, values: [1, 2]}]\n";
  CHECK(mistakes("keep: [population, efects]\n" + counts) == Texts{"4:20 there is no table \"efects\" in a run"});
  CHECK(mistakes("keep: {tables: [population, effects, flow]}\n" + counts) ==
        Texts{"4:38 there is no table \"flow\" in a run"});
  const auto told = [&](const std::string& text) -> std::string {
    try {
      loaded(text);
    } catch (const InvalidScenario& invalid) {
      return invalid.what();
    }
    return "";
  };
  CHECK(contains(told("keep: [efects]\n" + counts), "did you mean \"effects\"?"));
  CHECK(contains(told("keep: [flow]\n" + counts), "only a scenario with a trial has flow"));
  CHECK(contains(told("keep: [flwo]\n" + counts), "(only a scenario with a trial has flow) did you mean \"flow\"?"));
  CHECK(contains(told("keep: [flow]\n" + counts), "take some of effects, population"));
  CHECK(told(counts).empty());  // what is kept unless told otherwise need not be there
  const auto some = loaded("keep: [effects]\nfactors: [{key: theory.name, values: [botsa, none]}]\n");
  REQUIRE(some.doubts.size() == 1);
  CHECK(contains(some.doubts.front(), "run 1 (theory.name=none) will fail: it has no table \"effects\""));
}

TEST_CASE("a range whose values must be whole is told how to make them so") {
  const auto told = [](const std::string& text) -> std::string {
    try {
      loaded(text);
    } catch (const InvalidScenario& invalid) {
      return invalid.what();
    }
    return "";
  };
  const std::string random = "design: latin_hypercube\nsamples: 4\n";
  CHECK(contains(told(random + "factors: [{key: time.days, from: 1, to: 9}]\n"),
                 "is not whole (time.days is a whole number) add whole: true, which rounds the values"));
  CHECK(told(random + "factors: [{key: time.days, from: 1, to: 9, whole: true}]\n").empty());
  CHECK_FALSE(contains(told(random + "factors: [{key: meeting.contacts_per_day, from: 200.5, to: 300.5}]\n"), "whole"));
}

TEST_CASE("of a design of a kind that there is not, nothing is said that follows from the kind") {
  try {
    loaded("design: lhs\nsamples: 4\nfactors: [{key: people.count, normal: {mean: 20, sd: 2}, from: 10}]\n");
    FAIL("taken");
  } catch (const InvalidScenario& invalid) {
    REQUIRE(invalid.mistakes().size() == 1);
    CHECK(invalid.mistakes().front().problem == "unknown value \"lhs\"");
    CHECK(invalid.mistakes().front().suggestion == "did you mean \"latin_hypercube\"?");
  }
}

TEST_CASE("a file of another kind is told as what it is, with the command that takes it") {
  const kith::ScratchFolder folder;
  const auto one_message = [](const kith::testing::Outcome& refused, const std::string& message) {
    CAPTURE(refused.err);
    CHECK(refused.status == 3);
    CHECK(contains(refused.err, message));
    CHECK_FALSE(contains(refused.err, "unknown key"));
  };
  const std::string design = folder / "d.yaml";
  kith::testing::write_file(design, "sweep: 1\ntitle: T\nscenario: first-steps\nfactors: [{key: seed, values: [1]}]\n");
  one_message(kith::testing::invoke({"run", design}),
              design + " is the design of a sweep, not a scenario\n  kith sweep " + design + " -o FOLDER");
  const std::string scenario = folder / "s.yaml";
  kith::testing::write_file(scenario, "kith: 1\ntitle: T\npeople: {count: 20}\n");
  one_message(kith::testing::invoke({"sweep", scenario, "-o", folder / "s"}),
              scenario + " is a scenario, not the design of a sweep\n  kith run " + scenario + " -o OUT.h5");
}

TEST_CASE("a scenario that does not exist is told where the design names it") {
  try {
    load_design(kith::testing::FakeApplication{},
                Document::from_text("sweep: 1\ntitle: T\nscenario: first-stepz\nfactors: [{key: seed, values: [1]}]\n",
                                    "design.yaml"));
    FAIL("taken");
  } catch (const InvalidScenario& invalid) {
    CHECK(invalid.mistakes().front().line == 3);
    CHECK(contains(invalid.what(), "first-steps"));
  }
}

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "config/document.hpp"
#include "config/estimates.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace kith;
using namespace kith::config;

namespace {

constexpr const char* of_botsa = R"(estimates: 1
title: Mine
when: [theory.name=botsa]
values:
  theory.share: {value: 0.07, interval: [0.02, 0.09], draws: [0.05, 0.08]}
  rest: {value: 6 h, unit: h, draws: [5, 7]}
made: []
)";

struct Read {
  std::string theory;
  double share = 0.0;
  double rest = 0.0;  // [h]
};

Read read(Section root) {
  Read found;
  root.texts({.key = "fitted", .fallback = "[]", .doc = "Files of estimates."});
  Section theory = root.section({.key = "theory", .doc = "The theory."}, "name");
  found.theory = theory.text({.key = "name", .fallback = "botsa", .doc = "Its name."});
  found.share = theory.number({.key = "share", .fallback = "0.01", .max = "0.5", .doc = "A share."});
  found.rest = root.number({.key = "rest", .unit = "h", .fallback = "1 h", .doc = "A time."});
  return found;
}

/// A folder with a scenario that names files of estimates.
struct Case {
  ScratchFolder folder;
  std::string resolved;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  Read scenario(const std::string& text, const std::vector<Override>& overrides = {}) {
    write("scenario.yaml", text);
    Document document = Document::from_file(folder / "scenario.yaml", overrides);
    const Read found = read(document.root());
    document.check();
    resolved = document.resolved();
    return found;
  }
  std::string refusal(const std::string& text) {
    try {
      scenario(text);
    } catch (const InvalidScenario& invalid) {
      std::string what = invalid.what();
      for (std::size_t at = what.find(folder.path()); at != std::string::npos; at = what.find(folder.path()))
        what.replace(at, folder.path().size() + 1, "");
      return what;
    }
    return "";
  }
};

}  // namespace

TEST_CASE("what was fitted stands where a scenario has no value of its own") {
  Case one;
  one.write("botsa.yaml", of_botsa);
  const Read taken = one.scenario("fitted: botsa.yaml\n");
  CHECK(taken.theory == "botsa");
  CHECK(taken.share == 0.07);
  CHECK(taken.rest == 6.0);
  CHECK(one.resolved.find("share: 0.07  # fitted: ") != std::string::npos);
  CHECK(one.scenario("fitted: [botsa.yaml]\ntheory: botsa\n").share == 0.07);
  CHECK(one.scenario("fitted: [botsa.yaml]\ntheory: {share: 0.2}\nrest: 2 h\n").share == 0.2);
  CHECK(one.scenario("fitted: [botsa.yaml]\ntheory: {share: 0.2}\nrest: 2 h\n").rest == 2.0);
  CHECK(one.scenario("fitted: botsa.yaml\n", {{"theory.share=0.3"}}).share == 0.3);
}

TEST_CASE("an estimate for another theory is left out, however the theory is named") {
  Case one;
  one.write("botsa.yaml", of_botsa);
  std::string of_reward = of_botsa;
  of_reward.replace(of_reward.find("botsa"), 5, "reward");
  of_reward.replace(of_reward.find("0.07"), 4, "0.09");
  one.write("reward.yaml", of_reward);
  for (const char* theory : {"theory: reward\n", "theory: {name: reward}\n"}) {
    CHECK(one.scenario(std::string("fitted: [botsa.yaml]\n") + theory).share == 0.01);
    CHECK(one.scenario(std::string("fitted: [botsa.yaml, reward.yaml]\n") + theory).share == 0.09);
  }
  CHECK(one.scenario("fitted: botsa.yaml\ntheory: botsa\n", {{"theory.name=reward"}}).share == 0.01);
  CHECK(one.scenario("fitted: botsa.yaml\ntheory: botsa\n", {{"theory={name: reward}"}}).share == 0.01);
  // The first of those that hold is the theory where the scenario names none.
  const Read first = one.scenario("fitted: [reward.yaml, botsa.yaml]\n");
  CHECK(first.theory == "reward");
  CHECK(first.share == 0.09);
}

TEST_CASE("a file of --set is found from where the program runs, and a resolved scenario from anywhere") {
  Case one;
  one.write("botsa.yaml", of_botsa);
  CHECK(one.scenario("rest: 2 h\n", {{"fitted=" + one.folder / "botsa.yaml"}}).share == 0.07);
  const Read again = one.scenario(one.resolved);
  CHECK(again.share == 0.07);
  CHECK(again.rest == 2.0);
}

TEST_CASE("mistakes about estimates are told where they stand") {
  Case one;
  one.write("far.yaml", "estimates: 1\nvalues:\n  theory.share: {value: 0.7}\n  rests: {value: 1 h}\n");
  CHECK(one.refusal("fitted: far.yaml\n") ==
        "far.yaml:3:25: error: 0.7 is too large (theory.share is at most 0.5)\n"
        "    3 |   theory.share: {value: 0.7}\n"
        "      |                         ^~~\n"
        "far.yaml:4:18: error: unknown key \"rests\" (a scenario has fitted, theory, rest) did you mean \"rest\"?\n"
        "    4 |   rests: {value: 1 h}\n"
        "      |                  ^~~\n"
        "2 mistakes");
  CHECK(one.refusal("fitted: nowhere.yaml\n") ==
        "scenario.yaml:1:9: error: there is no file nowhere.yaml (estimates are read from it)\n"
        "    1 | fitted: nowhere.yaml\n"
        "      |         ^~~~~~~~~~~~\n"
        "1 mistake");
  one.write("wrong.yaml", "estimates: 1\nwhen: [theory]\nvalues:\n  a: {valeu: 1}\n  b: {value: 1, draws: [1, 2]}\n");
  const std::string wrong = one.refusal("fitted: wrong.yaml\n");
  CHECK(wrong.find("wrong.yaml:2:8: error: \"theory\" says nothing") != std::string::npos);
  CHECK(wrong.find("did you mean \"value\"?") != std::string::npos);
  CHECK(wrong.find("2 draws, and a has 0") != std::string::npos);
}

TEST_CASE("estimates are written as they are read") {
  Estimates all{.title = "One: two", .when = {{"theory.name", "botsa"}}, .values = {}, .made = {"today: by hand"}};
  all.values.push_back({.key = "theory.share",
                        .value = "0.1",
                        .interval = {{0.05, 0.2}},
                        .draws = {0.1, 1.0 / 3.0},
                        .unit = {},
                        .prior = "uniform 0..1",
                        .found = "identified"});
  all.values.push_back(
      {.key = "rest", .value = "6 h", .interval = {}, .draws = {5.0, 7.5}, .unit = "h", .prior = {}, .found = {}});
  Document document = Document::from_text(print(all), "e.yaml");
  const Estimates again = read_estimates(document.root());
  document.check();
  CHECK(print(again) == print(all));
  CHECK(again.draws() == 2);
  CHECK(again.assignments(1) == std::vector<std::string>{"theory.share=0.3333333333333333", "rest=7.5 h"});
}

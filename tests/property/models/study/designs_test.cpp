#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/parallel.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_study;
using kith::testing::run_text;
using kith::testing::scenario_from;

namespace {

const std::string world = R"(
kith: 1
title: Every design
theory: {name: botsa, opioid_share: 0.3, approach_gain: 0.3, separation: 1}
time: {tick: 1 h, burn_in: 3 d, duration: 12 d, start: "Mon 08:00"}
people: {count: 160}
network: {generate: stochastic_block, sizes: [25 %, 25 %, 25 %, 25 %], within: 8, between: 2}
measures: [{diary: connection}, {diary: distress}, {probe: loving_messages, at: "day 1 14:00"}]
seed: designs
trial:
)";

/// One trial of each design. DRUG is to be replaced by what the arm takes, e.g. "naltrexone, doses: 50 mg".
const std::vector<std::pair<std::string, std::string>> designs{
    {"crossover", "  participants: {count: 12}\n  washout: 3 d\n"},
    {"latin_square", "  participants: {count: 12}\n  washout: 3 d\n"},
    {"parallel",
     "  participants: {count: 12, where: [loneliness > 0.05]}\n  allocation: {blocks: 4, strata: [tone_tercile]}\n"},
    {"cluster", "  clusters: {by: community, count: 4, people: 4}\n"},
    {"stepped_wedge", "  clusters: {by: community, count: 4, people: 4}\n  steps: 2\n"},
    {"single_case", "  participants: {count: 6, target: loneliest}\n  washout: 1 d\n"}};

std::string trial_of(const std::pair<std::string, std::string>& design, const std::string& drug) {
  return world + "  design: " + design.first + "\n" + design.second +
         "  adherence: {mean: 80 %, sd: 10 %}\n  arms:\n    drug: {drug: " + drug +
         ", for: 2 d, drop_out: 0.02 /d, induction_failure: 10 %, when: distress >= 0.005, stop: {when: distress > "
         "0.3}}\n"
         "    placebo: {drug: placebo, like: drug}\n";
}

std::string factorial_of(const std::string& drug) {
  return world +
         "  design: factorial\n  participants: {count: 12}\n  factors:\n    first: {levels: {a: {drug: " + drug +
         ", for: 2 d}, none: {drug: placebo, like: a}}}\n    second: {levels: {b: {drug: " + drug +
         ", for: 2 d, at: \"21:00\"}, sham: {drug: placebo, like: b}}}\n";
}

std::vector<std::string> all_designs(const std::string& drug) {
  std::vector<std::string> texts{factorial_of(drug)};
  for (const auto& design : designs) texts.push_back(trial_of(design, drug));
  return texts;
}

/// Greatest difference of anybody from their twin at any occasion.
double largest_own(const Done& done) {
  double most = 0.0;
  for (const auto& measure : done.result().measures) {
    for (const auto& occasion : measure.own) {
      for (const double own : occasion) most = std::isnan(own) ? most : std::max(most, std::abs(own));
    }
  }
  return most;
}

}  // namespace

TEST_CASE("placebo against placebo is exactly nothing for everybody, and the world is as without a trial") {
  const std::string empty = world.substr(0, world.find("measures:")) + "seed: designs\n";
  const std::string untreated = run_text(empty).run.fingerprint();
  for (const std::string& text : all_designs("placebo, doses: 50 mg")) {
    CAPTURE(text);
    const Done done = run_text(text);
    CHECK(largest_own(done) == 0.0);
    CHECK(done.run.fingerprint() == untreated);
  }
}

TEST_CASE("at hour 0 the population is the same whatever the design and whoever takes part") {
  const auto first_row = [](const std::string& text) {
    const Done done = run_text(text, {{"record.by=[tone_tercile]"}});
    for (const TableRow& row : done.sink->rows()) {
      if (row.table == "population") return row.values;
    }
    return std::vector<Values>{};
  };
  const auto same = [](const std::vector<Values>& a, const std::vector<Values>& b) {
    bool is_same = a.size() == b.size() && !a.empty();
    for (std::size_t v = 0; is_same && v < a.size(); ++v) {
      const auto& x = std::get<std::vector<float>>(a[v]);
      const auto& y = std::get<std::vector<float>>(b[v]);
      is_same = std::equal(x.begin(), x.end(), y.begin(), y.end(),
                           [](float p, float q) { return p == q || (std::isnan(p) && std::isnan(q)); });
    }
    return is_same;
  };
  const auto untreated = first_row(world.substr(0, world.find("measures:")) + "seed: designs\n");
  for (const std::string& text : all_designs("naltrexone, doses: 50 mg")) {
    CAPTURE(text);
    std::vector<Values> first = first_row(text);
    CHECK(std::get<std::vector<float>>(first.back()) ==
          std::vector<float>(4));  // plasma, which only a drug's table has
    first.pop_back();
    CHECK(same(first, untreated));
  }
  std::string other = factorial_of("naltrexone, doses: 50 mg");
  other.replace(other.find("seed: designs"), 13, "seed: another");
  auto another = first_row(other);
  another.pop_back();
  CHECK_FALSE(same(another, untreated));
}

TEST_CASE("a drug at dose 0 does exactly nothing to anybody, under every design") {
  for (const std::string& text : all_designs("naltrexone, doses: 0 mg")) {
    CAPTURE(text);
    CHECK(largest_own(run_text(text)) == 0.0);
  }
}

TEST_CASE("a drug does something under every design") {
  for (const std::string& text : all_designs("naltrexone, doses: 50 mg")) {
    CAPTURE(text);
    CHECK(largest_own(run_text(text)) > 0.01);
  }
}

TEST_CASE("the same study comes out for any number of threads, rules included", "[threaded]") {
  for (const std::string& text : all_designs("naltrexone, doses: 50 mg")) {
    CAPTURE(text);
    std::vector<std::string> fingerprints;
    for (const unsigned count : {1U, 2U, 4U}) {
      set_threads(count);
      const Done done = run_text(text);
      std::string outcome = done.run.fingerprint();
      for (const trials::Participant& p : done.result().participants)
        outcome += " " + std::to_string(p.stopped.value_or(-1.0)) + " " + std::to_string(p.leaves.value_or(-1));
      fingerprints.push_back(outcome);
    }
    set_threads(0);
    CHECK(fingerprints[0] == fingerprints[1]);
    CHECK(fingerprints[0] == fingerprints[2]);
  }
}

TEST_CASE("rings are all people: the treated, their partners, partners of those, and others") {
  const Done done = run_text(trial_of(designs[2], "naltrexone, doses: 50 mg"), {{"record.by=[ring, close_ring]"}});
  const TableSpec* spec = nullptr;
  for (const TableSpec& known : done.sink->specs()) {
    if (known.name == "population") spec = &known;
  }
  REQUIRE(spec != nullptr);
  const auto& names = std::get<std::vector<std::string>>(spec->dimensions[2].coordinate);
  CHECK(names == std::vector<std::string>{"all", "ring: treated", "ring: partners of the treated",
                                          "ring: partners of partners", "ring: others", "close ring: treated",
                                          "close ring: partners of the treated", "close ring: partners of partners",
                                          "close ring: others"});
}

TEST_CASE("the flow of a study adds up and goes into the file") {
  const Done done = run_text(trial_of(designs[2], "naltrexone, doses: 50 mg"));
  const trials::Flow& flow = done.result().flow;
  CHECK(flow.reasons == std::vector<std::string>{"not loneliness > 0.05", "in another trial"});
  CHECK(flow.randomised == 12);
  CHECK(flow.screened == flow.excluded[0] + flow.excluded[1] + flow.randomised);
  for (std::size_t s = 0; s < 2; ++s) CHECK(flow.allocated[s] == flow.left[s] + flow.analysed[s]);
  bool is_written = false;
  for (const TableRow& row : done.sink->rows()) {
    if (row.table != "flow") continue;
    is_written = true;
    CHECK(std::get<std::vector<std::int32_t>>(row.values[2]).front() == 12);
  }
  CHECK(is_written);
}

TEST_CASE("nobody takes part in two trials of one population, and each trial has tables of its own") {
  std::string text = world.substr(0, world.find("trial:\n")) + "trials:\n";
  for (const char* name : {"first", "second"}) {
    text +=
        std::string("  ") + name +
        ":\n    design: parallel\n    participants: {count: 40}\n    arms: {drug: {drug: naltrexone, doses: [50 mg]}, "
        "placebo: {drug: placebo, like: drug}}\n";
  }
  const Done done = run_text(text);
  REQUIRE(done.result().further.size() == 1);
  std::vector<int> times(160);
  for (const auto& p : done.result().participants) ++times[p.person];
  for (const auto& p : done.result().further[0].participants) ++times[p.person];
  CHECK(std::count(times.begin(), times.end(), 1) == 80);
  CHECK(done.result().further[0].flow.excluded.back() > 0);
  std::vector<std::string> tables;
  for (const TableSpec& spec : done.sink->specs()) tables.push_back(spec.name);
  for (const char* name : {"participants_first", "participants_second", "effects_second"})
    CHECK(std::count(tables.begin(), tables.end(), name) == 1);
}

TEST_CASE("a share of those eligible is recruited") {
  const std::string text =
      world +
      "  design: parallel\n  participants: {share: 25 %, where: [degree >= 10]}\n  arms: {drug: {drug: "
      "naltrexone, doses: [50 mg]}, placebo: {drug: placebo, like: drug}}\n";
  const Done done = run_text(text);
  std::size_t eligible = 0;
  const Scenario scenario = scenario_from(text);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  for (const auto& row : population.isolation().ties_per_layer)
    eligible += row[0] + row[1] + row[2] + row[3] >= 10 ? 1U : 0U;
  CHECK(done.result().participants.size() ==
        static_cast<std::size_t>(std::lround(0.25 * static_cast<double>(eligible))));
}

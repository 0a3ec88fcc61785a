#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "config/document.hpp"
#include "core/error.hpp"
#include "models/study/run.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;

namespace {

/// What a key of the reference may be called in the scenarios below.
struct Names {
  std::string_view general;
  std::string_view own;
};

const std::vector<Names> names{{"trial.arms.*", "trial.arms.naltrexone"},
                               {"trial.arms.naltrexone.phases.[]", "trial.arms.naltrexone.phases.0"},
                               {"drugs.*", "drugs.mine"},
                               {"drugs.mine.absorption.[]", "drugs.mine.absorption.0"},
                               {"trial.sequences.[]", "trial.sequences.0"},
                               {"measures.[]", "measures.0"},
                               {"events.[]", "events.0"}};

const std::string a_trial = R"(
kith: 1
title: A crossover with a drug of one's own
time: {tick: 6 h, burn_in: 2 d, duration: 6 d}
people: {count: 60}
network: {generate: layers, sizes: [3, 5, 10], community: 30}
drugs:
  mine:
    title: An antagonist
    action: antagonist
    absorption: [{rate: 1.5 /h, bioavailability: 40 %}]
    clearance: 60 L/h
    half_life: {value: 3 h, mark: assumed, source: "range 2-5 h"}
    effect_site: {ec50: 2 ng/mL, half_life: 1 h}
    between_people: {clearance: 30 %, bioavailability: 40 %}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg], at: "09:00"}
    mine: {drug: mine, like: naltrexone}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo], count: 6}, {arms: [placebo, mine], count: 6}]
  washout: 1 d
  adherence: 90 %
measures: [{diary: connection}, {probe: loving_messages, at: "day 1 14:00"}]
record: {every: 1 d, people: 5, network: true}
)";

const std::string living_ties = R"(
kith: 1
title: Ties that live, and what happens
time: {tick: 6 h, burn_in: 3 d, duration: 10 d}
people: {count: 60}
network: {generate: layers, sizes: [3, 5, 10], community: 20}
ties: {are: living}
events:
  - {rate: 20 /a, do: {lose_ties: {closest: 1}, distress: 0.6, add_ties: {count: 1, closeness: 0.3}}}
  - {at: 2 d, do: {opportunity: 0.3, for: 4 d}}
  - {at: 3 d, target: {share: 20 %}, do: {contact: {quality: 0.5, per_day: 1}, for: 3 d}}
record: {every: 2 d, tie_events: true}
)";

const std::string some_patients = R"(
kith: 1
title: Patients
time: {tick: 6 h, burn_in: 10 d, duration: 8 d}
people: {count: 60}
network: {generate: erdos_renyi, mean_ties: 8}
ties: {are: living}
substance_use: {substance: opioid, drug: heroin, dose: 10 mg, share: 40 %, detoxification: 3 d, split_paths: true}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 8 d, at: "10:00", induction_failure: 28 %, drop_out: 0.003 /d}
    nothing: {drug: placebo, like: naltrexone}
  design: parallel
  participants: {share: 100 %, where: "patient == 1"}
measures: [{diary: craving, at: "21:00"}]
record: {every: 2 d, by: [patients]}
)";

/// Their greatest values only make a run long or large; they are read, not run.
const std::set<std::string, std::less<>> only_larger{"people.count", "time.burn_in", "time.duration",
                                                     "replicates.count"};

std::vector<config::Entry> reference() {
  config::Document document = config::Document::describe();
  read_scenario(document.root());
  return document.entries();
}

std::string own_path(std::string path) {
  for (const Names& name : names) {
    if (path.starts_with(name.general)) path.replace(0, name.general.size(), name.own);
  }
  return path;
}

/// A limit that is excluded itself, moved by little: "0 h" becomes "1e-06 h".
std::string just_above(const std::string& limit) {
  std::size_t end = 0;
  const double value = std::stod(limit, &end);
  return fmt::format("{}{}", value == 0.0 ? 1e-6 : value + 1e-6 * std::abs(value), limit.substr(end));
}

struct Tried {
  int ran = 0;
  int refused = 0;
};

/// Runs the scenario with one key changed. Whoever writes the value gets a result, or is told that it makes no sense.
void try_value(const std::string& text, const config::Entry& entry, const std::string& value, bool runs, Tried& tried) {
  const bool is_list = entry.type == "numbers";
  const std::string assignment = own_path(entry.path) + "=" + (is_list ? "[" + value + "]" : value);
  INFO(assignment);
  try {
    auto document = config::Document::from_text(text, "test.yaml", {{assignment}});
    const Scenario scenario = read_scenario(document.root());
    document.check();
    if (!runs) return;
    MemorySink sink;
    run(scenario, {}, sink);
    ++tried.ran;
  } catch (const Error& error) {
    INFO(error.what());
    CHECK(error.kind() == ErrorKind::invalid_scenario);
    ++tried.refused;
  } catch (const std::exception& failure) {
    FAIL_CHECK(assignment << ": " << failure.what());
  }
}

Tried try_limits(const std::string& text) {
  Tried tried;
  {
    const Scenario itself = testing::scenario_from(text);
    MemorySink sink;
    run(itself, {}, sink);
  }
  for (const config::Entry& entry : reference()) {
    if (entry.is_repeated) continue;
    if (!entry.min.empty()) try_value(text, entry, entry.above_min ? just_above(entry.min) : entry.min, true, tried);
    if (!entry.max.empty()) try_value(text, entry, entry.max, !only_larger.contains(entry.path), tried);
  }
  return tried;
}

}  // namespace

TEST_CASE("Every key at its least and greatest value: a trial", "[slow]") {
  const Tried tried = try_limits(a_trial);
  CHECK(tried.ran >= 200);
  WARN(tried.ran << " runs, " << tried.refused << " refused");
}

TEST_CASE("Every key at its least and greatest value: ties that live, and events", "[slow]") {
  const Tried tried = try_limits(living_ties);
  CHECK(tried.ran >= 200);
  WARN(tried.ran << " runs, " << tried.refused << " refused");
}

TEST_CASE("Every key at its least and greatest value: patients", "[slow]") {
  const Tried tried = try_limits(some_patients);
  CHECK(tried.ran >= 200);
  WARN(tried.ran << " runs, " << tried.refused << " refused");
}

#include "tests/support/coverage.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "config/document.hpp"
#include "core/error.hpp"
#include "models/record/survival.hpp"
#include "models/study/run.hpp"
#include "tests/support/small_scenarios.hpp"

/// How often each interval that Kith prints holds the truth. Prints a table and exits with 1 when a line is out of its bounds.
namespace {

using namespace kith;
using testing::Coverage;

struct Options {
  std::uint32_t studies = 10000;
  std::uint32_t simulated = 200;
};

struct Line {
  std::string interval, size;
  double truth, coverage;
  std::uint32_t studies;
  double least, most;
};

/// Of people to whom something happens on a day with the probability `hazard`, the share to whom it has not after 30 days.
trials::Limits survival(Stream& stream, std::uint32_t people, double hazard) {
  Survival curve;
  auto at_risk = static_cast<std::int32_t>(people);
  for (int day = 0; day < 30; ++day) {
    const auto events = static_cast<std::int32_t>(binomial(stream, static_cast<std::uint32_t>(at_risk), hazard));
    curve.step(at_risk, events);
    at_risk -= events;
  }
  const Survival::Limits limits = curve.limits();
  return {limits.low, limits.high};
}

std::vector<Coverage> all_drawn() {
  std::vector<Coverage> all = testing::coverages();
  for (const auto& [people, hazard] : {std::pair(40U, 0.02), {60U, 0.002}, {300U, 0.002}, {300U, 0.02}}) {
    all.push_back({"share not isolated so far", fmt::format("{} people, 30 days", people), std::pow(1.0 - hazard, 30),
                   [people = people, hazard = hazard](Stream& stream) { return survival(stream, people, hazard); }});
  }
  return all;
}

/// Small trials under a strong theory, whose own effects are the truth of the differences.
const std::string world = R"(
kith: 1
title: Coverage
theory: {name: botsa, opioid_share: 0.3}
time: {tick: 3 h, burn_in: 7 d, duration: 9 d}
people: {count: 400}
network: {generate: layers, sizes: [5, 10], community: 60}
measures: [{diary: connection}, {diary: loneliness}, {probe: loving_messages, at: "day 2 14:00"}]
seed: coverage
trial:
)";
const std::string arms = R"(
  arms:
    drug: {drug: naltrexone, doses: 50 mg, at: "09:00", for: 2 d, drop_out: 0.05 /d}
    placebo: {drug: placebo, like: drug}
)";

struct Design {
  std::string name, text;
};
const std::vector<Design> designs{{"crossover, long carry-over", "  participants: {count: 24}\n  washout: 1 d\n"},
                                  {"parallel", "  design: parallel\n  participants: {count: 40}\n"}};

/// Whether the interval of the difference holds the mean own effect, for each measure.
std::vector<Line> simulated(const Design& design, std::uint32_t studies) {
  const Scenario scenario =
      testing::scenario_from(world + design.text + arms, {{fmt::format("replicates={}", studies)}});
  MemorySink sink;
  const RunResult run = kith::run(scenario, {.replay = "kith_coverage"}, sink);
  std::vector<const trials::Effects*> effects;
  for (const StudyResult& study : run.studies) effects.push_back(&study.effects);
  std::vector<Line> lines;
  for (std::size_t m = 0; m < scenario.measures.diaries.size() + scenario.measures.probes.size(); ++m) {
    for (const trials::Whom whom : {trials::Whom::stayed, trials::Whom::allocated}) {
      const double truth = trials::pool(effects, m, 0, whom).own.mean;
      std::uint32_t hits = 0;
      for (const trials::Effects* study : effects) {
        const trials::Effect& effect = (*study)[m][0];
        const trials::Comparison& found = (whom == trials::Whom::stayed ? effect : effect.intention_to_treat).ratings;
        hits += found.low <= truth && truth <= found.high ? 1U : 0U;
      }
      lines.push_back({fmt::format("{}, simulated{}", run.studies.front().measures[m].name,
                                   whom == trials::Whom::stayed ? "" : ", intention to treat"),
                       design.name, truth, static_cast<double>(hits) / studies, studies, 0.93, 0.97});
    }
  }
  return lines;
}

/// Prints a line; whether it is within its bounds, widened by two Monte Carlo errors.
bool print(const Line& line) {
  const double error = testing::monte_carlo_error(line.studies);
  const bool is_within = line.coverage >= line.least - 2.0 * error && line.coverage <= line.most + 2.0 * error;
  fmt::print("| {} | {} | {:.3f} | {:.1f} ± {:.1f} | {:.0f}-{:.0f} | {} |\n", line.interval, line.size, line.truth,
             100.0 * line.coverage, 100.0 * error, 100.0 * line.least, 100.0 * line.most, is_within ? "ok" : "OUT");
  return is_within;
}

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; i += 2) {
    const std::string word = words[i];
    if (i + 1 >= count) throw Error(ErrorKind::usage, word + " needs a value");
    const auto value = static_cast<std::uint32_t>(std::strtoul(words[i + 1], nullptr, 10));
    if (word == "--studies" && value > 0) {
      options.studies = value;
    } else if (word == "--simulated") {
      options.simulated = value;
    } else {
      throw Error(ErrorKind::usage, fmt::format("{} {} is not understood", word, words[i + 1]));
    }
  }
  return options;
}

int run_all(const Options& options) {
  fmt::print("| interval | studies of | truth | coverage [%] | bounds [%] | |\n|---|---|---|---|---|---|\n");
  bool is_all_within = true;
  for (const Coverage& row : all_drawn()) {
    is_all_within &=
        print({row.interval, row.size, row.truth, row.in(options.studies), options.studies, row.least, row.most});
  }
  for (const Design& design : designs) {
    if (options.simulated == 0) continue;
    for (const Line& line : simulated(design, options.simulated)) is_all_within &= print(line);
  }
  return is_all_within ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run_all(read_options(count, words));
  } catch (const kith::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}

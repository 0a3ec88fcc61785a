#include "models/evidence/experiments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <utility>

#include "core/fingerprint.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "models/trials/analysis/statistics.hpp"

namespace kith::evidence {
namespace {

struct Nowhere final : Sink {
  void declare(const TableSpec& /*spec*/) override {}
  void write(TableRow /*row*/) override {}
};

/// A scenario under one theory.
struct Version {
  std::string command;  ///< "kith run …"
  std::unique_ptr<Scenario> scenario;
};

/// The command that shows a moment of what `kith run …` does.
std::string replay_of(const std::string& command) {
  const std::string run = "kith run ";
  return command.starts_with(run) ? "kith replay " + command.substr(run.size()) : command;
}

Version read_version(const Source& source, const std::string& change) {
  config::Document document = source.open(change);
  Version version{source.command(change), std::make_unique<Scenario>(read_scenario(document.root()))};
  document.check([](config::Section root) { read_scenario(std::move(root)); });
  return version;
}

/// One row of the matrix's runs: [theories].
std::vector<Version> read_versions(const Source& source, const std::vector<std::string>& theories) {
  const Version as_written = read_version(source, "");
  if (!as_written.scenario->expected)
    throw Error(ErrorKind::usage, fmt::format("{} does not say what an experiment found: add `expect:` "
                                              "(kith explain expect tells its keys)",
                                              source.name));
  std::vector<Version> versions;
  for (const std::string& theory : theories)
    versions.push_back(read_version(source, as_written.scenario->theory.change_to(theory)));
  return versions;
}

/// The measure of this name; for an outcome of patients, nothing.
const trials::MeasureData* find_measure(const TrialResult& result, const trials::Measures& measures,
                                        const std::string& name) {
  const std::vector<std::string> names = trials::names(measures);
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? nullptr : &result.measures[static_cast<std::size_t>(found - names.begin())];
}

double effect_on_measure(const ExpectedOutcome& outcome, const Scenario& scenario, trials::Trial trial,
                         const TrialResult& result, trials::MeasureData data) {
  if (!outcome.minus.empty()) {
    const trials::MeasureData& other = *find_measure(result, scenario.measures, outcome.minus);
    if (other.occasions.size() != data.occasions.size())
      throw Error(ErrorKind::invalid_scenario,
                  fmt::format("{} and {} are not asked equally often, so that one cannot be "
                              "taken from the other",
                              outcome.measure, outcome.minus));
    for (std::size_t o = 0; o < data.ratings.size(); ++o)
      std::transform(data.ratings[o].begin(), data.ratings[o].end(), other.ratings[o].begin(), data.ratings[o].begin(),
                     std::minus<>());
  }
  data.own.clear();
  data.itt_ratings.clear();
  data.cutoff.reset();
  trial.reference = outcome.against;
  return trials::effect_of(data, trial, result.participants, outcome.arm).ratings.g;
}

double effect_on_patients(const ExpectedOutcome& outcome, const trials::Trial& trial, const TrialResult& result) {
  const auto values_in = [&](WorldKind kind, std::size_t arm) {
    const std::vector<Outcome>& outcomes = result.outcomes[static_cast<std::size_t>(kind)];
    const auto found =
        std::find_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.name == outcome.measure; });
    std::vector<double> values;
    if (found == outcomes.end()) return values;
    for (const std::size_t i : result.members_of(trial, arm)) values.push_back(found->values[i]);
    return values;
  };
  std::vector<double> a = values_in(WorldKind::treated, outcome.arm);
  if (outcome.against == trial.arms.size()) return trials::paired(a, values_in(WorldKind::twin, outcome.arm)).g;
  std::vector<double> b = values_in(WorldKind::treated, outcome.against);
  for (std::vector<double>* values : {&a, &b}) std::erase_if(*values, [](double value) { return std::isnan(value); });
  return trials::two_sample(a, b).g;
}

Judged failure(std::string why, std::string command) {
  return {.verdict = Verdict::failed,
          .predicted = {},
          .score = {},
          .effects = {},
          .why = std::move(why),
          .command = std::move(command)};
}

/// What one run came to: [outcomes].
std::vector<Judged> run_version(const Version& version, std::uint64_t& fingerprint) {
  const Expectation& expected = *version.scenario->expected;
  const auto all_are = [&](const auto& make) {
    std::vector<Judged> cells;
    for (const ExpectedOutcome& outcome : expected.outcomes) cells.push_back(make(outcome));
    return cells;
  };
  const bool is_run = std::any_of(expected.outcomes.begin(), expected.outcomes.end(),
                                  [](const ExpectedOutcome& outcome) { return outcome.cannot_express.empty(); });
  if (!is_run) return all_are([](const ExpectedOutcome& outcome) { return judge(outcome, {}, ""); });
  try {
    Nowhere nowhere;
    const RunResult result = run(*version.scenario, {.replay = replay_of(version.command)}, nowhere);
    Fingerprint digest;
    digest.add(std::string_view(result.fingerprint()));
    fingerprint = digest.value();
    std::vector<std::vector<double>> effects = effects_in(*version.scenario, result);
    std::size_t next = 0;
    return all_are(
        [&](const ExpectedOutcome& outcome) { return judge(outcome, std::move(effects[next++]), version.command); });
  } catch (const std::exception& error) {
    check_interrupt();  // a stop ends all
    const std::string why = error.what();
    return all_are([&](const ExpectedOutcome& outcome) {
      return outcome.cannot_express.empty() ? failure(why, version.command) : judge(outcome, {}, "");
    });
  }
}

}  // namespace

std::vector<std::vector<double>> effects_in(const Scenario& scenario, const RunResult& run) {
  std::vector<std::vector<double>> effects;
  for (const ExpectedOutcome& outcome : scenario.expected->outcomes) {
    effects.emplace_back();
    if (!outcome.cannot_express.empty()) continue;
    for (const StudyResult& study : run.studies) {
      const trials::MeasureData* measure = find_measure(study, scenario.measures, outcome.measure);
      effects.back().push_back(measure != nullptr
                                   ? effect_on_measure(outcome, scenario, run.trials.front(), study, *measure)
                                   : effect_on_patients(outcome, run.trials.front(), study));
    }
  }
  return effects;
}

Judged judge(const ExpectedOutcome& outcome, std::vector<double> effects, const std::string& command) {
  if (!outcome.cannot_express.empty())
    return {.verdict = Verdict::inexpressible,
            .predicted = {},
            .score = {},
            .effects = {},
            .why = outcome.cannot_express,
            .command = {}};
  const auto wrong = std::find_if(effects.begin(), effects.end(), [](double g) { return !std::isfinite(g); });
  if (wrong != effects.end()) {
    const auto study = wrong - effects.begin();
    return failure(fmt::format("Hedges g of {} is no number in virtual study {}", outcome.measure, study),
                   fmt::format("{} --replicate {}", command, study));
  }
  if (effects.size() < 2) return failure("fewer than two virtual studies: raise replicates", command);
  const Prediction predicted = prediction(effects);
  if (predicted.between == 0.0) return failure("all virtual studies came to the same", command);
  return {.verdict = verdict(outcome, predicted),
          .predicted = predicted,
          .score = score(outcome, predicted),
          .effects = std::move(effects),
          .why = {},
          .command = {}};
}

Matrix run_experiments(const std::vector<Source>& sources, const std::vector<std::string>& theories,
                       const Progress& progress) {
  Matrix matrix;
  matrix.theories = theories;
  std::stable_partition(matrix.theories.begin(), matrix.theories.end(),
                        [](const std::string& theory) { return theory == "none" || theory == "nonspecific"; });
  std::stable_partition(matrix.theories.begin(), matrix.theories.end(),
                        [](const std::string& theory) { return theory == "none"; });
  std::vector<std::vector<Version>> versions;
  for (const Source& source : sources) versions.push_back(read_versions(source, matrix.theories));
  const std::size_t columns = matrix.theories.size();
  std::vector<std::vector<Judged>> done(sources.size() * columns);  // [outcomes], of each run
  std::vector<std::uint64_t> fingerprints(done.size());
  std::atomic<std::size_t> finished{0};
  for_each_block(
      done.size(),
      [&](std::size_t task, std::size_t /*end*/) {
        check_interrupt();
        const std::size_t row = task / columns;
        done[task] = run_version(versions[row][task % columns], fingerprints[task]);
        const std::size_t count = ++finished;
        if (progress) progress(static_cast<double>(count) / static_cast<double>(done.size()), sources[row].name);
      },
      1);
  Fingerprint all;
  all.add_values<std::uint64_t>(fingerprints);
  matrix.fingerprint = all.text();
  for (std::size_t row = 0; row < sources.size(); ++row) {
    const Scenario& scenario = *versions[row].front().scenario;
    Experiment experiment{sources[row].name, scenario.title, *scenario.expected, {}};
    for (std::size_t o = 0; o < experiment.expected.outcomes.size(); ++o) {
      experiment.cells.emplace_back();
      for (std::size_t k = 0; k < columns; ++k)
        experiment.cells.back().push_back(std::move(done[row * columns + k][o]));
    }
    matrix.experiments.push_back(std::move(experiment));
  }
  return matrix;
}

}  // namespace kith::evidence

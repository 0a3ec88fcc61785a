#include "models/study/run.hpp"

#include <fmt/core.h>

#include <atomic>
#include <numeric>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "models/record/groups.hpp"
#include "models/study/declare.hpp"
#include "models/study/warnings.hpp"
#include "models/trials/analysis/tables.hpp"

namespace kith {
namespace {

/// Numbers of the replicates to run.
std::vector<std::uint32_t> replicates_of(const Scenario& scenario, const RunOptions& options) {
  if (!options.only_replicate) {
    std::vector<std::uint32_t> all(scenario.replicates);
    std::iota(all.begin(), all.end(), 0U);
    return all;
  }
  if (*options.only_replicate >= scenario.replicates) {
    throw Error(ErrorKind::usage, fmt::format("there is no replicate {} (the scenario has {}, counted from 0)",
                                              *options.only_replicate, scenario.replicates));
  }
  return {*options.only_replicate};
}

std::vector<std::string> with(std::vector<std::string> warnings, const std::vector<std::string>& more) {
  warnings.insert(warnings.end(), more.begin(), more.end());
  return warnings;
}

/// Counts the ticks of all worlds of a run for whoever watches it.
class TickCount {
 public:
  TickCount(const SetUp& start, std::size_t replicates, const Progress& progress)
      : in_all_(static_cast<std::uint64_t>(start.population.model->clock().tick_at(start.scenario->time.duration)) *
                worlds_of(*start.scenario, start.trials).size() * replicates),
        progress_(&progress) {}
  void add() {
    const std::uint64_t done = ++done_;
    if (*progress_) (*progress_)(static_cast<double>(done) / static_cast<double>(in_all_), "run");
  }

 private:
  std::atomic<std::uint64_t> done_ = 0;
  std::uint64_t in_all_;
  const Progress* progress_;
};

/// Writes the effects over all studies.
void write_pooled(const RunResult& result, Sink& sink) {
  for (std::size_t t = 0; t < result.trials.size(); ++t) {
    std::vector<const trials::Effects*> effects;
    for (const StudyResult& study : result.studies)
      effects.push_back(t == 0 ? &study.effects : &study.further[t - 1].effects);
    trials::WithSuffix tables = tables_of(result.trials[t], sink);
    trials::write_pooled(result.trials[t], effects, tables);
  }
}

}  // namespace

SetUp set_up(const Scenario& scenario, const RunOptions& options) {
  SetUp start{&scenario, make_population(scenario, {scenario.seed, 0}, options.replay, options.progress), {}};
  start.trials = trials_in(scenario, start.population);
  return start;
}

RunResult run(const SetUp& start, const RunOptions& options, Sink& sink) {
  const Scenario& scenario = *start.scenario;
  const std::vector<std::uint32_t> replicates = replicates_of(scenario, options);
  RunResult result{std::vector<StudyResult>(replicates.size()), start.trials.all,
                   with(import_notes_of(scenario, start.population), group_notes(scenario, start.population)),
                   with(warnings_of(scenario), start.population.warnings), start.population.scales};
  for (std::string& warning : warnings_of(start.trials)) result.warnings.push_back(std::move(warning));
  TickCount ticks(start, replicates.size(), options.progress);
  declare_tables(start.population, start.trials, sink);
  const auto run_one = [&](std::uint32_t replicate, const Population& population, const Trials& trials) {
    return run_study(
        population, trials, replicate, fmt::format("{} --replicate {}", options.replay, replicate),
        [&] { ticks.add(); }, sink);
  };
  for_each_block(
      replicates.size(),
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const std::uint32_t replicate = replicates[i];
          if (scenario.same_population || replicate == 0) {
            result.studies[i] = run_one(replicate, start.population, start.trials);
          } else {
            const Population own = make_population(scenario, {scenario.seed, replicate}, options.replay, {});
            result.studies[i] = run_one(replicate, own, trials_in(start.trials, own));
          }
        }
      },
      1);
  write_pooled(result, sink);
  return result;
}

RunResult run(const Scenario& scenario, const RunOptions& options, Sink& sink) {
  replicates_of(scenario, options);  // a mistake shows before the population is made
  return run(set_up(scenario, options), options, sink);
}

std::string RunResult::fingerprint() const {
  Fingerprint fingerprint;
  for (const StudyResult& study : studies) fingerprint.add(study.fingerprint);
  return fingerprint.text();
}

}  // namespace kith

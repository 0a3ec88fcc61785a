#include "models/study/study.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "models/conduct/event_world.hpp"
#include "models/conduct/trial_run.hpp"
#include "models/record/events.hpp"
#include "models/record/isolation_times.hpp"
#include "models/record/outcomes.hpp"
#include "models/record/patients.hpp"
#include "models/record/network.hpp"
#include "models/record/people.hpp"
#include "models/record/population.hpp"
#include "models/record/tie_events.hpp"
#include "models/record/world_recorder.hpp"
#include "models/scenario/trials.hpp"
#include "models/trials/analysis/tables.hpp"
#include "models/trials/analysis/with_suffix.hpp"

namespace kith {
namespace {

std::vector<trials::Roster> rosters_of(const std::vector<const trials::Trial*>& trials, const Population& population) {
  std::vector<trials::Roster> rosters;
  for (const trials::Trial* trial : trials) rosters.push_back(trials::make_roster(*trial, population.everybody()));
  return rosters;
}

/// The tables of a trial: those of a named one carry its name.
trials::WithSuffix tables_of(const trials::Trial& trial, Sink& sink) {
  return {sink, trial.name.empty() ? "" : "_" + trial.name};
}

/// "34 participants", as far as the scenario says it.
std::string who_takes_part(const Scenario& scenario) {
  std::uint32_t count = scenario.trial->participants();
  for (const trials::Trial& trial : scenario.further_trials) count += trial.participants();
  if (count > 0) return fmt::format("{} participants", count);
  const double share = scenario.trial->recruitment.share;
  return share > 0.0 ? fmt::format("{:g} % of those eligible", 100.0 * share) : "all eligible people";
}

}  // namespace

std::vector<const trials::Trial*> Study::trials() const { return trials_of(scenario_); }

std::string Study::summary() const {
  std::string text = fmt::format("{} · {} after {} of burn-in · theory {}",
                                 scenario_.network.generate ? fmt::format("{} people", scenario_.traits.count)
                                                            : "the people of " + scenario_.network.name,
                                 print_quantity(scenario_.time.duration, Dimension::time),
                                 print_quantity(scenario_.time.burn_in, Dimension::time), scenario_.theory.name);
  if (scenario_.trial) {
    text += fmt::format(" · {} virtual {} of {}", scenario_.replicates, scenario_.replicates == 1 ? "study" : "studies",
                        who_takes_part(scenario_));
  } else if (scenario_.replicates > 1) {
    text += fmt::format(" · {} replicates", scenario_.replicates);
  }
  return text;
}

void Study::declare(const Population& population, Sink& sink) const {
  const std::vector<std::string> groups = group_names(scenario_, population);
  sink.declare(population_table(scenario_, groups));
  if (scenario_.record.people > 0) {
    const auto sample = sample_people(scenario_, population.ties->people(), {scenario_.seed, 0});
    sink.declare(people_table(scenario_, population, sample));
  }
  if (scenario_.record.network) {
    sink.declare(network_table(population));
    sink.write(network_row(population));
  }
  if (scenario_.tie_life) sink.declare(IsolationTimes::table(scenario_, groups));
  if (scenario_.substance_use) sink.declare(PatientsRecorder::table(scenario_, groups));
  if (scenario_.record.tie_events) sink.declare(tie_events_table(scenario_, population));
  if (!scenario_.events.empty()) sink.declare(events_table(scenario_));
  for (const trials::Trial* trial : trials()) {
    trials::WithSuffix tables = tables_of(*trial, sink);
    trials::declare_tables(*trial, scenario_.measures, population.model->clock(), scenario_.replicates, tables);
    if (scenario_.substance_use) declare_outcomes(scenario_, *trial, tables);
  }
}

void Study::run(const RunOptions& options, Sink& sink) {
  if (options.only_replicate) {
    if (*options.only_replicate >= scenario_.replicates) {
      throw Error(ExitCode::usage, fmt::format("there is no replicate {} (the scenario has {}, counted from 0)",
                                               *options.only_replicate, scenario_.replicates));
    }
    replicates_ = {*options.only_replicate};
  } else {
    for (std::uint32_t r = 0; r < scenario_.replicates; ++r) replicates_.push_back(r);
  }
  results_.resize(replicates_.size());

  Population shared = make_population(scenario_, {scenario_.seed, 0}, options.replay, options.progress);
  if (!scenario_.network.generate) import_notes_ = shared.import.lines_for_people();
  import_notes_.insert(import_notes_.end(), shared.column_notes.begin(), shared.column_notes.end());
  const std::vector<trials::Roster> rosters = rosters_of(trials(), shared);
  if (scenario_.trial) trials::settle(*scenario_.trial, rosters.front());
  ticks_in_all_ = static_cast<std::uint64_t>(shared.model->clock().tick_at(scenario_.time.duration)) *
                  (1U + (has_twin() ? 1U : 0U) + (splits_paths() ? 2U : 0U)) * replicates_.size();
  declare(shared, sink);

  for_each_block(
      replicates_.size(),
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const std::uint32_t replicate = replicates_[i];
          if (scenario_.same_population || replicate == 0) {  // `shared` is replicate 0's own
            results_[i] = run_replicate(replicate, shared, rosters, options, sink);
          } else {
            const Population own = make_population(scenario_, {scenario_.seed, replicate}, options.replay, {});
            results_[i] = run_replicate(replicate, own, rosters_of(trials(), own), options, sink);
          }
        }
      },
      1);
  write_pooled(sink);
}

bool Study::has_twin() const {
  const auto all = trials();
  return std::any_of(all.begin(), all.end(), [](const trials::Trial* trial) { return trial->twin; });
}

void Study::write_pooled(Sink& sink) const {
  const auto all = trials();
  for (std::size_t t = 0; t < all.size(); ++t) {
    std::vector<const trials::Effects*> effects;
    for (const StudyResult& result : results_)
      effects.push_back(t == 0 ? &result.effects : &result.further[t - 1].effects);
    trials::WithSuffix tables = tables_of(*all[t], sink);
    trials::write_pooled(*all[t], effects, tables);
  }
}

StudyResult Study::run_replicate(std::uint32_t replicate, const Population& population,
                                 const std::vector<trials::Roster>& rosters, const RunOptions& options, Sink& sink) {
  const WorldKey world{scenario_.seed, replicate};
  const auto all = trials();
  std::vector<TrialRun> runs;
  std::vector<bool> taken(population.ties->people());
  for (std::size_t t = 0; t < all.size(); ++t)
    runs.emplace_back(scenario_, *all[t], rosters[t], taken, population, world);

  StudyResult result;
  run_worlds(replicate, population, runs, options, sink, result);
  for (std::size_t t = 0; t < all.size(); ++t) {
    TrialResult one = runs[t].finish(all[t]->twin);
    trials::WithSuffix tables = tables_of(*all[t], sink);
    tables.write(trials::flow_row(one.flow, replicate));
    trials::write_study(*all[t], replicate, one.participants, one.measures, scenario_.measures.diaries.size(),
                        one.effects, ids_of(population, one.participants), tables);
    if (scenario_.substance_use) write_outcomes(scenario_, *all[t], one, replicate, tables);
    if (t == 0)
      static_cast<TrialResult&>(result) = std::move(one);
    else
      result.further.push_back(std::move(one));
  }
  return result;
}

void Study::run_worlds(std::uint32_t replicate, const Population& population, std::vector<TrialRun>& runs,
                       const RunOptions& options, Sink& sink, StudyResult& result) {
  WorldRecorder recorder(scenario_, population, runs, replicate, sink);
  const auto run = [&](WorldKind kind, WorldRecorder* recorded) {
    return run_world(kind, replicate, population, runs, options, recorded);
  };
  result.fingerprint = run(WorldKind::treated, &recorder);
  result.trends = recorder.trends();
  result.occurrences = recorder.occurrences();
  if (has_twin()) run(WorldKind::twin, nullptr);
  if (!splits_paths()) return;
  run(WorldKind::attachment, nullptr);
  run(WorldKind::use, nullptr);
}

std::uint64_t Study::run_world(WorldKind kind, std::uint32_t replicate, const Population& population,
                               std::vector<TrialRun>& runs, const RunOptions& options, WorldRecorder* recorder) {
  const WorldKey world{scenario_.seed, replicate};
  Model model = *population.model;
  model.continue_as(world);
  if (kind == WorldKind::attachment) model.act_on(people::DrugPaths::attachment);
  if (kind == WorldKind::use) model.act_on(people::DrugPaths::use);
  for (TrialRun& run : runs) {
    if (kind != WorldKind::twin) run.treat(model);
  }
  const Clock& clock = model.clock();
  EventWorld event_world(model, population, runs, world);
  events::EventRun event_run(scenario_.events, clock, scenario_.time.duration, model.people().count);
  const auto forget = [&] {
    event_run.forget();
    if (model.living()) model.living()->forget_events();
  };
  const auto between_ticks = [&](Tick tick) {
    for (TrialRun& run : runs) run.after_tick(model, kind, tick);
    if (recorder != nullptr)
      recorder->after_tick(model, event_run, tick);
    else
      forget();
    event_run.before_tick(event_world, tick + 1);
  };
  forget();
  between_ticks(-1);
  model.run(0, clock.tick_at(scenario_.time.duration), fmt::format("{} --replicate {}", options.replay, replicate),
            [&](Tick tick) {
              between_ticks(tick);
              report_ticks(options, 1);
            });
  for (TrialRun& run : runs) run.end(model, kind);
  return event_run.joined_to(model.fingerprint());
}

void Study::report_ticks(const RunOptions& options, std::uint64_t ticks) {
  const std::uint64_t done = ticks_done_ += ticks;
  if (options.progress) options.progress(static_cast<double>(done) / static_cast<double>(ticks_in_all_), "run");
}

std::string Study::fingerprint() const {
  Fingerprint fingerprint;
  for (const StudyResult& result : results_) fingerprint.add(result.fingerprint);
  return fingerprint.text();
}

}  // namespace kith

#include "models/study/virtual_study.hpp"

#include <algorithm>

#include "models/record/outcomes.hpp"
#include "models/record/world_recorder.hpp"
#include "models/scenario/trials.hpp"
#include "models/study/world_run.hpp"
#include "models/trials/analysis/tables.hpp"

namespace kith {

bool Trials::has_twin() const {
  return std::any_of(all.begin(), all.end(), [](const trials::Trial& trial) { return trial.twin; });
}

Trials trials_in(const Scenario& scenario, const Population& population) {
  Trials trials;
  for (const trials::Trial* trial : trials_of(scenario)) {
    trials.all.push_back(*trial);
    trials.rosters.push_back(trials::make_roster(*trial, population.everybody()));
  }
  if (!trials.all.empty()) trials::settle(trials.all.front(), trials.rosters.front());
  return trials;
}

Trials trials_in(const Trials& settled, const Population& population) {
  Trials trials{settled.all, {}};
  for (const trials::Trial& trial : trials.all)
    trials.rosters.push_back(trials::make_roster(trial, population.everybody()));
  return trials;
}

std::vector<std::string> import_notes_of(const Scenario& scenario, const Population& population) {
  std::vector<std::string> notes;
  if (!scenario.network.generate) notes = population.import.lines_for_people();
  notes.insert(notes.end(), population.column_notes.begin(), population.column_notes.end());
  return notes;
}

std::vector<WorldKind> worlds_of(const Scenario& scenario, const Trials& trials) {
  std::vector<WorldKind> worlds{WorldKind::treated};
  if (trials.has_twin() || has_twin_contrast(scenario)) worlds.push_back(WorldKind::twin);
  if (scenario.substance_use && scenario.substance_use->split_paths)
    worlds.insert(worlds.end(), {WorldKind::attachment, WorldKind::use});
  return worlds;
}

trials::WithSuffix tables_of(const trials::Trial& trial, Sink& sink) {
  return {sink, trial.name.empty() ? "" : "_" + trial.name};
}

StudyResult run_study(const Population& population, const Trials& trials, std::uint32_t replicate,
                      const std::string& replay, const std::function<void()>& after_tick, Sink& sink) {
  const Scenario& scenario = population.model->scenario();
  const WorldKey world{scenario.seed, replicate};
  const Tick end = population.model->clock().tick_at(scenario.time.duration);
  std::vector<TrialRun> runs;
  std::vector<bool> taken(population.ties->people());
  for (std::size_t t = 0; t < trials.all.size(); ++t)
    runs.emplace_back(scenario, trials.all[t], trials.rosters[t], taken, population, world);

  StudyResult result;
  result.replicate = replicate;
  WorldRecorder recorder(scenario, population, runs, replicate, sink);
  for (const WorldKind kind : worlds_of(scenario, trials)) {
    WorldRun run(population, runs, kind, world, &recorder);
    run.run(end, replay, after_tick);
    const std::uint64_t fingerprint = run.finish();
    if (kind == WorldKind::treated) result.fingerprint = fingerprint;
  }
  result.trends = recorder.trends();
  if (const auto& contrast = recorder.twin_contrast()) result.against_twin = contrast->means();
  result.occurrences = recorder.occurrences();
  for (std::size_t t = 0; t < runs.size(); ++t) {
    const trials::Trial& trial = trials.all[t];
    TrialResult one = runs[t].finish(trial.twin);
    trials::WithSuffix tables = tables_of(trial, sink);
    tables.write(trials::flow_row(one.flow, replicate));
    trials::write_study(trial, replicate, one.participants, one.measures, scenario.measures.diaries.size(), one.effects,
                        identities_of(population, one.participants), tables);
    if (scenario.substance_use) write_outcomes(scenario, trial, one, replicate, tables);
    if (t == 0)
      static_cast<TrialResult&>(result) = std::move(one);
    else
      result.further.push_back(std::move(one));
  }
  return result;
}

}  // namespace kith

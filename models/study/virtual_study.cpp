#include "models/study/virtual_study.hpp"

#include <algorithm>

#include "models/scenario/trials.hpp"

namespace kith {

void StudyResult::visit(State& state) {
  state("replicate", replicate);
  state("fingerprint", fingerprint);
  TrialResult::visit(state);
  state("further", further);
  state("trends", trends);
  state("against_twin", against_twin);
  state("occurrences", occurrences);
}

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

std::string suffix_of(const trials::Trial& trial) { return trial.name.empty() ? "" : "_" + trial.name; }

WithSuffix tables_of(const trials::Trial& trial, Sink& sink) { return {sink, suffix_of(trial)}; }

}  // namespace kith

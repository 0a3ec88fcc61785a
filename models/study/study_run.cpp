#include "models/study/study_run.hpp"

#include <array>
#include <string_view>

#include "core/shell.hpp"
#include "models/record/outcomes.hpp"
#include "models/study/person.hpp"
#include "models/trials/analysis/tables.hpp"

namespace kith {
namespace {

std::vector<TrialRun> runs_of(const Population& population, const Trials& trials, std::uint32_t replicate) {
  const Scenario& scenario = population.model->scenario();
  std::vector<TrialRun> runs;
  std::vector<bool> taken(population.ties->people());
  for (std::size_t t = 0; t < trials.all.size(); ++t)
    runs.emplace_back(scenario, trials.all[t], trials.rosters[t], taken, population,
                      WorldKey{scenario.seed, replicate});
  return runs;
}

std::string_view name_of(WorldKind kind) {
  constexpr std::array<std::string_view, 4> names{"treated", "twin", "attachment path", "path of use"};
  return names.at(static_cast<std::size_t>(kind));
}

}  // namespace

StudyRun::StudyRun(const Population& population, const Trials& trials, std::uint32_t replicate, Sink& sink)
    : population_(&population),
      trials_(&trials),
      replicate_(replicate),
      sink_(&sink),
      kinds_(worlds_of(population.model->scenario(), trials)),
      runs_(runs_of(population, trials, replicate)),
      recorder_(population.model->scenario(), population, runs_, replicate, sink) {}

void StudyRun::begin_world() {
  const WorldKind kind = kinds_[ended_];
  world_ = std::make_unique<WorldRun>(*population_, runs_, kind,
                                      WorldKey{population_->model->scenario().seed, replicate_}, &recorder_);
}

bool StudyRun::run(const std::string& replay, const std::function<bool()>& goes_on) {
  while (!has_ended()) {
    if (!run_world(replay, goes_on)) return false;
  }
  return true;
}

bool StudyRun::run_world(const std::string& replay, const std::function<bool()>& goes_on) {
  const Tick end = population_->model->clock().tick_at(population_->model->scenario().time.duration);
  if (!world_) begin_world();
  const std::string name = shell_quoted(std::string(name_of(kinds_[ended_])));
  if (!world_->run(end, replay + " --world " + name, goes_on)) return false;
  const std::uint64_t fingerprint = world_->finish();
  if (kinds_[ended_] == WorldKind::treated) fingerprint_ = fingerprint;
  world_.reset();
  ++ended_;
  return true;
}

StudyResult StudyRun::finish() {
  StudyResult result;
  result.replicate = replicate_;
  result.fingerprint = fingerprint_;
  result.trends = recorder_.trends();
  if (const auto& contrast = recorder_.twin_contrast()) result.against_twin = contrast->means();
  result.occurrences = recorder_.occurrences();
  for (std::size_t t = 0; t < runs_.size(); ++t) {
    TrialResult one = runs_[t].finish(trials_->all[t].twin);
    write_rows(trials_->all[t], one);
    if (t == 0)
      static_cast<TrialResult&>(result) = std::move(one);
    else
      result.further.push_back(std::move(one));
  }
  return result;
}

void StudyRun::write_rows(const trials::Trial& trial, const TrialResult& result) {
  const Scenario& scenario = population_->model->scenario();
  WithSuffix tables = tables_of(trial, *sink_);
  tables.write(trials::flow_row(result.flow, replicate_));
  trials::write_study(trial, replicate_, result.participants, result.measures, scenario.measures.diaries.size(),
                      result.effects, identities_of(*population_, result.participants), tables);
  if (scenario.substance_use) write_outcomes(scenario, trial, result, replicate_, tables);
}

void StudyRun::look(const Look& look, bool has_failed) {
  if (!world_) return;
  look({.replicate = replicate_,
        .world = std::string(name_of(kinds_[ended_])),
        .hours = world_->model().clock().hours(world_->next()),
        .next = world_->next(),
        .has_failed = has_failed,
        .visit = [this](State& state) { world_->visit(state); },
        .person = [this](PersonId person) { return state_of(world_->model(), person); }});
}

void StudyRun::visit(State& state) {
  state("worlds ended", ended_);
  state("fingerprint", fingerprint_);
  for (TrialRun& run : runs_) state("trial", run);
  state("recorder", recorder_);
  const bool is_running = state.count("world", world_ ? 1 : 0) == 1;
  if (is_running && !world_) begin_world();
  if (is_running) state("world", *world_);
}

}  // namespace kith

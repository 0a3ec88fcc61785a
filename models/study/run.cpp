#include "models/study/run.hpp"

#include <fmt/core.h>

#include <numeric>
#include <stdexcept>
#include <utility>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "models/record/groups.hpp"
#include "models/study/declare.hpp"
#include "models/study/person.hpp"
#include "models/study/run_replicate.hpp"
#include "models/study/warnings.hpp"
#include "models/trials/analysis/effects.hpp"
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

/// Writes the effects over all studies.
void write_pooled(const RunResult& result, Sink& sink) {
  for (std::size_t t = 0; t < result.trials.size(); ++t) {
    std::vector<const trials::Effects*> effects;
    for (const StudyResult& study : result.studies) effects.push_back(&study.of(t).effects);
    WithSuffix tables = tables_of(result.trials[t], sink);
    trials::write_pooled(result.trials[t], effects, tables);
  }
}

}  // namespace

SetUp set_up(const Scenario& scenario, const RunOptions& options) {
  SetUp start{&scenario, make_population(scenario, {scenario.seed, 0}, options.replay, options.progress), {}};
  start.trials = trials_in(scenario, start.population);
  return start;
}

std::vector<std::byte> burnt_in(const Scenario& scenario, const RunOptions& options) {
  Population population = make_population(scenario, {scenario.seed, 0}, options.replay, options.progress);
  StateWriter state;
  write(population, state);
  return state.buffer();
}

SetUp set_up(const Scenario& scenario, std::span<const std::byte> burnt_in) {
  StateReader state(burnt_in);
  SetUp start{&scenario, read_population(scenario, {scenario.seed, 0}, state), {}};
  start.trials = trials_in(scenario, start.population);
  return start;
}

Run::Run(const Scenario& scenario, RunOptions options, Sink& sink)
    : scenario_(&scenario), options_(std::move(options)), sink_(&sink) {
  begin_stages();
  for (const std::uint32_t number : replicates_of(scenario, options_))
    replicates_.push_back(std::make_unique<Replicate>(number));
}

Run::Run(const SetUp& start, RunOptions options, Sink& sink) : Run(*start.scenario, std::move(options), sink) {
  if (stages_.size() > 1) throw std::logic_error("a run from a set-up has no past");
  start_ = &start;
  import_notes_ = import_notes_of(*scenario_, start.population);
}

Run::~Run() = default;

bool Run::goes_on() {
  if (options_.goes_on && !options_.goes_on()) is_paused_ = true;
  return !is_paused_;
}

void Run::count_tick() {
  const std::uint64_t done = ++ticks_done_;
  if (options_.progress) options_.progress(static_cast<double>(done) / static_cast<double>(ticks_in_all_), "run");
}

void Run::look_at(Population& population, bool has_failed) const {
  if (!options_.look) return;
  Model& model = *population.model;
  options_.look({.replicate = population.world.replicate,
                 .world = "burn-in",
                 .hours = model.clock().hours(population.next),
                 .next = population.next,
                 .has_failed = has_failed,
                 .visit = [&model](State& state) { state("model", model); },
                 .person = [&model](PersonId person) { return state_of(model, person); }});
}

bool Run::burn_in_of(Population& population, const Progress& progress) {
  try {
    return burn_in(population, fmt::format("{} --replicate {}", options_.replay, population.world.replicate), progress,
                   [&] {
                     look_at(population, false);
                     return goes_on();
                   });
  } catch (...) {
    look_at(population, true);
    throw;
  }
}

bool Run::prepare() {
  if (start_ == nullptr) {
    if (!own_start_) {
      if (options_.progress) options_.progress(0.0, "network");
      const Scenario& first = *stages_.front().scenario;
      own_start_.emplace(SetUp{&first, new_population(first, {first.seed, 0}), {}});
      import_notes_ = import_notes_of(first, own_start_->population);
    }
    if (!burn_in_of(own_start_->population, options_.progress)) return false;
    own_start_->trials = trials_in(*own_start_->scenario, own_start_->population);
    start_ = &*own_start_;
    later_ = later_set_ups(own_start_->population, true);
    check_tables();
  }
  if (ticks_in_all_ > 0) return true;
  const SetUp& last = last_start();
  ticks_in_all_ = static_cast<std::uint64_t>(last.population.model->clock().tick_at(scenario_->time.duration)) *
                  worlds_of(*scenario_, last.trials).size() * replicates_.size();
  declare_tables(last.population, last.trials, *sink_);
  if (!has_rows_) write_first_rows(last.population, *sink_);
  has_rows_ = true;
  return true;
}

void Run::begin_study(Replicate& one) {
  if (one.population && !one.trials) {
    one.trials = std::make_unique<Trials>(trials_in(start_->trials, *one.population));
    one.later = later_set_ups(*one.population, false);
  }
  one.study = study_of(one);
}

std::unique_ptr<StudyRun> Run::study_of(const Replicate& one) const {
  if (!one.population) {
    const SetUp& shared = start_of(one.stage);
    return std::make_unique<StudyRun>(shared.population, shared.trials, one.number, *sink_);
  }
  if (one.stage == 0) return std::make_unique<StudyRun>(*one.population, *one.trials, one.number, *sink_);
  const SetUp& own = one.later[one.stage - 1];
  return std::make_unique<StudyRun>(own.population, own.trials, one.number, *sink_);
}

bool Run::run_study(Replicate& one) {
  while (!one.study->has_ended()) {
    const std::size_t stage = stage_at(one.study->next());
    if (stage != one.stage) move_to(one, stage);
    one.study->run_world(fmt::format("{} --replicate {}", options_.replay, one.number), [&] {
      count_tick();
      if (options_.look) one.study->look(options_.look, false);
      return goes_on() && stage_at(one.study->next()) == one.stage;
    });
    if (is_paused_) return one.study->has_ended();
  }
  return true;
}

bool Run::advance(Replicate& one) {
  if (one.result) return true;
  if (!one.study) {
    if (!goes_on()) return false;
    if (!scenario_->same_population && one.number != 0) {
      if (!one.population) {
        const Scenario& first = *stages_.front().scenario;
        one.population = std::make_unique<Population>(new_population(first, {first.seed, one.number}));
      }
      if (!burn_in_of(*one.population, {})) return false;
    }
    begin_study(one);
  }
  try {
    if (!run_study(one)) return false;
  } catch (...) {
    if (options_.look) one.study->look(options_.look, true);
    throw;
  }
  one.result = one.study->finish();
  one.study.reset();
  one.trials.reset();
  one.later.clear();
  one.population.reset();
  return true;
}

bool Run::advance() {
  is_paused_ = false;
  if (!prepare()) return false;
  std::atomic<bool> have_all_ended = true;
  for_each_block(
      replicates_.size(),
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const std::size_t k = options_.backwards ? replicates_.size() - 1 - i : i;
          if (!advance(*replicates_[k])) have_all_ended = false;
        }
      },
      1);
  return have_all_ended;
}

RunResult Run::finish() {
  RunResult result;
  for (const auto& one : replicates_) result.studies.push_back(std::move(one->result.value()));
  const SetUp& last = last_start();
  result.trials = last.trials.all;
  result.import_notes = with(import_notes_, group_notes(*scenario_, last.population));
  result.warnings = with(warnings_of(*scenario_), last.population.warnings);
  for (std::size_t t = 0; t < last.trials.all.size(); ++t) {
    const auto warning = warning_of_clusters(last.trials.all[t], last.trials.rosters[t].cluster.names.size());
    if (warning) result.warnings.push_back(*warning);
  }
  result.scales = last.population.scales;
  write_pooled(result, *sink_);
  return result;
}

void Run::visit(State& state) {
  if (start_ != nullptr && !own_start_) throw std::logic_error("a run from a set-up cannot be written down");
  state("import notes", import_notes_);
  state("rows", has_rows_);
  std::uint64_t ticks = ticks_done_;
  state("ticks", ticks);
  ticks_done_ = ticks;
  const Scenario& first = *stages_.front().scenario;
  const bool has_begun = state.count("population", own_start_ ? 1 : 0) == 1;
  if (!has_begun) return;
  if (state.is_reading()) {
    own_start_.emplace(SetUp{&first, read_population(first, {first.seed, 0}, state), {}});
    if (own_start_->population.next < 0) return;
    prepare();
  } else {
    write(own_start_->population, state);
    if (own_start_->population.next < 0) return;
  }
  for (const auto& one : replicates_) visit(state, *one);
}

void Run::visit(State& state, Replicate& one) {
  if (state.count("result", one.result ? 1 : 0) == 1) {
    if (!one.result) one.result.emplace();
    state("result", *one.result);
    if (!state.is_reading()) return;
    for (std::size_t t = 0; t < start_->trials.all.size(); ++t) {
      TrialResult& trial = one.result->of(t);
      trial.effects = trials::effects_of(trial.measures, start_->trials.all[t], trial.participants);
    }
    return;
  }
  if (state.count("own population", one.population ? 1 : 0) == 1) {
    if (state.is_reading())
      one.population = std::make_unique<Population>(
          read_population(*stages_.front().scenario, {scenario_->seed, one.number}, state));
    else
      write(*one.population, state);
  }
  if (state.count("study", one.study ? 1 : 0) == 0) return;
  state("stage", one.stage);
  if (!one.study) begin_study(one);
  state("study", *one.study);
}

RunResult run(const SetUp& start, const RunOptions& options, Sink& sink) {
  Run one(start, options, sink);
  one.advance();
  return one.finish();
}

RunResult run(const Scenario& scenario, const RunOptions& options, Sink& sink) {
  Run one(scenario, options, sink);
  one.advance();
  return one.finish();
}

std::string RunResult::fingerprint() const {
  Fingerprint fingerprint;
  for (const StudyResult& study : studies) fingerprint.add(study.fingerprint);
  return fingerprint.text();
}

}  // namespace kith

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "core/error.hpp"
#include "models/study/declare.hpp"
#include "models/study/run.hpp"
#include "models/study/run_replicate.hpp"

/// A run whose scenario changes on the way: each stretch of time has a scenario, and its people move from one to the next.
namespace kith {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::invalid_scenario, "this change cannot be made on the way: " + why);
}

/// Reads what was written under another scenario. Throws kith::Error where that has other pieces.
template <class F>
auto moved(const StateWriter& written, F&& read) {
  StateReader reader(written.buffer());
  try {
    return read(reader);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::failed) throw;
    refuse(fmt::format("people would have other state than before ({})", error.what()));
  }
}

/// Names and sizes of all tables, a line each.
std::string layout_of(const SetUp& start) {
  MemorySink sink;
  declare_tables(start.population, start.trials, sink);
  std::string text;
  for (const TableSpec& spec : sink.specs()) {
    text += spec.name + ":";
    for (const TableDimension& dimension : spec.dimensions)
      text += fmt::format(" {}={}", dimension.name,
                          std::visit([](const auto& all) { return all.size(); }, dimension.coordinate));
    for (const Variable& variable : spec.variables) text += " " + variable.name;
    text += '\n';
  }
  return text;
}

}  // namespace

void Run::begin_stages() {
  const Clock clock(scenario_->time.tick_seconds, scenario_->time.start);
  Tick from = 0;
  for (const Past& past : options_.past) {
    const Tick until = clock.tick_at(past.until);
    if (std::abs(clock.hours(until) - past.until) > 1e-9)
      refuse(fmt::format("hour {} is in the middle of a tick", past.until));
    const bool is_in_run = until >= from && past.until >= 0.0 && past.until < scenario_->time.duration;
    if (!is_in_run) {
      refuse(fmt::format("hour {} is not in what is left of the run, which goes from hour {} to {}", past.until,
                         clock.hours(from), scenario_->time.duration));
    }
    Scenario before = *past.scenario;
    const std::size_t known = before.events.size();
    if (known > scenario_->events.size())
      refuse("an event cannot be taken out of the list; what goes on of it has its place there (`until` ends it)");
    const auto first_new = std::next(scenario_->events.begin(), static_cast<std::ptrdiff_t>(known));
    before.events.insert(before.events.end(), first_new, scenario_->events.end());
    for (std::size_t e = known; e < before.events.size(); ++e) before.events[e].is_asleep = true;
    past_.push_back(std::move(before));
    stages_.push_back({&past_.back(), from});
    from = until;
  }
  stages_.push_back({scenario_, from});
}

std::size_t Run::stage_at(Tick tick) const {
  std::size_t stage = 0;
  while (stage + 1 < stages_.size() && stages_[stage + 1].from <= tick) ++stage;
  return stage;
}

std::vector<SetUp> Run::later_set_ups(Population& first, bool is_shared) const {
  std::vector<SetUp> later;
  if (stages_.size() == 1) return later;
  StateWriter written;
  write(first, written);
  for (std::size_t k = 1; k < stages_.size(); ++k) {
    const Scenario& scenario = *stages_[k].scenario;
    Population population = moved(written, [&](State& state) { return read_population(scenario, first.world, state); });
    Trials trials = is_shared ? trials_in(scenario, population) : trials_in(later_[k - 1].trials, population);
    later.push_back({&scenario, std::move(population), std::move(trials)});
  }
  return later;
}

void Run::check_tables() const {
  for (std::size_t stage = 0; stage + 1 < stages_.size(); ++stage) {
    if (layout_of(start_of(stage)) != layout_of(last_start()))
      refuse("the tables of the result would have other columns than before");
  }
}

void Run::move_to(Replicate& one, std::size_t stage) const {
  StateWriter written;
  one.study->visit(written);
  one.stage = static_cast<std::uint32_t>(stage);
  one.study = study_of(one);
  moved(written, [&](State& state) { one.study->visit(state); });
}

}  // namespace kith

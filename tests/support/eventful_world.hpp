#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/conduct/event_world.hpp"
#include "tests/support/small_scenarios.hpp"

namespace kith::testing {

/// A world with its events, without trial or recording, that a test drives tick by tick.
struct EventfulWorld {
  std::unique_ptr<Scenario> scenario;
  std::unique_ptr<Population> population;
  std::vector<TrialRun> runs;
  std::unique_ptr<EventWorld> world;
  std::unique_ptr<events::EventRun> events;

  explicit EventfulWorld(const std::string& text, const std::vector<config::Override>& overrides = {})
      : scenario(std::make_unique<Scenario>(scenario_from(text, overrides))),
        population(std::make_unique<Population>(make_population(*scenario, {scenario->seed, 0}, "", {}))),
        world(std::make_unique<EventWorld>(model(), *population, runs, WorldKey{scenario->seed, 0})),
        events(std::make_unique<events::EventRun>(scenario->events, model().clock(), scenario->time.duration,
                                                  model().people().count)) {}

  Model& model() const { return *population->model; }
  Tick last() const { return model().clock().tick_at(scenario->time.duration); }
  /// What happens between the ticks before `tick` and `tick`.
  void happen(Tick tick) const { events->before_tick(*world, tick); }
  /// Runs the ticks [from, to), the events before each of them included.
  void run(Tick from, Tick to) const {
    for (Tick tick = from; tick < to; ++tick) {
      happen(tick);
      model().run(tick, tick + 1, "");
    }
  }
  void run() const { run(0, last()); }
  std::uint64_t fingerprint() const { return events->joined_to(model().fingerprint()); }
  /// Hours at which an event happened.
  std::vector<double> hours_of(std::uint32_t event) const {
    std::vector<double> hours;
    for (const events::Occurrence& occurrence : events->log()) {
      if (occurrence.event == event) hours.push_back(occurrence.hours);
    }
    return hours;
  }
};

}  // namespace kith::testing

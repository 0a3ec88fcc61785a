#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/events/run.hpp"
#include "models/record/isolation_times.hpp"
#include "models/record/patients.hpp"
#include "models/record/population.hpp"
#include "models/record/trends.hpp"
#include "models/record/twin_contrast.hpp"

namespace kith {

/// Writes the tables about the population of one virtual study while its world runs.
class WorldRecorder {
 public:
  /// All outlive it.
  WorldRecorder(const Scenario& scenario, const Population& population, const std::vector<TrialRun>& runs,
                std::uint32_t replicate, Sink& sink);

  /// To be called after each tick (and once before the first, with the tick before it), before the events that follow it.
  void after_tick(Model& model, events::EventRun& events, Tick tick);

  /// The same in the twin world, after the treated one has ended.
  void after_twin_tick(const Model& twin, Tick tick);

  const Trends& trends() const { return trends_; }
  /// How the groups fared against their twins; empty where there are no twins, or no groups of the treated.
  const std::optional<TwinContrast>& twin_contrast() const { return contrast_; }
  /// All that happened of the scenario's events up to the last row.
  const std::vector<events::Occurrence>& occurrences() const { return occurrences_; }

  void visit(State& state) {
    state("population", population_);
    state("isolation_times", isolation_times_);
    state("patients", patients_);
    state("trends", trends_);
    state("next_keyframe", next_keyframe_);
    state("occurrences", occurrences_);
    if (contrast_) state("contrast", *contrast_);
    if (state.is_reading()) times_reached_ = unknown;  // the groups are made anew
  }

 private:
  void write_ties(Model& model, double hours);
  /// Lets whom events have reached by now into their groups.
  void regroup(const events::EventRun& events);

  const Scenario* scenario_;
  const Population* from_;
  const std::vector<TrialRun>* runs_;
  Sink* sink_;
  const conditions::Columns* columns_;  // of the table about people
  std::uint32_t replicate_;
  Tick every_, end_;
  RowsWanted rows_wanted_;  // of `population`
  std::vector<Group> groups_;
  PopulationRecorder population_;
  IsolationTimes isolation_times_;
  PatientsRecorder patients_;
  std::vector<PersonId> sample_;
  Trends trends_;
  double next_keyframe_ = 0.0;
  std::vector<events::Occurrence> occurrences_;
  static constexpr std::uint64_t unknown = ~std::uint64_t{0};
  bool do_groups_change_;
  std::uint64_t times_reached_ = 0;  // when the groups were made last
  std::optional<TwinContrast> contrast_;
};

}  // namespace kith

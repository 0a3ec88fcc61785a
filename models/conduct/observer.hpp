#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/state.hpp"
#include "models/trials/design/allocation.hpp"
#include "models/trials/measures/occasions.hpp"
#include "models/trials/measures/subject.hpp"

namespace kith {

class Model;

/// What a person is held against in questionnaires.
struct Norms {
  float lonely_above = 1.0F;  ///< loneliness above which people count as lonely
  std::span<const std::uint8_t> isolation_scores =
      {};  ///< [people] at hour 0, 0 … 30, like LSNS-6; empty where unknown
};

/// Follows the participants of a study through one world and keeps the true value at every occasion. It reads the world and
/// changes nothing in it.
class Observer {
 public:
  Observer(const trials::Measures& measures, const std::vector<trials::Participant>& participants,
           std::vector<trials::Occasion> diary, std::vector<trials::Occasion> probes, Norms norms = {});

  /// To be called after each tick (and once before the first, with the tick before it).
  void after_tick(const Model& model, Tick tick);

  const std::vector<trials::Occasion>& diary() const { return diary_; }
  const std::vector<trials::Occasion>& probes() const { return probes_; }
  /// True values [occasion][participant]; NaN where the run ended first.
  const std::vector<std::vector<double>>& diary_values() const { return diary_values_; }
  const std::vector<std::vector<double>>& probe_values() const { return probe_values_; }

  void visit(State& state) {
    state("since_waking", since_waking_);
    state("awake", awake_);
    state("diary_values", diary_values_);
    state("probe_values", probe_values_);
  }

 private:
  void add_up(const Model& model, Tick tick);
  const trials::Measures* measures_;
  std::vector<PersonId> people_;
  std::vector<trials::Occasion> diary_;
  std::vector<trials::Occasion> probes_;
  Norms norms_;
  std::vector<std::vector<double>> since_waking_;  // [diary measure][participant]: sum of feeling · waking hours
  std::vector<double> awake_;                      // [diary measure] waking hours added up
  std::vector<std::vector<double>> diary_values_;
  std::vector<std::vector<double>> probe_values_;
};

/// A copy of a person for the probes; `hours` lies within the next tick.
trials::Subject subject_of(const Model& model, PersonId person, double hours, const Norms& norms);

/// μ-receptors that drugs hold at a time within the next tick [%].
double occupancy_percent(const Model& model, PersonId person, double hours);
/// Concentration of a drug's parent in plasma then [ng/mL].
double plasma(const Model& model, PersonId person, std::string_view drug, double hours);

}  // namespace kith

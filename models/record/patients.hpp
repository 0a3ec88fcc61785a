#pragma once

#include <vector>

#include "models/record/groups.hpp"
#include "models/record/survival.hpp"

namespace kith {

/// `patients`: craving, use and relapse of the patients in each group over time.
class PatientsRecorder {
 public:
  PatientsRecorder(std::vector<Group> groups, const Population& population, std::uint32_t replicate);
  /// Takes over other members of the same groups.
  void regroup(std::vector<Group> groups) { groups_ = std::move(groups); }
  /// The row of the model as it stands at `hours`; rows follow one another. `isolation` as of now.
  TableRow row(const Model& model, const people::Isolation& isolation, double hours);
  void visit(State& state) {
    state("not_relapsed", not_relapsed_);
    state("days", days_);
    state("last_hours", last_hours_);
  }
  static TableSpec table(const Scenario& scenario, const std::vector<std::string>& groups);

 private:
  std::vector<Group> groups_;
  std::vector<Survival> not_relapsed_;  // [groups]
  std::vector<std::uint32_t> days_;     // [patients] days of use up to the last row
  double last_hours_ = 0.0;
  std::uint32_t replicate_;
};

}  // namespace kith

#pragma once

#include <cstdint>
#include <vector>

#include "models/people/isolation.hpp"
#include "models/record/groups.hpp"
#include "models/record/survival.hpp"

namespace kith {

/// When people become isolated for the first time: the product-limit estimate of those who are not yet, for each
/// group. Who is isolated at the start is not at risk; nobody leaves but by becoming isolated.
class IsolationTimes {
 public:
  IsolationTimes(std::vector<Group> groups, std::uint32_t replicate);

  /// The row at `hours`; rows follow one another, the first sets who is at risk.
  TableRow row(const people::Isolation& isolation, double hours);

  void visit(State& state) {
    state("at_risk", at_risk_);
    state("curves", curves_);
  }

  static TableSpec table(const Scenario& scenario, const std::vector<std::string>& groups);

 private:
  std::vector<Group> groups_;
  std::uint32_t replicate_;
  std::vector<bool> at_risk_;     // [people]
  std::vector<Survival> curves_;  // [groups]
};

}  // namespace kith

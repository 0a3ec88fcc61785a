#pragma once

#include <cstdint>
#include <vector>

#include "models/people/isolation.hpp"
#include "models/record/groups.hpp"
#include "models/record/survival.hpp"

namespace kith {

/// When people become isolated for the first time, judged once a day: the product-limit estimate of those who are not yet, for
/// each group. Who is isolated at the start is not at risk; nobody leaves but by becoming isolated.
class IsolationTimes {
 public:
  IsolationTimes(std::vector<Group> groups, std::uint32_t replicate);

  /// Takes over other members of the same groups: who comes later is at risk from then on.
  void regroup(std::vector<Group> groups) { groups_ = std::move(groups); }
  /// How things stand today; the first time sets who is at risk.
  void judge(const people::Isolation& isolation);
  /// The row at `hours`, of what has been judged since the last.
  TableRow row(double hours);

  void visit(State& state) {
    state("at_risk", at_risk_);
    state("events", events_);
    state("curves", curves_);
  }

  static TableSpec table(const Scenario& scenario, const std::vector<std::string>& groups);

 private:
  std::int32_t at_risk_in(const Group& group) const;

  std::vector<Group> groups_;
  std::uint32_t replicate_;
  std::vector<bool> at_risk_;         // [people]
  std::vector<std::int32_t> events_;  // [groups] since the last row
  std::vector<Survival> curves_;      // [groups]
};

}  // namespace kith

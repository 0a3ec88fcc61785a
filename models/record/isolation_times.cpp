#include "models/record/isolation_times.hpp"

#include "engine/variables_of.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

/// A group on one row.
struct GroupNow {
  std::int32_t at_risk, events;
  Survival curve;  // after these
};
using ByGroup = std::vector<GroupNow>;

VariablesOf<ByGroup> variables() {
  VariablesOf<ByGroup> all;
  const auto add = [&](const char* name, const char* long_name, auto value) {
    all.add(name, "1", long_name, {"replicate", "time", "group"},
            [value](const ByGroup& groups) { return each(groups, value); });
  };
  add("at_risk", "people who have not been isolated before this row", [](const GroupNow& now) { return now.at_risk; });
  add("events", "of these, who are isolated now", [](const GroupNow& now) { return now.events; });
  add("survival", "share never isolated so far, of those not isolated at the start",
      [](const GroupNow& now) { return static_cast<float>(now.curve.share()); });
  add("survival_se", "its standard error (Greenwood)",
      [](const GroupNow& now) { return static_cast<float>(now.curve.standard_error()); });
  return all;
}

}  // namespace

IsolationTimes::IsolationTimes(std::vector<Group> groups, std::uint32_t replicate)
    : groups_(std::move(groups)), replicate_(replicate), curves_(groups_.size()) {}

TableRow IsolationTimes::row(const people::Isolation& isolation, double hours) {
  const std::size_t people = isolation.score.size();
  const auto is_isolated = [&](std::size_t person) { return isolation.score[person] < people::isolated_below; };
  const bool is_first = at_risk_.empty();
  if (is_first) {
    at_risk_.resize(people);
    for (std::size_t person = 0; person < people; ++person) at_risk_[person] = !is_isolated(person);
  }
  ByGroup now;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    std::int32_t n = 0;
    std::int32_t d = 0;
    const auto count = [&](std::size_t person) {
      if (!at_risk_[person]) return;
      ++n;
      d += is_isolated(person) ? 1 : 0;
    };
    if (groups_[g].everybody) {
      for (std::size_t person = 0; person < people; ++person) count(person);
    } else {
      for (const PersonId person : groups_[g].members) count(person);
    }
    curves_[g].step(n, d);
    now.push_back({n, d, curves_[g]});
  }
  for (std::size_t person = 0; person < people; ++person) at_risk_[person] = at_risk_[person] && !is_isolated(person);
  return variables().row("isolation_times", replicate_, hours, now);
}

TableSpec IsolationTimes::table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "isolation_times";
  table.long_name = "who becomes isolated for the first time, and when: Kaplan-Meier estimate by group";
  table.growing = "time";
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  return variables().in(std::move(table));
}

}  // namespace kith

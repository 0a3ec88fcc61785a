#include "models/record/isolation_times.hpp"

#include "models/record/dimensions.hpp"

namespace kith {

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
  std::vector<std::int32_t> at_risk;
  std::vector<std::int32_t> events;
  std::vector<float> survival;
  std::vector<float> error;
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
    at_risk.push_back(n);
    events.push_back(d);
    survival.push_back(static_cast<float>(curves_[g].share()));
    error.push_back(static_cast<float>(curves_[g].standard_error()));
  }
  for (std::size_t person = 0; person < people; ++person) at_risk_[person] = at_risk_[person] && !is_isolated(person);
  return {"isolation_times", replicate_, hours, {at_risk, events, survival, error}};
}

TableSpec IsolationTimes::table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "isolation_times";
  table.long_name = "who becomes isolated for the first time, and when: Kaplan-Meier estimate by group";
  table.growing = "time";
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  const std::vector<std::string> by_group{"replicate", "time", "group"};
  table.variables = {{"at_risk", "1", "people who have not been isolated before this row", ValueType::int32, by_group},
                     {"events", "1", "of these, who are isolated now", ValueType::int32, by_group},
                     {"survival", "1", "share never isolated so far, of those not isolated at the start",
                      ValueType::float32, by_group},
                     {"survival_se", "1", "its standard error (Greenwood)", ValueType::float32, by_group}};
  return table;
}

}  // namespace kith

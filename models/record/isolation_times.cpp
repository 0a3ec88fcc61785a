#include "models/record/isolation_times.hpp"

#include <algorithm>

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
  add("at_risk", "people who had not been isolated up to the last row",
      [](const GroupNow& now) { return now.at_risk; });
  add("events", "of these, who have become isolated since, judged once a day",
      [](const GroupNow& now) { return now.events; });
  add("survival", "share never isolated so far, of those not isolated at the start",
      [](const GroupNow& now) { return static_cast<float>(now.curve.share()); });
  add("survival_se", "its standard error (Greenwood)",
      [](const GroupNow& now) { return static_cast<float>(now.curve.standard_error()); });
  add("survival_low", "lower limit of its 95 % interval (Rothman 1978)",
      [](const GroupNow& now) { return static_cast<float>(now.curve.limits().low); });
  add("survival_high", "upper limit of its 95 % interval",
      [](const GroupNow& now) { return static_cast<float>(now.curve.limits().high); });
  return all;
}

}  // namespace

IsolationTimes::IsolationTimes(std::vector<Group> groups, std::uint32_t replicate)
    : groups_(std::move(groups)), replicate_(replicate), events_(groups_.size()), curves_(groups_.size()) {}

std::int32_t IsolationTimes::at_risk_in(const Group& group) const {
  if (group.everybody) return static_cast<std::int32_t>(std::count(at_risk_.begin(), at_risk_.end(), true));
  return static_cast<std::int32_t>(
      std::count_if(group.members.begin(), group.members.end(), [&](PersonId person) { return at_risk_[person]; }));
}

void IsolationTimes::judge(const people::Isolation& isolation) {
  const std::size_t people = isolation.score.size();
  const bool is_first = at_risk_.empty();
  at_risk_.resize(people, true);
  std::vector<std::int32_t> before;
  for (const Group& group : groups_) before.push_back(at_risk_in(group));
  for (std::size_t person = 0; person < people; ++person)
    at_risk_[person] = at_risk_[person] && isolation.score[person] >= people::isolated_below;
  if (is_first) return;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const std::int32_t events = before[g] - at_risk_in(groups_[g]);
    curves_[g].step(before[g], events);
    events_[g] += events;
  }
}

TableRow IsolationTimes::row(double hours) {
  ByGroup now;
  for (std::size_t g = 0; g < groups_.size(); ++g)
    now.push_back({at_risk_in(groups_[g]) + events_[g], events_[g], curves_[g]});
  std::fill(events_.begin(), events_.end(), 0);
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

#include "models/trials/design/roster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"

namespace kith::trials {
namespace {

constexpr double most_strata = 1e6;

/// Everybody in random order.
std::vector<std::pair<std::uint32_t, PersonId>> shuffled(std::size_t people, WorldKey world) {
  const Draws draws(world, "recruitment");
  std::vector<std::pair<std::uint32_t, PersonId>> order;
  order.reserve(people);
  for (PersonId person = 0; person < people; ++person) order.emplace_back(draws.at(person, 0)(), person);
  std::sort(order.begin(), order.end());
  return order;
}

/// Notes what screening finds; true for a person who can take part.
bool screen(const Roster& roster, const std::vector<bool>& taken, PersonId person, Screening& screening) {
  ++screening.screened;
  if (!roster.is_eligible(person)) {
    ++screening.excluded[roster.failed[person]];
    return false;
  }
  if (taken.empty() || !taken[person]) return true;
  ++screening.in_another_trial;
  return false;
}

[[noreturn]] void refuse(const Roster& roster, const std::string& wanted, const std::string& there) {
  std::string message = fmt::format("the trial wants {} but {}", wanted, there);
  const auto dearest = std::max_element(roster.cost.begin(), roster.cost.end());
  if (dearest != roster.cost.end() && *dearest > 0) {
    message += fmt::format("; the criterion that costs most is {}: without it {} more would be eligible",
                           roster.criteria[static_cast<std::size_t>(dearest - roster.cost.begin())], *dearest);
  }
  message += " (trial.participants says who is eligible); relax it, recruit fewer, or take a larger population";
  throw Error(ErrorKind::invalid_scenario, message);
}

Recruits recruit_people(const Trial& trial, const Roster& roster, const std::vector<bool>& taken, WorldKey world) {
  Recruits recruits;
  recruits.screening.excluded.resize(roster.criteria.size());
  const std::uint32_t wanted = trial.participants();
  for (const auto& [word, person] : shuffled(roster.failed.size(), world)) {
    if (roster.order.empty() && recruits.people.size() == wanted) break;  // the study is full: nobody else is screened
    if (screen(roster, taken, person, recruits.screening)) recruits.people.push_back(person);
  }
  if (recruits.people.size() < wanted) {
    refuse(roster, fmt::format("{} participants", wanted),
           fmt::format("{} people are eligible", recruits.people.size()));
  }
  if (roster.order.empty()) return recruits;
  std::vector<std::size_t> places(recruits.people.size());  // targeted: the first by order, then at random again
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return roster.order[recruits.people[a]] < roster.order[recruits.people[b]];
  });
  places.resize(wanted);
  std::sort(places.begin(), places.end());
  std::vector<PersonId> chosen;
  for (const std::size_t place : places) chosen.push_back(recruits.people[place]);
  recruits.people = std::move(chosen);
  return recruits;
}

Recruits recruit_clusters(const Trial& trial, const Roster& roster, const std::vector<bool>& taken, WorldKey world) {
  const std::size_t count = roster.cluster.names.size();
  std::vector<std::vector<PersonId>> members(count);
  for (const auto& [word, person] : shuffled(roster.failed.size(), world))
    members[roster.cluster.values[person]].push_back(person);
  const Draws draws(world, "clusters");
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  for (std::uint32_t c = 0; c < count; ++c) order.emplace_back(draws.at(c, 0)(), c);
  std::sort(order.begin(), order.end());
  Recruits recruits;
  recruits.screening.excluded.resize(roster.criteria.size());
  const Clusters& wanted = *trial.clusters;
  std::uint32_t found = 0;
  for (const auto& [word, cluster] : order) {
    if (wanted.count > 0 && found == wanted.count) break;
    std::vector<PersonId> eligible;
    for (const PersonId person : members[cluster]) {
      if (screen(roster, taken, person, recruits.screening)) eligible.push_back(person);
    }
    if (!roster.order.empty())
      std::stable_sort(eligible.begin(), eligible.end(),
                       [&](PersonId a, PersonId b) { return roster.order[a] < roster.order[b]; });
    if (eligible.empty() || eligible.size() < wanted.people) continue;
    if (wanted.people > 0) eligible.resize(wanted.people);
    ++found;
    recruits.people.insert(recruits.people.end(), eligible.begin(), eligible.end());
    recruits.clusters.insert(recruits.clusters.end(), eligible.size(), cluster);
  }
  if (found < std::max(wanted.count, 1U)) {
    refuse(roster, fmt::format("{} clusters of {} participants", std::max(wanted.count, 1U), wanted.people),
           fmt::format("{} of {} clusters have so many eligible people", found, count));
  }
  return recruits;
}

}  // namespace

Roster make_roster(const Trial& trial, const conditions::Everybody& everybody) {
  Roster roster;
  const std::uint32_t people = everybody.people.count;
  const auto& where = trial.recruitment.where;
  std::vector<std::uint32_t> not_met(people);
  roster.failed.assign(people, static_cast<std::uint32_t>(where.size()));
  for (std::size_t c = 0; c < where.size(); ++c) {
    roster.criteria.push_back(where[c].text);
    const std::vector<bool> met = conditions::holds(where[c], everybody);
    for (PersonId p = 0; p < people; ++p) {
      if (met[p]) continue;
      if (not_met[p]++ == 0) roster.failed[p] = static_cast<std::uint32_t>(c);
    }
  }
  roster.cost.assign(where.size(), 0);
  for (PersonId p = 0; p < people; ++p) {
    if (not_met[p] == 0) ++roster.eligible;
    if (not_met[p] == 1) ++roster.cost[roster.failed[p]];
  }
  if (const auto& most = trial.recruitment.most) {
    roster.order = conditions::numbers(everybody, *most);
    for (double& value : roster.order) value = -value;
  } else if (const auto& least = trial.recruitment.least) {
    roster.order = conditions::numbers(everybody, *least);
  }
  for (double& value : roster.order) {  // who has no number comes last
    if (!(value == value)) value = std::numeric_limits<double>::infinity();
  }
  if (trial.clusters) roster.cluster = conditions::category(everybody, trial.clusters->by);
  const Allocation& how = trial.allocation;
  for (const std::string& name : how.minimise.empty() ? how.strata : how.minimise)
    roster.strata.push_back(conditions::category(everybody, name));
  double combinations = 1.0;
  for (const conditions::Category& stratum : roster.strata) combinations *= static_cast<double>(stratum.names.size());
  if (combinations > most_strata) {
    throw Error(ErrorKind::invalid_scenario,
                fmt::format("the strata have {:g} combinations of values (at most {:g} are possible); name categories "
                            "with fewer values",
                            combinations, most_strata));
  }
  return roster;
}

void settle(Trial& trial, const Roster& roster) {
  if (trial.recruitment.share > 0.0) {
    const double wanted = trial.recruitment.share * static_cast<double>(roster.eligible);
    trial.share_out(std::max(1U, static_cast<std::uint32_t>(std::lround(wanted))));
  }
  if (trial.clusters && trial.clusters->count == 0) trial.share_out(roster.eligible);
}

Recruits recruit(const Trial& trial, const Roster& roster, const std::vector<bool>& taken, WorldKey world) {
  return trial.clusters ? recruit_clusters(trial, roster, taken, world) : recruit_people(trial, roster, taken, world);
}

}  // namespace kith::trials

#include "models/events/target.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "models/trials/design/regimen.hpp"

namespace kith::events {

using config::Section;

namespace {

bool follows_from_ties(const std::string& name) {
  const conditions::Variable* variable = conditions::find_variable(name);
  return variable != nullptr && !variable->is_state();
}

std::string read_variable(Section& s, std::string_view key, std::string_view doc, const Facts& facts) {
  const std::string name = s.text({.key = key, .fallback = "", .doc = doc});
  if (name.empty() || s.describing()) return name;
  const config::KnownNames names = facts.columns.after(conditions::variable_names(false));
  if (names.admit(name)) return name;
  s.fail(key, fmt::format("nobody has a \"{}\"", name), "a number that everybody has is wanted",
         trials::suggest(name, names.listed()));
  return "";
}

void read_arm(Section& s, const Facts& facts, Target& target) {
  target.arm = s.text({.key = "arm",
                       .fallback = "",
                       .doc = "Participants of a trial who are in the arm of this name and have not left; where arms "
                              "follow one another, the one whose period began last."});
  if (target.arm.empty() || s.describing()) return;
  if (std::find(facts.arms.begin(), facts.arms.end(), target.arm) != facts.arms.end()) return;
  s.fail("arm", fmt::format("no arm is called \"{}\"", target.arm),
         facts.arms.empty() ? "the scenario has no trial" : "", trials::suggest(target.arm, facts.arms));
}

void read_number(Section& s, Target& target) {
  if (s.has("count"))
    target.count =
        static_cast<std::uint32_t>(s.integer({.key = "count",
                                              .min = "1",
                                              .max = "100000000",
                                              .doc = "At most so many of them; at random, but for `most` and "
                                                     "`least`."}));
  if (s.has("share"))
    target.share = s.number({.key = "share",
                             .unit = "%",
                             .min = "0",
                             .max = "1",
                             .doc = "So large a share of them; at random, but for `most` and `least`."});
  if (s.describing()) return;
  if (s.has("count") && s.has("share"))
    s.fail("share", "both `count` and `share` are given", "either says how many are reached", "leave one of them out");
  if (!target.most.empty() && !target.least.empty())
    s.fail("least", "both `most` and `least` are given", "either says who comes first", "leave one of them out");
  const bool is_ordered = !target.most.empty() || !target.least.empty();
  if (is_ordered && !s.has("count") && !s.has("share"))
    s.fail(target.most.empty() ? "least" : "most", "how many are reached is not said",
           "everybody would be, whatever the order", "add e.g. share: 10 %");
}

/// [people] who meets the conditions that are asked one by one.
std::vector<bool> meet_conditions(const Target& target, World& world, const conditions::Everybody& everybody,
                                  double hours) {
  std::vector<bool> met(everybody.people.count, true);
  const auto keep = [&](auto&& holds) {
    for (PersonId p = 0; p < met.size(); ++p) met[p] = met[p] && holds(p);
  };
  for (const conditions::Condition& condition : target.where) {
    const std::vector<bool> holds = conditions::holds(condition, everybody);
    keep([&](PersonId p) { return holds[p]; });
  }
  if (target.tone) keep([&](PersonId p) { return world.tone_tercile()[p] == *target.tone; });
  if (target.community) {
    const auto community = world.community();
    require_community(*target.community, community);
    keep([&](PersonId p) { return community[p] == *target.community; });
  }
  if (!target.arm.empty()) {
    const std::vector<PersonId> members = world.in_arm(target.arm, hours);
    keep([&](PersonId p) { return std::binary_search(members.begin(), members.end(), p); });
  }
  return met;
}

/// Leaves as many as the target wants: the first by the variable, ties and the rest at random.
void cut(const Target& target, const conditions::Everybody& everybody, std::int64_t moment,
         std::vector<PersonId>& people) {
  const auto all = static_cast<double>(people.size());
  const std::size_t wanted =
      target.count > 0 ? target.count : static_cast<std::size_t>(std::lround(target.share * all));
  if (wanted >= people.size()) return;
  std::vector<double> values(everybody.people.count, 0.0);
  const double sign = target.most.empty() ? 1.0 : -1.0;
  const std::string& variable = target.most.empty() ? target.least : target.most;
  if (!variable.empty()) values = conditions::numbers(everybody, variable);
  const Draws draws(everybody.world, "people of an event");
  std::vector<std::tuple<bool, double, std::uint32_t, PersonId>> order;  // who has no number comes last
  for (const PersonId p : people) {
    const bool is_unknown = std::isnan(values[p]);
    order.emplace_back(is_unknown, is_unknown ? 0.0 : sign * values[p], draws.at(p, moment)(), p);
  }
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(wanted), order.end());
  people.clear();
  for (std::size_t k = 0; k < wanted; ++k) people.push_back(std::get<3>(order[k]));
  std::sort(people.begin(), people.end());
}

std::vector<PersonId> partners_of(const std::vector<PersonId>& people, const network::Ties& ties, Partners which) {
  std::vector<PersonId> partners;
  for (const PersonId person : people) {
    ties.for_each(person, [&](PersonId other, TieId tie) {
      if (which == Partners::all || people::is_close(ties.closeness(tie))) partners.push_back(other);
    });
  }
  std::sort(partners.begin(), partners.end());
  partners.erase(std::unique(partners.begin(), partners.end()), partners.end());
  std::vector<PersonId> others;
  std::set_difference(partners.begin(), partners.end(), people.begin(), people.end(), std::back_inserter(others));
  return others;
}

}  // namespace

bool Target::needs_ties() const {
  return follows_from_ties(most) || follows_from_ties(least) ||
         std::any_of(where.begin(), where.end(),
                     [](const conditions::Condition& condition) { return follows_from_ties(condition.variable); });
}

Target read_target(Section s, const Facts& facts) {
  Target target;
  target.where =
      conditions::read_conditions(s,
                                  {.key = "where",
                                   .fallback = "[]",
                                   .doc = "Comparisons that must hold at the time of the event, such as \"loneliness "
                                          "> 0.5\", \"ties.close < 4\", or of a column of people.columns."},
                                  conditions::Scope::everybody, facts.columns);
  const std::size_t tone = s.choice({.key = "tone", .fallback = "any", .doc = "By opioid tone."},
                                    {{"any", "whatever the tone"},
                                     {"lowest third", "the third of people with the lowest tone"},
                                     {"middle third", "the third between"},
                                     {"highest third", "the third with the highest tone"}});
  if (tone > 0) target.tone = static_cast<std::uint8_t>(tone - 1);
  if (s.has("community"))
    target.community = static_cast<std::uint32_t>(s.integer(
        {.key = "community", .min = "0", .max = "100000000", .doc = "Number of a community of the network, from 0."}));
  read_arm(s, facts, target);
  target.most = read_variable(s, "most",
                              "Those with the most of this number first: degree, loneliness, centrality "
                              "(of the network at the start) …",
                              facts);
  target.least = read_variable(s, "least", "Those with the least of this number first.", facts);
  read_number(s, target);
  target.partners = static_cast<Partners>(
      s.choice({.key = "partners", .fallback = "none", .doc = "Whether those tied to them are meant instead."},
               {{"none", "they themselves"},
                {"all", "everybody tied to one of them, but not they"},
                {"close", "everybody tied to one of them in the two inner layers, but not they"}}));
  return target;
}

std::vector<PersonId> select(const Target& target, World& world, double hours, std::int64_t moment) {
  const conditions::Everybody everybody = world.everybody(target.needs_ties() ? Knowledge::ties : Knowledge::state);
  const std::vector<bool> met = meet_conditions(target, world, everybody, hours);
  std::vector<PersonId> people;
  for (PersonId p = 0; p < met.size(); ++p) {
    if (met[p]) people.push_back(p);
  }
  cut(target, everybody, moment, people);
  return target.partners == Partners::no ? people : partners_of(people, world.ties(), target.partners);
}

}  // namespace kith::events

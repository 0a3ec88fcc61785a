#include "models/scenario/key_change.hpp"

#include <algorithm>
#include <array>

namespace kith {
namespace {

using config::KeyChange;
using When = KeyChange::When;

struct Rule {
  std::string_view keys;  ///< itself and all below; * stands for any name or number
  KeyChange change;
};

constexpr KeyChange from_then{When::from_then, true, {}};

constexpr KeyChange never_acts_before(std::string_view reason) { return {When::never, true, reason}; }
constexpr KeyChange never_for_the_study(std::string_view reason) { return {When::never, false, reason}; }

constexpr std::string_view drawn = "people are drawn with it before the burn-in";
constexpr std::string_view network_made = "the network is made with it before the burn-in";
constexpr std::string_view clock_set = "the clock of the whole run is set by it";
constexpr std::string_view theory_state = "a theory has state of its own, which another would not find in people";
constexpr std::string_view patients_drawn = "patients are made with it before the burn-in";
constexpr std::string_view trial_planned =
    "who takes part, in which arm, and all doses are settled when a trial begins, at hour 0; an event with a dose "
    "gives "
    "a drug later";
constexpr std::string_view asked = "what participants are asked, and when, is settled when a trial begins, at hour 0";
constexpr std::string_view tables_laid = "the tables of the result are laid out by it at the start";
constexpr std::string_view studies = "it says which virtual studies there are, and those have begun";
constexpr std::string_view same_words = "who is called lonely or isolated must mean the same throughout a run";
constexpr std::string_view in_bodies = "what bodies hold of a drug has been reckoned with it";

/// The rule with most parts counts.
constexpr std::array<Rule, 42> rules{{
    {"kith", never_for_the_study("the format of a file does not change in a run")},
    {"title", {When::as_planned, false, {}}},
    {"theory", from_then},
    {"theory.name", never_acts_before(theory_state)},
    {"theory.evidence", never_acts_before("it only chooses the default of theory.opioid_share, which can change")},
    {"theory.approach.*.term", never_acts_before(theory_state)},
    {"time", never_acts_before(clock_set)},
    {"time.duration", never_for_the_study("tables, trials and events are laid out for the length of the run")},
    {"people", never_acts_before(drawn)},
    {"people.opioid_tone.day_sd", from_then},
    {"people.wanted_connection.drift_time", from_then},
    {"network", never_acts_before(network_made)},
    {"meeting", from_then},
    {"meeting.approach_most",
     never_acts_before("contacts are drawn under this bound, which approach may have passed already")},
    {"meeting.night", never_acts_before("diaries, probes and doses are planned around it at the start")},
    {"ties", from_then},
    {"ties.are", never_acts_before("living ties have a history that fixed ties lack")},
    {"feelings", from_then},
    {"receptor", from_then},
    {"drugs", never_acts_before(in_bodies)},
    {"scales", never_acts_before(same_words)},
    {"scales.isolated", never_for_the_study(same_words)},
    {"symptoms", from_then},
    {"substance_use", never_acts_before(patients_drawn)},
    {"substance_use.dose", from_then},
    {"substance_use.release", from_then},
    {"substance_use.craving", from_then},
    {"substance_use.odds", from_then},
    {"substance_use.odds.sd", never_acts_before(patients_drawn)},
    {"substance_use.habit.learning", from_then},
    {"substance_use.reward", from_then},
    {"substance_use.social_cost", from_then},
    {"substance_use.split_paths", never_for_the_study(studies)},
    {"trial", never_for_the_study(trial_planned)},
    {"trials", never_for_the_study(trial_planned)},
    {"measures", never_for_the_study(asked)},
    {"events", {When::as_planned, false, {}}},
    {"record", never_for_the_study(tables_laid)},
    {"replicates", never_for_the_study(studies)},
    {"seed", never_acts_before("all chance follows from it, also who was drawn into a trial")},
    {"fitted", never_acts_before("estimates are read before the start; change the keys that they set")},
    {"expect", never_for_the_study("what was published does not change in a run")},
}};

/// The first part of a path, which is taken off it.
std::string_view take_part(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view part = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  return part;
}

/// How many parts of the key the rule names; 0 where it is about others.
std::size_t parts_matched(std::string_view rule, std::string_view key) {
  std::size_t parts = 0;
  while (!rule.empty()) {
    if (key.empty()) return 0;
    const std::string_view wanted = take_part(rule);
    if (take_part(key) != wanted && wanted != "*") return 0;
    ++parts;
  }
  return parts;
}

const Rule* find_rule(std::string_view key) {
  const Rule* best = nullptr;
  std::size_t most = 0;
  for (const Rule& rule : rules) {
    const std::size_t parts = parts_matched(rule.keys, key);
    if (parts > most) best = &rule;
    most = std::max(most, parts);
  }
  return best;
}

}  // namespace

KeyChange change_of(std::string_view key) {
  const Rule* rule = find_rule(key);
  return rule != nullptr ? rule->change : KeyChange{When::never, true, "no scenario has this key"};
}

std::string_view rule_of_change(std::string_view key) {
  const Rule* rule = find_rule(key);
  return rule != nullptr ? rule->keys : std::string_view{};
}

}  // namespace kith

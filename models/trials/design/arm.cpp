#include "models/trials/design/arm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/units.hpp"

namespace kith::trials {

using config::Mark;
using config::Section;
using pharmacology::Pharmacy;

namespace {

std::vector<std::string> names_of(const std::vector<Arm>& arms) {
  std::vector<std::string> names;
  for (const Arm& arm : arms) names.push_back(arm.name);
  return names;
}

/// An arm written before this one; nothing when there is none of that name.
std::optional<std::size_t> find_earlier(Section& s, std::string_view key, const std::string& name,
                                        const std::vector<Arm>& earlier, const std::string& why) {
  const auto hit = std::find_if(earlier.begin(), earlier.end(), [&](const Arm& arm) { return arm.name == name; });
  if (hit != earlier.end()) return static_cast<std::size_t>(hit - earlier.begin());
  s.fail(key, fmt::format("no earlier arm is called \"{}\"", name), why, suggest(name, names_of(earlier)));
  return std::nullopt;
}

/// Repeats the doses of an earlier arm with this arm's drug; what the arm itself says about doses is a mistake.
std::vector<Regimen> repeat_doses(Section& s, const std::string& like, const Pharmacy& pharmacy,
                                  const std::vector<Arm>& earlier) {
  Regimen mine;
  mine.drug = read_drug_name(s, pharmacy);
  const auto model =
      find_earlier(s, "like", like, earlier, "`like` repeats the doses of an arm written before this one");
  if (!model) return {regular(mine.drug, {0.0})};
  for (const char* key : {"doses", "phases", "for", "every", "at", "when", "drugs"}) {
    if (!s.has(key)) continue;
    s.fail(key, fmt::format("this arm has `{}` of its own besides `like`", key),
           fmt::format("`like: {}` repeats the doses and times of that arm", like), "leave one of them out");
    read_regimen(s, pharmacy);
    break;
  }
  std::vector<Regimen> regimens = earlier[*model].regimens;
  for (Regimen& regimen : regimens) regimen.drug = mine.drug;
  return regimens;
}

std::vector<Regimen> read_regimens(Section& s, const Pharmacy& pharmacy, const std::vector<Arm>& earlier) {
  const std::string like =
      s.text({.key = "like", .fallback = "", .doc = "Name of an earlier arm whose doses and times this arm repeats."});
  if (!like.empty()) return repeat_doses(s, like, pharmacy, earlier);
  std::vector<Regimen> regimens;
  if (s.has("drug") && s.has("drugs"))
    s.fail("drugs", "this arm has both `drug` and `drugs`", "`drugs` is a list of several drugs with their own doses",
           "move the single drug into the list");
  if (s.has("drugs") || s.describing()) {
    s.list({.key = "drugs",
            .doc = "Several drugs at once, each with doses of its own; instead of `drug`.",
            .same_as = "trial.arms.*"},
           [&](Section& item) { regimens.push_back(read_regimen(item, pharmacy)); });
    if (regimens.empty())
      s.fail("drugs", "this arm has no drug", "", "write e.g. drugs: [{drug: naltrexone, doses: [50 mg]}]");
  }
  if (s.describing() || !s.has("drugs")) regimens.push_back(read_regimen(s, pharmacy));
  return regimens;
}

std::optional<Rule> read_rule(Section& s, bool is_required) {
  if (!is_required && !s.has("when") && !s.describing()) return std::nullopt;
  Rule rule;
  const auto condition =
      conditions::read_condition(s, {.key = "when", .doc = "What must hold for the person, e.g. \"distress > 0.8\"."});
  rule.lasting = s.number({.key = "for",
                           .unit = "h",
                           .fallback = "0 h",
                           .min = "0 h",
                           .max = "3650 d",
                           .doc = "How long it must hold without a break."});
  if (!condition) return std::nullopt;
  rule.when = *condition;
  return rule;
}

void read_switch(Section& s, const std::vector<Arm>& earlier, Arm& arm) {
  Switch change;
  const std::string name = s.text({.key = "to", .doc = "Name of an earlier arm to which the participant changes."});
  change.rule = read_rule(s, false);
  if (s.has("day") || s.describing())
    change.day = s.integer({.key = "day",
                            .min = "2",
                            .max = "3650",
                            .doc = "Day of the period, from 1, on which everybody changes."}) -
                 1;
  if (s.describing()) return;
  if (s.has("when") == s.has("day"))
    s.fail("to", "when the participants change is not clear", "either `when` or `day` says it",
           "write e.g. {to: " + name + ", day: 14} or {to: " + name + ", when: \"distress > 0.8\", for: 7 d}");
  const auto to = find_earlier(s, "to", name, earlier, "participants change to an arm written before this one");
  if (!to) return;
  change.to = *to;
  if (change.rule || change.day) arm.change = change;
}

void read_leaving(Section& s, Arm& arm) {
  arm.induction_failure = s.number({.key = "induction_failure",
                                    .unit = "%",
                                    .fallback = "0 %",
                                    .min = "0",
                                    .max = "1",
                                    .doc = "Share of participants who never start the arm but stay in the study.",
                                    .mark = Mark::published,
                                    .source = "0 in healthy volunteers; 28 % XR-naltrexone, 6 % buprenorphine-naloxone "
                                              "in patients (X:BOT, Lee 2018)"});
  arm.drop_out = s.number({.key = "drop_out",
                           .unit = "/h",
                           .fallback = "0 /d",
                           .min = "0 /d",
                           .max = "1 /d",
                           .doc = "Hazard of leaving the study while on this arm.",
                           .mark = Mark::assumed,
                           .source = "range 0-0.02 /d"});
}

}  // namespace

bool Arm::is_active() const {
  return std::any_of(regimens.begin(), regimens.end(), [](const Regimen& r) { return r.acts(); });
}

bool Arm::has_rules() const {
  return stop || change ||
         std::any_of(regimens.begin(), regimens.end(), [](const Regimen& r) { return r.when.has_value(); });
}

double Arm::length() const {
  double longest = 0.0;
  for (const Regimen& regimen : regimens) longest = std::max(longest, regimen.length);
  return longest;
}

Arm read_arm(const std::string& name, Section& s, const Pharmacy& pharmacy, const std::vector<Arm>& earlier) {
  Arm arm;
  arm.name = name;
  arm.regimens = read_regimens(s, pharmacy, earlier);
  read_leaving(s, arm);
  if (s.has("stop") || s.describing()) {
    Section stop =
        s.section({.key = "stop", .doc = "When a participant takes no more doses, for the rest of the trial."});
    arm.stop = read_rule(stop, true);
  }
  if (s.has("switch") || s.describing()) {
    Section change = s.section({.key = "switch", .doc = "A change to another arm for the rest of the period."});
    read_switch(change, earlier, arm);
  }
  return arm;
}

std::vector<Arm> combine(const std::vector<Factor>& factors) {
  std::vector<Arm> arms{Arm{}};
  for (const Factor& factor : factors) {
    std::vector<Arm> longer;
    for (const Arm& arm : arms) {
      for (const Arm& level : factor.levels) {
        Arm both = arm;
        both.name += (both.name.empty() ? "" : " + ") + level.name;
        both.regimens.insert(both.regimens.end(), level.regimens.begin(), level.regimens.end());
        both.induction_failure = 1.0 - (1.0 - both.induction_failure) * (1.0 - level.induction_failure);
        both.drop_out += level.drop_out;
        if (!both.stop) both.stop = level.stop;
        longer.push_back(std::move(both));
      }
    }
    arms = std::move(longer);
  }
  return arms;
}

}  // namespace kith::trials

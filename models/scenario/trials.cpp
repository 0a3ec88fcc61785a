#include "models/scenario/trials.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace kith {

using config::Section;

namespace {

/// Names of several trials become parts of the names of tables.
void check_trials(Section& root, const Scenario& scenario) {
  if (root.describing()) return;
  if (root.has("trial"))
    root.fail("trials", "both `trial` and `trials` are given", "a scenario has one of them",
              "move the trial into `trials`");
  std::vector<const trials::Trial*> all;
  if (scenario.trial) all.push_back(&*scenario.trial);
  for (const trials::Trial& trial : scenario.further_trials) all.push_back(&trial);
  for (const trials::Trial* trial : all) {
    const bool is_plain = std::all_of(trial->name.begin(), trial->name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!is_plain)
      root.fail("trials", fmt::format("\"{}\" cannot be the name of a trial", trial->name),
                "it becomes part of the names of tables", "use small letters, digits and _");
    const bool is_open = trial->recruitment.share > 0.0 || (trial->clusters && trial->clusters->count == 0);
    if (is_open && all.size() > 1)
      root.fail("trials", fmt::format("how many take part in \"{}\" is not known", trial->name),
                "of several trials each needs a number, because nobody takes part in two", "give a count");
  }
}

/// What probes can ask of drugs; what is taken is known unless a trial has mistakes.
trials::DrugsKnown drugs_known(const Scenario& scenario, bool are_trials_known) {
  trials::DrugsKnown known;
  for (const pharmacology::SharedDrug& drug : scenario.pharmacy->drugs()) known.names.push_back(drug->name);
  if (!are_trials_known) return known;
  known.taken.emplace();
  for (const trials::Trial* trial : trials_of(scenario)) {
    for (const trials::Arm& arm : trial->arms) {
      for (const trials::Regimen& regimen : arm.regimens) {
        if (!regimen.acts()) continue;
        const bool is_new =
            std::find(known.taken->begin(), known.taken->end(), regimen.drug->name) == known.taken->end();
        if (is_new) known.taken->push_back(regimen.drug->name);
      }
    }
  }
  return known;
}

/// When participants can be asked, in every trial.
trials::Calendar calendar_of(const Scenario& scenario, bool are_trials_known) {
  constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();  // after a mistake in a trial
  trials::Calendar calendar{.period_days = any,
                            .run_in_days = any,
                            .follow_up_days = any,
                            .starts_at = std::fmod(scenario.time.start, 24.0),
                            .waking = scenario.meeting.night.to,
                            .tick_hours = static_cast<double>(scenario.time.tick_seconds) / 3600.0};
  if (!are_trials_known) return calendar;
  for (const trials::Trial* trial : trials_of(scenario)) {
    calendar.period_days = std::min(calendar.period_days, trial->period_days());
    calendar.run_in_days = std::min(calendar.run_in_days, trial->run_in_days());
    calendar.follow_up_days = std::min(calendar.follow_up_days, trial->follow_up_days());
  }
  return calendar;
}

}  // namespace

void read_trials(Section& root, Scenario& scenario) {
  const std::size_t mistakes = root.mistakes();
  std::optional<double> duration;
  if (scenario.time.is_right) duration = scenario.time.duration;
  const trials::Setting setting{*scenario.pharmacy, duration, std::fmod(scenario.time.start, 24.0),
                                scenario.column_names};
  if (root.has("trial")) {
    Section trial = root.section({.key = "trial", .doc = "A trial on participants drawn from the population."});
    scenario.trial = trials::read_trial(trial, setting);
  }
  if (root.has("trials")) {
    root.map({.key = "trials",
              .doc = "Several trials in one population, by name; nobody takes part in two.",
              .same_as = "trial"},
             [&](const std::string& name, Section& s) {
               trials::Trial trial = trials::read_trial(s, setting);
               trial.name = name;
               if (scenario.trial)
                 scenario.further_trials.push_back(std::move(trial));
               else
                 scenario.trial = std::move(trial);
             });
    check_trials(root, scenario);
  }
  if (!root.has("measures")) return;
  const bool is_known = root.mistakes() == mistakes;
  scenario.measures = trials::read_measures(root, calendar_of(scenario, is_known), drugs_known(scenario, is_known));
  if (!scenario.trial && !root.has("trials"))
    root.fail("measures", "there are measures but no trial", "diaries and probes ask the participants of a trial",
              "add `trial:` or leave `measures:` out", {"trial", "trials"});
}

std::vector<const trials::Trial*> trials_of(const Scenario& scenario) {
  std::vector<const trials::Trial*> all;
  if (scenario.trial) all.push_back(&*scenario.trial);
  for (const trials::Trial& trial : scenario.further_trials) all.push_back(&trial);
  return all;
}

std::vector<std::string> arm_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const trials::Trial* trial : trials_of(scenario)) {
    for (const trials::Arm& arm : trial->arms) names.push_back(arm.name);
  }
  return names;
}

void check_participants(Section& root, const Scenario& scenario) {
  if (!scenario.trial || !scenario.network.generate) return;
  std::uint64_t wanted = scenario.trial->participants();
  for (const trials::Trial& trial : scenario.further_trials) wanted += trial.participants();
  if (wanted <= scenario.traits.count) return;
  root.fail(root.has("trials") ? "trials" : "trial",
            fmt::format("the trial wants {} participants among {} people", wanted, scenario.traits.count),
            "nobody takes part twice", "raise people.count or let fewer take part");
}

}  // namespace kith

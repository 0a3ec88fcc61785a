#include "models/report/in_words.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/units.hpp"
#include "models/theories/theory.hpp"

namespace kith {
namespace {

std::string time_text(double hours) { return print_quantity(hours, Dimension::time); }

/// "a, b and c".
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

/// "4 doses of 50 mg"; "doses of 25 mg, 50 mg" where they differ.
std::string doses_text(const trials::Regimen& regimen) {
  const auto amount = [](const trials::Intake& intake) { return print_quantity(intake.amount, Dimension::mass); };
  if (regimen.intakes.empty()) return "no doses";
  const bool are_alike = std::all_of(regimen.intakes.begin(), regimen.intakes.end(), [&](const trials::Intake& intake) {
    return intake.amount == regimen.intakes.front().amount;
  });
  const std::size_t count = regimen.intakes.size();
  if (are_alike) return fmt::format("{} dose{} of {}", count, count == 1 ? "" : "s", amount(regimen.intakes.front()));
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, count); ++i) text += (i == 0 ? "" : ", ") + amount(regimen.intakes[i]);
  return count > most ? fmt::format("{} doses: {} …", count, text) : "doses of " + text;
}

/// "naltrexone (4 doses of 50 mg, one each 24 h)".
std::string arm_text(const trials::Arm& arm) {
  std::vector<std::string> parts;
  for (const trials::Regimen& regimen : arm.regimens) {
    if (!regimen.drug) continue;
    std::string text = doses_text(regimen);
    if (!regimen.acts()) continue;
    if (regimen.drug->name != arm.name) text = fmt::format("{}: {}", regimen.drug->name, text);
    if (regimen.intakes.size() > 1) text += fmt::format(", {} apart", time_text(regimen.gap));
    if (regimen.when) text += ", taken as needed";
    parts.push_back(std::move(text));
  }
  return parts.empty() ? arm.name + " (nothing that acts)" : fmt::format("{} ({})", arm.name, listed(parts));
}

/// "who may take part: ties.close >= 4; the 20 with the most centrality".
std::string criteria_text(const trials::Recruitment& recruitment) {
  std::vector<std::string> criteria;
  for (const conditions::Condition& condition : recruitment.where) criteria.push_back(condition.text);
  std::string text = criteria.empty() ? "anybody may take part" : "who has " + listed(criteria) + " may take part";
  if (recruitment.most) text += ", those with the most " + *recruitment.most + " first";
  if (recruitment.least) text += ", those with the least " + *recruitment.least + " first";
  return text;
}

/// A sentence about each drug that acts: "naltrexone: Naltrexone, oral, an antagonist at the µ-opioid receptor.".
void add_drugs(const trials::Trial& trial, std::vector<std::string>& sentences) {
  std::vector<const pharmacology::Drug*> told;
  for (const trials::Arm& arm : trial.arms) {
    for (const trials::Regimen& regimen : arm.regimens) {
      if (!regimen.acts() || std::find(told.begin(), told.end(), regimen.drug.get()) != told.end()) continue;
      told.push_back(regimen.drug.get());
      const char* const what = regimen.drug->action == pharmacology::Action::antagonist        ? "an antagonist"
                               : regimen.drug->action == pharmacology::Action::partial_agonist ? "a partial agonist"
                                                                                               : "an agonist";
      sentences.push_back(
          fmt::format("{}: {}, {} at the µ-opioid receptor.", regimen.drug->name, regimen.drug->label(), what));
    }
  }
}

/// "Theory botsa: low mu-opioid signal … What was fitted: …".
std::string theory_text(const Scenario& scenario) {
  const theories::NamedTheory& theory = scenario.theory;
  std::string text = fmt::format("Theory {}", theory.name);
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (kind->name == theory.kind && !kind->claim.empty()) text += fmt::format(": {}", kind->claim);
  }
  std::string fitted = fitted_text(scenario);
  if (const std::string prefix = std::string(theory.kind) + ": "; fitted.starts_with(prefix))
    fitted.erase(0, prefix.size());
  text += ".";
  if (!fitted.empty()) text += fmt::format(" What was fitted: {}", fitted);
  return text;
}

/// "Crossover trial"
std::string design_text(trials::Design design) {
  std::string text(trials::name(design));
  if (!text.ends_with("trial")) text += " trial";
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

void add_trial(const trials::Trial& trial, std::vector<std::string>& sentences) {
  std::vector<std::string> arms;
  for (const trials::Arm& arm : trial.arms) arms.push_back(arm_text(arm));
  const std::uint32_t count = trial.participants();
  sentences.push_back(fmt::format(
      "{}{}, {}{}: {}; {}.", design_text(trial.design), trial.name.empty() ? "" : " " + trial.name,
      trial.blinding == "open" ? "open label" : trial.blinding + "-blind",
      count == 0 ? "" : fmt::format(", {} participants", count), listed(arms), criteria_text(trial.recruitment)));
  sentences.back()[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentences.back()[0])));
  std::string when = fmt::format("A period of treatment lasts {} d", trial.period_days());
  if (trial.periods() > 1)
    when += fmt::format("; everybody has {} of them, with {} d without treatment after the first", trial.periods(),
                        trial.washout_days(0));
  if (trial.follow_up > 0.0) when += fmt::format("; the follow-up lasts {}", time_text(trial.follow_up));
  sentences.push_back(fmt::format("{}. What counts is the difference from {}.", when, trial.reference_name()));
  add_drugs(trial, sentences);
}

}  // namespace

std::vector<std::string> in_words(const Scenario& scenario) {
  std::vector<std::string> sentences;
  const std::string who = scenario.network.generate ? fmt::format("{} people with {:.3g} ties each",
                                                                  scenario.traits.count, scenario.network.mean_ties)
                                                    : "The people and ties of " + scenario.network.name;
  sentences.push_back(fmt::format("{}; ties {}. They live for {} before anything is measured, then for {}.", who,
                                  scenario.tie_life ? "begin and end" : "stay as they are",
                                  time_text(scenario.time.burn_in), time_text(scenario.time.duration)));
  if (scenario.trial) add_trial(*scenario.trial, sentences);
  for (const trials::Trial& trial : scenario.further_trials) add_trial(trial, sentences);
  if (scenario.substance_use) sentences.emplace_back("Some of the people are patients with a substance use disorder.");
  std::vector<std::string> events;
  for (const events::Event& event : scenario.events) events.push_back(event.name);
  if (!events.empty()) sentences.push_back(fmt::format("What happens meanwhile: {}.", listed(events)));
  const std::vector<std::string> measures = trials::names(scenario.measures);
  if (!measures.empty()) sentences.push_back(fmt::format("Measured: {}.", listed(measures)));
  if (scenario.replicates > 1)
    sentences.push_back(fmt::format("All of it is done {} times, each time with chance of its own{}.",
                                    scenario.replicates,
                                    scenario.same_population ? " and other participants from the same people" : ""));
  sentences.push_back(theory_text(scenario));
  sentences.emplace_back(
      "BOTSA is the brain opioid theory of social attachment. The opioid tone of a person is how much they have of "
      "the body's own opioids, in units of the amount that holds half of their µ-receptors.");
  return sentences;
}

}  // namespace kith

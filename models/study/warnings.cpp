#include "models/study/warnings.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/units.hpp"

namespace kith {
namespace {

/// Of more than 7 days of treatment, and of what follows any.
constexpr const char* long_treatment =
    "extrapolation: nobody has measured felt connection after more than 7 days of an opioid antagonist in healthy "
    "people";
constexpr const char* after_treatment =
    "extrapolation: what happens after the last dose (wash-out, rebound) has not been measured";
constexpr std::int64_t most_days_measured = 7;
/// Ticks up to here give the means of a tick of one hour within 3 % (section 2 of the model description).
constexpr std::int64_t most_tick_seconds = std::int64_t{6} * 3600;
constexpr const char* long_ticks =
    "with a tick of more than 6 h people see each other's state too seldom: means may be more than 3 % off those of 1 "
    "h";

std::string not_validated(const pharmacology::Drug& drug) {
  return fmt::format("{}: no measured occupancy stands behind its numbers", drug.label());
}

std::vector<std::string> warnings_of(const trials::Regimen& regimen) {
  if (!regimen.acts()) return {};
  const pharmacology::Drug& drug = *regimen.drug;
  std::vector<std::string> warnings;
  if (!drug.is_validated) warnings.push_back(not_validated(drug));
  const auto is_unusual = [&](const trials::Intake& intake) {
    return intake.amount > 0.0 && (intake.amount < drug.least_dose || intake.amount > drug.most_dose);
  };
  const auto unusual = std::find_if(regimen.intakes.begin(), regimen.intakes.end(), is_unusual);
  if (unusual == regimen.intakes.end()) return warnings;
  warnings.push_back(fmt::format("{} of {} lies outside the doses for which its numbers are meant ({} to {})",
                                 print_quantity(unusual->amount, Dimension::mass), drug.name,
                                 print_quantity(drug.least_dose, Dimension::mass),
                                 print_quantity(drug.most_dose, Dimension::mass)));
  return warnings;
}

/// Most days in a row on which somebody takes active drugs.
std::int64_t most_days_of_treatment(const trials::Trial& trial) {
  std::int64_t most = 0;
  for (const trials::Sequence& sequence : trial.sequences) {
    std::int64_t days = 0;
    for (const std::size_t arm : sequence.arms) {
      const bool goes_on = trial.washout_days() == 0 && days > 0;
      days = trial.arms[arm].is_active() ? (goes_on ? days : 0) + trial.period_days() : 0;
      most = std::max(most, days);
    }
  }
  return most;
}

std::vector<std::string> warnings_of(const trials::Trial& trial) {
  if (std::none_of(trial.arms.begin(), trial.arms.end(), [](const trials::Arm& arm) { return arm.is_active(); }))
    return {};
  std::vector<std::string> warnings;
  for (const trials::Arm& arm : trial.arms) {
    for (const trials::Regimen& regimen : arm.regimens) {
      for (std::string& warning : warnings_of(regimen)) warnings.push_back(std::move(warning));
    }
  }
  if (most_days_of_treatment(trial) > most_days_measured) warnings.emplace_back(long_treatment);
  warnings.emplace_back(after_treatment);
  return warnings;
}

std::vector<std::string> warnings_of(const events::Event& event, double duration) {
  std::vector<std::string> warnings;
  for (const auto& action : event.actions) {
    const pharmacology::Drug* drug = action->drug();
    if (drug == nullptr || drug->action == pharmacology::Action::none) continue;
    if (!drug->is_validated) warnings.push_back(not_validated(*drug));
    const double lasting = action->lasts() ? event.lasting.value_or(duration) : 0.0;
    if (lasting > 24.0 * static_cast<double>(most_days_measured)) warnings.emplace_back(long_treatment);
    warnings.emplace_back(after_treatment);
  }
  return warnings;
}

}  // namespace

bool is_extrapolation(const std::string& warning) { return warning.starts_with("extrapolation:"); }

std::vector<std::string> warnings_of(const Scenario& scenario) {
  std::vector<std::string> all;
  const auto add = [&](std::vector<std::string> warnings) {
    for (std::string& warning : warnings) {
      if (std::find(all.begin(), all.end(), warning) == all.end()) all.push_back(std::move(warning));
    }
  };
  if (scenario.time.tick_seconds > most_tick_seconds) all.emplace_back(long_ticks);
  if (scenario.trial) add(warnings_of(*scenario.trial));
  for (const events::Event& event : scenario.events) add(warnings_of(event, scenario.time.duration));
  return all;
}

}  // namespace kith

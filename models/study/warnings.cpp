#include "models/study/warnings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/units.hpp"
#include "models/pharmacology/course.hpp"
#include "models/pharmacology/dosing.hpp"
#include "models/scenario/trials.hpp"

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
    for (std::size_t period = 0; period < sequence.arms.size(); ++period) {
      const std::size_t arm = sequence.arms[period];
      const bool goes_on = period > 0 && trial.washout_days(period - 1) == 0 && days > 0;
      days = trial.arms[arm].is_active() ? (goes_on ? days : 0) + trial.period_days() : 0;
      most = std::max(most, days);
    }
  }
  return most;
}

/// "naltrexone-first: …" where a scenario has several trials.
std::string in_trial(const trials::Trial& trial, const std::string& warning) {
  return trial.name.empty() ? warning : trial.name + ": " + warning;
}

/// Everybody goes through the arms in one order, once.
bool is_order_confounded(const trials::Trial& trial) {
  if (trial.periods() < 2 || trial.arms.size() < 2) return false;
  const std::vector<std::size_t>* order = nullptr;
  for (const trials::Sequence& sequence : trial.sequences) {
    if (sequence.count == 0) continue;
    if (order != nullptr && *order != sequence.arms) return false;
    order = &sequence.arms;
  }
  if (order == nullptr) return false;
  const std::set<std::size_t> different(order->begin(), order->end());
  return different.size() == order->size();
}

/// Hours after midnight of the first day at which a drug that acts holds a twentieth of the receptors of the typical person;
/// nothing where it does not within that day and the next.
std::optional<double> begins_to_act(const trials::Regimen& regimen) {
  constexpr double least = 0.05;
  constexpr double step = 0.25;
  if (!regimen.acts() || regimen.intakes.empty()) return std::nullopt;
  const trials::Intake& first = regimen.intakes.front();
  std::vector<double> hours;
  for (double hour = step; hour <= 48.0; hour += step) hours.push_back(hour);
  const std::vector<double> held = pharmacology::occupancies(*regimen.drug, {first.amount, 24.0, 1}, hours);
  for (std::size_t k = 0; k < held.size(); ++k) {
    if (held[k] >= least) return first.at + first.after + hours[k];
  }
  return std::nullopt;
}

/// Share of the typical person's receptors that the drug holds so many hours after midnight of the day of the first dose.
double held_after(const trials::Regimen& regimen, double hours) {
  std::vector<pharmacology::Dose> doses;
  for (const trials::Intake& intake : regimen.intakes)
    doses.push_back({.hours = intake.at + intake.after, .amount = intake.amount});
  const auto chain = std::make_shared<const pharmacology::SteppedChain>(*regimen.drug, 1.0);
  pharmacology::Course course(0, chain, std::move(doses));
  course.advance(0.0, hours);
  return chain->most * pharmacology::occupancy(course.effect());
}

/// Arms whose drug still holds a tenth of the receptors when a period with another arm begins.
std::vector<std::string> short_washouts(const trials::Trial& trial) {
  constexpr double much = 0.1;
  std::vector<double> most(trial.arms.size());
  for (const trials::Sequence& sequence : trial.sequences) {
    for (std::size_t period = 1; period < sequence.arms.size(); ++period) {
      const std::size_t before = sequence.arms[period - 1];
      if (before == sequence.arms[period]) continue;
      const double hours = 24.0 * static_cast<double>(trial.period_days() + trial.washout_days(period - 1));
      for (const trials::Regimen& regimen : trial.arms[before].regimens) {
        if (regimen.acts()) most[before] = std::max(most[before], held_after(regimen, hours));
      }
    }
  }
  std::vector<std::string> warnings;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    if (most[arm] < much) continue;
    warnings.push_back(
        fmt::format("carry-over: {} still holds {:.0f} % of the receptors of the typical person when the next period "
                    "begins, so the periods differ by less than the effect; a longer wash-out parts them",
                    trial.arms[arm].name, 100.0 * most[arm]));
  }
  return warnings;
}

/// Outcomes that are asked in a period before the drug of an arm acts.
std::vector<std::string> asked_too_early(const trials::Trial& trial, const trials::Measures& measures) {
  std::vector<std::string> warnings;
  const std::vector<std::string> names = trials::names(measures);
  for (const trials::Arm& arm : trial.arms) {
    std::optional<double> acts;
    for (const trials::Regimen& regimen : arm.regimens) {
      const std::optional<double> begins = begins_to_act(regimen);
      if (begins && (!acts || *begins < *acts)) acts = begins;
    }
    if (!acts) continue;
    const auto check = [&](std::size_t measure, double first) {
      if (first >= *acts) return;
      warnings.push_back(
          fmt::format("{} is asked on day {} at {}, before {} acts: it holds 5 % of the receptors from day "
                      "{}, {} on",
                      names[measure], static_cast<int>(first / 24.0) + 1, print_time_of_day(std::fmod(first, 24.0)),
                      arm.name, static_cast<int>(*acts / 24.0) + 1, print_time_of_day(std::fmod(*acts, 24.0))));
    };
    for (std::size_t m = 0; m < measures.diaries.size(); ++m) {
      const trials::Diary& diary = measures.diaries[m];
      check(m, diary.at + 24.0 * static_cast<double>(diary.days ? diary.days->first - 1 : 0));
    }
    for (std::size_t m = 0; m < measures.probes.size(); ++m) {
      const trials::Probe& probe = measures.probes[m];
      if (probe.scale && probe.phase == trials::Phase::treatment)
        check(measures.diaries.size() + m, probe.at + 24.0 * static_cast<double>(probe.day - 1));
    }
  }
  return warnings;
}

std::optional<std::string> few_clusters(const trials::Trial& trial, std::size_t clusters) {
  constexpr std::size_t enough = 10;
  if (clusters >= enough) return std::nullopt;
  return in_trial(trial,
                  fmt::format("{} clusters are few: their chance differences do not average out, and intervals rest "
                              "on as many numbers",
                              clusters));
}

std::vector<std::string> warnings_of_design(const trials::Trial& trial, const trials::Measures& measures) {
  std::vector<std::string> warnings;
  if (is_order_confounded(trial))
    warnings.push_back(in_trial(
        trial,
        "everybody goes through the arms in one order, so what an arm does cannot be told from what the order does"));
  for (const std::string& warning : short_washouts(trial)) warnings.push_back(in_trial(trial, warning));
  for (const std::string& warning : asked_too_early(trial, measures)) warnings.push_back(in_trial(trial, warning));
  if (trial.clusters && trial.clusters->count > 0) {
    if (const auto warning = few_clusters(trial, trial.clusters->count)) warnings.push_back(*warning);
  }
  return warnings;
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

constexpr const char* nothing_taken = "and nothing of it is taken";

/// Of what the files of `fitted:` have that is not settled, or not taken.
std::vector<std::string> warnings_of(const std::vector<config::TakenEstimates>& files) {
  const auto listed = [](const std::vector<std::string>& keys) {
    std::string all;
    for (const std::string& key : keys) all += (all.empty() ? "" : ", ") + key;
    return all;
  };
  const bool is_any_taken =
      std::any_of(files.begin(), files.end(), [](const auto& file) { return !file.values.empty(); });
  std::vector<std::string> warnings;
  for (const config::TakenEstimates& file : files) {
    if (!file.unsettled.empty())
      warnings.push_back(fmt::format("fitted: {}: {} not settled: the budget of the fit ended too early", file.file,
                                     listed(file.unsettled)));
    if (!file.left.empty())
      warnings.push_back(fmt::format("fitted: {}: {} not taken: the scenario gives another value itself", file.file,
                                     listed(file.left)));
    // Of files for several theories each takes its own.
    if (!file.other.empty() && !is_any_taken)
      warnings.push_back(fmt::format("fitted: {} is for {}, {}", file.file, file.other, nothing_taken));
  }
  return warnings;
}

}  // namespace

bool is_caution(const std::string& warning) {
  return warning.starts_with("extrapolation:") || warning.find("carry-over: ") != std::string::npos;
}

bool is_for_another_theory(const std::string& warning) { return warning.ends_with(nothing_taken); }

std::vector<std::string> warnings_of(const Scenario& scenario) {
  std::vector<std::string> all;
  const auto add = [&](std::vector<std::string> warnings) {
    for (std::string& warning : warnings) {
      if (std::find(all.begin(), all.end(), warning) == all.end()) all.push_back(std::move(warning));
    }
  };
  if (const std::string warning = scenario.theory.theory->warning(); !warning.empty()) all.push_back(warning);
  add(warnings_of(scenario.fitted));
  if (scenario.time.tick_seconds > most_tick_seconds) all.emplace_back(long_ticks);
  if (scenario.network.local_ties > 0.0 &&
      scenario.network.mean_ties > static_cast<double>(scenario.traits.count - 1)) {
    all.push_back(fmt::format("the layers ask for {:g} ties a person among {} people, who cannot have more than {}",
                              scenario.network.mean_ties, scenario.traits.count, scenario.traits.count - 1));
  }
  for (const trials::Trial* trial : trials_of(scenario)) add(warnings_of_design(*trial, scenario.measures));
  if (scenario.trial) add(warnings_of(*scenario.trial));
  for (const events::Event& event : scenario.events) add(warnings_of(event, scenario.time.duration));
  return all;
}

std::optional<std::string> warning_of_clusters(const trials::Trial& trial, std::size_t clusters) {
  if (!trial.clusters || trial.clusters->count > 0) return std::nullopt;
  return few_clusters(trial, clusters);
}

}  // namespace kith

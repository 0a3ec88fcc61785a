#include "models/report/study_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "models/report/effects.hpp"
#include "models/report/events.hpp"
#include "models/report/patients.hpp"
#include "models/report/population.hpp"

namespace kith {
namespace {

/// Mean over studies and those who stayed in a sequence, for one occasion.
double mean_of_sequence(const Study& study, std::size_t measure, std::size_t occasion, std::size_t sequence) {
  double total = 0.0;
  std::size_t count = 0;
  for (const StudyResult& result : study.results()) {
    for (std::size_t i = 0; i < result.participants.size(); ++i) {
      if (result.participants[i].sequence != sequence || result.participants[i].leaves) continue;
      total += result.measures[measure].values[occasion][i];
      ++count;
    }
  }
  return count == 0 ? std::nan("") : total / static_cast<double>(count);
}

ReportTable occupancy_table(const Study& study) {
  const trials::Trial& trial = *study.scenario().trial;
  ReportTable table;
  table.title = "µ-receptor occupancy [%] by order of the arms";
  table.columns = {""};
  for (const auto& sequence : trial.sequences) table.columns.push_back(sequence.name);
  const auto& measures = study.results().front().measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (measures[m].has_effect) continue;
    for (std::size_t o = 0; o < measures[m].occasions.size(); ++o) {
      std::vector<Cell> row{{fmt::format("period {}, {}", measures[m].occasions[o].period + 1,
                                         measures[m].name.substr(std::string_view("occupancy ").size())),
                             std::nullopt}};
      for (std::size_t s = 0; s < trial.sequences.size(); ++s)
        row.push_back(number_cell(mean_of_sequence(study, m, o, s), 1));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

void add_population(const Study& study, Report& report) {
  report.tables.push_back(everybody_table(study));
  ReportTable groups = groups_table(study);
  if (!groups.rows.empty()) report.tables.push_back(std::move(groups));
}

/// How the arms were compared.
std::string method_note(const Study& study) {
  const trials::Trial& trial = *study.scenario().trial;
  const std::size_t arm = trial.reference == 0 ? 1 : 0;
  std::string note = "Compared in those who stayed: ";
  switch (study.results().front().effects.front()[arm].ratings.method) {
    case trials::Method::paired:
      note += "each participant with themselves (paired t-test, two-sided).";
      if (study.results().front().participants.front().cluster)
        note += " Clusters changed together: read the differences that are adjusted for the period.";
      break;
    case trials::Method::two_sample:
      note += "different participants (Welch's t-test, two-sided).";
      break;
    case trials::Method::cluster_means:
      note += "means of clusters, each counted once (Welch's t-test, two-sided).";
      break;
  }
  return note;
}

void add_trial_notes(const Study& study, Report& report) {
  const Scenario& scenario = study.scenario();
  report.notes.push_back(screening_note(study));
  if (!scenario.further_trials.empty()) {
    std::string names;
    for (const trials::Trial& trial : scenario.further_trials) names += (names.empty() ? "" : ", ") + trial.name;
    report.notes.push_back(fmt::format("All tables are of the trial {}; those of {} are in the result file.",
                                       scenario.trial->name, names));
  }
  if (study.results().size() > 1) {
    report.notes.emplace_back(
        "Means over the virtual studies. Differences: with the interval that one study of this size has. g: with the "
        "interval of the mean over the studies. Significant: share of studies with p < 0.05, with its exact interval.");
  }
  if (!study.results().front().measures.empty()) report.notes.push_back(method_note(study));
  if (scenario.trial->twin) {
    report.notes.emplace_back(
        "Own effect: the participants against their own twins, the same people with the same chance and no drug; no "
        "noise.");
  }
  report.notes.emplace_back(scenario.theory.fitted);
}

/// What a reader must know of the drug of a regimen.
std::vector<std::string> warnings_of(const trials::Regimen& regimen) {
  if (!regimen.acts()) return {};
  const pharmacology::Drug& drug = *regimen.drug;
  std::vector<std::string> warnings;
  if (!drug.is_validated)
    warnings.push_back(fmt::format("{}: no measured occupancy stands behind its numbers", drug.label()));
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

void warn_once(Report& report, std::string warning) {
  const auto known = std::find(report.warnings.begin(), report.warnings.end(), warning);
  if (known == report.warnings.end()) report.warnings.push_back(std::move(warning));
}

/// What happened of the scenario's events.
void add_events(const Study& study, Report& report) {
  if (study.scenario().events.empty()) return;
  report.tables.push_back(events_report(study));
  for (std::string& warning : event_warnings(study.scenario())) warn_once(report, std::move(warning));
}

void add_warnings(const Scenario& scenario, Report& report) {
  const auto& arms = scenario.trial->arms;
  if (std::none_of(arms.begin(), arms.end(), [](const trials::Arm& arm) { return arm.is_active(); })) return;
  for (const trials::Arm& arm : arms) {
    for (const trials::Regimen& regimen : arm.regimens) {
      for (std::string& warning : warnings_of(regimen)) warn_once(report, std::move(warning));
    }
  }
  if (most_days_of_treatment(*scenario.trial) > 7) {
    report.warnings.emplace_back(long_treatment_warning);
  }
  report.warnings.emplace_back(after_treatment_warning);
}

}  // namespace

Report study_report(const Study& study) {
  const Scenario& scenario = study.scenario();
  Report report;
  report.title = scenario.title;
  report.notes = study.import_notes();
  if (!scenario.trial) {
    add_population(study, report);
    add_events(study, report);
    return report;
  }
  if (study.results().front().measures.empty()) {
    add_population(study, report);
  } else {
    for (std::size_t arm = 0; arm < scenario.trial->arms.size(); ++arm) {
      if (arm == scenario.trial->reference) continue;
      for (ReportTable& table : effect_tables(study, arm)) report.tables.push_back(std::move(table));
    }
    ReportTable risks = risk_table(study);
    if (!risks.rows.empty()) report.tables.push_back(std::move(risks));
    ReportTable occupancy = occupancy_table(study);
    if (!occupancy.rows.empty()) report.tables.push_back(std::move(occupancy));
  }
  if (scenario.tie_life && !study.results().front().measures.empty()) add_population(study, report);
  for (ReportTable& table : patient_tables(study)) report.tables.push_back(std::move(table));
  report.tables.push_back(flow_table(study));
  for (std::string& note : patient_notes(study)) report.notes.push_back(std::move(note));
  add_trial_notes(study, report);
  add_warnings(scenario, report);
  add_events(study, report);
  return report;
}

}  // namespace kith

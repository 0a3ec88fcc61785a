#include "models/report/study_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/report/effects.hpp"
#include "models/report/events.hpp"
#include "models/report/patients.hpp"
#include "models/report/population.hpp"

namespace kith {
namespace {

/// Mean over studies and those who stayed in a sequence, for one occasion.
double mean_of_sequence(const RunResult& run, std::size_t measure, std::size_t occasion, std::size_t sequence) {
  double total = 0.0;
  std::size_t count = 0;
  for (const StudyResult& result : run.studies) {
    for (std::size_t i = 0; i < result.participants.size(); ++i) {
      if (result.participants[i].sequence != sequence || result.participants[i].leaves) continue;
      total += result.measures[measure].values[occasion][i];
      ++count;
    }
  }
  return count == 0 ? std::nan("") : total / static_cast<double>(count);
}

/// Means of what is not rated but has this unit. A row is called after its measure, without the first word.
ReportTable unrated_table(const Scenario& scenario, const RunResult& run, std::string_view title,
                          std::string_view unit) {
  const trials::Trial& trial = *scenario.trial;
  ReportTable table;
  table.title = title;
  table.columns = {""};
  for (const auto& sequence : trial.sequences) table.columns.push_back(sequence.name);
  const auto& measures = run.studies.front().measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (measures[m].has_effect || measures[m].unit != unit) continue;
    for (std::size_t o = 0; o < measures[m].occasions.size(); ++o) {
      const trials::Occasion& occasion = measures[m].occasions[o];
      const std::string when =
          occasion.phase == trials::Phase::treatment ? fmt::format("period {}, ", occasion.period + 1) : "";
      std::vector<Cell> row{{when + measures[m].name.substr(measures[m].name.find(' ') + 1), std::nullopt}};
      for (std::size_t s = 0; s < trial.sequences.size(); ++s)
        row.push_back(number_cell(mean_of_sequence(run, m, o, s), 1));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

void add_spill_over(const RunResult& run, Report& report) {
  ReportTable table = spill_over_table(run);
  if (table.rows.empty()) return;
  report.tables.push_back(std::move(table));
  report.notes.push_back(spill_over_note(run));
}

/// Ratings of a measure in the phases of a trial that has more than one, and the own differences from the twins.
std::vector<ReportTable> phase_tables(const Scenario& scenario, const RunResult& run) {
  constexpr std::array<const char*, 3> names{"run-in", "treatment", "follow-up"};
  const trials::Trial& trial = *scenario.trial;
  if (trial.run_in_days() == 0 && trial.follow_up_days() == 0) return {};
  // Means over participants, occasions and studies of a sequence in a phase.
  const auto mean = [&](auto values, std::size_t measure, std::size_t sequence, std::size_t phase) {
    double total = 0.0;
    std::size_t count = 0;
    for (const StudyResult& study : run.studies) {
      const trials::MeasureData& data = study.measures[measure];
      if ((data.*values).empty()) continue;
      for (std::size_t o = 0; o < data.occasions.size(); ++o) {
        if (static_cast<std::size_t>(data.occasions[o].phase) != phase) continue;
        for (std::size_t i = 0; i < study.participants.size(); ++i) {
          const double value = (data.*values)[o][i];
          if (study.participants[i].sequence != sequence || std::isnan(value)) continue;
          total += value;
          ++count;
        }
      }
    }
    return count == 0 ? std::nan("") : total / static_cast<double>(count);
  };
  std::vector<ReportTable> tables;
  for (const auto& [title, values] :
       {std::pair{"ratings in the phases of the trial", &trials::MeasureData::ratings},
        std::pair{"own differences from the untreated twins in the phases of the trial", &trials::MeasureData::own}}) {
    ReportTable table{title, {"", names[0], names[1], names[2]}, {}};
    const auto& measures = run.studies.front().measures;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (!measures[m].has_effect || (measures[m].*values).empty()) continue;
      for (std::size_t s = 0; s < trial.sequences.size(); ++s) {
        std::vector<Cell> row{{fmt::format("{}: {}", measures[m].name, trial.sequences[s].name), std::nullopt}};
        for (std::size_t phase = 0; phase < names.size(); ++phase)
          row.push_back(number_cell(mean(values, m, s, phase), 3));
        table.rows.push_back(std::move(row));
      }
    }
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  return tables;
}

void add_population(const RunResult& run, Report& report) {
  report.tables.push_back(everybody_table(run));
  for (ReportTable& table : group_tables(run)) report.tables.push_back(std::move(table));
}

void add_scales(const RunResult& run, Report& report) {
  for (std::string& note : people::describe(run.scales)) report.notes.push_back(std::move(note));
}

/// How the arms were compared.
std::string method_note(const Scenario& scenario, const RunResult& run) {
  const trials::Trial& trial = *scenario.trial;
  if (trial.is_single_arm())
    return "Compared in those who stayed: each participant with their own untreated twin, the same person with the "
           "same "
           "noise in a world without drug (paired t-test, two-sided).";
  const std::size_t arm = trial.reference == 0 ? 1 : 0;
  std::string note = "Compared in those who stayed: ";
  switch (run.studies.front().effects.front()[arm].ratings.method) {
    case trials::Method::paired:
      note += "each participant with themselves (paired t-test, two-sided).";
      break;
    case trials::Method::two_sample:
      note += "different participants (Welch's t-test, two-sided).";
      break;
    case trials::Method::cluster_means:
      note += "means of clusters, each counted once (Welch's t-test, two-sided).";
      break;
    case trials::Method::adjusted:
      note +=
          "each participant with themselves, adjusted for the period, since clusters changed arms together (least "
          "squares, "
          "errors by the jackknife over clusters).";
      break;
  }
  if (somebody_left(run))
    note +=
        " Intention to treat: all who were allocated, as they were allocated, with what those who left would have put "
        "down had they still been asked.";
  return note;
}

void add_trial_notes(const Scenario& scenario, const RunResult& run, Report& report) {
  report.notes.push_back(screening_note(run));
  if (!scenario.further_trials.empty()) {
    std::string names;
    for (const trials::Trial& trial : scenario.further_trials) names += (names.empty() ? "" : ", ") + trial.name;
    report.notes.push_back(fmt::format("All tables are of the trial {}; those of {} are in the result file.",
                                       scenario.trial->name, names));
  }
  if (run.studies.size() > 1) {
    report.notes.emplace_back(
        "Means over the virtual studies. Differences: with the interval that one study of this size has. g: with the "
        "interval of the mean over the studies. Significant: share of studies with p < 0.05, with its exact interval.");
  }
  if (!run.studies.front().measures.empty()) report.notes.push_back(method_note(scenario, run));
  if (scenario.trial->twin) {
    report.notes.emplace_back(
        "Own effect: the difference without noise and chance. Each participant against their own twin, the same person "
        "in "
        "a world without drug; the mean of that on the arm minus that on the reference. It holds direct effects and "
        "spill-over; what is carried over into the reference's periods is subtracted.");
    if (scenario.trial->is_single_arm())
      report.notes.back() =
          "Own effect: the difference without noise and chance, of each participant from their own twin, the same "
          "person "
          "in a world without drug; direct effects and spill-over together.";
  }
  report.notes.push_back(fitted_text(scenario));
}

/// What happened of the scenario's events.
void add_events(const Scenario& scenario, const RunResult& run, Report& report) {
  if (scenario.events.empty()) return;
  report.tables.push_back(events_report(scenario, run));
}

/// "34 participants", as far as the scenario says it.
std::string who_takes_part(const Scenario& scenario) {
  std::uint32_t count = scenario.trial->participants();
  for (const trials::Trial& trial : scenario.further_trials) count += trial.participants();
  if (count > 0) return fmt::format("{} participants", count);
  const double share = scenario.trial->recruitment.share;
  return share > 0.0 ? fmt::format("{:g} % of those eligible", 100.0 * share) : "all eligible people";
}

}  // namespace

std::string summary(const Scenario& scenario) {
  std::string text = fmt::format("{} · {} after {} of burn-in · theory {}",
                                 scenario.network.generate ? fmt::format("{} people", scenario.traits.count)
                                                           : "the people of " + scenario.network.name,
                                 print_quantity(scenario.time.duration, Dimension::time),
                                 print_quantity(scenario.time.burn_in, Dimension::time), scenario.theory.name);
  if (scenario.trial) {
    text += fmt::format(" · {} virtual {} of {}", scenario.replicates, scenario.replicates == 1 ? "study" : "studies",
                        who_takes_part(scenario));
  } else if (scenario.replicates > 1) {
    text += fmt::format(" · {} replicates", scenario.replicates);
  }
  return text;
}

Report study_report(const Scenario& scenario, const RunResult& run) {
  Report report;
  report.title = scenario.title;
  report.notes = run.import_notes;
  report.warnings = run.warnings;
  if (!scenario.trial) {
    add_population(run, report);
    add_scales(run, report);
    add_spill_over(run, report);
    add_events(scenario, run, report);
    return report;
  }
  bool counts_lonely = scenario.tie_life || run.studies.front().measures.empty();
  if (run.studies.front().measures.empty()) {
    add_population(run, report);
  } else {
    for (std::size_t arm = 0; arm < scenario.trial->arms.size(); ++arm) {
      if (arm == scenario.trial->reference) continue;
      for (ReportTable& table : effect_tables(scenario, run, arm)) report.tables.push_back(std::move(table));
    }
    ReportTable risks = risk_table(scenario, run);
    counts_lonely |= !risks.rows.empty();
    if (!risks.rows.empty()) report.tables.push_back(std::move(risks));
    for (const auto& [title, unit] : {std::pair{"µ-receptor occupancy [%] by order of the arms", "%"},
                                      std::pair{"Concentration in plasma [ng/mL] by order of the arms", "ng/mL"}}) {
      ReportTable table = unrated_table(scenario, run, title, unit);
      if (!table.rows.empty()) report.tables.push_back(std::move(table));
    }
  }
  if (scenario.tie_life && !run.studies.front().measures.empty()) add_population(run, report);
  add_spill_over(run, report);
  for (ReportTable& table : phase_tables(scenario, run)) report.tables.push_back(std::move(table));
  for (ReportTable& table : patient_tables(scenario, run)) report.tables.push_back(std::move(table));
  report.tables.push_back(flow_table(scenario, run));
  if (counts_lonely) add_scales(run, report);
  for (std::string& note : patient_notes(scenario, run)) report.notes.push_back(std::move(note));
  add_trial_notes(scenario, run, report);
  add_events(scenario, run, report);
  return report;
}

}  // namespace kith

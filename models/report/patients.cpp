#include "models/report/patients.hpp"

#include <fmt/core.h>

#include <cmath>

#include "models/report/effects.hpp"
#include "models/trials/analysis/statistics.hpp"

namespace kith {
namespace {

/// Participants of an arm in all studies who have a value of an outcome in the treated world, and their mean.
struct ArmMean {
  std::size_t n = 0;
  double mean = 0.0;
};

ArmMean arm_mean(const Scenario& scenario, const RunResult& run, std::size_t arm, std::size_t outcome) {
  ArmMean all;
  double total = 0.0;
  for (const StudyResult& result : run.studies) {
    const Outcome& values = result.outcomes[static_cast<std::size_t>(WorldKind::treated)][outcome];
    for (const std::size_t i : result.members_of(*scenario.trial, arm)) {
      if (std::isnan(values.values[i])) continue;
      ++all.n;
      total += values.values[i];
    }
  }
  all.mean = all.n > 0 ? total / static_cast<double>(all.n) : std::nan("");
  return all;
}

Cell relapsed_cell(const ArmMean& relapsed) {
  const auto hits = static_cast<std::size_t>(std::llround(relapsed.mean / 100.0 * static_cast<double>(relapsed.n)));
  const trials::Mean share = trials::share_with_interval(relapsed.n == 0 ? 0 : hits, relapsed.n);
  if (!std::isfinite(share.mean)) return {"–", std::nullopt};
  return {fmt::format("{:.0f} [{:.0f}, {:.0f}]", 100.0 * share.mean, 100.0 * share.low, 100.0 * share.high),
          100.0 * share.mean, 100.0 * share.low, 100.0 * share.high};
}

ReportTable arms_table(const Scenario& scenario, const RunResult& run) {
  const trials::Trial& trial = *scenario.trial;
  constexpr std::array<std::pair<const char*, PatientOutcome>, 6> shown{
      {{"days of use", PatientOutcome::days_of_use},
       {"social functioning", PatientOutcome::functioning},
       {"connection", PatientOutcome::connection},
       {"loneliness", PatientOutcome::points},
       {"isolated [%]", PatientOutcome::isolated},
       {"close ties", PatientOutcome::close_ties}}};
  ReportTable table;
  table.title =
      fmt::format("patients after {}, all who were allocated", print_quantity(scenario.time.duration, Dimension::time));
  table.columns = {"", "n", "relapsed [95 % CI]"};
  for (const auto& [name, outcome] : shown) table.columns.emplace_back(name);
  const auto& outcomes = run.studies.front().outcomes.front();
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    const ArmMean relapsed = arm_mean(scenario, run, arm, static_cast<std::size_t>(PatientOutcome::relapsed));
    std::vector<Cell> row{
        {trial.arms[arm].name, std::nullopt}, number_cell(static_cast<double>(relapsed.n), 0), relapsed_cell(relapsed)};
    for (const auto& [name, outcome] : shown) {
      const auto place = static_cast<std::size_t>(outcome);
      row.push_back(number_cell(arm_mean(scenario, run, arm, place).mean, std::min(outcomes[place].digits, 3)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

ReportTable paths_table(const Scenario& scenario, const RunResult& run, std::size_t arm) {
  const trials::Trial& trial = *scenario.trial;
  ReportTable table;
  table.title = fmt::format("{}: what treatment does through each path, against the twins", trial.arms[arm].name);
  table.columns = {"", "both paths", "substance path off", "attachment path off", "interaction"};
  const auto& outcomes = run.studies.front().outcomes.front();
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    PathEffect mean;
    for (const StudyResult& result : run.studies) {
      const PathEffect one = path_effect(result.outcomes, o, result.members_of(trial, arm));
      const double share = 1.0 / static_cast<double>(run.studies.size());
      mean.both += share * one.both;
      mean.attachment += share * one.attachment;
      mean.use += share * one.use;
    }
    const auto cell = [&](double value) {
      return value == 0.0 ? Cell{"0 exactly", 0.0} : number_cell(value, outcomes[o].digits);
    };
    table.rows.push_back({{fmt::format("{} ({})", outcomes[o].name, outcomes[o].unit), std::nullopt},
                          cell(mean.both),
                          cell(mean.attachment),
                          cell(mean.use),
                          number_cell(mean.interaction(), outcomes[o].digits)});
  }
  return table;
}

bool has_patients(const Scenario& scenario, const RunResult& run) {
  return scenario.substance_use && scenario.trial && !run.studies.front().outcomes.front().empty();
}

}  // namespace

std::vector<ReportTable> patient_tables(const Scenario& scenario, const RunResult& run) {
  if (!has_patients(scenario, run)) return {};
  std::vector<ReportTable> tables{arms_table(scenario, run)};
  if (!scenario.substance_use->split_paths) return tables;
  const trials::Trial& trial = *scenario.trial;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    if (trial.arms[arm].is_active()) tables.push_back(paths_table(scenario, run, arm));
  }
  return tables;
}

std::vector<std::string> patient_notes(const Scenario& scenario, const RunResult& run) {
  if (!has_patients(scenario, run)) return {};
  std::vector<std::string> notes{
      "Relapsed, as in X:BOT (Lee 2018): after day 20, seven days in a row with use or four weeks in a row with any. "
      "Social functioning: 0-100, our measure of the last four weeks (contacts, their tone, ties, loneliness)."};
  if (scenario.substance_use->split_paths)
    notes.emplace_back(
        "Paths: the same patients with the same chance in four worlds: treated; treatment without effect on the reward "
        "of "
        "use (substance path off); without effect on feelings and contacts (attachment path off); no treatment (the "
        "twins). Interaction: what both do together beyond the sum.");
  return notes;
}

}  // namespace kith

#include "models/report/effects.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace kith {
namespace {

Cell probability(double p) { return p < 0.001 ? Cell{"<0.001", p} : number_cell(p, 3); }

Cell percent(double share) {
  if (!std::isfinite(share)) return {"–", std::nullopt};
  return {fmt::format("{:.0f} %", 100.0 * share), share};
}

/// "42 % [35, 49]"
Cell share(const trials::Mean& mean) {
  if (!std::isfinite(mean.mean)) return {"–", std::nullopt};
  return {fmt::format("{:.0f} % [{:.0f}, {:.0f}]", 100.0 * mean.mean, 100.0 * mean.low, 100.0 * mean.high), mean.mean,
          mean.low, mean.high};
}

Cell exact_or_number(double mean, double largest) {
  if (largest == 0.0 && mean == 0.0) return {"0 exactly", 0.0};
  return number_cell(mean, 3);
}

std::vector<const trials::Effects*> effects_of(const RunResult& run) {
  std::vector<const trials::Effects*> studies;
  for (const StudyResult& result : run.studies) studies.push_back(&result.effects);
  return studies;
}

std::string contrast_title(const trials::Trial& trial, std::size_t arm) {
  return fmt::format("{} against {}", trial.arms[arm].name, trial.reference_name());
}

Cell name_cell(const trials::MeasureData& measure) {
  return {fmt::format("{} ({})", measure.name, measure.unit), std::nullopt};
}

constexpr const char* itt_name = "  intention to treat";

/// Whom rows are about, with the name of the row: all who were allocated, too, where somebody left.
std::vector<std::pair<trials::Whom, Cell>> rows_of(const RunResult& run, const Cell& name) {
  std::vector<std::pair<trials::Whom, Cell>> rows{{trials::Whom::stayed, name}};
  if (somebody_left(run)) rows.emplace_back(trials::Whom::allocated, Cell{itt_name, std::nullopt});
  return rows;
}

const trials::Found& found(const trials::Effect& effect, trials::Whom whom) {
  return whom == trials::Whom::allocated ? effect.intention_to_treat : effect;
}

/// Whether the differences to be read are those adjusted for the period.
bool is_read_adjusted(const RunResult& run, std::size_t arm) {
  return run.studies.front().effects.front()[arm].ratings.method == trials::Method::adjusted;
}

ReportTable rated_table(const Scenario& scenario, const RunResult& run, std::size_t arm) {
  const trials::Trial& trial = *scenario.trial;
  const std::vector<const trials::Effects*> studies = effects_of(run);
  const bool many = studies.size() > 1;
  ReportTable table;
  table.title = contrast_title(trial, arm);
  table.columns = {"",
                   trial.arms[arm].name,
                   trial.reference_name(),
                   "difference [95 % CI]",
                   "Hedges g [95 % CI]",
                   many ? "significant" : "p",
                   "own effect"};
  const auto& measures = run.studies.front().measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (!measures[m].has_effect) continue;
    for (const auto& [whom, name] : rows_of(run, name_cell(measures[m]))) {
      const trials::Pooled pooled = trials::pool(studies, m, arm, whom);
      const trials::Comparison& one = found((*studies.front())[m][arm], whom).ratings;
      table.rows.push_back({name, number_cell(pooled.mean_a.mean, 2), number_cell(pooled.mean_b.mean, 2),
                            with_interval(pooled.difference.mean, pooled.typical_low, pooled.typical_high, 2),
                            many ? with_interval(pooled.g.mean, pooled.g.low, pooled.g.high, 2)
                                 : with_interval(one.g, one.g_low, one.g_high, 2),
                            many ? share(pooled.significant) : probability(one.p),
                            exact_or_number(pooled.own.mean, pooled.largest_own)});
    }
  }
  return table;
}

/// A row of the adjusted table.
std::vector<Cell> adjusted_row(const Cell& name, const trials::Pooled& pooled, const trials::Adjusted& one, bool many) {
  const auto estimate = [](const trials::Pooled::PooledTerm& term) {
    return with_interval(term.estimate.mean, term.typical_low, term.typical_high, 2);
  };
  const auto tested = [&](const trials::Pooled::PooledTerm& term, double p) {
    return many ? percent(term.significant.mean) : probability(p);
  };
  return {name,
          estimate(pooled.treatment),
          tested(pooled.treatment, one.treatment.p),
          estimate(pooled.period),
          estimate(pooled.carry_over),
          tested(pooled.carry_over, one.carry_over.p)};
}

/// Where it is the table to be read it has the own effects and who was allocated, too.
ReportTable adjusted_table(const Scenario& scenario, const RunResult& run, std::size_t arm) {
  const std::vector<const trials::Effects*> studies = effects_of(run);
  const bool many = studies.size() > 1;
  const char* const test = many ? "p < 0.05" : "p";
  const bool is_read = is_read_adjusted(run, arm);
  ReportTable table;
  table.title = contrast_title(*scenario.trial, arm) + ", adjusted for the period";
  table.columns = {"", "difference [95 % CI]", test, "last − first period [95 % CI]", "carry-over [95 % CI]", test};
  if (is_read) table.columns.emplace_back("own effect");
  const auto& measures = run.studies.front().measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (!measures[m].has_effect) continue;
    for (const auto& [whom, name] : rows_of(run, name_cell(measures[m]))) {
      if (whom == trials::Whom::allocated && !is_read) continue;
      const trials::Pooled pooled = trials::pool(studies, m, arm, whom);
      if (!is_read && !std::isfinite(pooled.treatment.estimate.mean)) continue;
      std::vector<Cell> row = adjusted_row(name, pooled, found((*studies.front())[m][arm], whom).adjusted, many);
      if (is_read) row.push_back(exact_or_number(pooled.own.mean, pooled.largest_own));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

bool somebody_left(const RunResult& run) {
  return std::any_of(run.studies.begin(), run.studies.end(), [](const StudyResult& result) {
    return std::any_of(result.flow.left.begin(), result.flow.left.end(), [](std::uint32_t left) { return left > 0; });
  });
}

Cell number_cell(double value, int digits) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);  // no "-0.00"
  if (text[0] == '-') text.replace(0, 1, "−");
  return {text, value};
}

Cell with_interval(double value, double low, double high, int digits) {
  Cell cell = number_cell(value, digits);
  if (!std::isfinite(low)) return cell;
  cell.text += fmt::format(" [{}, {}]", number_cell(low, digits).text, number_cell(high, digits).text);
  cell.low = low;
  cell.high = high;
  return cell;
}

Cell number_needed_cell(double difference, double low, double high) {
  const double needed = trials::number_needed(difference);
  if (!std::isfinite(needed)) return {"–", std::nullopt};
  const auto people = [](double risk_difference) {
    return fmt::format("{:.0f}", std::ceil(std::abs(trials::number_needed(risk_difference))));
  };
  const bool harms = needed > 0.0;
  const std::string text = (harms ? "harm " : "benefit ") + people(difference);
  if (!std::isfinite(trials::number_needed(low)) || !std::isfinite(trials::number_needed(high))) return {text, needed};
  std::string range = fmt::format("{}, {}", people(harms ? high : low), people(harms ? low : high));
  if (low < 0.0 && high > 0.0) {
    range = harms ? fmt::format("harm {} to ∞ to benefit {}", people(high), people(low))
                  : fmt::format("benefit {} to ∞ to harm {}", people(low), people(high));
  }
  return {fmt::format("{} [{}]", text, range), needed, trials::number_needed(high), trials::number_needed(low)};
}

std::vector<ReportTable> effect_tables(const Scenario& scenario, const RunResult& run, std::size_t arm) {
  std::vector<ReportTable> tables;
  if (!is_read_adjusted(run, arm)) tables.push_back(rated_table(scenario, run, arm));
  ReportTable adjusted = adjusted_table(scenario, run, arm);
  if (!adjusted.rows.empty()) tables.push_back(std::move(adjusted));
  return tables;
}

ReportTable risk_table(const Scenario& scenario, const RunResult& run) {
  const trials::Trial& trial = *scenario.trial;
  const std::vector<const trials::Effects*> studies = effects_of(run);
  ReportTable table;
  table.title = "lonely or isolated at the last occasion [%]";
  table.columns = {"", "arm", "reference", "difference [95 % CI]", "number needed to [95 % CI]"};
  const auto& measures = run.studies.front().measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (!measures[m].cutoff) continue;
    for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
      if (arm == trial.reference || is_read_adjusted(run, arm)) continue;
      const Cell called{
          fmt::format("{} by {}, {}", measures[m].cutoff->called, measures[m].name, contrast_title(trial, arm)),
          std::nullopt};
      for (const auto& [whom, name] : rows_of(run, called)) {
        const trials::Pooled pooled = trials::pool(studies, m, arm, whom);
        table.rows.push_back(
            {name, number_cell(100.0 * pooled.risk_a.mean, 1), number_cell(100.0 * pooled.risk_b.mean, 1),
             with_interval(100.0 * pooled.risk_difference.mean, 100.0 * pooled.risk_low, 100.0 * pooled.risk_high, 1),
             number_needed_cell(pooled.risk_difference.mean, pooled.risk_low, pooled.risk_high)});
      }
    }
  }
  return table;
}

ReportTable flow_table(const Scenario& scenario, const RunResult& run) {
  const trials::Trial& trial = *scenario.trial;
  const auto studies = static_cast<double>(run.studies.size());
  using Counts = std::vector<std::uint32_t> trials::Flow::*;
  std::vector<std::pair<const char*, Counts>> columns{{"started", &trials::Flow::allocated}};
  const std::vector<std::pair<const char*, Counts>> rare{{"never took the arm", &trials::Flow::never_started},
                                                         {"stopped", &trials::Flow::stopped},
                                                         {"switched", &trials::Flow::switched}};
  const auto mean = [&](Counts counts, std::size_t row) {
    double total = 0.0;
    for (const StudyResult& result : run.studies) {
      const std::vector<std::uint32_t>& by_sequence = result.flow.*counts;
      for (std::size_t s = 0; s < by_sequence.size(); ++s) {
        if (row == by_sequence.size() || row == s) total += static_cast<double>(by_sequence[s]);
      }
    }
    return total / studies;
  };
  const std::size_t all = trial.sequences.size();
  std::copy_if(rare.begin(), rare.end(), std::back_inserter(columns),
               [&](const auto& column) { return mean(column.second, all) > 0.0; });
  columns.insert(columns.end(), {{"left", &trials::Flow::left}, {"analysed", &trials::Flow::analysed}});
  ReportTable table;
  table.title = run.studies.size() > 1 ? "flow of participants, mean of a study" : "flow of participants";
  table.columns = {""};
  for (const auto& column : columns) table.columns.emplace_back(column.first);
  for (std::size_t row = 0; row <= all; ++row) {
    std::vector<Cell> cells{{row < all ? trial.sequences[row].name : "all", std::nullopt}};
    for (const auto& column : columns) {
      const double value = mean(column.second, row);
      cells.push_back(number_cell(value, std::abs(value - std::round(value)) < 1e-9 ? 0 : 1));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string screening_note(const RunResult& run) {
  const auto studies = static_cast<double>(run.studies.size());
  double screened = 0.0;
  std::vector<double> excluded(run.studies.front().flow.excluded.size());
  for (const StudyResult& result : run.studies) {
    screened += result.flow.screened / studies;
    for (std::size_t i = 0; i < excluded.size(); ++i) excluded[i] += result.flow.excluded[i] / studies;
  }
  std::string note = fmt::format("Screened: {:.0f} people", screened);
  for (std::size_t i = 0; i < excluded.size(); ++i) {
    if (excluded[i] > 0.0)
      note += fmt::format("; excluded {:.{}f}, {}", excluded[i], studies > 1.0 && excluded[i] < 10.0 ? 1 : 0,
                          run.studies.front().flow.reasons[i]);
  }
  return note + ".";
}

}  // namespace kith

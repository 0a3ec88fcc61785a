#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "models/evidence/evidence_report.hpp"

namespace kith::evidence {
namespace {

using Row = std::pair<const Experiment*, std::size_t>;

std::vector<Row> rows_of(const Matrix& matrix) {
  std::vector<Row> rows;
  for (const Experiment& experiment : matrix.experiments) {
    for (std::size_t o = 0; o < experiment.cells.size(); ++o) rows.emplace_back(&experiment, o);
  }
  return rows;
}

/// A variable of the table and its values.
struct Column {
  Variable variable;
  Values values;
};

Column of_outcomes(const std::vector<Row>& rows, const char* name, const char* long_name,
                   const std::function<double(const ExpectedOutcome&)>& value) {
  std::vector<double> values;
  for (const auto& [experiment, o] : rows) values.push_back(value(experiment->expected.outcomes[o]));
  return {{.name = name, .unit = "1", .long_name = long_name, .type = ValueType::float64, .dimensions = {"outcome"}},
          std::move(values)};
}

Column of_cells(const std::vector<Row>& rows, const char* name, const char* long_name,
                const std::function<double(const Judged&)>& value) {
  std::vector<double> values;
  for (const auto& [experiment, o] : rows) {
    for (const Judged& cell : experiment->cells[o])
      values.push_back(cell.predicted.studies > 0 ? value(cell) : std::numeric_limits<double>::quiet_NaN());
  }
  return {{.name = name,
           .unit = "1",
           .long_name = long_name,
           .type = ValueType::float64,
           .dimensions = {"outcome", "theory"}},
          std::move(values)};
}

/// What is a category.
std::vector<Column> categories(const std::vector<Row>& rows) {
  std::vector<std::int8_t> findings;
  std::vector<std::int8_t> roles;
  std::vector<std::int8_t> results;
  for (const auto& [experiment, o] : rows) {
    findings.push_back(static_cast<std::int8_t>(experiment->expected.outcomes[o].finding));
    roles.push_back(static_cast<std::int8_t>(experiment->expected.role));
    for (const Judged& cell : experiment->cells[o]) results.push_back(static_cast<std::int8_t>(cell.verdict));
  }
  Variable finding{.name = "finding",
                   .unit = "",
                   .long_name = "what was published",
                   .type = ValueType::int8,
                   .dimensions = {"outcome"},
                   .flags = {{0, "effect"}, {1, "lower"}, {2, "higher"}, {3, "none"}}};
  Variable role{.name = "role",
                .unit = "",
                .long_name = "what the experiment is to the theories",
                .type = ValueType::int8,
                .dimensions = {"outcome"},
                .flags = {{0, "held_out"}, {1, "calibration"}, {2, "in_meta_analysis"}}};
  Variable verdict{.name = "verdict",
                   .unit = "",
                   .long_name = "how the theory fares",
                   .type = ValueType::int8,
                   .dimensions = {"outcome", "theory"},
                   .flags = {{0, "hit"}, {1, "miss"}, {2, "noisy"}, {3, "inexpressible"}, {4, "failed"}}};
  return {{finding, findings}, {role, roles}, {verdict, results}};
}

/// Effects of all virtual studies, NaN beyond those of an experiment.
Column effects_of_studies(const std::vector<Row>& rows, std::size_t studies) {
  std::vector<double> values;
  for (const auto& [experiment, o] : rows) {
    for (const Judged& cell : experiment->cells[o]) {
      for (std::size_t k = 0; k < studies; ++k)
        values.push_back(k < cell.effects.size() ? cell.effects[k] : std::numeric_limits<double>::quiet_NaN());
    }
  }
  return {{.name = "effect",
           .unit = "1",
           .long_name = "Hedges g in a virtual study",
           .type = ValueType::float64,
           .dimensions = {"outcome", "theory", "study"}},
          std::move(values)};
}

}  // namespace

void write_evidence(const Matrix& matrix, Sink& sink) {
  const std::vector<Row> rows = rows_of(matrix);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::string> outcomes;
  std::size_t most = 1;
  for (const auto& [experiment, o] : rows) {
    outcomes.push_back(label(*experiment, experiment->expected.outcomes[o]));
    for (const Judged& cell : experiment->cells[o]) most = std::max(most, cell.effects.size());
  }
  std::vector<std::int32_t> studies(most);
  for (std::size_t k = 0; k < most; ++k) studies[k] = static_cast<std::int32_t>(k);
  std::vector<Column> columns = categories(rows);
  const auto is_number = [](const ExpectedOutcome& outcome) { return outcome.finding == Finding::effect; };
  columns.push_back(of_outcomes(rows, "published", "published Hedges g",
                                [&](const auto& o) { return is_number(o) ? o.effect : nan; }));
  columns.push_back(of_outcomes(rows, "published_se", "its standard error",
                                [&](const auto& o) { return is_number(o) ? o.standard_error : nan; }));
  columns.push_back(of_outcomes(rows, "bound", "effects below it count as none",
                                [&](const auto& o) { return is_number(o) ? nan : o.bound; }));
  columns.push_back(of_cells(rows, "mean", "Hedges g, mean over virtual studies",
                             [](const Judged& cell) { return cell.predicted.mean; }));
  columns.push_back(of_cells(rows, "sd", "standard deviation of one study",
                             [](const Judged& cell) { return cell.predicted.between; }));
  columns.push_back(
      of_cells(rows, "se", "standard error of the mean", [](const Judged& cell) { return cell.predicted.error; }));
  columns.push_back(of_cells(rows, "log_score", "log score of what was published",
                             [](const Judged& cell) { return cell.score.log; }));
  columns.push_back(of_cells(rows, "crps", "its CRPS", [](const Judged& cell) { return cell.score.crps; }));
  columns.push_back(effects_of_studies(rows, most));
  TableSpec spec{.name = "evidence",
                 .long_name = "published experiments under theories",
                 .dimensions = {{"outcome", "experiment and outcome", "", outcomes},
                                {"theory", "theory", "", matrix.theories},
                                {"study", "virtual study", "", studies}},
                 .growing = "",
                 .variables = {}};
  TableRow row{.table = spec.name, .replicate = 0, .coordinate = 0.0, .values = {}};
  for (Column& column : columns) {
    spec.variables.push_back(std::move(column.variable));
    row.values.push_back(std::move(column.values));
  }
  sink.declare(spec);
  sink.write(std::move(row));
}

}  // namespace kith::evidence

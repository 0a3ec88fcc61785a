#include "models/application/evidence_forest.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/evidence/evidence_report.hpp"

namespace kith {
namespace {

constexpr double limit_95 = 1.959963984540054;

plot::ForestPoint point(double value, double sd, double weight) {
  return {.value = value, .low = value - limit_95 * sd, .high = value + limit_95 * sd, .weight = weight};
}

plot::ForestCell published_cell(const ExpectedOutcome& outcome) {
  plot::ForestCell cell;
  switch (outcome.finding) {
    case Finding::effect:
      cell.point = point(outcome.effect, outcome.standard_error, 1.0);
      break;
    case Finding::lower:
      cell.direction = -1;
      break;
    case Finding::higher:
      cell.direction = 1;
      break;
    case Finding::none:
      cell.direction = 0;
      break;
  }
  return cell;
}

/// `precision`: of the most precise study, 1/SD².
plot::ForestCell theory_cell(const evidence::Judged& judged, double precision) {
  plot::ForestCell cell;
  if (judged.verdict == evidence::Verdict::inexpressible || judged.verdict == evidence::Verdict::failed) {
    cell.words = judged.verdict == evidence::Verdict::failed ? "failed" : "cannot be expressed";
    return cell;
  }
  const double sd = judged.predicted.between;
  cell.point = point(judged.predicted.mean, sd, 1.0 / (sd * sd * precision));
  cell.point->inner = {judged.predicted.low, judged.predicted.high};
  cell.tone = 1 + static_cast<std::size_t>(judged.verdict);
  return cell;
}

double greatest_precision(const evidence::Matrix& matrix) {
  double greatest = 0.0;
  for (const evidence::Experiment& experiment : matrix.experiments) {
    for (const auto& cells : experiment.cells) {
      for (const evidence::Judged& cell : cells) {
        if (cell.predicted.studies > 0)
          greatest = std::max(greatest, 1.0 / (cell.predicted.between * cell.predicted.between));
      }
    }
  }
  return greatest;
}

/// The least half that no mean and no published interval exceeds.
double axis_limit(const evidence::Matrix& matrix) {
  double most = 0.5;
  for (const evidence::Experiment& experiment : matrix.experiments) {
    for (const ExpectedOutcome& outcome : experiment.expected.outcomes) {
      const bool is_number = outcome.finding == Finding::effect;
      const double reach = is_number ? std::abs(outcome.effect) + limit_95 * outcome.standard_error : 0.0;
      most = std::max(most, reach);
    }
    for (const auto& cells : experiment.cells) {
      for (const evidence::Judged& cell : cells) most = std::max(most, std::abs(cell.predicted.mean));
    }
  }
  return 0.5 * std::ceil(2.0 * most);
}

void add_pooled(const evidence::Matrix& matrix, plot::Forest& forest) {
  plot::ForestRow row{.label = "pooled, felt connection on an antagonist", .cells = {}, .is_summary = true};
  // Loseth, Trostheim & Leknes 2024, doi:10.1038/s41398-024-03088-3: 17 outcomes, 455 people.
  row.cells.push_back({.point = plot::ForestPoint{.value = -0.20, .low = -0.32, .high = -0.07}});
  bool is_known = false;
  for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
    row.cells.emplace_back();
    const std::optional<evidence::PooledEffect> pooled = evidence::pooled_of(matrix, k);
    is_known = is_known || pooled;
    if (pooled)
      row.cells.back().point = plot::ForestPoint{.value = pooled->estimate, .low = pooled->low, .high = pooled->high};
  }
  if (is_known) forest.rows.push_back(std::move(row));
}

}  // namespace

plot::Forest evidence_forest(const evidence::Matrix& matrix) {
  constexpr std::array<std::pair<Role, const char*>, 3> parts{
      {{Role::in_meta_analysis, "In the meta-analysis, to which all are fitted: not scored"},
       {Role::calibration, "Calibration"},
       {Role::held_out, "Held out"}}};
  plot::Forest forest{.title = "Published experiments, and what each theory predicts",
                      .notes = {"Published, Hedges g: an effect with its 95 % interval; or a direction alone (arrow; "
                                "ring: no difference).",
                                "Theories: mean of the virtual studies, where 95 % of them lie, and thicker the 95 % "
                                "interval of the mean.",
                                "Pale band behind a row: what counts as no difference."},
                      .limit = axis_limit(matrix),
                      .panels = {"published"},
                      .rows = {},
                      .tones = {"published", "hit", "miss", "too noisy to tell"}};
  forest.panels.insert(forest.panels.end(), matrix.theories.begin(), matrix.theories.end());
  const double precision = greatest_precision(matrix);
  for (const auto& [role, heading] : parts) {
    bool is_first = true;
    for (const evidence::Experiment& experiment : matrix.experiments) {
      if (experiment.expected.role != role) continue;
      if (is_first) forest.rows.push_back({.label = heading});
      is_first = false;
      for (std::size_t o = 0; o < experiment.cells.size(); ++o) {
        const ExpectedOutcome& outcome = experiment.expected.outcomes[o];
        plot::ForestRow row{.label = evidence::label(experiment, outcome)};
        row.cells.push_back(published_cell(outcome));
        for (const evidence::Judged& cell : experiment.cells[o]) row.cells.push_back(theory_cell(cell, precision));
        if (outcome.finding == Finding::none) {
          for (plot::ForestCell& cell : row.cells) cell.band = outcome.bound;
        }
        forest.rows.push_back(std::move(row));
      }
    }
    if (role == Role::in_meta_analysis && !is_first) add_pooled(matrix, forest);
  }
  return forest;
}

}  // namespace kith

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "plot/forest.hpp"

namespace kith::figures {
namespace {

constexpr std::size_t most_panels = 4;          ///< of theories in a drawing, beside what was published
constexpr double limit_95 = 1.959963984540054;  // of the normal distribution

/// Published findings by outcome, and what each theory predicts.
struct Experiments {
  std::optional<Grid> published, error, mean, deviation, finding, role, verdict;
  std::optional<Grid> mean_error, bound;  ///< not in every file

  Experiments(const io::ResultFile& result, const Definition& d)
      : published(read_grid(result, d.table, d.variables[0])),
        error(read_grid(result, d.table, d.variables[1])),
        mean(read_grid(result, d.table, d.variables[2])),
        deviation(read_grid(result, d.table, d.variables[3])),
        finding(read_grid(result, d.table, "finding")),
        role(read_grid(result, d.table, "role")),
        verdict(read_grid(result, d.table, "verdict")),
        mean_error(read_grid(result, d.table, "se")),
        bound(read_grid(result, d.table, "bound")) {}

  bool is_there() const {
    return published && error && mean && deviation && finding && role && verdict && mean->sizes.size() == 2 &&
           !mean->names[0].empty() && !mean->names[1].empty();
  }
  const std::vector<std::string>& outcomes() const { return mean->names[0]; }
  const std::vector<std::string>& theories() const { return mean->names[1]; }
  /// The word of a category; "" where it has none.
  static std::string word(const std::optional<Grid>& grid, const std::vector<std::size_t>& place) {
    const double value = grid->at(place);
    return value >= 0.0 && value < static_cast<double>(grid->flags.size())
               ? grid->flags[static_cast<std::size_t>(value)]
               : "";
  }
};

plot::ForestCell published_cell(const Experiments& all, std::size_t outcome) {
  const double value = all.published->at({outcome});
  const double reach = limit_95 * all.error->at({outcome});
  if (std::isfinite(value))
    return {.point = plot::ForestPoint{.value = value, .low = value - reach, .high = value + reach}};
  const std::string finding = Experiments::word(all.finding, {outcome});
  return {.direction = finding == "lower" ? -1 : finding == "higher" ? 1 : 0};
}

/// The legend's tone of a verdict: 1 hit, 2 miss, 3 too noisy to tell.
std::size_t tone_of(const std::string& verdict) { return verdict == "hit" ? 1 : verdict == "miss" ? 2 : 3; }

plot::ForestCell theory_cell(const Experiments& all, std::size_t outcome, std::size_t theory) {
  const double mean = all.mean->at({outcome, theory});
  const std::string verdict = Experiments::word(all.verdict, {outcome, theory});
  if (!std::isfinite(mean)) return {.words = verdict == "failed" ? "failed" : "cannot be expressed"};
  const double reach = limit_95 * all.deviation->at({outcome, theory});
  plot::ForestPoint point{.value = mean, .low = mean - reach, .high = mean + reach};
  const double error = all.mean_error ? all.mean_error->at({outcome, theory}) : std::nan("");
  if (std::isfinite(error)) point.inner = {mean - limit_95 * error, mean + limit_95 * error};
  return {.point = point, .tone = tone_of(verdict)};
}

/// Half of the axis, which holds all means and what was published; another interval that is longer ends in an arrow.
double limit_of(const Experiments& all) {
  double most = 0.5;
  for (const double value : all.mean->values) {
    if (std::isfinite(value)) most = std::max(most, std::abs(value));
  }
  for (std::size_t outcome = 0; outcome < all.outcomes().size(); ++outcome) {
    const double end = std::abs(all.published->at({outcome})) + limit_95 * all.error->at({outcome});
    if (std::isfinite(end)) most = std::max(most, end);
  }
  return 0.5 * std::ceil(2.0 * most);
}

constexpr std::array<std::pair<const char*, const char*>, 3> roles{
    {{"in_meta_analysis", "In the meta-analysis, to which all are fitted"},
     {"calibration", "Calibration"},
     {"held_out", "Held out"}}};

plot::Forest forest_of(const Experiments& all, const Definition& definition, std::size_t from) {
  const std::size_t to = std::min(from + most_panels, all.theories().size());
  plot::Forest forest{.title = definition.title,
                      .notes = {"Published, Hedges g: an effect with its 95 % interval; or a direction alone (arrow; "
                                "ring: no difference).",
                                "Theories: mean of the virtual studies, where 95 % of them lie, and thicker the 95 % "
                                "interval of the mean.",
                                "Pale band behind a row: what counts as no difference."},
                      .limit = limit_of(all),
                      .panels = {"published"},
                      .rows = {},
                      .tones = {"published", "hit", "miss", "too noisy to tell"},
                      .id = fmt::format("{}-{}", definition.name, from)};
  forest.panels.insert(forest.panels.end(), all.theories().begin() + static_cast<std::ptrdiff_t>(from),
                       all.theories().begin() + static_cast<std::ptrdiff_t>(to));
  for (const auto& [role, heading] : roles) {
    bool is_first = true;
    for (std::size_t outcome = 0; outcome < all.outcomes().size(); ++outcome) {
      if (Experiments::word(all.role, {outcome}) != role) continue;
      if (is_first) forest.rows.push_back({.label = heading});
      is_first = false;
      plot::ForestRow row{.label = all.outcomes()[outcome], .cells = {published_cell(all, outcome)}};
      for (std::size_t theory = from; theory < to; ++theory) row.cells.push_back(theory_cell(all, outcome, theory));
      if (all.bound && Experiments::word(all.finding, {outcome}) == "none") {
        for (plot::ForestCell& cell : row.cells) cell.band = all.bound->at({outcome});
      }
      forest.rows.push_back(std::move(row));
    }
  }
  return forest;
}

ReportTable table_of(const Experiments& all, const Definition& definition) {
  ReportTable table{fmt::format("{} [{}]", definition.title, definition.unit), {"", "published"}, {}};
  for (const std::string& theory : all.theories()) table.columns.push_back(theory);
  for (std::size_t outcome = 0; outcome < all.outcomes().size(); ++outcome) {
    const plot::ForestCell published = published_cell(all, outcome);
    std::vector<Cell> row{{all.outcomes()[outcome], std::nullopt}};
    row.push_back(published.point ? with_interval(published.point->value, published.point->low, published.point->high,
                                                  definition.digits)
                                  : Cell{Experiments::word(all.finding, {outcome})});
    for (std::size_t theory = 0; theory < all.theories().size(); ++theory) {
      const plot::ForestCell cell = theory_cell(all, outcome, theory);
      if (!cell.point) {
        row.push_back({cell.words});
        continue;
      }
      row.push_back(with_interval(cell.point->value, cell.point->low, cell.point->high, definition.digits));
      row.back().text += " " + Experiments::word(all.verdict, {outcome, theory});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Drawn draw_experiments(const io::ResultFile& result, const Definition& definition) {
  const Experiments all(result, definition);
  if (!all.is_there()) return missing("This result's table of experiments is not as this version of Kith writes it.");
  Figure figure = begun(definition);
  for (std::size_t from = 0; from < all.theories().size(); from += most_panels)
    figure.drawings.push_back(drawing_of(forest_of(all, definition, from)));
  figure.table = table_of(all, definition);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

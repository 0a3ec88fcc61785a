#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/contrast_name.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "plot/forest.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr std::size_t most_studies = 40;  ///< of a drawing
constexpr std::size_t most_panels = 3;

/// An effect and its limits of every study, and of all of them.
struct Effects {
  std::optional<Grid> value, low, high;                       // [replicates][measures][contrasts]
  std::optional<Grid> all_value, all_low, all_high, studies;  // [measures][contrasts]

  Effects(const io::ResultFile& result, const Definition& d)
      : value(read_grid(result, d.table, d.variables[0])),
        low(read_grid(result, d.table, d.variables[1])),
        high(read_grid(result, d.table, d.variables[2])),
        all_value(read_grid(result, d.further, d.variables[0])),
        all_low(read_grid(result, d.further, d.variables[1])),
        all_high(read_grid(result, d.further, d.variables[2])),
        studies(read_grid(result, d.further, "studies")) {}

  bool is_there() const { return value && low && high && value->sizes.size() == 3; }
  std::size_t replicates() const { return value->sizes[0]; }
  const std::vector<std::string>& measures() const { return value->names[1]; }
  const std::vector<std::string>& contrasts() const { return value->names[2]; }
  bool has(std::size_t measure) const {
    for (std::size_t r = 0; r < replicates(); ++r) {
      for (std::size_t c = 0; c < contrasts().size(); ++c) {
        if (std::isfinite(value->at({r, measure, c}))) return true;
      }
    }
    return false;
  }
  bool has_pooled() const { return replicates() > 1 && all_value && all_low && all_high; }
};

/// Half of the axis: what holds the most of the limits; a study far out ends in an arrow.
double limit_of(const Effects& effects, std::size_t measure) {
  std::vector<double> ends;
  for (std::size_t r = 0; r < effects.replicates(); ++r) {
    for (std::size_t c = 0; c < effects.contrasts().size(); ++c) {
      for (const auto* grid : {&effects.low, &effects.high}) {
        const double end = (*grid)->at({r, measure, c});
        if (std::isfinite(end)) ends.push_back(std::abs(end));
      }
    }
  }
  if (ends.empty()) return 1.0;
  std::sort(ends.begin(), ends.end());
  const double most = ends[static_cast<std::size_t>(0.98 * static_cast<double>(ends.size() - 1))];
  return plot::range_of({0.0, std::max(most, 0.1)}, 4).to;
}

double precision(const Effects& effects, const std::vector<std::size_t>& place) {
  const double width = effects.high->at(place) - effects.low->at(place);
  return width > 0.0 ? 1.0 / (width * width) : 0.0;
}

plot::ForestCell cell_of(const Effects& effects, const std::vector<std::size_t>& place, double greatest) {
  const double value = effects.value->at(place);
  if (!std::isfinite(value)) return {.words = "–"};
  const double low = effects.low->at(place);
  const double high = effects.high->at(place);
  const bool has_limits = std::isfinite(low) && std::isfinite(high);
  return {.point = plot::ForestPoint{.value = value,
                                     .low = has_limits ? low : value,
                                     .high = has_limits ? high : value,
                                     .weight = greatest > 0.0 ? precision(effects, place) / greatest : 1.0},
          .tone = 1};
}

plot::ForestRow pooled_row(const Effects& effects, std::size_t measure, std::size_t from, std::size_t to) {
  plot::ForestRow row{.label = fmt::format("mean of all {}", effects.replicates()), .cells = {}, .is_summary = true};
  for (std::size_t c = from; c < to; ++c) {
    const double value = effects.all_value->at({measure, c});
    if (std::isfinite(value))
      row.cells.push_back({.point = plot::ForestPoint{.value = value,
                                                      .low = effects.all_low->at({measure, c}),
                                                      .high = effects.all_high->at({measure, c})},
                           .tone = 2});
    else
      row.cells.push_back({.words = "–"});
  }
  return row;
}

plot::Forest forest_of(const Effects& effects, const Definition& definition, std::size_t measure, std::size_t from) {
  const std::size_t to = std::min(from + most_panels, effects.contrasts().size());
  plot::Forest forest;
  forest.title = fmt::format("{}: {}", definition.title, effects.measures()[measure]);
  forest.notes = {definition.unit + ", with 95 % intervals."};
  forest.limit = limit_of(effects, measure);
  double greatest = 0.0;
  for (std::size_t c = from; c < to; ++c) {
    forest.panels.push_back(contrast_text(effects.contrasts()[c]));
    for (std::size_t r = 0; r < effects.replicates(); ++r)
      greatest = std::max(greatest, precision(effects, {r, measure, c}));
  }
  for (std::size_t r = 0; r < std::min(most_studies, effects.replicates()); ++r) {
    plot::ForestRow row{.label = fmt::format("study {}", r + 1)};
    for (std::size_t c = from; c < to; ++c) row.cells.push_back(cell_of(effects, {r, measure, c}, greatest));
    forest.rows.push_back(std::move(row));
  }
  if (effects.has_pooled()) forest.rows.push_back(pooled_row(effects, measure, from, to));
  return forest;
}

ReportTable table_of(const Effects& effects, const Definition& definition) {
  ReportTable table;
  table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  table.columns = {"virtual study"};
  std::vector<std::pair<std::size_t, std::size_t>> columns;
  for (std::size_t m = 0; m < effects.measures().size(); ++m) {
    for (std::size_t c = 0; effects.has(m) && c < effects.contrasts().size(); ++c) {
      table.columns.push_back(fmt::format("{}: {}", effects.measures()[m], contrast_text(effects.contrasts()[c])));
      columns.emplace_back(m, c);
    }
  }
  if (effects.has_pooled()) {
    std::vector<Cell> row{{fmt::format("mean of all {}", effects.replicates()), std::nullopt}};
    for (const auto& [m, c] : columns)
      row.push_back(with_interval(effects.all_value->at({m, c}), effects.all_low->at({m, c}),
                                  effects.all_high->at({m, c}), definition.digits));
    table.rows.push_back(std::move(row));
  }
  for (std::size_t r = 0; r < effects.replicates(); ++r) {
    std::vector<Cell> row{{fmt::format("{}", r + 1), static_cast<double>(r + 1)}};
    for (const auto& [m, c] : columns)
      row.push_back(with_interval(effects.value->at({r, m, c}), effects.low->at({r, m, c}), effects.high->at({r, m, c}),
                                  definition.digits));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Drawn draw_forest(const io::ResultFile& result, const Definition& definition) {
  const Effects effects(result, definition);
  if (!effects.is_there()) return missing("This result has no effects of a trial with measures.");
  Figure figure = begun(definition);
  for (std::size_t measure = 0; measure < effects.measures().size(); ++measure) {
    if (!effects.has(measure)) continue;
    for (std::size_t from = 0; from < effects.contrasts().size(); from += most_panels) {
      plot::Forest forest = forest_of(effects, definition, measure, from);
      forest.id = fmt::format("{}-{}", definition.name, figure.drawings.size());
      figure.drawings.push_back(drawing_of(forest));
    }
  }
  if (figure.drawings.empty()) return missing("None of the measures is an outcome, so there are no effects.");
  if (effects.replicates() > most_studies)
    figure.notes.push_back(
        fmt::format("Drawn: the first {} of {} virtual studies.", most_studies, effects.replicates()));
  figure.table = table_of(effects, definition);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

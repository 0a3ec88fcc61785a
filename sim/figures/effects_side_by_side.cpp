#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "figures/charts.hpp"
#include "figures/contrast_name.hpp"
#include "figures/numbers.hpp"
#include "figures/side_by_side.hpp"
#include "figures/study_effects.hpp"
#include "plot/forest.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr std::size_t most_panels = 3;

/// One side's effects. All sides have the measures and contrasts of the first: they differ in their theory alone.
struct SideEffects {
  std::string name;
  StudyEffects effects;

  /// Over the studies; of a single study its own.
  plot::ForestPoint g(std::size_t measure, std::size_t contrast) const {
    const bool is_pooled = effects.studies() > 1;
    const auto value = [&](const char* variable) {
      return is_pooled ? effects.pooled(variable, measure, contrast) : effects.mean(variable, measure, contrast);
    };
    return {.value = value("g"), .low = value("g_low"), .high = value("g_high")};
  }
};

using All = std::vector<SideEffects>;

std::string title_of(const Definition& definition) { return definition.title + ", side by side"; }

bool has_any(const All& all, std::size_t measure) {
  return std::any_of(all.begin(), all.end(), [&](const SideEffects& side) {
    for (std::size_t contrast = 0; contrast < side.effects.contrasts().size(); ++contrast) {
      if (std::isfinite(side.g(measure, contrast).value)) return true;
    }
    return false;
  });
}

/// Half of the axis, which holds all intervals.
double limit_of(const All& all, const std::vector<std::size_t>& measures) {
  double most = 0.1;
  for (const SideEffects& side : all) {
    for (const std::size_t measure : measures) {
      for (std::size_t contrast = 0; contrast < side.effects.contrasts().size(); ++contrast) {
        const plot::ForestPoint g = side.g(measure, contrast);
        for (const double value : {g.value, g.low, g.high}) {
          if (std::isfinite(value)) most = std::max(most, std::abs(value));
        }
      }
    }
  }
  return plot::range_of({0.0, most}, 4).to;
}

plot::ForestCell cell_of(const plot::ForestPoint& g) {
  if (!std::isfinite(g.value)) return {.words = "–"};
  const bool has_limits = std::isfinite(g.low) && std::isfinite(g.high);
  return {.point =
              plot::ForestPoint{
                  .value = g.value, .low = has_limits ? g.low : g.value, .high = has_limits ? g.high : g.value},
          .tone = 1};
}

plot::Forest forest_of(const All& all, const Definition& definition, const std::vector<std::size_t>& measures,
                       std::size_t from) {
  const StudyEffects& first = all.front().effects;
  const std::size_t to = std::min(from + most_panels, first.contrasts().size());
  plot::Forest forest{.title = title_of(definition),
                      .notes = {definition.unit + ", with 95 % intervals."},
                      .limit = limit_of(all, measures),
                      .panels = {},
                      .rows = {},
                      .tones = {},
                      .id = fmt::format("{}-{}", definition.name, from / most_panels)};
  for (std::size_t contrast = from; contrast < to; ++contrast)
    forest.panels.push_back(contrast_text(first.contrasts()[contrast]));
  for (const std::size_t measure : measures) {
    forest.rows.push_back({.label = first.measures()[measure]});
    for (const SideEffects& side : all) {
      plot::ForestRow row{.label = side.name};
      for (std::size_t contrast = from; contrast < to; ++contrast)
        row.cells.push_back(cell_of(side.g(measure, contrast)));
      forest.rows.push_back(std::move(row));
    }
  }
  return forest;
}

ReportTable table_of(const All& all, const Definition& definition, const std::vector<std::size_t>& measures) {
  const StudyEffects& first = all.front().effects;
  ReportTable table;
  table.title = fmt::format("{} [{}]", title_of(definition), definition.unit);
  table.columns = {""};
  for (const std::string& contrast : first.contrasts()) {
    table.columns.push_back(contrast_text(contrast));
    table.columns.emplace_back("own effect [points]");
  }
  for (const std::size_t measure : measures) {
    for (const SideEffects& side : all) {
      std::vector<Cell> row{{fmt::format("{}, {}", first.measures()[measure], side.name), std::nullopt}};
      for (std::size_t contrast = 0; contrast < first.contrasts().size(); ++contrast) {
        const plot::ForestPoint g = side.g(measure, contrast);
        row.push_back(with_interval(g.value, g.low, g.high, definition.digits));
        row.push_back(number(side.effects.mean("own", measure, contrast), 3));
      }
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

Drawn draw_effects_side_by_side(const std::vector<Side>& sides, const Definition& definition) {
  All all;
  for (const Side& side : sides) {
    all.push_back({side.name, StudyEffects(*side.result, side.suffix)});
    if (!all.back().effects.is_there()) return missing(fmt::format("{} has no effects of a trial.", side.name));
    if (all.back().effects.measures() != all.front().effects.measures() ||
        all.back().effects.contrasts() != all.front().effects.contrasts())
      return missing(fmt::format("{} has other measures or arms than {}.", side.name, sides.front().name));
  }
  if (all.empty()) return missing("This result has no theories side by side.");
  std::vector<std::size_t> measures;
  for (std::size_t measure = 0; measure < all.front().effects.measures().size(); ++measure) {
    if (has_any(all, measure)) measures.push_back(measure);
  }
  if (measures.empty()) return missing("None of the measures is an outcome, so there are no effects.");
  Figure figure = begun(definition);
  figure.title = title_of(definition);
  figure.reading =
      fmt::format("A square is the mean over the virtual studies, as {} with its 95 % interval.", definition.unit);
  for (std::size_t from = 0; from < all.front().effects.contrasts().size(); from += most_panels)
    figure.drawings.push_back(drawing_of(forest_of(all, definition, measures, from)));
  figure.table = table_of(all, definition, measures);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "figures/over_studies.hpp"
#include "plot/forest.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr std::size_t most_panels = 3;

Mean mean_at(const Grid& grid, std::size_t arm, std::size_t outcome, const MeanOf& mean_of) {
  std::vector<double> all;
  for (std::size_t study = 0; study < grid.sizes[0]; ++study) all.push_back(grid.at({study, arm, outcome}));
  return over_studies(std::move(all), mean_of);
}

plot::ForestCell cell_of(const Mean& mean) {
  if (!std::isfinite(mean.mean)) return {.words = "–"};
  const bool has_limits = std::isfinite(mean.low);
  return {.point = plot::ForestPoint{.value = mean.mean,
                                     .low = has_limits ? mean.low : mean.mean,
                                     .high = has_limits ? mean.high : mean.mean},
          .tone = 1};
}

}  // namespace

Drawn draw_paths(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  const std::vector<std::string>& names = definition.labels;
  std::vector<Grid> paths;
  for (const std::string& variable : definition.variables) {
    std::optional<Grid> grid = read_grid(result, definition.table, variable);
    if (!grid || grid->sizes.size() != 3 || grid->names[1].empty() || grid->names[2].empty())
      return missing(fmt::format("This result's table \"{}\" has no {}.", definition.table, variable));
    paths.push_back(std::move(*grid));
  }
  const std::vector<std::string>& arms = paths.front().names[1];
  const std::vector<std::string>& outcomes = paths.front().names[2];
  Figure figure = begun(definition);
  figure.table.title = definition.title;
  figure.table.columns = {"outcome"};
  for (const std::string& arm : arms) figure.table.columns.push_back(arm);
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    std::vector<std::vector<Mean>> means(paths.size());  // [paths][arms]
    double most = 0.0;
    for (std::size_t p = 0; p < paths.size(); ++p) {
      std::vector<Cell> row{{fmt::format("{}, {}", outcomes[o], names[p]), std::nullopt}};
      for (std::size_t a = 0; a < arms.size(); ++a) {
        const Mean mean = mean_at(paths[p], a, o, mean_of);
        for (const double value : {mean.mean, mean.low, mean.high})
          if (std::isfinite(value)) most = std::max(most, std::abs(value));
        row.push_back(with_interval(mean.mean, mean.low, mean.high, definition.digits));
        means[p].push_back(mean);
      }
      figure.table.rows.push_back(std::move(row));
    }
    if (most == 0.0) continue;
    for (std::size_t from = 0; from < arms.size(); from += most_panels) {
      const std::size_t to = std::min(from + most_panels, arms.size());
      plot::Forest forest{.title = outcomes[o],
                          .notes = {fmt::format("Difference from the untreated twins, with the {}.",
                                                interval_name(paths.front().sizes[0]))},
                          .limit = plot::range_of({0.0, most}, 4).to,
                          .panels = {},
                          .rows = {},
                          .tones = {}};
      forest.panels.assign(arms.begin() + static_cast<std::ptrdiff_t>(from),
                           arms.begin() + static_cast<std::ptrdiff_t>(to));
      for (std::size_t p = 0; p < paths.size(); ++p) {
        plot::ForestRow row{.label = names[p]};
        for (std::size_t a = from; a < to; ++a) row.cells.push_back(cell_of(means[p][a]));
        forest.rows.push_back(std::move(row));
      }
      forest.id = fmt::format("{}-{}", definition.name, figure.drawings.size());
      figure.drawings.push_back(drawing_of(forest));
    }
  }
  if (figure.drawings.empty()) return missing("Treatment changed nothing on either path.");
  return {std::move(figure), ""};
}

}  // namespace kith::figures

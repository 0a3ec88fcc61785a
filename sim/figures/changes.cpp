#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "plot/chart.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr double hours_of_day = 24.0;

/// Means over the virtual studies of the first group, by row and layer; per day, whatever the time between rows.
class Changes {
 public:
  explicit Changes(const Grid& grid) : grid_(grid) {}
  std::size_t rows() const { return grid_.sizes[1]; }
  std::size_t layers() const { return grid_.sizes[3]; }
  double day(std::size_t row) const { return grid_.numbers[1][row] / hours_of_day; }
  std::string layer(std::size_t layer) const {
    return grid_.names[3].empty() ? fmt::format("layer {}", plot::tick_text(grid_.numbers[3][layer]))
                                  : grid_.names[3][layer];
  }
  double a_day(std::size_t row, std::size_t layer) const {
    if (row == 0) return std::nan("");  // what has changed before the first row is not counted
    double total = 0.0;
    for (std::size_t replicate = 0; replicate < grid_.sizes[0]; ++replicate)
      total += grid_.at({replicate, row, 0, layer});
    return total / static_cast<double>(grid_.sizes[0]) / (day(row) - day(row - 1));
  }

 private:
  const Grid& grid_;
};

/// Means of so many rows together.
plot::Curve curve_of(const Changes& changes, std::size_t layer, double sign, std::size_t together) {
  plot::Curve curve{"", {}, {}, layer};
  for (std::size_t row = 1; row < changes.rows(); row += together) {
    double total = 0.0;
    const std::size_t end = std::min(row + together, changes.rows());
    for (std::size_t r = row; r < end; ++r) total += changes.a_day(r, layer) * (changes.day(r) - changes.day(r - 1));
    curve.points.emplace_back(changes.day(end - 1), sign * total / (changes.day(end - 1) - changes.day(row - 1)));
  }
  return curve;
}

}  // namespace

Drawn draw_changes(const io::ResultFile& result, const Definition& definition) {
  const std::optional<Grid> began_grid = read_grid(result, definition.table, definition.variables[0]);
  const std::optional<Grid> ended_grid = read_grid(result, definition.table, definition.variables[1]);
  if (!began_grid || !ended_grid || began_grid->sizes.size() != 4 || began_grid->sizes[1] < 2)
    return missing("The ties of this result are fixed: none begins, none ends.");
  const Changes began(*began_grid);
  const Changes ended(*ended_grid);
  const std::size_t most = std::min(most_rows, most_points / (2 * began.layers()));
  const std::size_t together = (began.rows() + most - 1) / most;
  plot::Chart chart{.title = definition.title,
                    .x_label = "days since the start of the measured time",
                    .y_label = definition.unit,
                    .curves = {},
                    .marks = {}};
  chart.id = definition.name;
  chart.x_most = began.day(began.rows() - 1);
  std::vector<double> values{0.0};
  std::string columns;
  Figure figure = begun(definition);
  figure.table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  figure.table.columns = {"day"};
  for (const auto& [changes, sign, what] : {std::tuple{&began, 1.0, "began"}, std::tuple{&ended, -1.0, "ended"}}) {
    for (std::size_t layer = 0; layer < changes->layers(); ++layer) {
      plot::Curve curve = curve_of(*changes, layer, sign, together);
      if (sign > 0.0) curve.name = changes->layer(layer);
      for (const auto& [day, value] : curve.points) values.push_back(value);
      figure.table.columns.push_back(fmt::format("{}, {}", changes->layer(layer), what));
      columns += (columns.empty() ? "" : "|") + figure.table.columns.back();
      chart.curves.push_back(std::move(curve));
    }
  }
  if (std::all_of(values.begin(), values.end(), [](double value) { return value == 0.0; }))
    return missing("The ties of this result are fixed: none begins, none ends.");
  const plot::Range range = plot::range_of(values, 5);
  chart.y_least = range.from;
  chart.y_most = range.to;
  for (std::size_t row = 0; row < chart.curves.front().points.size(); ++row) {
    std::vector<Cell> cells{plain(chart.curves.front().points[row].first)};
    for (const plot::Curve& curve : chart.curves)
      cells.push_back(number(std::abs(curve.points[row].second), definition.digits));
    figure.table.rows.push_back(std::move(cells));
  }
  if (together > 1) figure.notes.push_back(fmt::format("Each point is of {} rows of the file.", together));
  figure.drawings.push_back(drawing_of(chart));
  figure.drawings.back().attribute("data-columns", columns);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

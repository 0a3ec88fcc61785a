#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/families.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "plot/chart.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr double hours_of_day = 24.0;

/// The first virtual study: what is at risk can only be counted there.
struct Curves {
  Grid share, low, high, at_risk;

  std::size_t rows() const { return share.sizes[1]; }
  double day(std::size_t row) const { return share.numbers[1][row] / hours_of_day; }
  double at(const Grid& grid, std::size_t row, std::size_t group) const { return grid.at({0, row, group}); }
};

std::optional<Curves> read(const io::ResultFile& result, const Definition& d) {
  std::vector<Grid> grids;
  for (const std::string& variable : d.variables) {
    std::optional<Grid> grid = read_grid(result, d.table, variable);
    if (!grid || grid->sizes.size() != 3 || grid->names[2].empty()) return std::nullopt;
    grids.push_back(std::move(*grid));
  }
  return Curves{std::move(grids[0]), std::move(grids[1]), std::move(grids[2]), std::move(grids[3])};
}

/// How many are at risk from each tick of the axis on.
std::vector<std::string> at_risk_at_ticks(const Curves& curves, std::size_t group, double last) {
  std::vector<std::string> words;
  for (const double tick : plot::ticks(0.0, last, 8)) {
    std::size_t row = 0;  // the count of a row is of who was at risk up to it: the next row after the tick tells
    while (row + 1 < curves.rows() && curves.day(row) <= tick) ++row;
    words.push_back(number(curves.at(curves.at_risk, row, group), 0).text);
  }
  return words;
}

ReportTable table_of(const Curves& curves, const Definition& definition) {
  ReportTable table;
  table.title = fmt::format("{}, first virtual study [%]", definition.title);
  table.columns = {"day"};
  const std::vector<std::string>& groups = curves.share.names[2];
  for (const std::string& group : groups) {
    table.columns.push_back(group);
    table.columns.push_back(group + ", at risk");
  }
  for (std::size_t row = 0; row < curves.rows(); ++row) {
    std::vector<Cell> cells{plain(curves.day(row))};
    for (std::size_t g = 0; g < groups.size(); ++g) {
      cells.push_back(with_interval(100.0 * curves.at(curves.share, row, g), 100.0 * curves.at(curves.low, row, g),
                                    100.0 * curves.at(curves.high, row, g), definition.digits));
      cells.push_back(number(curves.at(curves.at_risk, row, g), 0));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Drawn draw_survival(const io::ResultFile& result, const Definition& definition) {
  const std::optional<Curves> curves = read(result, definition);
  if (!curves) return missing(fmt::format("This result's table \"{}\" has no curves.", definition.table));
  Figure figure = begun(definition);
  const std::size_t every = (curves->rows() + most_rows - 1) / most_rows;
  for (const Family& family : families(curves->share.names[2])) {
    plot::Chart chart{.title = family.titled(definition.title),
                      .x_label = "days since the start of the measured time",
                      .y_label = "%",
                      .y_most = 100.0,
                      .curves = {},
                      .marks = {}};
    chart.band_name = "95 % interval";
    chart.is_in_steps = true;
    chart.id = fmt::format("{}-{}", definition.name, figure.drawings.size());
    chart.x_most = std::max(curves->day(curves->rows() - 1), 1e-9);
    std::string columns;
    for (const std::size_t group : family.groups) {
      plot::Curve curve{family.short_name(curves->share.names[2][group]), {}, {}};
      const std::size_t most = most_points / (2 * family.groups.size());  // a step has two corners
      const std::size_t step = std::max(every, (curves->rows() + most - 1) / most);
      bool has_any = false;
      for (std::size_t row = 0; row < curves->rows(); row += step) {
        const double share = 100.0 * curves->at(curves->share, row, group);
        has_any |= std::isfinite(share) && curves->at(curves->at_risk, row, group) > 0.0;
        curve.points.emplace_back(curves->day(row), share);
        curve.band.emplace_back(100.0 * curves->at(curves->low, row, group),
                                100.0 * curves->at(curves->high, row, group));
      }
      if (!has_any) continue;
      columns += (columns.empty() ? "" : "|") + curves->share.names[2][group];
      chart.below.emplace_back("at risk, " + curve.name, at_risk_at_ticks(*curves, group, chart.x_most));
      chart.curves.push_back(std::move(curve));
    }
    if (chart.curves.empty()) continue;
    figure.drawings.push_back(drawing_of(chart));
    figure.drawings.back().attribute("data-columns", columns);
  }
  if (figure.drawings.empty()) return missing(fmt::format("{}: nobody was at risk.", definition.title));
  figure.table = table_of(*curves, definition);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

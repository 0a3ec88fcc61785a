#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "figures/charts.hpp"
#include "figures/families.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "figures/two_runs.hpp"
#include "plot/chart.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr double hours_of_day = 24.0;

/// Values of one variable by time and group: means over rows that are shown as one, and over replicates.
class Course {
 public:
  Course(const Grid& grid, const Definition& definition, const MeanOf& mean_of)
      : grid_(grid), scale_(definition.scale), mean_of_(mean_of) {
    const std::size_t curves = std::min(most_curves, std::max<std::size_t>(groups(), 1));
    const std::size_t most = std::min(most_rows, most_points / curves);
    rows_in_one_ = (grid.sizes[1] + most - 1) / most;
  }

  std::size_t groups() const { return grid_.sizes.size() > 2 ? grid_.sizes[2] : 1; }
  std::size_t rows() const { return (grid_.sizes[1] + rows_in_one_ - 1) / rows_in_one_; }
  std::size_t rows_in_one() const { return rows_in_one_; }
  std::size_t replicates() const { return grid_.sizes[0]; }

  std::string name(std::size_t group) const {
    return grid_.sizes.size() > 2 && !grid_.names[2].empty() ? grid_.names[2][group] : "all";
  }
  /// Of the middle of the rows that are shown as one [d].
  double day(std::size_t row) const {
    const std::size_t begin = row * rows_in_one_;
    const std::size_t last = std::min(begin + rows_in_one_, grid_.sizes[1]) - 1;
    return 0.5 * (grid_.numbers[1][begin] + grid_.numbers[1][last]) / hours_of_day;
  }
  Mean mean(std::size_t row, std::size_t group) const {
    std::vector<double> all;
    for (std::size_t replicate = 0; replicate < replicates(); ++replicate) {
      const double value = of_one(replicate, row, group);
      if (std::isfinite(value)) all.push_back(scale_ * value);
    }
    if (all.empty()) return {std::nan(""), std::nan(""), std::nan("")};
    if (all.size() == 1) return {all.front(), std::nan(""), std::nan("")};
    return mean_of_(all);
  }

 private:
  double of_one(std::size_t replicate, std::size_t row, std::size_t group) const {
    double total = 0.0;
    std::size_t count = 0;
    for (std::size_t time = row * rows_in_one_; time < std::min((row + 1) * rows_in_one_, grid_.sizes[1]); ++time) {
      const double value = grid_.values[(replicate * grid_.sizes[1] + time) * groups() + group];
      if (!std::isfinite(value)) continue;
      total += value;
      ++count;
    }
    return count == 0 ? std::nan("") : total / static_cast<double>(count);
  }

  const Grid& grid_;
  double scale_;
  const MeanOf& mean_of_;
  std::size_t rows_in_one_ = 1;
};

std::vector<std::string> names_of(const Course& course) {
  std::vector<std::string> names;
  for (std::size_t group = 0; group < course.groups(); ++group) names.push_back(course.name(group));
  return names;
}

plot::Curve curve_of(const Course& course, std::size_t group, const std::string& name) {
  plot::Curve curve{name, {}, {}};
  bool has_band = false;
  for (std::size_t row = 0; row < course.rows(); ++row) {
    const Mean mean = course.mean(row, group);
    curve.points.emplace_back(course.day(row), mean.mean);
    curve.band.emplace_back(mean.low, mean.high);
    has_band |= std::isfinite(mean.low);
  }
  if (!has_band) curve.band.clear();
  return curve;
}

/// Lowest and highest of all points.
plot::Range ends_of(const std::vector<plot::Chart>& charts) {
  plot::Range ends{INFINITY, -INFINITY};
  for (const plot::Chart& chart : charts) {
    for (const plot::Curve& curve : chart.curves) {
      for (const auto& [day, value] : curve.points) {
        if (!std::isfinite(value)) continue;
        ends.from = std::min(ends.from, value);
        ends.to = std::max(ends.to, value);
      }
    }
  }
  return ends.from > ends.to ? plot::Range{} : ends;
}

/// Axes over all that is drawn in any of the charts, so that these can be compared. Bands are cut where they go far beyond all curves, or
/// below 0 where no curve does; gives whether any is.
bool set_axes(std::vector<plot::Chart>& charts) {
  const plot::Range ends = ends_of(charts);
  const double reach = std::max(ends.to - ends.from, 0.25 * std::max(std::abs(ends.from), std::abs(ends.to)));
  const double least = ends.from >= 0.0 ? std::max(0.0, ends.from - reach) : ends.from - reach;
  const double most = ends.to + reach;
  std::vector<double> values{ends.from, ends.to};
  double last = 0.0;
  bool is_any_cut = false;
  for (plot::Chart& chart : charts) {
    for (plot::Curve& curve : chart.curves) {
      for (const auto& [day, value] : curve.points) last = std::max(last, day);
      for (auto& [low, high] : curve.band) {
        if (!std::isfinite(low) || !std::isfinite(high)) continue;
        is_any_cut = is_any_cut || low < least || high > most;
        low = std::max(low, least);
        high = std::min(high, most);
        values.insert(values.end(), {low, high});
      }
    }
  }
  const plot::Range range = plot::range_of(values, 5);
  for (plot::Chart& chart : charts) {
    chart.x_most = last > 0.0 ? last : 1.0;
    chart.y_least = range.from;
    chart.y_most = range.to;
  }
  return is_any_cut;
}

constexpr const char* cut_note =
    "Bands are cut where they go far beyond all curves; the numbers below have all of them.";

ReportTable table_of(const Course& course, const Definition& definition) {
  ReportTable table;
  table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  table.columns = {"day"};
  for (std::size_t group = 0; group < course.groups(); ++group) table.columns.push_back(course.name(group));
  for (std::size_t row = 0; row < course.rows(); ++row) {
    std::vector<Cell> cells{plain(course.day(row))};
    for (std::size_t group = 0; group < course.groups(); ++group) {
      const Mean mean = course.mean(row, group);
      cells.push_back(with_interval(mean.mean, mean.low, mean.high, definition.digits));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string description_of(const plot::Chart& chart) {
  std::string text = fmt::format("{} over days.", chart.title);
  for (const plot::Curve& curve : chart.curves) {
    const auto is_number = [](const auto& point) { return std::isfinite(point.second); };
    const auto first = std::find_if(curve.points.begin(), curve.points.end(), is_number);
    const auto last = std::find_if(curve.points.rbegin(), curve.points.rend(), is_number);
    if (first == curve.points.end()) continue;
    text += fmt::format(" {}: {} on day {}, {} on day {}.", curve.name, plot::tick_text(first->second),
                        plot::tick_text(first->first), plot::tick_text(last->second), plot::tick_text(last->first));
  }
  return text;
}

/// The variable by time, where the result has it.
std::optional<Grid> course_grid(const io::ResultFile& result, const Definition& definition) {
  std::optional<Grid> grid = read_grid(result, definition.table, definition.variables.front());
  if (grid && (grid->sizes.size() < 2 || grid->sizes.size() > 3)) grid.reset();
  return grid;
}

bool is_something(const Grid& grid) {
  return std::any_of(grid.values.begin(), grid.values.end(),
                     [](double value) { return std::isfinite(value) && value != 0.0; });
}

/// Adds the curve of a group to the chart, and its numbers to the rows by day.
void add_run(plot::Chart& chart, std::map<double, std::vector<Cell>>& rows, const Course& course, std::size_t group,
             const std::string& name, int digits) {
  const std::size_t column = chart.curves.size();
  plot::Curve curve = curve_of(course, group, name);
  for (std::size_t k = 0; k < curve.points.size(); ++k) {
    const auto& [day, value] = curve.points[k];
    std::vector<Cell>& cells = rows.try_emplace(day, 2, Cell{"–"}).first->second;
    cells[column] = curve.band.empty() ? number(value, digits)
                                       : with_interval(value, curve.band[k].first, curve.band[k].second, digits);
  }
  chart.curves.push_back(std::move(curve));
}

}  // namespace

Drawn draw_two_runs(const io::ResultFile& a, const io::ResultFile& b, const Definition& definition,
                    const std::string& group, const MeanOf& mean_of) {
  const std::array<const io::ResultFile*, 2> results{&a, &b};
  plot::Chart chart;
  std::map<double, std::vector<Cell>> rows;
  bool has_something = false;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const std::optional<Grid> grid = course_grid(*results[r], definition);
    if (!grid) return missing(fmt::format("not both results have {}", definition.variables.front()));
    has_something = has_something || is_something(*grid);
    const Course course(*grid, definition, mean_of);
    const std::vector<std::string> names = names_of(course);
    const auto place = std::find(names.begin(), names.end(), group);
    if (place == names.end()) return missing(fmt::format("not both results have the group {}", group));
    add_run(chart, rows, course, static_cast<std::size_t>(place - names.begin()), r == 0 ? "A" : "B",
            definition.digits);
  }
  if (!has_something) return missing(fmt::format("{}: 0 throughout.", definition.title));
  chart.title = definition.title + (group == "all" ? "" : ", " + group);
  chart.x_label = "days since the start of the measured time";
  chart.y_label = definition.unit;
  chart.band_name = "95 % interval of the mean";
  chart.id = definition.name + "-0";
  std::vector<plot::Chart> charts{std::move(chart)};
  Figure figure = begun(definition);
  if (set_axes(charts)) figure.notes.emplace_back(cut_note);
  charts.front().description = description_of(charts.front());
  figure.drawings.push_back(drawing_of(charts.front()));
  figure.drawings.back().attribute("data-columns", "A|B");
  figure.table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  figure.table.columns = {"day", "A", "B"};
  for (auto& [day, cells] : rows) {
    std::vector<Cell> row{plain(day)};
    for (Cell& cell : cells) row.push_back(std::move(cell));
    figure.table.rows.push_back(std::move(row));
  }
  return {std::move(figure), ""};
}

Drawn draw_over_time(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  const std::optional<Grid> grid = course_grid(result, definition);
  if (!grid)
    return missing(
        fmt::format("This result's table \"{}\" has no {}.", definition.table, definition.variables.front()));
  if (!is_something(*grid)) return missing(fmt::format("{}: 0 throughout.", definition.title));
  const Course course(*grid, definition, mean_of);
  Figure figure = begun(definition);
  std::vector<plot::Chart> charts;
  std::vector<std::string> columns;  // of the table, for each chart
  for (const Family& family : families(names_of(course))) {
    plot::Chart chart;
    chart.title = family.titled(definition.title);
    chart.x_label = "days since the start of the measured time";
    chart.y_label = definition.unit;
    chart.band_name = "95 % interval of the mean";
    chart.id = fmt::format("{}-{}", definition.name, charts.size());
    columns.emplace_back();
    for (const std::size_t group : family.groups) {
      columns.back() += (columns.back().empty() ? "" : "|") + course.name(group);
      chart.curves.push_back(curve_of(course, group, family.short_name(course.name(group))));
    }
    if (family.left_out > 0)
      figure.notes.push_back(fmt::format("Not drawn: {} more groups by {}.", family.left_out, family.name));
    charts.push_back(std::move(chart));
  }
  if (set_axes(charts)) figure.notes.emplace_back(cut_note);
  for (std::size_t c = 0; c < charts.size(); ++c) {
    charts[c].description = description_of(charts[c]);
    figure.drawings.push_back(drawing_of(charts[c]));
    figure.drawings.back().attribute("data-columns", columns[c]);
  }
  figure.table = table_of(course, definition);
  if (course.rows_in_one() > 1)
    figure.notes.push_back(fmt::format("Each point is the mean of {} rows of the file.", course.rows_in_one()));
  if (course.replicates() == 1) figure.notes.emplace_back("One virtual study only, so there is no interval.");
  return {std::move(figure), ""};
}

}  // namespace kith::figures

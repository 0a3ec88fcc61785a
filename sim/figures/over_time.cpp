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

/// Axes over all that is drawn in any of the charts, so that these can be compared.
void set_axes(std::vector<plot::Chart>& charts) {
  std::vector<double> values;
  double last = 0.0;
  for (const plot::Chart& chart : charts) {
    for (const plot::Curve& curve : chart.curves) {
      for (const auto& [day, value] : curve.points) {
        values.push_back(value);
        last = std::max(last, day);
      }
      for (const auto& [low, high] : curve.band) values.insert(values.end(), {low, high});
    }
  }
  const plot::Range range = plot::range_of(values, 5);
  for (plot::Chart& chart : charts) {
    chart.x_most = last > 0.0 ? last : 1.0;
    chart.y_least = range.from;
    chart.y_most = range.to;
  }
}

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

}  // namespace

Drawn draw_over_time(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  const std::optional<Grid> grid = read_grid(result, definition.table, definition.variables.front());
  if (!grid || grid->sizes.size() < 2 || grid->sizes.size() > 3)
    return missing(
        fmt::format("This result's table \"{}\" has no {}.", definition.table, definition.variables.front()));
  const auto is_something = [](double value) { return std::isfinite(value) && value != 0.0; };
  if (std::none_of(grid->values.begin(), grid->values.end(), is_something))
    return missing(fmt::format("{}: 0 throughout.", definition.title));
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
  set_axes(charts);
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

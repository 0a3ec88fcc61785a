#include "figures/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/over_studies.hpp"
#include "plot/scale.hpp"

namespace kith::figures {
namespace {

constexpr double hours_of_day = 24.0;
constexpr double whole = 100.0;

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

}  // namespace

Course::Course(const Grid& grid, const Definition& definition, const MeanOf& mean_of, std::size_t curves)
    : grid_(grid), scale_(definition.scale), is_share_(definition.unit == "%"), mean_of_(mean_of) {
  const std::size_t most = std::min(most_rows, most_points / std::clamp<std::size_t>(curves, 1, most_curves));
  rows_in_one_ = (grid.sizes[1] + most - 1) / most;
}

std::string Course::name(std::size_t group) const {
  return grid_.sizes.size() > 2 && !grid_.names[2].empty() ? grid_.names[2][group] : "all";
}

std::vector<std::string> Course::names() const {
  std::vector<std::string> all;
  for (std::size_t group = 0; group < groups(); ++group) all.push_back(name(group));
  return all;
}

double Course::day(std::size_t row) const {
  const std::size_t begin = row * rows_in_one_;
  const std::size_t last = std::min(begin + rows_in_one_, grid_.sizes[1]) - 1;
  return 0.5 * (grid_.numbers[1][begin] + grid_.numbers[1][last]) / hours_of_day;
}

Mean Course::mean(std::size_t row, std::size_t group) const {
  std::vector<double> all;
  for (std::size_t replicate = 0; replicate < replicates(); ++replicate)
    all.push_back(scale_ * of_one(replicate, row, group));
  Mean found = over_studies(std::move(all), mean_of_);
  if (is_share_) {  // a NaN stays one
    if (found.low < 0.0) found.low = 0.0;
    if (found.high > whole) found.high = whole;
  }
  return found;
}

plot::Curve Course::curve(std::size_t group, const std::string& name) const {
  plot::Curve curve{name, {}, {}};
  bool has_band = false;
  for (std::size_t row = 0; row < rows(); ++row) {
    const Mean found = mean(row, group);
    curve.points.emplace_back(day(row), found.mean);
    curve.band.emplace_back(found.low, found.high);
    has_band |= std::isfinite(found.low);
  }
  if (!has_band) curve.band.clear();
  return curve;
}

double Course::of_one(std::size_t replicate, std::size_t row, std::size_t group) const {
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

std::optional<Grid> course_grid(const io::ResultFile& result, const Definition& definition, const std::string& suffix) {
  std::optional<Grid> grid = read_grid(result, definition.table + suffix, definition.variables.front());
  if (grid && (grid->sizes.size() < 2 || grid->sizes.size() > 3)) grid.reset();
  return grid;
}

bool is_something(const Grid& grid) {
  return std::any_of(grid.values.begin(), grid.values.end(),
                     [](double value) { return std::isfinite(value) && value != 0.0; });
}

plot::Chart chart_over_time(const Definition& definition, const std::string& title, std::string band_name,
                            std::size_t number) {
  plot::Chart chart;
  chart.title = title;
  chart.x_label = "days since the start of the measured time";
  chart.y_label = definition.unit;
  chart.band_name = std::move(band_name);
  chart.id = fmt::format("{}-{}", definition.name, number);
  return chart;
}

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

const char* const cut_note = "Bands are cut where they go far beyond all curves; the numbers below have all of them.";

std::string description_over_time(const plot::Chart& chart) {
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

}  // namespace kith::figures

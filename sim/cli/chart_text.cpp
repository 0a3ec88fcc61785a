#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "cli/chart.hpp"
#include "cli/console.hpp"
#include "plot/scale.hpp"

namespace kith::cli {
namespace {

constexpr std::size_t rows = 10;
constexpr std::array<std::string_view, 9> blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

using Points = std::vector<std::pair<double, double>>;

/// Value at x of the straight lines between points.
double value_at(const Points& points, double x) {
  const auto next = std::find_if(points.begin(), points.end(), [&](const auto& point) { return point.first >= x; });
  if (next == points.end()) return points.empty() ? 0.0 : points.back().second;
  if (next == points.begin()) return next->second;
  const auto before = std::prev(next);
  const double share = (x - before->first) / (next->first - before->first);
  return before->second + share * (next->second - before->second);
}

/// The x axis: a tick and a number every few columns.
std::string x_axis(const plot::Chart& chart, std::size_t columns, const std::string& margin) {
  const double distance = plot::tick_distance(chart.x_most, 6);
  std::string line = margin + "└";
  std::string numbers(columns + 8, ' ');
  const auto column_of = [&](double x) {
    return static_cast<std::size_t>(std::llround(x / chart.x_most * static_cast<double>(columns - 1)));
  };
  std::vector<std::size_t> ticks;
  for (double x = 0.0; x <= chart.x_most * (1.0 + 1e-9); x += distance) {
    ticks.push_back(column_of(x));
    const std::string number = fmt::format("{:.6g}", x);
    numbers.replace(ticks.back(), number.size(), number);
  }
  for (std::size_t column = 0; column < columns; ++column)
    line += std::find(ticks.begin(), ticks.end(), column) != ticks.end() ? "┴" : "─";
  numbers.erase(numbers.find_last_not_of(' ') + 1);
  return fmt::format("{}\n{} {}  {}\n", line, margin, numbers, chart.x_label);
}

/// A cell of which the curve fills so many eighths; `middle` is that of the cell.
std::string_view cell(long eighths, double middle, double lowest, double highest) {
  if (eighths == 8 && middle > lowest) return "▓";
  if (eighths == 0 && middle < highest) return "░";
  return blocks[static_cast<std::size_t>(eighths)];
}

std::string one_curve(const plot::Chart& chart, const plot::Curve& curve, std::size_t width) {
  constexpr std::size_t margin = 6;
  const std::size_t columns = std::clamp<std::size_t>(width > margin + 24 ? width - margin - 24 : 0, 24, 72);
  Points lowest = curve.points;
  Points highest = curve.points;
  for (std::size_t i = 0; i < curve.band.size(); ++i) std::tie(lowest[i].second, highest[i].second) = curve.band[i];
  std::string text = curve.name + "\n";
  for (std::size_t row = rows; row-- > 0;) {
    const bool is_labelled = row == rows - 1 || row == rows / 2 - 1;
    const double top = chart.y_most * static_cast<double>(row + 1) / static_cast<double>(rows);
    std::string line = is_labelled ? fmt::format("{:>5.3g} ┤", top) : std::string(margin, ' ') + "│";
    for (std::size_t column = 0; column < columns; ++column) {
      const double x = chart.x_most * static_cast<double>(column) / static_cast<double>(columns - 1);
      const double filled =
          value_at(curve.points, x) / chart.y_most * static_cast<double>(rows) - static_cast<double>(row);
      const long eighths = std::lround(std::clamp(8.0 * filled, 0.0, 8.0));
      const double middle = chart.y_most * (static_cast<double>(row) + 0.5) / static_cast<double>(rows);
      line += curve.band.empty() ? blocks[static_cast<std::size_t>(eighths)]
                                 : cell(eighths, middle, value_at(lowest, x), value_at(highest, x));
    }
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
  return text + x_axis(chart, columns, std::string(margin, ' '));
}

}  // namespace

std::string chart_text(const plot::Chart& chart, std::size_t width) {
  const bool has_bands = std::any_of(chart.curves.begin(), chart.curves.end(),
                                     [](const plot::Curve& curve) { return !curve.band.empty(); });
  std::string text = fmt::format("{} ({}{})\n", chart.title, chart.y_label,
                                 has_bands ? fmt::format("; shaded: {}", chart.band_name) : "");
  for (const plot::Curve& curve : chart.curves) text += one_curve(chart, curve, width);
  text.pop_back();
  return text;
}

}  // namespace kith::cli

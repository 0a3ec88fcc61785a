#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kith::cli {

/// One curve of a chart.
struct Curve {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< x ascending
  std::vector<std::pair<double, double>> band =
      {};  ///< [points] lowest and highest y of a band around it; may be empty
};

/// A measured point; `spread` is drawn above and below it, 0 for none.
struct Mark {
  std::size_t curve = 0;  ///< the curve to which it belongs
  double x = 0.0;
  double y = 0.0;
  double spread = 0.0;
};

/// Curves over one pair of axes. Both axes begin at 0.
struct Chart {
  std::string title;
  std::string x_label, y_label;  ///< with units
  double x_most = 1.0, y_most = 1.0;
  std::vector<Curve> curves;
  std::vector<Mark> marks;
  std::string mark_name;  ///< what the marks are, for the legend
  std::string band_name;  ///< what the bands are
};

/// Each curve as columns of block characters, in at most `width` characters a line. The part of a band below the curve is
/// drawn darker than what is above it.
std::string chart_text(const Chart& chart, std::size_t width);

/// The chart as a drawing (SVG 1.1), curves in one pair of axes.
std::string chart_svg(const Chart& chart);

/// The distance between ticks that gives about `wanted` of them: 1, 2, 2.5 or 5 times a power of ten.
double tick_distance(double most, std::size_t wanted);

}  // namespace kith::cli

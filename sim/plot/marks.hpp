#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plot/drawing.hpp"
#include "plot/scale.hpp"

/// What stands on a pair of axes for numbers.
namespace kith::plot {

struct Axes {
  Scale x, y;
  Place at(double horizontal, double vertical) const { return {x(horizontal), y(vertical)}; }
};

using Points = std::vector<std::pair<double, double>>;  ///< x, y
using Limits = std::vector<std::pair<double, double>>;  ///< lowest and highest y

/// A line through the points; it has a gap where y is NaN.
void line(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone);
/// A line that stays where it is until the next point; NaN is a gap.
void step(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone);
/// The area between the limits at the points' x. Where one is NaN there is a gap.
void band(Drawing& drawing, const Axes& axes, const Points& points, const Limits& limits, std::size_t tone);
/// The same area where what it is around are steps.
void step_band(Drawing& drawing, const Axes& axes, const Points& points, const Limits& limits, std::size_t tone);
void dots(Drawing& drawing, const Axes& axes, const Points& points, std::size_t tone, double radius = 3.0);
/// An observation: a ring, and a line above and below where it has a spread.
void ring(Drawing& drawing, const Axes& axes, double x, double y, double spread, std::size_t tone);
/// A line from end to end, upright at x, with a diamond at the value.
void interval(Drawing& drawing, const Axes& axes, double x, double value, double low, double high, std::size_t tone);
/// From 0 to the value, `width` [px] wide.
void bar(Drawing& drawing, const Axes& axes, double x, double value, double width, std::size_t tone);

/// One entry of a legend.
struct Key {
  enum class Kind { line, whole_line, area, ring, square, dot };
  Kind kind = Kind::line;
  std::string name;
  std::size_t tone = 0;
};
/// The entries one after the other, in as many lines as they need from `from` to `right` [px]; gives the height that they took.
double legend(Drawing& drawing, Place from, double right, const std::vector<Key>& keys);
/// What `legend` would give.
double legend_height(double width, const std::vector<Key>& keys);

}  // namespace kith::plot

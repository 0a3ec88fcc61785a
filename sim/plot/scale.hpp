#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// Drawings in SVG: scales, marks and axes, and the charts that are made of them. Knows no file and no science.
namespace kith::plot {

/// From values to places on the drawing, straight.
struct Scale {
  double from = 0.0, to = 1.0;    ///< values at the two ends; different
  double start = 0.0, end = 1.0;  ///< their places [px]

  double operator()(double value) const { return start + (end - start) * (value - from) / (to - from); }
};

/// The distance between ticks that gives about `wanted` of them over `most`: 1, 2, 2.5 or 5 times a power of ten.
double tick_distance(double most, std::size_t wanted);

/// Multiples of the distance that lie in [from, to], ascending; the ends count as in it where they differ by rounding only.
std::vector<double> ticks(double from, double to, std::size_t wanted);

/// A range of an axis that holds values.
struct Range {
  double from = 0.0, to = 1.0;
};
/// The least range between ticks that holds all values; NaN is left out. Nothing to hold: 0 to 1; one value alone: that and what is
/// a tenth of it around, or 1 around 0.
Range range_of(const std::vector<double>& values, std::size_t wanted_ticks);

/// "−0.25": at most six digits that count, with a real minus.
std::string tick_text(double value);
/// The same for ticks of one axis, all with as many digits after the point as the one that needs most: "0.50", "0.75".
std::vector<std::string> tick_texts(const std::vector<double>& values);

}  // namespace kith::plot

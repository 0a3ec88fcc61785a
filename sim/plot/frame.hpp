#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plot/marks.hpp"

namespace kith::plot {

/// What is written at a pair of axes.
struct Frame {
  std::string x_label, y_label;  ///< with units
  std::size_t x_ticks = 8, y_ticks = 5;
  /// Names at places of the x axis instead of ticks; they are broken into lines of the width given, in pixels.
  std::vector<std::pair<double, std::string>> x_names = {};
  double name_width = 100.0;
};

/// Draws axes with ticks at the left and below, and pale lines across from the ticks at the left.
void frame(Drawing& drawing, const Axes& axes, const Frame& labels);

/// The title above a drawing, broken where it must be; gives the height that its further lines need.
double heading(Drawing& drawing, const std::string& title, double from, double to);
double heading_height(const std::string& title, double from, double to);

}  // namespace kith::plot

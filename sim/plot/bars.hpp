#pragma once

#include <string>
#include <vector>

#include "plot/drawing.hpp"

namespace kith::plot {

/// One bar; its limits are drawn where they are numbers.
struct Bar {
  double value = 0.0;
  double low = 0.0, high = 0.0;
};

/// Bars from the left, a few for each of some names.
struct Bars {
  std::string title;
  std::string label;                                           ///< of the axis, with its unit
  std::vector<std::string> kinds;                              ///< for the legend
  std::vector<std::pair<std::string, std::vector<Bar>>> rows;  ///< name, and a bar of each kind
  std::string id = "bars";                                     ///< tells it apart on a page
};

Drawing drawing_of(const Bars& bars);

}  // namespace kith::plot

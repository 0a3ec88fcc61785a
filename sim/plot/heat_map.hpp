#pragma once

#include <string>
#include <vector>

#include "plot/drawing.hpp"

namespace kith::plot {

/// A number at each place of a grid, as shades in cells that tell it in words, too.
struct HeatMap {
  std::string title;
  std::string x_label, y_label;
  std::vector<std::string> x_names, y_names;  ///< [across], [up]
  std::vector<std::vector<double>> values;    ///< [across][up]; NaN leaves a cell empty
  std::string value_label;                    ///< what the numbers are, for the legend
  std::string id = "heat";                    ///< tells it apart on a page
};

/// The map as a drawing. The darker a cell, the greater its number; the legend tells from where to where.
Drawing drawing_of(const HeatMap& map);

}  // namespace kith::plot

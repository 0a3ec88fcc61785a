#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kith::plot {

/// One curve of a chart.
struct Curve {
  std::string name;                               ///< "" leaves it out of the legend
  std::vector<std::pair<double, double>> points;  ///< x ascending; y NaN where it is not known
  std::vector<std::pair<double, double>> band =
      {};                                ///< [points] lowest and highest y of a band around it; may be empty
  std::size_t tone = std::string::npos;  ///< colour and dashes; its number among the curves where not given
};

/// A measured point; `spread` is drawn above and below it, 0 for none.
struct Mark {
  std::size_t curve = 0;  ///< the curve to which it belongs
  double x = 0.0;
  double y = 0.0;
  double spread = 0.0;
};

/// Curves over one pair of axes.
struct Chart {
  std::string title;
  std::string x_label, y_label;  ///< with units
  double x_most = 1.0, y_most = 1.0;
  std::vector<Curve> curves;
  std::vector<Mark> marks = {};
  std::string mark_name = {};    ///< what the marks are, for the legend
  std::string band_name = {};    ///< what the bands are
  double y_least = 0.0;          ///< where the y axis begins; the x axis begins at 0
  bool is_in_steps = false;      ///< each value holds until the next
  std::string description = {};  ///< for who does not see it; made of the labels where empty
  std::string id = "plot";       ///< tells it apart on a page
  std::vector<std::pair<std::string, std::vector<std::string>>> below = {};  ///< rows of words under the ticks: at risk
};

/// The chart as a drawing (SVG 1.1), curves in one pair of axes.
class Drawing;
Drawing drawing_of(const Chart& chart);
std::string chart_svg(const Chart& chart);

}  // namespace kith::plot

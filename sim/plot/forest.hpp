#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kith::plot {

/// One estimate of a forest plot.
struct ForestPoint {
  double value = 0.0;
  double low = 0.0, high = 0.0;                         ///< its interval
  double weight = 1.0;                                  ///< 0 to 1: area of its square
  std::optional<std::pair<double, double>> inner = {};  ///< a narrower interval, drawn thicker on the first
};

/// What is drawn of a row in one panel: an estimate, or, where only a direction is known, an arrow without any interval; else words.
struct ForestCell {
  std::optional<ForestPoint> point = {};
  std::optional<int> direction = {};  ///< −1 an arrow to the left, 1 to the right, 0 a ring at 0: no difference
  std::string words = {};
  std::size_t tone = 0;             ///< which of the legend's
  std::optional<double> band = {};  ///< behind it from − to + this: what counts as no effect
};

struct ForestRow {
  std::string label;
  std::vector<ForestCell> cells = {};  ///< [panels]; none: a heading
  bool is_summary = false;             ///< drawn as a diamond from end to end of its interval
};

/// Forest plot with panels side by side that share rows and axis. Intervals that leave the axis end in an arrowhead, squares have areas
/// by weight, summaries are diamonds, and a broken line stands at no effect, as in metafor (Viechtbauer 2010).
struct Forest {
  std::string title;
  std::vector<std::string> notes;  ///< lines below the plot: what the axis is
  double limit = 1.0;              ///< the axis goes from −limit to limit
  std::vector<std::string> panels;
  std::vector<ForestRow> rows;
  std::vector<std::string> tones;  ///< for the legend
  std::string id = "forest";       ///< tells it apart on a page
};

/// The plot as a drawing (SVG 1.1).
class Drawing;
Drawing drawing_of(const Forest& forest);
std::string forest_svg(const Forest& forest);

}  // namespace kith::plot

#include "plot/heat_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plot/frame.hpp"

namespace kith::plot {
namespace {

// Places on the drawing [px].
constexpr double width = 720.0, left = 130.0, right = 700.0, top = 50.0, row_height = 34.0, below = 96.0;

/// Areas from the least to the greatest, and words that can be read on them.
struct Shade {
  const char* area;
  const char* words;
};
constexpr std::array<Shade, 5> shades{{{"f0 q0", "words mid"},
                                       {"f0 q1", "words mid"},
                                       {"f0 q2", "words mid"},
                                       {"f0 q3", "dark mid"},
                                       {"f0", "paper mid"}}};

std::string short_text(double value) { return tick_text(std::stod(fmt::format("{:.3g}", value))); }

const Shade& shade_of(double value, const Range& range) {
  const double share = range.to > range.from ? (value - range.from) / (range.to - range.from) : 0.5;
  const auto step = static_cast<std::size_t>(share * static_cast<double>(shades.size()));
  return shades[std::min(step, shades.size() - 1)];
}

Range span_of(const HeatMap& map) {
  Range range{INFINITY, -INFINITY};
  for (const std::vector<double>& column : map.values) {
    for (const double value : column) {
      if (!std::isfinite(value)) continue;
      range.from = std::min(range.from, value);
      range.to = std::max(range.to, value);
    }
  }
  return range.from > range.to ? Range{} : range;
}

void legend_below(Drawing& drawing, double y, const Range& range, const std::string& what) {
  double x = left;
  for (const Shade& shade : shades) {
    drawing.rect({x, y - 12.0}, 26.0, 14.0, shade.area);
    x += 26.0;
  }
  drawing.text({x + 10.0, y}, fmt::format("{}: {} to {}", what, short_text(range.from), short_text(range.to)), "words");
}

/// The end of a name that is too long for its place: keys differ at their ends.
std::string fitted(const std::string& name, double place) {
  const auto most = static_cast<std::size_t>(place / text_width("x"));
  return name.size() <= most || most < 2 ? name : "…" + name.substr(name.size() - most + 1);
}

}  // namespace

Drawing drawing_of(const HeatMap& map) {
  const double more_top = heading_height(map.title, 10.0, width - 10.0);
  const double head = top + more_top;
  const double bottom = head + row_height * static_cast<double>(map.y_names.size());
  const double column = (right - left) / static_cast<double>(std::max<std::size_t>(1, map.x_names.size()));
  const Range range = span_of(map);
  Drawing drawing(width, bottom + below,
                  {map.title, fmt::format("{} by {} across and {} up, from {} to {}.", map.value_label, map.x_label,
                                          map.y_label, short_text(range.from), short_text(range.to))},
                  map.id);
  heading(drawing, map.title, 10.0, width - 10.0);
  for (std::size_t x = 0; x < map.x_names.size(); ++x) {
    const double at = left + column * static_cast<double>(x);
    drawing.text({at + 0.5 * column, bottom + 18.0}, fitted(map.x_names[x], column - 4.0), "words mid");
    for (std::size_t y = 0; y < map.y_names.size(); ++y) {
      const double value = map.values[x][y];
      if (!std::isfinite(value)) continue;
      const Shade& shade = shade_of(value, range);
      const double above = bottom - row_height * static_cast<double>(y + 1);
      drawing.rect({at + 1.0, above + 1.0}, column - 2.0, row_height - 2.0, shade.area);
      if (column > 46.0)
        drawing.text({at + 0.5 * column, above + 0.5 * row_height + 4.5}, short_text(value), shade.words);
    }
  }
  for (std::size_t y = 0; y < map.y_names.size(); ++y)
    drawing.text({left - 8.0, bottom - row_height * (static_cast<double>(y) + 0.5) + 4.5},
                 fitted(map.y_names[y], left - 44.0), "words end");
  drawing.text({0.5 * (left + right), bottom + 40.0}, map.x_label, "words mid");
  drawing.text_upwards({20.0, 0.5 * (head + bottom)}, map.y_label, "words");
  legend_below(drawing, bottom + 74.0, range, map.value_label);
  return drawing;
}

}  // namespace kith::plot

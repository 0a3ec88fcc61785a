#include "plot/bars.hpp"

#include <fmt/format.h>

#include <cmath>

#include "plot/frame.hpp"

namespace kith::plot {
namespace {

// Places on the drawing [px].
constexpr double width = 720.0, left = 270.0, right = 690.0, top = 50.0, bar_height = 13.0, row_gap = 12.0;
constexpr double below = 86.0;

std::string description_of(const Bars& bars) {
  std::string text = bars.title + ".";
  for (const auto& [name, values] : bars.rows) {
    text += " " + name + ":";
    for (std::size_t k = 0; k < values.size(); ++k)
      text += fmt::format("{} {} {}", k == 0 ? "" : ",", bars.kinds[k],
                          std::isfinite(values[k].value) ? tick_text(std::round(1e3 * values[k].value) / 1e3) : "–");
    text += ".";
  }
  return text;
}

}  // namespace

Drawing drawing_of(const Bars& bars) {
  std::vector<double> ends{0.0};
  for (const auto& [name, values] : bars.rows) {
    for (const Bar& bar : values) ends.insert(ends.end(), {bar.value, bar.low, bar.high});
  }
  const Range range = range_of(ends, 5);
  const double more_top = heading_height(bars.title, 10.0, width - 10.0);
  const double row = bar_height * static_cast<double>(bars.kinds.size()) + row_gap;
  const double head = top + more_top;
  const double bottom = head + row * static_cast<double>(bars.rows.size());
  Drawing drawing(width, bottom + below, {bars.title, description_of(bars)}, bars.id);
  const Scale x{range.from, range.to, left, right};
  heading(drawing, bars.title, 10.0, width - 10.0);
  for (const double tick : ticks(range.from, range.to, 5)) {
    drawing.line({x(tick), head}, {x(tick), bottom}, tick == 0.0 ? "ink" : "faint");
    drawing.text({x(tick), bottom + 18.0}, tick_text(tick), "words mid");
  }
  drawing.line({left, bottom}, {right, bottom}, "ink");
  drawing.text({0.5 * (left + right), bottom + 40.0}, bars.label, "words mid");
  double y = head + 0.5 * row_gap;
  for (const auto& [name, values] : bars.rows) {
    drawing.text({left - 10.0, y + 0.5 * (row - row_gap) + 4.5}, name, "words end");
    for (std::size_t k = 0; k < values.size(); ++k) {
      const Bar& bar = values[k];
      if (std::isfinite(bar.value))
        drawing.rect({std::min(x(0.0), x(bar.value)), y + 1.0}, std::abs(x(bar.value) - x(0.0)), bar_height - 2.0,
                     tone_class('f', k));
      if (std::isfinite(bar.low) && std::isfinite(bar.high))
        drawing.line({x(bar.low), y + 0.5 * bar_height}, {x(bar.high), y + 0.5 * bar_height}, "ink");
      y += bar_height;
    }
    y += row_gap;
  }
  std::vector<Key> keys;
  for (std::size_t k = 0; k < bars.kinds.size(); ++k) keys.push_back({Key::Kind::square, bars.kinds[k], k});
  legend(drawing, {left, bottom + 66.0}, right, keys);
  return drawing;
}

}  // namespace kith::plot

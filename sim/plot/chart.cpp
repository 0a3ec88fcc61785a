#include "plot/chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plot/frame.hpp"

namespace kith::plot {
namespace {

// Places on the drawing [px].
constexpr double width = 720.0, left = 80.0, right = 690.0, top = 50.0, high = 320.0;
constexpr double labels_below = 66.0, row_below = 17.0;

bool has_bands(const Chart& chart) {
  return std::any_of(chart.curves.begin(), chart.curves.end(), [](const Curve& curve) { return !curve.band.empty(); });
}

std::size_t tone_of(const Chart& chart, std::size_t curve) {
  return chart.curves[curve].tone == std::string::npos ? curve : chart.curves[curve].tone;
}

std::vector<Key> keys_of(const Chart& chart) {
  std::vector<Key> keys;
  for (std::size_t c = 0; c < chart.curves.size(); ++c) {
    if (!chart.curves[c].name.empty()) keys.push_back({Key::Kind::line, chart.curves[c].name, tone_of(chart, c)});
  }
  if (has_bands(chart))
    keys.push_back({Key::Kind::area, chart.band_name, chart.curves.size() == 1 ? std::size_t{0} : tones - 1});
  if (!chart.marks.empty()) keys.push_back({Key::Kind::ring, chart.mark_name, 0});
  return keys;
}

std::string description_of(const Chart& chart) {
  if (!chart.description.empty()) return chart.description;
  std::string text = fmt::format("{} over {}: ", chart.y_label, chart.x_label);
  for (const Curve& curve : chart.curves) text += (&curve == chart.curves.data() ? "" : ", ") + curve.name;
  return text + ".";
}

/// Numbers below the ticks of the x axis, a row a curve.
void rows_below(Drawing& drawing, const Axes& axes, const Chart& chart) {
  double y = axes.y.start + labels_below;
  const std::vector<double> at = ticks(axes.x.from, axes.x.to, Frame{}.x_ticks);
  for (const auto& [name, words] : chart.below) {
    drawing.text({10.0, y}, name, "small");
    y += row_below;
    for (std::size_t i = 0; i < std::min(at.size(), words.size()); ++i)
      drawing.text({axes.x(at[i]), y}, words[i], "small mid");
    y += row_below;
  }
}

}  // namespace

Drawing drawing_of(const Chart& chart) {
  const double more_top = heading_height(chart.title, 10.0, width - 10.0);
  const double bottom = top + more_top + high;
  const double below = labels_below + 2.0 * row_below * static_cast<double>(chart.below.size());
  const std::vector<Key> keys = keys_of(chart);
  const double height = bottom + below + legend_height(right - left, keys) - 10.0;
  Drawing drawing(width, height, {chart.title, description_of(chart)}, chart.id);
  const Axes axes{{0.0, chart.x_most, left, right}, {chart.y_least, chart.y_most, bottom, top + more_top}};
  drawing.attribute("data-axis", fmt::format("{:g} {:g} {:g} {:g}", axes.x.from, axes.x.to, axes.x.start, axes.x.end));
  drawing.attribute("data-upright", fmt::format("{:g} {:g}", bottom, top + more_top));
  heading(drawing, chart.title, 10.0, width - 10.0);
  frame(drawing, axes, {.x_label = chart.x_label, .y_label = chart.y_label});
  rows_below(drawing, axes, chart);
  for (std::size_t c = 0; c < chart.curves.size(); ++c) {
    const Curve& curve = chart.curves[c];
    drawing.open(fmt::format(R"(class="series" data-series="{}")", c));
    (chart.is_in_steps ? step_band : band)(drawing, axes, curve.points, curve.band, tone_of(chart, c));
    (chart.is_in_steps ? step : line)(drawing, axes, curve.points, tone_of(chart, c));
    for (const Mark& mark : chart.marks) {
      if (mark.curve == c) ring(drawing, axes, mark.x, mark.y, mark.spread, tone_of(chart, c));
    }
    drawing.close();
  }
  legend(drawing, {left, bottom + below}, right, keys);
  return drawing;
}

std::string chart_svg(const Chart& chart) { return drawing_of(chart).svg(); }

}  // namespace kith::plot

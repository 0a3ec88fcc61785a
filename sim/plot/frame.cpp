#include "plot/frame.hpp"

#include <algorithm>

namespace kith::plot {
namespace {

constexpr double title_size = 16.0, title_line = 20.0;

void names_below(Drawing& drawing, const Axes& axes, const Frame& labels) {
  for (const auto& [x, name] : labels.x_names) {
    double y = axes.y.start + 20.0;
    for (const std::string& words : lines_of(name, labels.name_width)) {
      drawing.text({axes.x(x), y}, words, "words mid");
      y += 15.0;
    }
  }
}

void ticks_below(Drawing& drawing, const Axes& axes, const Frame& labels) {
  const double bottom = axes.y.start;
  const std::vector<double> at = ticks(axes.x.from, axes.x.to, labels.x_ticks);
  const std::vector<std::string> texts = tick_texts(at);
  for (std::size_t k = 0; k < at.size(); ++k) {
    drawing.line({axes.x(at[k]), bottom}, {axes.x(at[k]), bottom + 6.0}, "ink");
    drawing.text({axes.x(at[k]), bottom + 20.0}, texts[k], "words mid");
  }
}

}  // namespace

void frame(Drawing& drawing, const Axes& axes, const Frame& labels) {
  const double left = axes.x.start;
  const double right = axes.x.end;
  const double bottom = axes.y.start;
  const double top = axes.y.end;
  if (labels.x_names.empty())
    ticks_below(drawing, axes, labels);
  else
    names_below(drawing, axes, labels);
  double widest = 0.0;  // of the numbers
  const std::vector<double> up = ticks(axes.y.from, axes.y.to, labels.y_ticks);
  const std::vector<std::string> texts = tick_texts(up);
  for (std::size_t k = 0; k < up.size(); ++k) {
    const double y = up[k];
    widest = std::max(widest, text_width(texts[k]));
    if (y > axes.y.from) drawing.line({left, axes.y(y)}, {right, axes.y(y)}, y == 0.0 ? "rule" : "faint");
    drawing.line({left - 6.0, axes.y(y)}, {left, axes.y(y)}, "ink");
    drawing.text({left - 10.0, axes.y(y) + 4.5}, texts[k], "words end");
  }
  drawing.line({left, bottom}, {right, bottom}, "ink");
  drawing.line({left, top}, {left, bottom}, "ink");
  if (!labels.x_label.empty()) drawing.text({0.5 * (left + right), bottom + 40.0}, labels.x_label, "words mid");
  const double beside = std::min(left - 50.0, left - 18.0 - widest);
  if (!labels.y_label.empty()) drawing.text_upwards({beside, 0.5 * (top + bottom)}, labels.y_label, "words");
}

double heading(Drawing& drawing, const std::string& title, double from, double to) {
  double y = 28.0;
  for (const std::string& words : lines_of(title, to - from, title_size)) {
    drawing.text({0.5 * (from + to), y}, words, "words head bold mid");
    y += title_line;
  }
  return heading_height(title, from, to);
}

double heading_height(const std::string& title, double from, double to) {
  return title_line * static_cast<double>(lines_of(title, to - from, title_size).size() - 1);
}

}  // namespace kith::plot

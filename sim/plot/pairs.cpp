#include "plot/pairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plot/frame.hpp"

namespace kith::plot {
namespace {

// Places on the drawing [px].
constexpr double left = 78.0, panel_width = 210.0, across = 302.0, right_margin = 14.0;
constexpr double top = 46.0, words_high = 74.0, panel_height = 160.0, down = 296.0;
constexpr double above_legend = 18.0, below_legend = 10.0;

std::vector<Key> keys() {
  return {{Key::Kind::square, "draws of the posterior", 0},
          {Key::Kind::line, "before", tones - 1},
          {Key::Kind::whole_line, "estimate, 95 %", 1}};
}

double x_of(std::size_t column) { return left + across * static_cast<double>(column); }
double y_of(std::size_t row) { return top + words_high + down * static_cast<double>(row); }

Axes axes_at(std::size_t row, std::size_t column, Range x, Range y) {
  return {{x.from, x.to, x_of(column), x_of(column) + panel_width},
          {y.from, y.to, y_of(row) + panel_height, y_of(row)}};
}

/// Adds a pairs plot to a drawing.
class Plot {
 public:
  Plot(const Pairs& pairs, Drawing& drawing) : variables_(pairs.variables), pairs_(pairs), drawing_(drawing) {}

  void draw() {
    for (std::size_t row = 0; row < variables_.size(); ++row) {
      for (std::size_t column = 0; column < row; ++column) scatter(row, column);
      histogram(row);
      for (std::size_t column = row + 1; column < variables_.size(); ++column) correlation(row, column);
    }
    const double bottom = top + down * static_cast<double>(variables_.size());
    legend(drawing_, {left, bottom + above_legend}, drawing_.width() - right_margin, keys());
  }

 private:
  /// Densities, of which the area is 1: of the draws, and of what was believed before.
  void histogram(std::size_t k) {
    const PairsVariable& v = variables_[k];
    const std::size_t bins = bins_of(v.draws);
    const double span = v.high - v.low;
    std::vector<double> heights = shares_in_bins(v.draws, v.low, v.high, bins);
    for (double& height : heights) height *= static_cast<double>(bins) / span;
    const double sum = std::accumulate(v.before.begin(), v.before.end(), 0.0);
    Points before;
    for (std::size_t i = 0; i < v.before.size() && sum > 0.0; ++i) {
      const double share = static_cast<double>(i) / static_cast<double>(v.before.size() - 1);
      before.emplace_back(v.low + share * span, v.before[i] / sum * static_cast<double>(v.before.size()) / span);
    }
    double most = *std::max_element(heights.begin(), heights.end());
    for (const auto& [x, y] : before) most = std::max(most, y);
    const Axes axes = axes_at(k, k, {v.low, v.high}, {0.0, 1.05 * std::max(most, 1.0 / span)});
    frame(drawing_, axes, {.x_label = v.name, .y_label = "density", .x_ticks = 4, .y_ticks = 3});
    const double width = panel_width / static_cast<double>(bins);
    for (std::size_t b = 0; b < bins; ++b) {
      if (heights[b] == 0.0) continue;
      const double corner = axes.y(heights[b]);
      drawing_.rect({axes.x.start + width * static_cast<double>(b), corner}, width, axes.y.start - corner, "f0 dot");
    }
    line(drawing_, axes, before, tones - 1);
    if (v.estimate) estimate(axes, v);
    words_above(k, v);
  }

  /// At the top: a line over the interval, and a diamond at the estimate.
  void estimate(const Axes& axes, const PairsVariable& v) {
    constexpr double half = 5.0;
    const double y = axes.y.end + half + 1.0;
    const double x = axes.x(*v.estimate);
    drawing_.line({axes.x(std::max(v.interval.first, v.low)), y}, {axes.x(std::min(v.interval.second, v.high)), y},
                  "curve s1 whole");
    drawing_.polygon({{x - half, y}, {x, y - half}, {x + half, y}, {x, y + half}}, "f1");
  }

  void words_above(std::size_t k, const PairsVariable& v) {
    const std::vector<std::string> lines = lines_of(v.words, panel_width);
    double y = y_of(k) - 10.0 - 15.0 * static_cast<double>(lines.empty() ? 0 : lines.size() - 1);
    drawing_.text({x_of(k) + 0.5 * panel_width, y - 17.0}, v.name, "words bold mid");
    for (const std::string& words : lines) {
      drawing_.text({x_of(k) + 0.5 * panel_width, y}, words, "words mid");
      y += 15.0;
    }
  }

  void scatter(std::size_t row, std::size_t column) {
    const PairsVariable& x = variables_[column];
    const PairsVariable& y = variables_[row];
    const Axes axes = axes_at(row, column, {x.low, x.high}, {y.low, y.high});
    Points points;
    for (std::size_t i = 0; i < x.draws.size(); ++i) points.emplace_back(x.draws[i], y.draws[i]);
    frame(drawing_, axes, {.x_label = x.name, .y_label = y.name, .x_ticks = 4, .y_ticks = 4});
    dots(drawing_, axes, points, 0, 2.5);
  }

  void correlation(std::size_t row, std::size_t column) {
    const double r = pairs_.correlations[row][column];
    const Place middle{x_of(column) + 0.5 * panel_width, y_of(row) + 0.5 * panel_height};
    drawing_.text({middle.x, middle.y}, fmt::format("r = {}{:.2f}", r < -0.005 ? "−" : "", std::abs(r)),
                  "words head mid");
    drawing_.text({middle.x, middle.y + 20.0}, variables_[row].name, "small mid pale");
    drawing_.text({middle.x, middle.y + 35.0}, "with " + variables_[column].name, "small mid pale");
  }

  const std::vector<PairsVariable>& variables_;
  const Pairs& pairs_;
  Drawing& drawing_;
};

}  // namespace

std::size_t bins_of(std::vector<double> draws) {
  std::sort(draws.begin(), draws.end());
  const auto different = std::unique(draws.begin(), draws.end()) - draws.begin();
  return static_cast<std::size_t>(std::clamp(std::round(std::sqrt(static_cast<double>(different))), 5.0, 25.0));
}

std::vector<double> shares_in_bins(const std::vector<double>& draws, double low, double high, std::size_t bins) {
  std::vector<double> shares(bins);
  for (const double draw : draws) {
    if (!(draw >= low && draw <= high)) continue;
    const auto bin = static_cast<std::size_t>((draw - low) / (high - low) * static_cast<double>(bins));
    shares[std::min(bin, bins - 1)] += 1.0 / static_cast<double>(draws.size());
  }
  return shares;
}

Drawing drawing_of(const Pairs& pairs) {
  const auto count = static_cast<double>(pairs.variables.size());
  const double width = std::max(left + across * count - (across - panel_width) + right_margin, 420.0);
  std::string description = "Draws of the posterior";
  for (const PairsVariable& v : pairs.variables) description += fmt::format("; {}: {}", v.name, v.words);
  const double height = top + down * count + legend_height(width - right_margin - left, keys()) + below_legend;
  Drawing drawing(width, height, {pairs.title, description + "."}, pairs.id);
  const std::vector<std::string> title = lines_of(pairs.title, width - 20.0);
  for (std::size_t k = 0; k < title.size(); ++k)
    drawing.text({10.0, 20.0 + 16.0 * static_cast<double>(k)}, title[k], "words bold");
  Plot(pairs, drawing).draw();
  return drawing;
}

std::string pairs_svg(const Pairs& pairs) { return drawing_of(pairs).svg(); }

}  // namespace kith::plot

#include "cli/partial_dependence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/sweep_cells.hpp"
#include "plot/frame.hpp"

namespace kith::cli {

namespace {

// Places on the drawing [px].
constexpr double width = 720.0, panel_width = 165.0, panel_height = 130.0, left = 66.0, step = 235.0, top = 84.0;
constexpr double row_height = panel_height + 86.0;
constexpr std::size_t panels_in_row = 3;

/// The range of all intervals.
plot::Range span_of(const DependenceOf& dependence) {
  std::vector<double> ends;
  for (const DependenceOnFactor& factor : dependence.factors) {
    for (const sweep::Estimate& mean : factor.found.means) ends.insert(ends.end(), {mean.value, mean.low, mean.high});
  }
  return plot::range_of(ends, 4);
}

/// One factor: means with their intervals, evenly spaced; a line through those of numbers.
void draw_panel(plot::Drawing& drawing, const DependenceOnFactor& factor, plot::Place corner, const plot::Range& span) {
  const std::size_t places = factor.found.means.size();
  const plot::Axes axes{{0.0, static_cast<double>(std::max<std::size_t>(1, places)), corner.x, corner.x + panel_width},
                        {span.from, span.to, corner.y + panel_height, corner.y}};
  plot::Frame labels{.x_label = "", .y_label = "", .y_ticks = 4, .name_width = 0.45 * panel_width};
  for (std::size_t k = 0; k < places; ++k) {
    const bool is_told = places <= 2 || k == 0 || k + 1 == places;
    if (is_told) labels.x_names.emplace_back(static_cast<double>(k) + 0.5, factor.labels[k]);
  }
  plot::frame(drawing, axes, labels);
  double y = corner.y - 12.0 - 15.0 * static_cast<double>(plot::lines_of(factor.factor, panel_width).size() - 1);
  for (const std::string& words : plot::lines_of(factor.factor, panel_width)) {
    drawing.text({corner.x + 0.5 * panel_width, y}, words, "words bold mid");
    y += 15.0;
  }
  plot::Points points;
  for (std::size_t k = 0; k < places; ++k)
    points.emplace_back(static_cast<double>(k) + 0.5, factor.found.means[k].value);
  if (!factor.are_words) plot::line(drawing, axes, points, 0);
  for (std::size_t k = 0; k < places; ++k) {
    const sweep::Estimate& mean = factor.found.means[k];
    plot::interval(drawing, axes, points[k].first, mean.value, mean.low, mean.high, 0);
  }
}

}  // namespace

std::vector<ReportTable> dependence_tables(const DependenceOf& dependence) {
  std::vector<ReportTable> tables;
  for (const DependenceOnFactor& factor : dependence.factors) {
    ReportTable table{dependence.outcome, {factor.factor, "mean [95 %]", "runs"}, {}};
    for (std::size_t k = 0; k < factor.labels.size(); ++k) {
      const auto runs = static_cast<double>(factor.found.counts[k]);
      table.rows.push_back(
          {{factor.labels[k], {}}, mean_cell(factor.found.means[k]), {fmt::format("{:.0f}", runs), runs}});
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

plot::Drawing dependence_drawing(const DependenceOf& dependence, const std::string& id) {
  const std::size_t panels = dependence.factors.size();
  const std::size_t rows = (panels + panels_in_row - 1) / panels_in_row;
  const double more_top = plot::heading_height(dependence.outcome, 10.0, width - 10.0);
  std::string description = "Mean outcome by each factor.";
  for (const DependenceOnFactor& factor : dependence.factors) {
    if (factor.labels.empty()) continue;
    description +=
        fmt::format(" {}: {} at {}, {} at {}.", factor.factor, number_text(factor.found.means.front().value),
                    factor.labels.front(), number_text(factor.found.means.back().value), factor.labels.back());
  }
  plot::Drawing drawing(width, top + more_top + static_cast<double>(rows) * row_height - 30.0,
                        {dependence.outcome, description}, id);
  plot::heading(drawing, dependence.outcome, 10.0, width - 10.0);
  const plot::Range span = span_of(dependence);
  for (std::size_t p = 0; p < panels; ++p) {
    const double x = left + step * static_cast<double>(p % panels_in_row);
    const std::size_t row = p / panels_in_row;
    const double y = top + more_top + row_height * static_cast<double>(row);
    draw_panel(drawing, dependence.factors[p], {x, y}, span);
  }
  return drawing;
}

std::string dependence_svg(const std::string& title, const std::vector<DependenceOf>& all) {
  std::vector<plot::Drawing> drawings;
  std::string description = title + ".";
  for (const DependenceOf& dependence : all) {
    drawings.push_back(dependence_drawing(dependence, "dependence"));
    description += " " + drawings.back().caption().description;
  }
  return plot::stacked(drawings, {title, description}, "dependence").svg();
}

}  // namespace kith::cli

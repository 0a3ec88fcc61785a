#include "cli/partial_dependence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plot/drawing.hpp"
#include "plot/frame.hpp"
#include "plot/marks.hpp"
#include "plot/scale.hpp"

namespace kith::cli {

namespace {

// Places on the drawing [px].
constexpr double width = 740.0, margin = 10.0, top = 50.0;
constexpr std::size_t panels_in_row = 3;
constexpr double panel_left = 60.0, panel_width = 175.0, panel_top = 30.0, panel_height = 130.0, panel_bottom = 60.0;
constexpr double pitch = panel_top + panel_height + panel_bottom;

std::string number(double value) {
  std::string text = fmt::format("{:.3g}", value);
  if (text[0] == '-') text.replace(0, 1, "−");
  return text;
}

/// A range that holds all intervals, for all factors, so that their panels compare.
plot::Range range_of(const DependenceOf& dependence) {
  std::vector<double> ends;
  for (const DependenceOnFactor& factor : dependence.factors) {
    for (const sweep::Estimate& mean : factor.found.means) ends.insert(ends.end(), {mean.value, mean.low, mean.high});
  }
  return plot::range_of(ends, 4);
}

/// What is written below: each word; of numbers the first, the middle and the last.
std::vector<std::pair<double, std::string>> names_of(const DependenceOnFactor& factor) {
  const std::size_t last = factor.labels.size() - 1;
  std::vector<std::pair<double, std::string>> names;
  for (std::size_t k = 0; k <= last; ++k) {
    if (factor.are_words || k == 0 || k == last || (last > 2 && k == last / 2))
      names.emplace_back(static_cast<double>(k), factor.labels[k]);
  }
  return names;
}

/// One factor: means with their intervals, evenly spaced; of numbers a line through them.
void panel(plot::Drawing& drawing, const DependenceOnFactor& factor, plot::Place corner, const plot::Range& range) {
  const auto places = static_cast<double>(factor.found.means.size());
  const double left = corner.x + panel_left;
  const double bottom = corner.y + panel_top + panel_height;
  const plot::Axes axes{{-0.5, places - 0.5, left, left + panel_width},
                        {range.from, range.to, bottom, bottom - panel_height}};
  const std::vector<std::pair<double, std::string>> names = names_of(factor);
  drawing.text({left + panel_width, corner.y + panel_top - 8.0}, factor.factor, "small bold end");
  plot::frame(drawing, axes,
              {.x_label = "",
               .y_label = "",
               .y_ticks = 4,
               .x_names = names,
               .name_width = panel_width / static_cast<double>(names.size())});
  plot::Points points;
  for (std::size_t k = 0; k < factor.found.means.size(); ++k)
    points.emplace_back(static_cast<double>(k), factor.found.means[k].value);
  if (!factor.are_words) plot::line(drawing, axes, points, 0);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const sweep::Estimate& mean = factor.found.means[k];
    plot::interval(drawing, axes, points[k].first, mean.value, mean.low, mean.high, 0);
  }
}

/// One outcome: three factors a row.
plot::Drawing drawing_of(const DependenceOf& dependence, const std::string& id) {
  const std::size_t rows = (dependence.factors.size() + panels_in_row - 1) / panels_in_row;
  const double begin = top + plot::heading_height(dependence.outcome, margin, width - margin);
  const std::string description =
      fmt::format("{}: mean at each value of a factor, with the 95 % interval of the mean.", dependence.outcome);
  plot::Drawing drawing(width, begin + static_cast<double>(rows) * pitch, {dependence.outcome, description}, id);
  plot::heading(drawing, dependence.outcome, margin, width - margin);
  const plot::Range range = range_of(dependence);
  for (std::size_t f = 0; f < dependence.factors.size(); ++f) {
    const auto column = static_cast<double>(f % panels_in_row);
    const auto row = static_cast<double>(f / panels_in_row);
    panel(drawing, dependence.factors[f], {margin + column * (panel_left + panel_width), begin + row * pitch}, range);
  }
  return drawing;
}

}  // namespace

std::vector<ReportTable> dependence_tables(const DependenceOf& dependence) {
  std::vector<ReportTable> tables;
  for (const DependenceOnFactor& factor : dependence.factors) {
    ReportTable table{dependence.outcome, {factor.factor, "mean [95 %]", "runs"}, {}};
    for (std::size_t k = 0; k < factor.labels.size(); ++k) {
      const sweep::Estimate& mean = factor.found.means[k];
      const std::string text = fmt::format("{} [{}, {}]", number(mean.value), number(mean.low), number(mean.high));
      const auto runs = static_cast<double>(factor.found.counts[k]);
      table.rows.push_back(
          {{factor.labels[k], {}}, {text, mean.value, mean.low, mean.high}, {fmt::format("{:.0f}", runs), runs}});
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::string dependence_svg(const std::string& title, const std::vector<DependenceOf>& all) {
  std::vector<plot::Drawing> drawings;
  for (const DependenceOf& dependence : all)
    drawings.push_back(drawing_of(dependence, fmt::format("outcome-{}", drawings.size())));
  return plot::stacked(drawings, {title, "How outcomes go with each factor, averaged over all others."}).svg();
}

}  // namespace kith::cli

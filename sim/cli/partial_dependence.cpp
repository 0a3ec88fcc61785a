#include "cli/partial_dependence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/xml.hpp"

namespace kith::cli {

namespace {

// Places on the drawing [px].
constexpr double panel_width = 200.0, panel_height = 130.0, gap = 40.0, left = 70.0, top = 60.0;

std::string number(double value) {
  std::string text = fmt::format("{:.3g}", value);
  if (text[0] == '-') text.replace(0, 1, "−");
  return text;
}

/// Lowest and highest end of all intervals.
std::pair<double, double> span_of(const DependenceOf& dependence) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const DependenceOnFactor& factor : dependence.factors) {
    for (const sweep::Estimate& mean : factor.found.means) {
      low = std::min(low, mean.low);
      high = std::max(high, mean.high);
    }
  }
  return high > low ? std::pair(low, high) : std::pair(low - 0.5, low + 0.5);
}

std::string text_at(double x, double y, const std::string& text, const char* more = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, more, xml_escaped(text));
}

std::string line_at(double x1, double y1, double x2, double y2, const char* stroke) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1, x2, y2,
                     stroke);
}

/// One factor: means with their intervals, evenly spaced, a line through them.
std::string panel(const DependenceOnFactor& factor, double x, double y, const std::pair<double, double>& span) {
  const auto height = [&](double value) {
    return y + panel_height * (1.0 - (value - span.first) / (span.second - span.first));
  };
  const std::size_t places = factor.found.means.size();
  const auto across = [&](std::size_t k) {
    return x + panel_width * (static_cast<double>(k) + 0.5) / static_cast<double>(places);
  };
  std::string text =
      fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#888888\"/>\n", x,
                  y, panel_width, panel_height);
  text += text_at(x, y - 6.0, factor.factor);
  if (span.first < 0.0 && span.second > 0.0) text += line_at(x, height(0.0), x + panel_width, height(0.0), "#cccccc");
  std::string points;
  for (std::size_t k = 0; k < places; ++k) {
    const sweep::Estimate& mean = factor.found.means[k];
    points += fmt::format("{:.1f},{:.1f} ", across(k), height(mean.value));
    text += line_at(across(k), height(mean.low), across(k), height(mean.high), "#0072b2");
  }
  text += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"#0072b2\"/>\n", points);
  text += text_at(x, y + panel_height + 14.0, factor.labels.front());
  if (places > 1)
    text += text_at(x + panel_width, y + panel_height + 14.0, factor.labels.back(), "text-anchor=\"end\"");
  return text;
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
  std::size_t columns = 1;
  for (const DependenceOf& dependence : all) columns = std::max(columns, dependence.factors.size());
  const double width = left + static_cast<double>(columns) * (panel_width + gap);
  const double row = panel_height + 70.0;
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:g}\" height=\"{1:g}\" viewBox=\"0 0 {0:g} {1:g}\" "
      "font-family=\"sans-serif\" font-size=\"11\">\n<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"white\"/>\n",
      width, top + row * static_cast<double>(all.size()), xml_escaped(title));
  text += text_at(10.0, 20.0, title, R"(font-size="15" font-weight="bold")");
  double y = top;
  for (const DependenceOf& dependence : all) {
    const std::pair<double, double> span = span_of(dependence);
    text += text_at(10.0, y - 20.0, dependence.outcome, "font-weight=\"bold\"");
    text += text_at(left - 6.0, y + 8.0, number(span.second), "text-anchor=\"end\"");
    text += text_at(left - 6.0, y + panel_height, number(span.first), "text-anchor=\"end\"");
    double x = left;
    for (const DependenceOnFactor& factor : dependence.factors) {
      text += panel(factor, x, y, span);
      x += panel_width + gap;
    }
    y += row;
  }
  return text + "</svg>\n";
}

}  // namespace kith::cli

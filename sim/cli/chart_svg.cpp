#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/chart.hpp"
#include "core/xml.hpp"

namespace kith::cli {
namespace {

// Places on the drawing [px].
constexpr double width = 720.0, height = 440.0;
constexpr double left = 70.0, right = 690.0, top = 50.0, bottom = 370.0;

/// Colours that colour-blind people tell apart (Okabe & Ito 2008).
constexpr std::array<std::string_view, 6> colours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#000000"};

bool has_bands(const Chart& chart) {
  return std::any_of(chart.curves.begin(), chart.curves.end(), [](const Curve& curve) { return !curve.band.empty(); });
}

class Drawing {
 public:
  explicit Drawing(const Chart& chart) : chart_(chart) {}

  std::string text() {
    text_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:g}\" height=\"{1:g}\" viewBox=\"0 0 {0:g} {1:g}\" "
        "font-family=\"sans-serif\" font-size=\"13\">\n"
        "<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        width, height, xml_escaped(chart_.title));
    write(0.5 * (left + right), 28.0, chart_.title, R"(text-anchor="middle" font-size="16" font-weight="bold")");
    axes();
    for (std::size_t c = 0; c < chart_.curves.size(); ++c) band(c);
    for (std::size_t c = 0; c < chart_.curves.size(); ++c) curve(c);
    for (const Mark& mark : chart_.marks) measured(mark);
    legend();
    return text_ + "</svg>\n";
  }

 private:
  double x_of(double x) const { return left + (right - left) * x / chart_.x_most; }
  double y_of(double y) const { return bottom - (bottom - top) * y / chart_.y_most; }
  static std::string_view colour(std::size_t curve) { return colours[curve % colours.size()]; }

  void line(double x1, double y1, double x2, double y2, std::string_view stroke) {
    text_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1, x2,
                         y2, stroke);
  }
  void write(double x, double y, std::string_view words, std::string_view style) {
    text_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, style, xml_escaped(words));
  }

  void axes() {
    const double slack = 1.0 + 1e-9;
    const double x_distance = tick_distance(chart_.x_most, 8);
    for (double x = 0.0; x <= chart_.x_most * slack; x += x_distance) {
      line(x_of(x), bottom, x_of(x), bottom + 6.0, "black");
      write(x_of(x), bottom + 20.0, fmt::format("{:.6g}", x), "text-anchor=\"middle\"");
    }
    const double y_distance = tick_distance(chart_.y_most, 5);
    for (double y = 0.0; y <= chart_.y_most * slack; y += y_distance) {
      if (y > 0.0) line(left, y_of(y), right, y_of(y), "#dddddd");
      line(left - 6.0, y_of(y), left, y_of(y), "black");
      write(left - 10.0, y_of(y) + 4.5, fmt::format("{:.6g}", y), "text-anchor=\"end\"");
    }
    line(left, bottom, right, bottom, "black");
    line(left, top, left, bottom, "black");
    write(0.5 * (left + right), bottom + 40.0, chart_.x_label, "text-anchor=\"middle\"");
    const double middle = 0.5 * (top + bottom);
    write(20.0, middle, chart_.y_label,
          fmt::format("text-anchor=\"middle\" transform=\"rotate(-90 20 {:.1f})\"", middle));
  }

  /// The area between the limits: along the lower from left to right, along the upper back.
  void band(std::size_t index) {
    const Curve& around = chart_.curves[index];
    if (around.band.empty()) return;
    std::string points;
    for (std::size_t i = 0; i < around.band.size(); ++i)
      points += fmt::format("{:.1f},{:.1f} ", x_of(around.points[i].first), y_of(around.band[i].first));
    for (std::size_t i = around.band.size(); i-- > 0;)
      points += fmt::format("{:.1f},{:.1f} ", x_of(around.points[i].first), y_of(around.band[i].second));
    points.pop_back();
    text_ += fmt::format("<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"0.15\"/>\n", points, colour(index));
  }

  void curve(std::size_t index) {
    std::string points;
    for (const auto& [x, y] : chart_.curves[index].points)
      points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", x_of(x), y_of(y));
    text_ += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", points,
                         colour(index));
  }

  void measured(const Mark& mark) {
    if (mark.spread > 0.0)
      line(x_of(mark.x), y_of(mark.y - mark.spread), x_of(mark.x), y_of(mark.y + mark.spread), colour(mark.curve));
    text_ +=
        fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"white\" stroke=\"{}\" stroke-width=\"2\"/>\n",
                    x_of(mark.x), y_of(mark.y), colour(mark.curve));
  }

  void legend() {
    double x = left;
    for (std::size_t c = 0; c < chart_.curves.size(); ++c) {
      line(x, height - 14.0, x + 20.0, height - 14.0, colour(c));
      write(x + 26.0, height - 9.5, chart_.curves[c].name, "");
      x += 50.0 + 7.5 * static_cast<double>(chart_.curves[c].name.size());
    }
    if (has_bands(chart_)) {
      text_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"20\" height=\"10\" fill-opacity=\"0.15\"/>\n", x,
                           height - 19.0);
      write(x + 26.0, height - 9.5, chart_.band_name, "");
      x += 50.0 + 7.5 * static_cast<double>(chart_.band_name.size());
    }
    if (chart_.marks.empty()) return;
    text_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"white\" stroke=\"black\"/>\n", x + 8.0,
                         height - 14.0);
    write(x + 18.0, height - 9.5, chart_.mark_name, "");
  }

  const Chart& chart_;
  std::string text_;
};

}  // namespace

std::string chart_svg(const Chart& chart) { return Drawing(chart).text(); }

}  // namespace kith::cli

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/forest.hpp"
#include "core/xml.hpp"

namespace kith::cli {
namespace {

// Places on the drawing [px].
constexpr double label_width = 330.0, panel_width = 118.0, panel_gap = 26.0;
constexpr double row_height = 19.0, top = 74.0, below = 56.0, right_margin = 12.0;
constexpr double head = 5.0;  // of an arrow

/// Colours that colour-blind people tell apart (Okabe & Ito 2008), the first for what has no tone.
constexpr std::array<std::string_view, 5> colours{"#000000", "#0072b2", "#d55e00", "#888888", "#cc79a7"};

class Drawing {
 public:
  explicit Drawing(const Forest& forest) : forest_(forest) {}

  std::string text() {
    constexpr double least_width = 760.0;
    const double panels = static_cast<double>(forest_.panels.size()) * (panel_width + panel_gap);
    const double width = std::max(least_width, label_width + panels + right_margin);
    text_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:g}\" height=\"{1:g}\" viewBox=\"0 0 {0:g} {1:g}\" "
        "font-family=\"sans-serif\" font-size=\"12\">\n"
        "<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        width, bottom() + below + row_height * static_cast<double>(forest_.notes.size()), xml_escaped(forest_.title));
    write(10.0, 26.0, forest_.title, R"(font-size="16" font-weight="bold")");
    for (std::size_t p = 0; p < forest_.panels.size(); ++p) panel(p);
    for (std::size_t r = 0; r < forest_.rows.size(); ++r) row(r);
    legend();
    return text_ + "</svg>\n";
  }

 private:
  double bottom() const { return top + row_height * static_cast<double>(forest_.rows.size()); }
  static double left_of(std::size_t panel) {
    return label_width + static_cast<double>(panel) * (panel_width + panel_gap);
  }
  double x_of(std::size_t panel, double value) const {
    const double share = 0.5 + 0.5 * std::clamp(value / forest_.limit, -1.0, 1.0);
    return left_of(panel) + panel_width * share;
  }
  static double y_of(std::size_t row) { return top + row_height * (static_cast<double>(row) + 0.5); }
  static std::string_view colour(const ForestCell& cell) { return colours[cell.tone % colours.size()]; }

  void line(double x1, double y1, double x2, double y2, std::string_view stroke, std::string_view more = "") {
    text_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" {}/>\n", x1, y1,
                         x2, y2, stroke, more);
  }
  void write(double x, double y, std::string_view words, std::string_view style) {
    text_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, style, xml_escaped(words));
  }
  /// A filled triangle whose tip is at x; `side` −1 points to the left.
  void arrowhead(double x, double y, double side, std::string_view fill) {
    text_ += fmt::format("<polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" fill=\"{}\"/>\n", x, y,
                         x - side * head, y - 0.7 * head, x - side * head, y + 0.7 * head, fill);
  }

  void panel(std::size_t p) {
    write(x_of(p, 0.0), top - 12.0, forest_.panels[p], R"(text-anchor="middle" font-weight="bold")");
    line(x_of(p, 0.0), top - 4.0, x_of(p, 0.0), bottom(), "#555555", R"(stroke-dasharray="3 3")");
    line(left_of(p), bottom(), left_of(p) + panel_width, bottom(), "black");
    for (const double share : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
      const double x = x_of(p, share * forest_.limit);
      line(x, bottom(), x, bottom() + 5.0, "black");
      const bool is_written = share == -1.0 || share == 0.0 || share == 1.0;
      if (is_written)
        write(x, bottom() + 18.0, fmt::format("{:g}", share * forest_.limit), R"(text-anchor="middle" font-size="11")");
    }
  }

  void row(std::size_t r) {
    const ForestRow& shown = forest_.rows[r];
    const bool is_heading = shown.cells.empty();
    write(is_heading ? 10.0 : 22.0, y_of(r) + 4.0, shown.label,
          is_heading || shown.is_summary ? R"(font-weight="bold")" : "");
    for (std::size_t p = 0; p < shown.cells.size(); ++p) cell(p, y_of(r), shown.cells[p], shown.is_summary);
  }

  void cell(std::size_t p, double y, const ForestCell& shown, bool is_summary) {
    if (shown.point && is_summary) return diamond(p, y, shown);
    if (shown.point) return square(p, y, shown);
    if (shown.direction && *shown.direction == 0) {
      text_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"white\" stroke=\"{}\"/>\n", x_of(p, 0.0),
                           y, colour(shown));
    } else if (shown.direction) {
      const double x = x_of(p, 0.6 * forest_.limit * *shown.direction);
      line(x_of(p, 0.0), y, x, y, colour(shown), R"(stroke-width="1.5")");
      arrowhead(x, y, *shown.direction, colour(shown));
    }
    if (!shown.words.empty())
      write(x_of(p, 0.0), y + 4.0, shown.words, R"(text-anchor="middle" font-size="10" fill="#555555")");
  }

  void square(std::size_t p, double y, const ForestCell& shown) {
    const ForestPoint& point = *shown.point;
    line(x_of(p, point.low), y, x_of(p, point.high), y, colour(shown));
    if (point.low < -forest_.limit) arrowhead(x_of(p, point.low), y, -1.0, colour(shown));
    if (point.high > forest_.limit) arrowhead(x_of(p, point.high), y, 1.0, colour(shown));
    if (std::abs(point.value) > forest_.limit) return;
    constexpr double largest = 10.0;
    const double side = largest * std::sqrt(std::clamp(point.weight, 0.09, 1.0));
    text_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n",
                         x_of(p, point.value) - 0.5 * side, y - 0.5 * side, side, side, colour(shown));
  }

  void diamond(std::size_t p, double y, const ForestCell& shown) {
    const ForestPoint& point = *shown.point;
    constexpr double half = 6.0;
    text_ += fmt::format("<polygon points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" fill=\"{}\"/>\n",
                         x_of(p, point.low), y, x_of(p, point.value), y - half, x_of(p, point.high), y,
                         x_of(p, point.value), y + half, colour(shown));
  }

  void legend() {
    double x = 22.0;
    const double y = bottom() + 40.0;
    for (std::size_t tone = 0; tone < forest_.tones.size(); ++tone) {
      text_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"10\" height=\"10\" fill=\"{}\"/>\n", x, y - 9.0,
                           colours[tone % colours.size()]);
      write(x + 15.0, y, forest_.tones[tone], "");
      x += 40.0 + 7.0 * static_cast<double>(forest_.tones[tone].size());
    }
    for (std::size_t k = 0; k < forest_.notes.size(); ++k)
      write(22.0, y + row_height * static_cast<double>(k + 1), forest_.notes[k], "");
  }

  const Forest& forest_;
  std::string text_;
};

}  // namespace

std::string forest_svg(const Forest& forest) { return Drawing(forest).text(); }

}  // namespace kith::cli

#include "plot/forest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plot/frame.hpp"

namespace kith::plot {
namespace {

// Places on the drawing [px].
constexpr double least_labels = 330.0, label_gap = 12.0, least_panel = 118.0, panel_gap = 36.0, least_width = 760.0;
constexpr double row_height = 19.0, title_line = 16.0, top = 74.0, below = 56.0, right_margin = 12.0;
constexpr double head = 5.0;                           // of an arrow
constexpr double plain_size = 13.0, bold_size = 14.5;  // of letters: bold ones are wider

/// The first tone is the ink, for what has none.
constexpr std::array<std::string_view, 5> lines{"ink", "s0", "s1", "s5", "s3"};
constexpr std::array<std::string_view, 5> areas{"full", "f0", "f1", "f5", "f3"};

double label_left(const ForestRow& row) { return row.cells.empty() ? 10.0 : 22.0; }
bool is_bold(const ForestRow& row) { return row.cells.empty() || row.is_summary; }

/// Of the labels at the left: as wide as the widest of them.
double label_width(const Forest& forest) {
  double widest = least_labels;
  for (const ForestRow& row : forest.rows)
    widest =
        std::max(widest, label_left(row) + text_width(row.label, is_bold(row) ? bold_size : plain_size) + label_gap);
  return widest;
}

double panel_width(const Forest& forest, double width) {
  const double panels = static_cast<double>(forest.panels.size());
  return std::max(least_panel, (width - label_width(forest) - right_margin) / std::max(1.0, panels) - panel_gap);
}

std::vector<std::string> broken(const std::string& title, double width) {
  return lines_of(title, width + 0.5 * panel_gap, bold_size);
}

/// Where the rows begin, below titles of panels in as many lines as they need.
double top_of(const Forest& forest, double width) {
  std::size_t most = 1;
  for (const std::string& title : forest.panels)
    most = std::max(most, broken(title, panel_width(forest, width)).size());
  return top + title_line * static_cast<double>(most - 1);
}

/// Adds a forest plot to a drawing.
class Plot {
 public:
  Plot(const Forest& forest, Drawing& drawing)
      : forest_(forest),
        drawing_(drawing),
        label_width_(label_width(forest)),
        panel_width_(panel_width(forest, drawing.width())),
        top_(top_of(forest, drawing.width())) {}

  void draw() {
    drawing_.text({10.0, 26.0}, forest_.title, "words head bold");
    for (std::size_t p = 0; p < forest_.panels.size(); ++p) panel(p);
    for (std::size_t r = 0; r < forest_.rows.size(); ++r) row(r);
    legend_below();
  }

 private:
  double bottom() const { return top_ + row_height * static_cast<double>(forest_.rows.size()); }
  double left_of(std::size_t panel) const {
    return label_width_ + static_cast<double>(panel) * (panel_width_ + panel_gap);
  }
  double x_of(std::size_t panel, double value) const {
    const Scale scale{-forest_.limit, forest_.limit, left_of(panel), left_of(panel) + panel_width_};
    return scale(std::clamp(value, -forest_.limit, forest_.limit));
  }
  double y_of(std::size_t row) const { return top_ + row_height * (static_cast<double>(row) + 0.5); }
  static std::string stroke(const ForestCell& cell) { return std::string(lines[cell.tone % lines.size()]); }
  static std::string fill(const ForestCell& cell) { return std::string(areas[cell.tone % areas.size()]); }

  /// A filled triangle whose tip is at x; `side` −1 points to the left.
  void arrowhead(double x, double y, double side, const std::string& classes) {
    drawing_.polygon({{x, y}, {x - side * head, y - 0.7 * head}, {x - side * head, y + 0.7 * head}}, classes);
  }

  void panel(std::size_t p) {
    const std::vector<std::string> title = broken(forest_.panels[p], panel_width_);
    for (std::size_t k = 0; k < title.size(); ++k)
      drawing_.text({x_of(p, 0.0), top_ - 12.0 - title_line * static_cast<double>(title.size() - 1 - k)}, title[k],
                    "words mid bold");
    drawing_.line({x_of(p, 0.0), top_ - 4.0}, {x_of(p, 0.0), bottom()}, "rule");
    drawing_.line({left_of(p), bottom()}, {left_of(p) + panel_width_, bottom()}, "ink");
    for (const double share : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
      const double x = x_of(p, share * forest_.limit);
      drawing_.line({x, bottom()}, {x, bottom() + 5.0}, "ink");
      const bool is_written = share == -1.0 || share == 0.0 || share == 1.0;
      if (is_written) drawing_.text({x, bottom() + 18.0}, tick_text(share * forest_.limit), "small mid");
    }
  }

  void row(std::size_t r) {
    const ForestRow& shown = forest_.rows[r];
    drawing_.text({label_left(shown), y_of(r) + 4.0}, shown.label, is_bold(shown) ? "words bold" : "words");
    for (std::size_t p = 0; p < shown.cells.size(); ++p) cell(p, y_of(r), shown.cells[p], shown.is_summary);
  }

  void cell(std::size_t p, double y, const ForestCell& shown, bool is_summary) {
    if (shown.band) {
      const double from = x_of(p, -*shown.band);
      drawing_.rect({from, y - 0.5 * row_height + 1.0}, x_of(p, *shown.band) - from, row_height - 2.0, "b5");
    }
    if (shown.point && is_summary) return diamond(p, y, shown);
    if (shown.point) return square(p, y, shown);
    if (shown.direction && *shown.direction == 0) {
      drawing_.circle({x_of(p, 0.0), y}, 4.0, "hollow " + stroke(shown));
    } else if (shown.direction) {
      const double x = x_of(p, 0.6 * forest_.limit * *shown.direction);
      drawing_.line({x_of(p, 0.0), y}, {x, y}, stroke(shown));
      arrowhead(x, y, *shown.direction, fill(shown));
    }
    if (!shown.words.empty()) drawing_.text({x_of(p, 0.0), y + 4.0}, shown.words, "small mid pale");
  }

  void square(std::size_t p, double y, const ForestCell& shown) {
    const ForestPoint& point = *shown.point;
    drawing_.line({x_of(p, point.low), y}, {x_of(p, point.high), y}, stroke(shown));
    if (point.inner) {
      const double from = x_of(p, point.inner->first);
      const double width = std::max(1.0, x_of(p, point.inner->second) - from);
      drawing_.rect({from, y - 2.0}, width, 4.0, fill(shown));
    }
    if (point.low < -forest_.limit) arrowhead(x_of(p, point.low), y, -1.0, fill(shown));
    if (point.high > forest_.limit) arrowhead(x_of(p, point.high), y, 1.0, fill(shown));
    if (std::abs(point.value) > forest_.limit) return;
    constexpr double largest = 10.0;
    const double side = largest * std::sqrt(std::clamp(point.weight, 0.09, 1.0));
    drawing_.rect({x_of(p, point.value) - 0.5 * side, y - 0.5 * side}, side, side, fill(shown));
  }

  void diamond(std::size_t p, double y, const ForestCell& shown) {
    const ForestPoint& point = *shown.point;
    constexpr double half = 6.0;
    drawing_.polygon({{x_of(p, point.low), y},
                      {x_of(p, point.value), y - half},
                      {x_of(p, point.high), y},
                      {x_of(p, point.value), y + half}},
                     fill(shown));
  }

  void legend_below() {
    double x = 22.0;
    const double y = bottom() + 40.0;
    for (std::size_t tone = 0; tone < forest_.tones.size(); ++tone) {
      drawing_.rect({x, y - 9.0}, 10.0, 10.0, areas[tone % areas.size()]);
      drawing_.text({x + 15.0, y}, forest_.tones[tone], "words");
      x += 35.0 + text_width(forest_.tones[tone]);
    }
    for (std::size_t k = 0; k < forest_.notes.size(); ++k)
      drawing_.text({22.0, y + row_height * static_cast<double>(k + 1)}, forest_.notes[k], "words");
  }

  const Forest& forest_;
  Drawing& drawing_;
  double label_width_, panel_width_, top_;
};

}  // namespace

Drawing drawing_of(const Forest& forest) {
  const double panels = static_cast<double>(forest.panels.size()) * (least_panel + panel_gap);
  const double width = std::max(least_width, label_width(forest) + panels + right_margin);
  const double height =
      top_of(forest, width) + below + row_height * static_cast<double>(forest.rows.size() + forest.notes.size());
  std::string description = "Forest plot";
  for (const std::string& note : forest.notes) description += ". " + note;
  Drawing drawing(width, height, {forest.title, description}, forest.id);
  Plot(forest, drawing).draw();
  return drawing;
}

std::string forest_svg(const Forest& forest) { return drawing_of(forest).svg(); }

}  // namespace kith::plot

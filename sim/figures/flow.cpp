#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/effects.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"

namespace kith::figures {
namespace {

// Places on the drawing [px].
constexpr double line_height = 17.0, box_margin = 10.0, least_width = 720.0, gap = 24.0, between = 30.0;

struct Box {
  plot::Place corner;
  double width = 0.0;
  std::vector<std::string> lines;

  double height() const { return 2.0 * box_margin + line_height * static_cast<double>(lines.size()); }
  double bottom() const { return corner.y + height(); }
  plot::Place middle() const { return {corner.x + 0.5 * width, corner.y + 0.5 * height()}; }
};

void draw_box(plot::Drawing& drawing, const Box& box) {
  drawing.rect(box.corner, box.width, box.height(), "bare");
  double y = box.corner.y + box_margin + 13.0;
  for (const std::string& line : box.lines) {
    drawing.text({box.corner.x + 0.5 * box.width, y}, line, "words mid");
    y += line_height;
  }
}

/// Down from one box to another, along right angles.
void connect(plot::Drawing& drawing, const Box& from, const Box& to) {
  const double half = 0.5 * (from.bottom() + to.corner.y);
  drawing.polyline(
      {{from.middle().x, from.bottom()}, {from.middle().x, half}, {to.middle().x, half}, {to.middle().x, to.corner.y}},
      "ink");
}

double mean_of(const io::ResultFile& result, const std::string& variable, std::size_t place) {
  const std::optional<Grid> grid = read_grid(result, "flow", variable);
  if (!grid) return 0.0;
  const std::size_t places = grid->values.size() / grid->sizes[0];
  double total = 0.0;
  for (std::size_t study = 0; study < grid->sizes[0]; ++study) total += grid->values[study * places + place];
  return total / static_cast<double>(grid->sizes[0]);
}

std::string count(double value) { return number(value, std::abs(value - std::round(value)) < 1e-9 ? 0 : 1).text; }

std::vector<std::string> broken(const std::vector<std::string>& lines, double width) {
  std::vector<std::string> all;
  for (const std::string& line : lines) {
    for (std::string& part : plot::lines_of(line, width - 2.0 * box_margin)) all.push_back(std::move(part));
  }
  return all;
}

std::vector<std::string> excluded(const io::ResultFile& result) {
  std::vector<std::string> lines;
  const std::optional<Grid> reasons = read_grid(result, "flow", "excluded");
  if (!reasons || reasons->sizes.size() != 2) return lines;
  for (std::size_t r = 0; r < reasons->sizes[1]; ++r) {
    const double value = mean_of(result, "excluded", r);
    if (value > 0.0) lines.push_back(fmt::format("{} excluded: {}", count(value), reasons->names[1][r]));
  }
  return lines;
}

}  // namespace

Drawn draw_flow(const io::ResultFile& result, const Definition& definition) {
  const ReportTable table = flow_table(result);
  if (table.rows.empty()) return missing("This result has no trial, so no flow of participants.");
  const std::size_t sequences = table.rows.size() - 1;
  constexpr double box_width = 150.0;
  const double width = std::max(least_width, gap + static_cast<double>(sequences) * (box_width + gap));
  Box screened{{0.5 * width - 90.0, 50.0}, 180.0, {count(mean_of(result, "screened", 0)) + " people screened"}};
  Box out{{0.5 * width + 120.0, 50.0}, 0.5 * width - 140.0, broken(excluded(result), 0.5 * width - 140.0)};
  const double second = std::max(screened.bottom(), out.lines.empty() ? 0.0 : out.bottom()) + between;
  Box randomised{{0.5 * width - 90.0, second}, 180.0, {table.rows.back()[1].text + " took part"}};
  std::vector<Box> arms;
  const double room = (width - gap) / static_cast<double>(sequences);
  for (std::size_t s = 0; s < sequences; ++s) {
    std::vector<std::string> lines{table.rows[s][0].text};
    for (std::size_t c = 1; c < table.columns.size(); ++c)
      lines.push_back(fmt::format("{} {}", table.rows[s][c].text, table.columns[c]));
    const double wide = std::min(room - gap, 260.0);
    arms.push_back({{0.5 * gap + room * (static_cast<double>(s) + 0.5) - 0.5 * wide, randomised.bottom() + between},
                    wide,
                    broken(lines, wide)});
  }
  double height = 0.0;
  for (const Box& arm : arms) height = std::max(height, arm.bottom() + 20.0);
  std::string description = fmt::format("{}, {}.", screened.lines.front(), randomised.lines.front());
  plot::Drawing drawing(width, height, {definition.title, description}, definition.name);
  drawing.text({0.5 * width, 28.0}, definition.title, "words head bold mid");
  if (!out.lines.empty()) {
    drawing.line({screened.middle().x, out.middle().y}, {out.corner.x, out.middle().y}, "ink");
    draw_box(drawing, out);
  }
  connect(drawing, screened, randomised);
  for (const Box& arm : arms) connect(drawing, randomised, arm);
  draw_box(drawing, screened);
  draw_box(drawing, randomised);
  for (const Box& arm : arms) draw_box(drawing, arm);
  Figure figure = begun(definition);
  figure.drawings.push_back(std::move(drawing));
  figure.table = table;
  return {std::move(figure), ""};
}

}  // namespace kith::figures

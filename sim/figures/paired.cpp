#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/charts.hpp"
#include "figures/contrast_name.hpp"
#include "figures/effects.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "plot/frame.hpp"
#include "plot/marks.hpp"

namespace kith::figures {
namespace {

// Places on the drawing [px].
constexpr double width = 720.0, left = 80.0, right = 690.0, top = 50.0, high = 320.0, line = 15.0, below = 30.0;

/// One column of dots, and what the study makes of them.
struct Column {
  std::string name;
  std::vector<double> values;  // [participants] NaN for who has none
  double value = 0.0, low = 0.0, high = 0.0;
};

struct Panel {
  std::string measure;
  std::vector<Column> columns;
};

/// Means of the first virtual study by participant and arm, for one measure.
class Ratings {
 public:
  Ratings(const io::ResultFile& result, const std::string& table, const std::string& variable)
      : value_(read_grid(result, table, variable)),
        arm_(read_grid(result, table, "arm")),
        measure_(read_grid(result, table, "measure")) {}

  bool is_there() const { return value_ && arm_ && measure_ && value_->sizes.size() == 3 && arm_->sizes.size() == 3; }
  const std::vector<std::string>& measures() const { return measure_->flags; }
  const std::vector<std::string>& arms() const { return arm_->flags; }
  std::size_t participants() const { return value_->sizes[1]; }

  /// [participants] NaN for who was not asked in that arm.
  std::vector<double> means(std::size_t measure, std::size_t arm) const {
    std::vector<double> all;
    for (std::size_t participant = 0; participant < participants(); ++participant) {
      double total = 0.0;
      std::size_t count = 0;
      for (std::size_t occasion = 0; occasion < value_->sizes[2]; ++occasion) {
        const double value = value_->at({0, participant, occasion});
        if (measure_->values[occasion] != static_cast<double>(measure) || !std::isfinite(value) ||
            arm_->at({0, participant, occasion}) != static_cast<double>(arm))
          continue;
        total += value;
        ++count;
      }
      all.push_back(count == 0 ? std::nan("") : total / static_cast<double>(count));
    }
    return all;
  }

 private:
  std::optional<Grid> value_, arm_, measure_;
};

std::size_t find(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool has_any(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

double mean_of_those(const std::vector<double>& values) {
  double total = 0.0;
  std::size_t count = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    total += value;
    ++count;
  }
  return count == 0 ? std::nan("") : total / static_cast<double>(count);
}

/// What the table of effects says of the first study.
class Effects {
 public:
  Effects(const io::ResultFile& result, const Definition& definition) {
    for (std::size_t v = 1; v < definition.variables.size(); ++v)
      grids_.push_back(read_grid(result, "effects", definition.variables[v]));
  }
  bool is_there() const { return !grids_.empty() && grids_.front() && grids_.front()->sizes.size() == 3; }
  const std::vector<std::string>& measures() const { return grids_.front()->names[1]; }
  const std::vector<std::string>& contrasts() const { return grids_.front()->names[2]; }
  double number(std::size_t which, std::size_t measure, std::size_t contrast) const {
    return which < grids_.size() && grids_[which] ? grids_[which]->at({0, measure, contrast}) : std::nan("");
  }

 private:
  std::vector<std::optional<Grid>> grids_;
};

/// Each participant on the arm minus the same on the reference; none where nobody was on both.
std::vector<Column> differences(const Ratings& ratings, std::size_t measure, const Effects& effects) {
  const std::size_t row = find(effects.measures(), ratings.measures()[measure]);
  std::vector<Column> columns;
  for (std::size_t c = 0; row < effects.measures().size() && c < effects.contrasts().size(); ++c) {
    if (!std::isfinite(effects.number(0, row, c))) continue;
    const auto [arm, reference] = arms_of(effects.contrasts()[c]);
    const std::size_t first = find(ratings.arms(), arm);
    const std::size_t second = find(ratings.arms(), reference);
    if (first == ratings.arms().size() || second == ratings.arms().size()) continue;
    std::vector<double> values = ratings.means(measure, first);
    const std::vector<double> others = ratings.means(measure, second);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= others[i];
    if (!has_any(values)) continue;
    columns.push_back({contrast_text(effects.contrasts()[c]), std::move(values), effects.number(0, row, c),
                       effects.number(1, row, c), effects.number(2, row, c)});
  }
  return columns;
}

/// Each participant in their arm, and the mean of these.
std::vector<Column> by_arm(const Ratings& ratings, std::size_t measure) {
  std::vector<Column> columns;
  for (std::size_t arm = 0; arm < ratings.arms().size(); ++arm) {
    std::vector<double> values = ratings.means(measure, arm);
    if (!has_any(values)) continue;
    const double mean = mean_of_those(values);
    columns.push_back({ratings.arms()[arm], std::move(values), mean, std::nan(""), std::nan("")});
  }
  return columns;
}

plot::Drawing drawn(const Panel& panel, const Definition& definition, const std::string& id, std::size_t every) {
  const std::string title = fmt::format("{}: {}", definition.title, panel.measure);
  std::string description = title + ".";
  std::vector<double> all{0.0};
  for (const Column& column : panel.columns) {
    all.insert(all.end(), column.values.begin(), column.values.end());
    all.insert(all.end(), {column.low, column.high});
    description += fmt::format(" {}: {}.", column.name,
                               with_interval(column.value, column.low, column.high, definition.digits).text);
  }
  const plot::Range range = plot::range_of(all, 5);
  const double more_top = plot::heading_height(title, 10.0, width - 10.0);
  const double bottom = top + more_top + high;
  const auto columns = static_cast<double>(panel.columns.size());
  plot::Frame labels{.x_label = "", .y_label = definition.unit};
  labels.name_width = (right - left) / columns - 10.0;
  std::size_t lines = 1;  // of names below the axis
  for (const Column& column : panel.columns)
    lines = std::max(lines, plot::lines_of(column.name, labels.name_width).size());
  plot::Drawing drawing(width, bottom + below + line * static_cast<double>(lines), {title, description}, id);
  const plot::Axes axes{{-0.5, columns - 0.5, left, right}, {range.from, range.to, bottom, top + more_top}};
  plot::heading(drawing, title, 10.0, width - 10.0);
  for (std::size_t c = 0; c < panel.columns.size(); ++c)
    labels.x_names.emplace_back(static_cast<double>(c), panel.columns[c].name);
  plot::frame(drawing, axes, labels);
  for (std::size_t c = 0; c < panel.columns.size(); ++c) {
    const Column& column = panel.columns[c];
    plot::Points dots;
    for (std::size_t i = 0; i < column.values.size(); i += every) {
      constexpr double golden = 0.6180339887498949;  // spreads neighbours apart
      const double aside = std::fmod(golden * static_cast<double>(i), 1.0) - 0.5;
      dots.emplace_back(static_cast<double>(c) + 0.3 * aside, column.values[i]);
    }
    plot::dots(drawing, axes, dots, 0, dots.size() > 200 ? 2.0 : 3.0);
    const double beside = static_cast<double>(c) + 0.3;
    plot::interval(drawing, axes, beside, column.value, column.low, column.high, 1);
  }
  return drawing;
}

ReportTable table_of(const std::vector<Panel>& panels, const Definition& definition) {
  ReportTable table;
  table.title = fmt::format("{}, first virtual study [{}]", definition.title, definition.unit);
  table.columns = {"participant"};
  std::vector<Cell> study{{"the study", std::nullopt}};
  std::vector<const Column*> columns;
  for (const Panel& panel : panels) {
    for (const Column& column : panel.columns) {
      table.columns.push_back(fmt::format("{}: {}", panel.measure, column.name));
      study.push_back(with_interval(column.value, column.low, column.high, definition.digits));
      columns.push_back(&column);
    }
  }
  table.rows.push_back(std::move(study));
  for (std::size_t i = 0; i < columns.front()->values.size(); ++i) {
    std::vector<Cell> row{{fmt::format("{}", i), static_cast<double>(i)}};
    for (const Column* column : columns) row.push_back(number(column->values[i], definition.digits));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Drawn draw_paired(const io::ResultFile& result, const Definition& definition) {
  const Effects effects(result, definition);
  if (!effects.is_there()) return missing("This result has no table \"effects\" with the arms of a trial.");
  const bool is_against_twin = definition.variables.size() == 2;
  const std::vector<bool> is_outcome = outcomes(result);
  std::vector<Panel> panels;
  for (const std::string& table : {definition.table, definition.further}) {
    const Ratings ratings(result, table, definition.variables.front());
    if (!ratings.is_there()) continue;
    for (std::size_t measure = 0; measure < ratings.measures().size(); ++measure) {
      const std::size_t row = find(effects.measures(), ratings.measures()[measure]);
      if (row == effects.measures().size()) continue;
      if (!is_outcome[row]) continue;
      std::vector<Column> columns = differences(ratings, measure, effects);
      if (columns.empty() && is_against_twin) columns = by_arm(ratings, measure);
      if (!columns.empty()) panels.push_back({ratings.measures()[measure], std::move(columns)});
    }
  }
  if (panels.empty())
    return missing(is_against_twin ? "This result was made without twins, so nobody's own effect is known."
                                   : "No participant was in two arms, so there are no differences within people.");
  Figure figure = begun(definition);
  for (const Panel& panel : panels) {
    std::size_t dots = 0;
    for (const Column& column : panel.columns)
      dots += static_cast<std::size_t>(
          std::count_if(column.values.begin(), column.values.end(), [](double value) { return std::isfinite(value); }));
    const std::size_t every = (dots + most_points - 1) / most_points;
    if (every > 1) figure.notes.push_back(fmt::format("{}: one participant of {} is drawn.", panel.measure, every));
    figure.drawings.push_back(
        drawn(panel, definition, fmt::format("{}-{}", definition.name, figure.drawings.size()), every));
  }
  figure.table = table_of(panels, definition);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

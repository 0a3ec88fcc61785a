#include "figures/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>

#include "figures/charts.hpp"
#include "figures/course.hpp"
#include "figures/numbers.hpp"
#include "figures/over_studies.hpp"

namespace kith::figures {
namespace {

/// What a side has of the variable.
struct SideCourse {
  std::string name;
  Grid grid;
  Course course;
  std::vector<std::string> groups;

  SideCourse(const Side& side, Grid values, const Definition& definition, const MeanOf& mean_of, std::size_t curves)
      : name(side.name), grid(std::move(values)), course(grid, definition, mean_of, curves), groups(course.names()) {}

  std::size_t place(const std::string& group) const {
    return static_cast<std::size_t>(std::find(groups.begin(), groups.end(), group) - groups.begin());
  }
  bool has(const std::string& group) const { return place(group) < groups.size(); }
};

using Courses = std::vector<std::unique_ptr<SideCourse>>;  // each refers to its own grid, so none moves

/// Cells of the table by day, one for each column.
using Rows = std::map<double, std::vector<Cell>>;

/// "none", or, of several groups, "arm: placebo, none".
std::string column_name(const std::string& group, const std::string& side, bool has_several) {
  return has_several ? fmt::format("{}, {}", group, side) : side;
}

void add_cells(Rows& rows, const Course& course, std::size_t group, std::size_t column, std::size_t columns,
               int digits) {
  for (std::size_t row = 0; row < course.rows(); ++row) {
    const Mean mean = course.mean(row, group);
    std::vector<Cell>& cells = rows.try_emplace(course.day(row), columns, Cell{"–"}).first->second;
    cells[column] = with_interval(mean.mean, mean.low, mean.high, digits);
  }
}

plot::Chart chart_of(const Courses& courses, const Definition& definition, const std::string& group,
                     std::size_t number) {
  const auto [fewest, most] = std::minmax_element(courses.begin(), courses.end(), [](const auto& a, const auto& b) {
    return a->course.replicates() < b->course.replicates();
  });
  plot::Chart chart =
      chart_over_time(definition, group == "all" ? definition.title : definition.title + ", " + group,
                      interval_name((*fewest)->course.replicates(), (*most)->course.replicates()), number);
  for (std::size_t s = 0; s < std::min(most_curves, courses.size()); ++s)
    chart.curves.push_back(courses[s]->course.curve(courses[s]->place(group), courses[s]->name));
  return chart;
}

ReportTable table_of(const Courses& courses, const Definition& definition, const std::vector<std::string>& groups) {
  ReportTable table;
  table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  table.columns = {"day"};
  Rows rows;
  const std::size_t columns = groups.size() * courses.size();
  for (const std::string& group : groups) {
    for (const auto& side : courses) {
      add_cells(rows, side->course, side->place(group), table.columns.size() - 1, columns, definition.digits);
      table.columns.push_back(column_name(group, side->name, groups.size() > 1));
    }
  }
  for (auto& [day, cells] : rows) {
    table.rows.push_back({plain(day)});
    std::move(cells.begin(), cells.end(), std::back_inserter(table.rows.back()));
  }
  return table;
}

void add_notes(Figure& figure, const Courses& courses, std::size_t groups_left_out) {
  if (groups_left_out > 0) figure.notes.push_back(fmt::format("Not shown: {} more groups.", groups_left_out));
  std::string left_out;
  for (std::size_t s = most_curves; s < courses.size(); ++s)
    left_out += (left_out.empty() ? "" : ", ") + courses[s]->name;
  if (!left_out.empty()) figure.notes.push_back(fmt::format("Not drawn, but in the numbers below: {}.", left_out));
  std::size_t most = 1;
  for (const auto& side : courses) most = std::max(most, side->course.rows_in_one());
  if (most > 1) figure.notes.push_back(fmt::format("Each point is the mean of up to {} rows of the file.", most));
}

}  // namespace

std::vector<Side> theories_of(const io::ResultFile& result) {
  std::vector<Side> sides;
  const auto kept = result.provenance();
  const bool has_several = std::any_of(
      kept.begin(), kept.end(), [](const auto& text) { return text.first == "theories" && !text.second.empty(); });
  if (!has_several) return sides;
  constexpr std::string_view table = "population_";  // every theory has one
  for (const std::string& name : result.tables()) {
    if (name.starts_with(table)) sides.push_back({name.substr(table.size()), &result, name.substr(table.size() - 1)});
  }
  return sides;
}

bool is_drawn_side_by_side(const Definition& definition) {
  return definition.kind == Kind::over_time || definition.kind == Kind::forest;
}

Drawn draw_side_by_side(const std::vector<Side>& sides, const Definition& definition, std::vector<std::string> groups,
                        const MeanOf& mean_of) {
  constexpr std::size_t most_groups = 6;
  Courses courses;
  bool has_something = false;
  for (const Side& side : sides) {
    std::optional<Grid> grid = course_grid(*side.result, definition, side.suffix);
    if (!grid) return missing(fmt::format("{} has no {}", side.name, definition.variables.front()));
    has_something = has_something || is_something(*grid);
    courses.push_back(std::make_unique<SideCourse>(side, std::move(*grid), definition, mean_of, sides.size()));
    for (const std::string& group : groups) {
      if (!courses.back()->has(group)) return missing(fmt::format("{} has no group {}", side.name, group));
    }
  }
  if (!has_something) return missing(fmt::format("{}: 0 throughout.", definition.title));
  if (groups.empty()) {
    groups = courses.front()->groups;
    std::erase_if(groups, [&](const std::string& group) {
      return !std::all_of(courses.begin(), courses.end(), [&](const auto& side) { return side->has(group); });
    });
  }
  const std::size_t left_out = groups.size() - std::min(groups.size(), most_groups);
  groups.resize(groups.size() - left_out);
  std::vector<plot::Chart> charts;
  for (const std::string& group : groups) charts.push_back(chart_of(courses, definition, group, charts.size()));
  Figure figure = begun(definition);
  std::string names;
  for (const Side& side : sides) names += (names.empty() ? "" : ", ") + side.name;
  figure.reading = fmt::format("Side by side: {}. {}", names, definition.reading);
  if (set_axes(charts)) figure.notes.emplace_back(cut_note);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    charts[g].description = description_over_time(charts[g]);
    figure.drawings.push_back(drawing_of(charts[g]));
    std::string columns;
    for (std::size_t s = 0; s < charts[g].curves.size(); ++s)
      columns += (s == 0 ? "" : "|") + column_name(groups[g], courses[s]->name, groups.size() > 1);
    figure.drawings.back().attribute("data-columns", columns);
  }
  figure.table = table_of(courses, definition, groups);
  add_notes(figure, courses, left_out);
  return {std::move(figure), ""};
}

}  // namespace kith::figures

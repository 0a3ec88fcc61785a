#include <fmt/format.h>

#include <algorithm>

#include "figures/charts.hpp"
#include "figures/course.hpp"
#include "figures/families.hpp"
#include "figures/numbers.hpp"
#include "figures/over_studies.hpp"

namespace kith::figures {
namespace {

constexpr std::size_t most_bands = 3;  ///< that can be told apart where they lie over one another

ReportTable table_of(const Course& course, const Definition& definition) {
  ReportTable table;
  table.title = fmt::format("{} [{}]", definition.title, definition.unit);
  table.columns = {"day"};
  for (std::size_t group = 0; group < course.groups(); ++group) table.columns.push_back(course.name(group));
  for (std::size_t row = 0; row < course.rows(); ++row) {
    std::vector<Cell> cells{plain(course.day(row))};
    for (std::size_t group = 0; group < course.groups(); ++group) {
      const Mean mean = course.mean(row, group);
      cells.push_back(with_interval(mean.mean, mean.low, mean.high, definition.digits));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// Where some groups are of participants, and others of the whole population, what the others are.
void note_whole_groups(const std::vector<Family>& all, Figure& figure) {
  const auto is_of_participants = [](const Family& family) {
    return family.name == "arm" || family.name == "sequence";
  };
  if (std::none_of(all.begin(), all.end(), is_of_participants)) return;
  std::string names;
  for (const Family& family : all) {
    if (!family.name.empty() && !is_of_participants(family)) names += (names.empty() ? "" : ", ") + family.name;
  }
  if (!names.empty())
    figure.notes.push_back(fmt::format(
        "By {}: of everybody, most of whom may not be in the trial; so it does not tell on whom the drug acted.",
        names));
}

}  // namespace

Drawn draw_over_time(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  const std::optional<Grid> grid = course_grid(result, definition);
  if (!grid)
    return missing(
        fmt::format("This result's table \"{}\" has no {}.", definition.table, definition.variables.front()));
  if (!is_something(*grid)) return missing(fmt::format("{}: 0 throughout.", definition.title));
  const Course course(*grid, definition, mean_of, grid->sizes.size() > 2 ? grid->sizes[2] : 1);
  Figure figure = begun(definition);
  std::vector<plot::Chart> charts;
  std::vector<std::string> columns;  // of the table, for each chart
  bool has_no_bands = false;
  const std::vector<Family> all = families(course.names());
  for (const Family& family : all) {
    plot::Chart chart =
        chart_over_time(definition, family.titled(definition.title), interval_name(course.replicates()), charts.size());
    columns.emplace_back();
    for (const std::size_t group : family.groups) {
      columns.back() += (columns.back().empty() ? "" : "|") + course.name(group);
      chart.curves.push_back(course.curve(group, family.short_name(course.name(group))));
    }
    if (family.left_out > 0)
      figure.notes.push_back(fmt::format("Not drawn: {} more groups by {}.", family.left_out, family.name));
    if (chart.curves.size() > most_bands) {
      for (plot::Curve& curve : chart.curves) curve.band.clear();
      has_no_bands = true;
    }
    charts.push_back(std::move(chart));
  }
  if (has_no_bands)
    figure.notes.push_back(fmt::format(
        "Bands are left out where more than {} curves stand together; the numbers below have them.", most_bands));
  note_whole_groups(all, figure);
  if (set_axes(charts)) figure.notes.emplace_back(cut_note);
  for (std::size_t c = 0; c < charts.size(); ++c) {
    charts[c].description = description_over_time(charts[c]);
    figure.drawings.push_back(drawing_of(charts[c]));
    figure.drawings.back().attribute("data-columns", columns[c]);
  }
  figure.table = table_of(course, definition);
  if (course.rows_in_one() > 1)
    figure.notes.push_back(fmt::format("Each point is the mean of {} rows of the file.", course.rows_in_one()));
  if (course.replicates() == 1) figure.notes.emplace_back("One virtual study only, so there is no interval.");
  return {std::move(figure), ""};
}

}  // namespace kith::figures

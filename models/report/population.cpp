#include "models/report/population.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/report/effects.hpp"
#include "models/trials/analysis/statistics.hpp"

namespace kith {
namespace {

/// What is shown of a variable of the population.
struct Shown {
  std::string_view variable;
  const char* name;
  double scale;
  int digits;
};

constexpr std::array<Shown, 6> all_shown{{{"connection", "felt connection (0-1)", 1.0, 3},
                                          {"positive_affect", "positive affect (0-1)", 1.0, 3},
                                          {"loneliness", "loneliness (0-1)", 1.0, 3},
                                          {"lonely_share", "lonely [%]", 100.0, 1},
                                          {"isolated_share", "isolated, LSNS-like score < 12 [%]", 100.0, 1},
                                          {"contacts_per_day", "contacts a day", 1.0, 2}}};

/// "84": the day of the run to which a time belongs; the end of the run belongs to its last day.
std::string day_of(double hours, const RunResult& run) {
  const double last_day = std::max(1.0, std::ceil(run.studies.front().trends.hours() / 24.0));
  return fmt::format("{:.0f}", std::min(std::floor(hours / 24.0) + 1.0, last_day));
}

/// "41.2 (84)": the value and the day of the run on which it came to that.
Cell on_day(double value, double hours, const RunResult& run, int digits) {
  Cell cell = number_cell(value, digits);
  if (cell.value) cell.text += fmt::format(" ({})", day_of(hours, run));
  return cell;
}

/// A number of each study's trend.
template <class Number>
std::vector<double> each_study(const RunResult& run, std::string_view variable, std::size_t group, Number number) {
  std::vector<double> all;
  for (const StudyResult& study : run.studies) all.push_back(number(study.trends.of(variable, group)));
  return all;
}

/// A mean over the studies with its interval; of one study, or of equal numbers, the number.
Cell over_studies(std::vector<double> all, double scale, int digits) {
  for (double& value : all) value *= scale;
  const trials::Mean mean = trials::mean_with_interval(all);
  if (mean.n < 2 || mean.low == mean.high) return number_cell(mean.mean, digits);
  return with_interval(mean.mean, mean.low, mean.high, digits);
}

/// The same with the mean of the days on which that was.
Cell over_studies_on_day(const RunResult& run, const std::vector<double>& all, const std::vector<double>& hours,
                         double scale, int digits) {
  if (all.size() == 1) return on_day(scale * all.front(), hours.front(), run, digits);
  Cell cell = over_studies(all, scale, digits);
  if (cell.value) cell.text += fmt::format(" ({})", day_of(trials::mean_with_interval(hours).mean, run));
  return cell;
}

/// At the start, lowest, highest, at the end.
std::vector<Cell> course(const RunResult& run, const Shown& shown, std::size_t group) {
  const auto all = [&](auto number) { return each_study(run, shown.variable, group, number); };
  return {over_studies(all([](const Trend& trend) { return trend.first; }), shown.scale, shown.digits),
          over_studies_on_day(run, all([](const Trend& trend) { return trend.least; }),
                              all([](const Trend& trend) { return trend.least_at; }), shown.scale, shown.digits),
          over_studies_on_day(run, all([](const Trend& trend) { return trend.most; }),
                              all([](const Trend& trend) { return trend.most_at; }), shown.scale, shown.digits),
          over_studies(all([](const Trend& trend) { return trend.last; }), shown.scale, shown.digits)};
}

std::string end_of(const RunResult& run) {
  return "after " + print_quantity(run.studies.front().trends.hours(), Dimension::time);
}

/// What is said of tables that hold several studies.
std::string in_which(const RunResult& run) {
  return run.studies.size() > 1 ? fmt::format(", mean of {} virtual studies [95 % CI]", run.studies.size()) : "";
}

ReportTable course_table(const RunResult& run, const std::string& title) {
  ReportTable table;
  table.title = title + in_which(run);
  table.columns = {"", "at the start", "lowest (day)", "highest (day)", end_of(run)};
  return table;
}

void add_course(ReportTable& table, const std::string& name, std::vector<Cell> cells) {
  cells.insert(cells.begin(), Cell{name, std::nullopt});
  table.rows.push_back(std::move(cells));
}

/// The groups of one study, side by side.
ReportTable groups_of_one(const RunResult& run) {
  const Trends& trends = run.studies.front().trends;
  const std::string end = end_of(run);
  ReportTable table;
  table.title = "by group";
  table.columns = {"", "felt connection", "lowest (day)", end, "lonely [%]", "highest (day)", end, "isolated [%]", end};
  for (std::size_t group = 0; group < trends.groups().size(); ++group) {
    const Trend& connection = trends.of("connection", group);
    const Trend& lonely = trends.of("lonely_share", group);
    const Trend& isolated = trends.of("isolated_share", group);
    table.rows.push_back({{trends.groups()[group], std::nullopt},
                          number_cell(connection.first, 3),
                          on_day(connection.least, connection.least_at, run, 3),
                          number_cell(connection.last, 3),
                          number_cell(100.0 * lonely.first, 1),
                          on_day(100.0 * lonely.most, lonely.most_at, run, 1),
                          number_cell(100.0 * lonely.last, 1),
                          number_cell(100.0 * isolated.first, 1),
                          number_cell(100.0 * isolated.last, 1)});
  }
  return table;
}

}  // namespace

ReportTable everybody_table(const RunResult& run) {
  ReportTable table = course_table(run, "everybody");
  for (const Shown& shown : all_shown) add_course(table, shown.name, course(run, shown, 0));
  return table;
}

std::vector<ReportTable> group_tables(const RunResult& run) {
  const std::vector<std::string>& groups = run.studies.front().trends.groups();
  if (groups.size() < 2) return {};
  if (run.studies.size() == 1) return {groups_of_one(run)};
  std::vector<ReportTable> tables;
  for (const Shown& shown : all_shown) {
    if (shown.variable != "connection" && shown.variable != "lonely_share" && shown.variable != "isolated_share")
      continue;
    ReportTable table = course_table(run, fmt::format("{} by group", shown.name));
    for (std::size_t group = 0; group < groups.size(); ++group)
      add_course(table, groups[group], course(run, shown, group));
    tables.push_back(std::move(table));
  }
  return tables;
}

ReportTable spill_over_table(const RunResult& run) {
  ReportTable table;
  if (!run.studies.front().against_twin) return table;
  table.title = "spill-over: difference from the untreated twins over the run" + in_which(run);
  table.columns = {""};
  for (const Shown& shown : all_shown) table.columns.emplace_back(shown.name);
  const std::vector<std::string>& groups = run.studies.front().against_twin->groups;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::vector<Cell> row{{groups[group], std::nullopt}};
    for (const Shown& shown : all_shown) {
      std::vector<double> all;
      for (const StudyResult& study : run.studies) all.push_back(study.against_twin->of(shown.variable, group));
      const bool is_zero = std::all_of(all.begin(), all.end(), [](double value) { return value == 0.0; });
      row.push_back(is_zero ? Cell{"0 exactly", 0.0} : over_studies(std::move(all), shown.scale, shown.digits + 1));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string spill_over_note(const RunResult& run) {
  return std::string(
             "Spill-over: the mean of a group of people minus that of the same people in the world without drug, over "
             "all rows after the start. For who is treated it is the whole effect, for others what reaches them "
             "through "
             "those they meet.") +
         (run.studies.size() == 1 ? " Intervals need several virtual studies (--replicates)." : "");
}

}  // namespace kith

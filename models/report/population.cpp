#include "models/report/population.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/report/effects.hpp"

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

/// "41.2 (84)": the value and the day of the run on which it came to that. The end of the run belongs to its last day.
Cell on_day(double value, double hours, const Trends& trends, int digits) {
  Cell cell = number_cell(value, digits);
  const double last_day = std::max(1.0, std::ceil(trends.hours() / 24.0));
  if (cell.value) cell.text += fmt::format(" ({:.0f})", std::min(std::floor(hours / 24.0) + 1.0, last_day));
  return cell;
}

std::string end_of(const RunResult& run) {
  return "after " + print_quantity(run.studies.front().trends.hours(), Dimension::time);
}

std::string in_which(const RunResult& run) { return run.studies.size() > 1 ? ", in the first virtual study" : ""; }

}  // namespace

ReportTable everybody_table(const RunResult& run) {
  const Trends& trends = run.studies.front().trends;
  ReportTable table;
  table.title = "everybody" + in_which(run);
  table.columns = {"", "at the start", "lowest (day)", "highest (day)", end_of(run)};
  for (const Shown& shown : all_shown) {
    const Trend& trend = trends.of(shown.variable, 0);
    table.rows.push_back({{shown.name, std::nullopt},
                          number_cell(shown.scale * trend.first, shown.digits),
                          on_day(shown.scale * trend.least, trend.least_at, trends, shown.digits),
                          on_day(shown.scale * trend.most, trend.most_at, trends, shown.digits),
                          number_cell(shown.scale * trend.last, shown.digits)});
  }
  return table;
}

ReportTable groups_table(const RunResult& run) {
  const Trends& trends = run.studies.front().trends;
  const std::string end = end_of(run);
  ReportTable table;
  table.title = "by group" + in_which(run);
  table.columns = {"", "felt connection", "lowest (day)", end, "lonely [%]", "highest (day)", end, "isolated [%]", end};
  if (trends.groups().size() < 2) return table;
  for (std::size_t group = 0; group < trends.groups().size(); ++group) {
    const Trend& connection = trends.of("connection", group);
    const Trend& lonely = trends.of("lonely_share", group);
    const Trend& isolated = trends.of("isolated_share", group);
    table.rows.push_back({{trends.groups()[group], std::nullopt},
                          number_cell(connection.first, 3),
                          on_day(connection.least, connection.least_at, trends, 3),
                          number_cell(connection.last, 3),
                          number_cell(100.0 * lonely.first, 1),
                          on_day(100.0 * lonely.most, lonely.most_at, trends, 1),
                          number_cell(100.0 * lonely.last, 1),
                          number_cell(100.0 * isolated.first, 1),
                          number_cell(100.0 * isolated.last, 1)});
  }
  return table;
}

}  // namespace kith

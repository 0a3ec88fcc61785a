#include "models/report_population.hpp"

#include <fmt/core.h>

#include <cmath>

#include "models/report_effects.hpp"

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

/// "41.2 (84)": the value and the day of the run on which it came to that.
Cell on_day(const Shown& shown, double value, double hours) {
  Cell cell = number_cell(shown.scale * value, shown.digits);
  if (cell.value) cell.text += fmt::format(" ({:.0f})", std::floor(hours / 24.0) + 1.0);
  return cell;
}

std::string end_of(const Study& study) {
  return "after " + print_quantity(study.results().front().trends.hours(), Dimension::time);
}

std::string in_which(const Study& study) { return study.results().size() > 1 ? ", in the first virtual study" : ""; }

}  // namespace

ReportTable everybody_table(const Study& study) {
  const Trends& trends = study.results().front().trends;
  ReportTable table;
  table.title = "everybody" + in_which(study);
  table.columns = {"", "at the start", "lowest (day)", "highest (day)", end_of(study)};
  for (const Shown& shown : all_shown) {
    const Trend& trend = trends.of(shown.variable, 0);
    table.rows.push_back({{shown.name, std::nullopt},
                          number_cell(shown.scale * trend.first, shown.digits),
                          on_day(shown, trend.least, trend.least_at),
                          on_day(shown, trend.most, trend.most_at),
                          number_cell(shown.scale * trend.last, shown.digits)});
  }
  return table;
}

ReportTable groups_table(const Study& study) {
  const Trends& trends = study.results().front().trends;
  ReportTable table;
  table.title = "by group" + in_which(study);
  table.columns = {"",
                   "connection",
                   "lowest (day)",
                   end_of(study),
                   "lonely [%]",
                   "highest (day)",
                   end_of(study),
                   "isolated [%]",
                   "highest (day)",
                   end_of(study)};
  if (trends.groups().size() < 2) return table;
  const auto number = [&](const Shown& shown, double value) { return number_cell(shown.scale * value, shown.digits); };
  for (std::size_t group = 0; group < trends.groups().size(); ++group) {
    std::vector<Cell> row{{trends.groups()[group], std::nullopt}};
    const Trend& connection = trends.of("connection", group);
    row.push_back(number(all_shown[0], connection.first));
    row.push_back(on_day(all_shown[0], connection.least, connection.least_at));
    row.push_back(number(all_shown[0], connection.last));
    for (const std::size_t share : {3UL, 4UL}) {
      const Trend& trend = trends.of(all_shown[share].variable, group);
      row.push_back(number(all_shown[share], trend.first));
      row.push_back(on_day(all_shown[share], trend.most, trend.most_at));
      row.push_back(number(all_shown[share], trend.last));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace kith

#include "cli/report_json.hpp"

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

/// A whole number is written whole.
Json number(double value) {
  constexpr double most_exact = 9007199254740992.0;  // 2^53
  if (std::abs(value) < most_exact && value == std::trunc(value)) return static_cast<std::int64_t>(value);
  return value;
}

Json to_json(const Cell& cell) {
  Json result{{"text", cell.text}, {"value", nullptr}};
  if (cell.value) result["value"] = number(*cell.value);
  if (cell.low) result["low"] = number(*cell.low);
  if (cell.high) result["high"] = number(*cell.high);
  return result;
}

Json to_json(const ReportTable& table) {
  Json rows = Json::array();
  for (const std::vector<Cell>& row : table.rows) {
    Json cells = Json::array();
    for (const Cell& cell : row) cells.push_back(to_json(cell));
    rows.push_back(std::move(cells));
  }
  return {{"title", table.title}, {"columns", table.columns}, {"rows", std::move(rows)}};
}

Json tables_of(const Report& report) {
  Json tables = Json::array();
  for (const ReportTable& table : report.tables) tables.push_back(to_json(table));
  return tables;
}

std::optional<double> number_in(const Json& cell, const char* key) {
  const auto found = cell.find(key);
  if (found == cell.end() || found->is_null()) return std::nullopt;
  return found->get<double>();
}

ReportTable table_in(const Json& json) {
  ReportTable table{json.at("title").get<std::string>(), json.at("columns").get<std::vector<std::string>>(), {}};
  for (const Json& row : json.at("rows")) {
    std::vector<Cell>& cells = table.rows.emplace_back();
    for (const Json& cell : row)
      cells.push_back({cell.at("text").get<std::string>(), number_in(cell, "value"), number_in(cell, "low"),
                       number_in(cell, "high")});
  }
  return table;
}

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string print_json(const Report& report) {
  return text_of(
      {{"title", report.title}, {"tables", tables_of(report)}, {"notes", report.notes}, {"warnings", report.warnings}});
}

std::string print_json(const RunOutcome& outcome, const Report& report) {
  Json result{{"title", outcome.title},      {"summary", outcome.summary},
              {"seed", outcome.seed},        {"fingerprint", outcome.fingerprint},
              {"tables", tables_of(report)}, {"notes", report.notes},
              {"warnings", report.warnings}, {"output", nullptr},
              {"seconds", outcome.seconds}};
  if (outcome.output) result["output"] = *outcome.output;
  return text_of(result);
}

Report read_report(const std::string& json) {
  try {
    const Json read = Json::parse(json);
    Report report;
    report.title = read.at("title").get<std::string>();
    for (const Json& table : read.at("tables")) report.tables.push_back(table_in(table));
    report.notes = read.at("notes").get<std::vector<std::string>>();
    report.warnings = read.at("warnings").get<std::vector<std::string>>();
    return report;
  } catch (const Json::exception& problem) {
    throw Error(ErrorKind::damaged,
                std::string("what was printed of this run is not as Kith writes it: ") + problem.what());
  }
}

}  // namespace kith::cli

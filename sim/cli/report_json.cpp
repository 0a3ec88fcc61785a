#include "cli/report_json.hpp"

#include <nlohmann/json.hpp>

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Cell& cell) {
  Json result{{"text", cell.text}, {"value", nullptr}};
  if (cell.value) result["value"] = *cell.value;
  if (cell.low) result["low"] = *cell.low;
  if (cell.high) result["high"] = *cell.high;
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

}  // namespace kith::cli

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "engine/report.hpp"

namespace kith::cli {

/// The table with aligned columns: names to the left, numbers to the right. Headers wrap when lines grow longer than `width`;
/// columns that still do not fit follow below, with the names again.
std::string print_table(const ReportTable& table, std::size_t width);

/// "Warning: …", a paragraph each.
std::string print_warnings(const std::vector<std::string>& warnings, const Channel& out);

/// Tables, notes and warnings.
std::string print_report(const Report& report, const Channel& out);

/// Prints the report under its title; or, where a program reads it, as one JSON object.
void show(const Report& report, const Channel& out, bool as_json);

}  // namespace kith::cli

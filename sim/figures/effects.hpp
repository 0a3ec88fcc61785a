#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/report.hpp"
#include "io/result_file.hpp"

namespace kith::figures {

/// For each measure of the table "effects", whether it is an outcome; an occupancy, say, is none. Empty without that table. `suffix`
/// stands after the names of the tables.
std::vector<bool> outcomes(const io::ResultFile& result, const std::string& suffix = "");

/// What the studies found, as the terminal prints it: a table for each arm against its reference. None without a trial.
std::vector<ReportTable> effect_tables(const io::ResultFile& result);

/// Who took part, as the terminal prints it, mean of a study; no rows without a trial.
ReportTable flow_table(const io::ResultFile& result, const std::string& suffix = "");

}  // namespace kith::figures

#pragma once

#include <vector>

#include "engine/report.hpp"
#include "models/study/run.hpp"

/// Tables of patients for the terminal.
namespace kith {

/// What has become of the patients of each arm, all who were allocated; then, where paths are split, one table for each arm
/// with a drug. Empty where the scenario has no patients.
std::vector<ReportTable> patient_tables(const Scenario& scenario, const RunResult& run);

/// How to read them.
std::vector<std::string> patient_notes(const Scenario& scenario, const RunResult& run);

}  // namespace kith

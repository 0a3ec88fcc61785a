#pragma once

#include <vector>

#include "engine/report.hpp"
#include "models/study/study.hpp"

/// Tables of patients for the terminal.
namespace kith {

/// What has become of the patients of each arm, all who were allocated; then, where paths are split, one table for each arm
/// with a drug. Empty where the scenario has no patients.
std::vector<ReportTable> patient_tables(const Study& study);

/// How to read them.
std::vector<std::string> patient_notes(const Study& study);

}  // namespace kith

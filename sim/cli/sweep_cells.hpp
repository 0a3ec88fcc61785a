#pragma once

#include <string>

#include "engine/report.hpp"
#include "sweep/sensitivity.hpp"

/// Numbers and estimates of a sweep as people read them, the same in tables, drawings and pages.
namespace kith::cli {

/// "−0.104"; "–" where there is no number.
std::string number_text(double value);
Cell number_cell(double value);

/// A mean with its interval: "0.81 [0.79, 0.83]", "0.81 [–]" where one run tells nothing of it, "–" where there is no mean.
Cell mean_cell(const sweep::Estimate& mean);

/// A Sobol index with its interval: "0.36 [−0.03, 0.86]"; "≈ 0 [−0.02, 0.04]" where the interval holds 0 and ends below 0.1; "–" where there
/// is no index.
Cell index_cell(const sweep::Estimate& index);

}  // namespace kith::cli

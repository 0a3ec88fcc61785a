#pragma once

#include <string>

#include "config/estimates.hpp"
#include "engine/report.hpp"
#include "fit/sbc.hpp"
#include "fit/solve.hpp"
#include "plot/pairs.hpp"

/// What kith fit shows and writes.
namespace kith::cli {

Report fit_report(const fit::Problem& problem, const fit::Solution& solution);
Report calibration_report(const fit::Problem& problem, const fit::Calibration& calibration);
/// The posterior as it is drawn: axes over what was believed before, but for a hundredth where that has tails, and over all draws.
plot::Pairs pairs_of(const fit::Problem& problem, const fit::Solution& solution);
/// The estimates as a file keeps them; `made` says how they came about.
config::Estimates estimates_of(const fit::Problem& problem, const fit::Solution& solution,
                               std::vector<std::string> made);

}  // namespace kith::cli

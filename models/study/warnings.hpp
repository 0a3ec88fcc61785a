#pragma once

#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace kith {

/// What a reader of a run's results must know of the drugs that the scenario's trial and events give, each said once.
std::vector<std::string> warnings_of(const Scenario& scenario);

/// Whether a warning says that the result goes beyond what has been measured, which no change of the scenario's wording mends.
bool is_extrapolation(const std::string& warning);

}  // namespace kith

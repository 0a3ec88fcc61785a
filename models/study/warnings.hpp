#pragma once

#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace kith {

/// What a reader of a run's results must know, each said once: of the drugs that the scenario's trial and events give, of layers
/// that the population cannot fill, and of designs that cannot answer.
std::vector<std::string> warnings_of(const Scenario& scenario);

/// Whether a warning says that the result goes beyond what has been measured, which no change of the scenario's wording mends.
bool is_extrapolation(const std::string& warning);
struct Trials;
/// What shows only in a population: how few clusters take part.
std::vector<std::string> warnings_of(const Trials& trials);

}  // namespace kith

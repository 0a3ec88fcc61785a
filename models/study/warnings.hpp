#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace kith {

/// What a reader of a run's results must know, each said once: of the drugs that the scenario's trial and events give, of layers
/// that the population cannot fill, and of designs that cannot answer.
std::vector<std::string> warnings_of(const Scenario& scenario);

/// Whether a warning is of what the scenario asks, not of how it asks: that a result goes beyond what has been measured, or that a drug is
/// carried over from one period to the next.
bool is_caution(const std::string& warning);

/// Whether a warning says that a file of `fitted:` is for another theory: under that one it is none.
bool is_for_another_theory(const std::string& warning);

/// The warning of fewer than ten clusters, where all of a kind take part and so only a population shows how many `clusters` there are. A
/// trial that names their number has it among the warnings of its scenario.
std::optional<std::string> warning_of_clusters(const trials::Trial& trial, std::size_t clusters);

}  // namespace kith

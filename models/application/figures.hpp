#pragma once

#include <vector>

#include "figures/definition.hpp"

namespace kith {

/// What can be drawn of a result, in the order of a report.
std::vector<figures::Definition> all_figures();

}  // namespace kith

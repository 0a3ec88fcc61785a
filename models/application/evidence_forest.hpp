#pragma once

#include "cli/forest.hpp"
#include "models/evidence/scoreboard.hpp"

namespace kith {

/// Published effects and those of every theory, a panel each.
cli::Forest evidence_forest(const evidence::Matrix& matrix);

}  // namespace kith

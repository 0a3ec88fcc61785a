#pragma once

#include "models/evidence/scoreboard.hpp"
#include "plot/forest.hpp"

namespace kith {

/// Published effects and those of every theory, a panel each.
plot::Forest evidence_forest(const evidence::Matrix& matrix);

}  // namespace kith

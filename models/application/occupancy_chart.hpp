#pragma once

#include "cli/application.hpp"
#include "models/pharmacology/drug.hpp"
#include "plot/chart.hpp"

namespace kith {

/// Draws the occupancy over time after one dose of a drug or several, with what was observed.
plot::Chart occupancy_chart(const pharmacology::Drug& drug, const cli::ChartRequest& request);

}  // namespace kith

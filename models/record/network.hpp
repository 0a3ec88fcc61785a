#pragma once

#include "engine/tables.hpp"
#include "models/world/population.hpp"

namespace kith {

/// `network`: the network as compressed rows, each tie from both ends.
TableSpec network_table(const Population& population);
TableRow network_row(const Population& population);

}  // namespace kith

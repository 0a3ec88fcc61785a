#pragma once

#include <string>

#include "core/units.hpp"
#include "models/pharmacology/drug.hpp"

namespace kith::pharmacology {

/// All that is known of a drug, for people: action, parameters with marks and sources, published occupancies beside the
/// model's, occupancy after one dose, and known misfits.
std::string explain(const Drug& drug);

/// A number of a drug as people write it: shares in percent.
std::string print_parameter(double value, Dimension dimension);

}  // namespace kith::pharmacology

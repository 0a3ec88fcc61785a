#pragma once

#include <string>

#include "core/units.hpp"
#include "models/pharmacology/drug.hpp"

namespace kith::pharmacology {

/// All that is known of a drug, for people: action, parameters with marks and sources, published occupancies beside the
/// model's, occupancy after one dose, and known misfits.
std::string explain(const Drug& drug);

/// "50 mg", or "7 x 50 mg, every 1 d".
std::string print_series(const DoseSeries& taken);

/// A number of a drug as people write it: shares in percent.
std::string print_parameter(double value, Dimension dimension);

}  // namespace kith::pharmacology

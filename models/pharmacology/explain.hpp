#pragma once

#include <string>

#include "models/pharmacology/drug.hpp"

namespace kith::pharmacology {

/// All that is known of a drug, for people: parameters with marks and sources, note, and occupancy after one dose.
std::string explain(const Drug& drug);

}  // namespace kith::pharmacology

#pragma once

#include <vector>

#include "models/scenario/scenario.hpp"

namespace kith {

/// Drugs that act and that somebody can take: from a trial, from an event, or as a patient. In the order of the pharmacy.
std::vector<const pharmacology::Drug*> drugs_given(const Scenario& scenario);

}  // namespace kith

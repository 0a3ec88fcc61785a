#pragma once

#include "engine/tables.hpp"
#include "fit/problem.hpp"

namespace kith::fit {

/// The number that an observable is in the tables of one run. NaN where the run has none there. Throws kith::Error(ErrorKind::invalid_scenario)
/// for a table, column or entry that the run does not have, with what there is.
double observe(const Observable& observable, const MemorySink& run);

}  // namespace kith::fit

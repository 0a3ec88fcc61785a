#pragma once

#include "engine/tables.hpp"
#include "models/study/virtual_study.hpp"
#include "models/world/population.hpp"

namespace kith {

/// Declares all tables of a run.
void declare_tables(const Population& population, const Trials& trials, Sink& sink);
/// Writes the table that is the same for all replicates: that of the network.
void write_first_rows(const Population& population, Sink& sink);

}  // namespace kith

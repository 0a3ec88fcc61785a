#pragma once

#include "engine/tables.hpp"
#include "models/study/virtual_study.hpp"
#include "models/world/population.hpp"

namespace kith {

/// Declares all tables of a run, and writes that of the network, which is the same for all replicates.
void declare_tables(const Population& population, const Trials& trials, Sink& sink);

}  // namespace kith

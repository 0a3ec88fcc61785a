#pragma once

#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "models/study/virtual_study.hpp"
#include "models/world/population.hpp"

namespace kith {

/// A table that runs can have.
struct TableOfRuns {
  std::string name;
  std::string needs;  ///< what a scenario without it lacks: "a trial"; "" where its runs have the table
};

/// All of them, as they are for a scenario: known without a population.
std::vector<TableOfRuns> tables_of_runs(const Scenario& scenario);

/// Declares all tables of a run.
void declare_tables(const Population& population, const Trials& trials, Sink& sink);
/// Writes the table that is the same for all replicates: that of the network.
void write_first_rows(const Population& population, Sink& sink);

}  // namespace kith

#pragma once

#include "engine/tables.hpp"
#include "models/events/run.hpp"
#include "models/scenario/scenario.hpp"

namespace kith {

/// `events`: what happened of the scenario's events, and how many people it reached.
TableSpec events_table(const Scenario& scenario);
/// What happened since the last row.
TableRow events_row(const Scenario& scenario, const std::vector<events::Occurrence>& log, std::uint32_t replicate,
                    double hours);

}  // namespace kith

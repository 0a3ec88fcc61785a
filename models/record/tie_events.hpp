#pragma once

#include <cstdint>

#include "engine/tables.hpp"
#include "models/world/population.hpp"

namespace kith {

/// `tie_events`: what happened to ties that live, and all ties as keyframes at the start and every `record.keyframes`.
TableSpec tie_events_table(const Scenario& scenario, const Population& population);
enum class Keyframe { no, yes };
/// What happened since the last row, then the keyframe where there is one; `columns` are the population's.
TableRow tie_events_row(const bonds::LivingNetwork& living, const conditions::Columns& columns, std::uint32_t replicate,
                        double hours, Keyframe keyframe);

}  // namespace kith

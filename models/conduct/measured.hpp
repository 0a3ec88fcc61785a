#pragma once

#include <vector>

#include "models/conduct/observer.hpp"
#include "models/scenario/scenario.hpp"
#include "models/trials/analysis/effects.hpp"

namespace kith {

/// What the participants of a study put down: diaries, then probes. `twin` saw the same people without any drug; it may be
/// null. Who has left gives nothing but what is kept for the intention to treat.
std::vector<trials::MeasureData> measured(const trials::Trial& trial, const trials::Measures& measures,
                                          const std::vector<trials::Participant>& participants,
                                          const Observer& observer, const Observer* twin, const Clock& clock,
                                          WorldKey world);

}  // namespace kith

#pragma once

#include "config/section.hpp"
#include "models/scenario/scenario.hpp"

/// The part of a scenario that is about the result file.
namespace kith {

bool is_whole_ticks(double hours, const TimeParams& time);

/// Reads `record:`; the time, the ties, the trials and the people's table of the scenario are known.
RecordParams read_record(config::Section section, const Scenario& scenario);

}  // namespace kith

#pragma once

#include "models/trials/design/design.hpp"

/// Mistakes that show only when all of a trial is known. Inside models/trials only.
namespace kith::trials::detail {

/// Arms and sequences that a trial can have: the files number them with int8.
inline constexpr std::size_t most_named = 100;

/// Sets how many start with each sequence, where the scenario says it, and the ratio.
void count_participants(config::Section& section, Trial& trial);

void check_sequences(config::Section& section, const Trial& trial);
/// Everything fits into the run, and every dose into its period.
void check_times(config::Section& section, const Trial& trial, const Setting& setting);
/// Somebody takes each arm, and the reference.
void check_comparisons(config::Section& section, const Trial& trial);
void check_allocation(config::Section& section, const Trial& trial, const Setting& setting);

}  // namespace kith::trials::detail

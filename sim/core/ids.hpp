#pragma once

#include <cstdint>

namespace kith {

/// Index of a person, 0 … number of people − 1.
using PersonId = std::uint32_t;
/// Index of a tie in the order in which the store keeps owned ties.
using TieId = std::uint32_t;
/// Number of ticks since the start of the measured time; negative during the burn-in.
using Tick = std::int64_t;

}  // namespace kith

#pragma once

#include <cstdint>
#include <optional>

#include "models/scenario/scenario.hpp"

namespace kith {

/// Memory that a run of a scenario takes at its peak [bytes], known before anything is made: people, ties, worlds and virtual
/// studies at once, and the ratings of all of them. `only_replicate` as in RunOptions; `threads` of the pool. Of a network file only
/// the size is known; how many ties it holds is guessed from that. Estimates lie between the truth and about twice as much.
std::uint64_t memory_needed(const Scenario& scenario, std::optional<std::uint32_t> only_replicate, unsigned threads);

}  // namespace kith

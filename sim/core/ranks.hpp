#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kith {

/// Those of `values`, none of them NaN, that would stand at these places if they were in ascending order. `ranks`: ascending, each
/// below how many values there are, and fewer than 256. Many values are counted by their upper bits first, so that few have to be put in order.
std::vector<float> at_ranks(std::span<const float> values, std::span<const std::size_t> ranks);

}  // namespace kith

#pragma once

#include <string>
#include <vector>

#include "io/layout.hpp"

namespace kith::io {

/// Copies the tables of `segments` (in the order in which they were written) into `file`, a slab at a time: memory does
/// not depend on how much there is.
void merge_segments(const Handle& file, const Layouts& layouts, const std::vector<std::string>& segments);

}  // namespace kith::io

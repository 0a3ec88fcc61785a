#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "plot/drawing.hpp"

namespace kith::figures {

/// Places in the unit square for so many points, ties short and points apart: springs and repulsion, cooled down (Fruchterman &
/// Reingold 1991). The same every time. Takes points² · 200 steps.
std::vector<plot::Place> spring_layout(std::size_t points,
                                       const std::vector<std::pair<std::size_t, std::size_t>>& ties);

}  // namespace kith::figures

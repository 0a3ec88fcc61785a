#pragma once

#include <string>

#include "plot/chart.hpp"

namespace kith::cli {

/// Each curve as columns of block characters, in at most `width` characters a line. The part of a band below the curve is
/// drawn darker than what is above it.
std::string chart_text(const plot::Chart& chart, std::size_t width);

}  // namespace kith::cli

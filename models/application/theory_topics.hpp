#pragma once

#include <vector>

#include "cli/application.hpp"

namespace kith {

/// Every theory, then every term that goes with any, as `kith explain` tells them: claim, equations, what of it is published and what is
/// ours, source, and the parameters with their marks.
std::vector<cli::Topic> theory_topics();

}  // namespace kith

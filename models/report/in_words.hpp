#pragma once

#include <string>
#include <vector>

#include "models/study/run.hpp"

namespace kith {

/// What a scenario asks, for who has not seen it: people, time, design, arms with their doses, measures, theory and what was fitted. A
/// sentence or two each.
std::vector<std::string> in_words(const Scenario& scenario);

}  // namespace kith

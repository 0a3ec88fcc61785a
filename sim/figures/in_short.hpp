#pragma once

#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace kith::figures {

/// What a trial came to, for who reads one paragraph: a sentence about who took part, then about each outcome of each arm: which way it
/// went, how surely, how often a study of this size would see it, and what is true in the model. Empty without a trial that has outcomes.
/// `suffix` stands after the names of the tables.
std::vector<std::string> in_short(const io::ResultFile& result, const std::string& suffix = "");

}  // namespace kith::figures

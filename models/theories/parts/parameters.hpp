#pragma once

#include <string_view>

#include "config/section.hpp"
#include "models/people/feelings.hpp"

/// Parameters that several theories have, read in the same words.
namespace kith::theories {

/// ω of a theory with an opioid term, by what it is fitted to: the key `opioid_share`, and `evidence` that chooses between the two.
float read_share(config::Section& section, std::string_view published, std::string_view bias_adjusted);

/// k, the key `approach_gain`. `doc`: what it multiplies.
float read_approach_gain(config::Section& section, std::string_view fallback, std::string_view doc,
                         std::string_view source);

/// s and h, the keys `protection` and `separation`.
void read_damping(config::Section& section, people::Opioids& opioids);

}  // namespace kith::theories

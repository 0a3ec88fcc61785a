#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "core/math.hpp"

namespace kith::people {

/// What people are held against when they are called lonely or isolated: the same numbers in every population, or those that make
/// a share of this one so (ODD 7.6).
struct Scales {
  float lonely_above = 0.197F;          ///< loneliness above which people count as lonely
  float private_matters_from = 0.725F;  ///< closeness from which people talk about private matters
  std::optional<double> lonely_share, isolated_share;
};

/// Reads `scales:`.
Scales read_scales(config::Section& root);

/// Which scales were used, in a sentence each for lonely and isolated people: fixed numbers, or those that a share came to.
std::vector<std::string> describe(const Scales& scales);

/// Points of the three-item loneliness scale, 3 to below 9: they rise with loneliness over its whole range and are 5.5 at
/// `lonely_above`; rounded these are 6, where people count as lonely (Hughes 2004).
inline float ucla3_points(float loneliness, float lonely_above) {
  constexpr float steepness = 0.53899650F;  // ln(6/3.5)
  if (!(lonely_above > 0.0F)) return 3.0F;  // a share of people of whom nobody is lonely
  return 9.0F - 6.0F * portable_exp(-steepness * loneliness / lonely_above);
}

}  // namespace kith::people

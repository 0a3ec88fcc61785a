#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"

/// A user's own diaries as a target.
namespace kith::fit {

/// Mean rating of each person on each arm.
using Diaries = std::map<std::string, std::map<std::string, double>>;  ///< by arm, by person

/// What is wrong with a file of diaries.
struct Unreadable {
  std::string problem;  ///< "line 3: …"
};

/// Reads a CSV with the columns person, day, arm and rating in any order; others are left out. Throws Unreadable.
Diaries parse_diaries(const std::string& text);

enum class Wanted { difference, g, mean, sd };

/// A number and its standard error.
struct Estimated {
  double value = 0.0;
  double error = 0.0;
};

/// Of `arm`, less `against` for a difference or g. Each person counts once. Where anybody has both arms, those are compared with themselves;
/// else the two groups. Throws Unreadable where there are too few people.
///
/// g is the difference over √((s_a² + s_b²)/2), of groups over the pooled SD, times 1 − 3/(4ν − 1); ν is n − 1, of groups n_a + n_b − 2. Its
/// standard error is √(SE²/s² + g²/(2ν)), SE that of the difference (Hedges & Olkin 1985).
Estimated estimate(const Diaries& diaries, Wanted wanted, const std::string& arm, const std::string& against);

/// Reads `diaries:` of a measurement, and its file. Mistakes are noted in the section's document.
Estimated read_diaries(config::Section section);

}  // namespace kith::fit

#pragma once

#include "models/trials/measures/scale.hpp"

namespace kith::trials {

/// Mean of the ratings of a value (as by rate()) over people and occasions: what rounding and the ends of the scale leave of it.
double expected_rating(const Scale& scale, double value);

}  // namespace kith::trials

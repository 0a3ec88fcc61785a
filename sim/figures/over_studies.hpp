#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "figures/figure.hpp"

/// One number of several virtual studies.
namespace kith::figures {

/// Of fewer studies an interval of their mean says little.
inline constexpr std::size_t enough_studies = 5;

/// The mean of those that are numbers, with the interval that `mean_of` gives; where they are not enough, from the lowest to the highest.
/// One has no limits; none is NaN.
Mean over_studies(std::vector<double> values, const MeanOf& mean_of);

/// What the limits are: "95 % interval of the mean", "range of the 3 studies". Where results of `fewest` to `most` studies stand side by
/// side, both.
std::string interval_name(std::size_t fewest, std::size_t most);
inline std::string interval_name(std::size_t studies) { return interval_name(studies, studies); }

}  // namespace kith::figures

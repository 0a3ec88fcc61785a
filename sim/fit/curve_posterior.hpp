#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "fit/abc.hpp"
#include "fit/prior.hpp"

namespace kith::fit {

/// An observable by the one parameter that it depends on, where it was simulated.
using SimulatedCurve = std::map<double, double>;

/// `count` draws of the posterior of that parameter, ascending: its quantiles (k + 1/2)/count. Its density is that of the prior times
/// exp(-d²/2), d the difference of curve and target over the target's noise; between what was simulated the curve is straight, and beyond
/// it stays as at its ends.
std::vector<double> draws_of_curve(const SimulatedCurve& curve, const Target& target, const Prior& prior,
                                   std::size_t count);

}  // namespace kith::fit

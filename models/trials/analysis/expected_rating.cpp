#include "models/trials/analysis/expected_rating.hpp"

#include <algorithm>
#include <cmath>

namespace kith::trials {
namespace {

/// Probability that a normal deviate is at most z.
double normal_share(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double normal_density(double z) { return 0.398942280401432678 * std::exp(-0.5 * z * z); }

/// Mean of a normal deviate clipped to 0 … top.
double clipped_mean(double mean, double sd, double top) {
  const double from = -mean / sd;
  const double to = (top - mean) / sd;
  return mean * (normal_share(to) - normal_share(from)) + sd * (normal_density(from) - normal_density(to)) +
         top * normal_share(-to);
}

/// The same rounded to steps first: each step counts with the probability that it is reached.
double stepped_mean(double mean, double sd, double top, double step) {
  double total = 0.0;
  for (double reached = 0.0; reached < top; reached += step)
    total += std::min(step, top - reached) * normal_share((mean - reached - 0.5 * step) / sd);
  return total;
}

}  // namespace

double expected_rating(const Scale& scale, double value) {
  const double top = scale.high - scale.low;
  const double mean = top * (scale.offset + scale.gain * value);
  const double sd = top * std::hypot(scale.person_sd, scale.occasion_sd);
  if (std::isnan(value)) return value;
  if (sd > 0.0)
    return scale.low + (scale.step > 0.0 ? stepped_mean(mean, sd, top, scale.step) : clipped_mean(mean, sd, top));
  const double rounded = scale.step > 0.0 ? scale.step * std::round(mean / scale.step) : mean;
  return scale.low + std::clamp(rounded, 0.0, top);
}

}  // namespace kith::trials

#include "models/trials/analysis/contrast.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "models/trials/analysis/statistics.hpp"

namespace kith::trials {
namespace {

/// `used` is b − a, `apart` the same without pairs.
Contrast contrast(std::span<const double> a, std::span<const double> b, const Comparison& used,
                  const Comparison& apart) {
  const double mean_a = mean_with_interval(a).mean;
  const double mean_b = mean_with_interval(b).mean;
  const double reduction =
      used.standard_error > 0.0 ? std::pow(apart.standard_error / used.standard_error, 2) : std::nan("");
  return {mean_a, mean_b, mean_b - mean_a, used.low, used.high, used.p, reduction};
}

std::vector<double> finite(std::span<const double> all) {
  std::vector<double> numbers;
  std::copy_if(all.begin(), all.end(), std::back_inserter(numbers), [](double value) { return std::isfinite(value); });
  return numbers;
}

}  // namespace

Contrast paired_contrast(std::span<const double> a, std::span<const double> b) {
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    x.push_back(a[i]);
    y.push_back(b[i]);
  }
  return contrast(x, y, paired(y, x), two_sample(y, x));
}

Contrast unpaired_contrast(std::span<const double> a, std::span<const double> b) {
  const std::vector<double> x = finite(a);
  const std::vector<double> y = finite(b);
  const Comparison apart = two_sample(y, x);
  return contrast(x, y, apart, apart);
}

}  // namespace kith::trials

#include "models/trials/analysis/contrast.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace kith::trials;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double endless = std::numeric_limits<double>::infinity();

/// The two-sided 97.5 % quantile of Student's t with 2 degrees of freedom: P(T ≤ t) = 1/2 + t/(2 √(2 + t²)).
const double t_of_2 = 0.95 * std::sqrt(2.0 / (1.0 - 0.95 * 0.95));

}  // namespace

TEST_CASE("a paired contrast is the mean of the differences with Student's interval") {
  // Differences 1, 2, 3: mean 2, standard error 1/√3.
  const std::vector<double> a{10.0, 20.0, 30.0};
  const std::vector<double> b{11.0, 22.0, 33.0};
  const Contrast found = paired_contrast(a, b);
  CHECK(found.mean_a == 20.0);
  CHECK(found.mean_b == 22.0);
  CHECK(found.difference == 2.0);
  CHECK(found.low == Approx(2.0 - t_of_2 / std::sqrt(3.0)));
  CHECK(found.high == Approx(2.0 + t_of_2 / std::sqrt(3.0)));
  // P(|T| > t) = 1 − t/√(2 + t²) with t = 2√3.
  CHECK(found.p == Approx(1.0 - std::sqrt(12.0 / 14.0)));
  // Unpaired variance of the difference (100 + 121)/3 over the paired 1/3.
  CHECK(found.variance_reduction == Approx(221.0));
}

TEST_CASE("a pair with a number missing on either side is left out on both") {
  const std::vector<double> a{10.0, nothing, 20.0, 5.0, 30.0, endless};
  const std::vector<double> b{11.0, 7.0, 22.0, nothing, 33.0, 1.0};
  const Contrast found = paired_contrast(a, b);
  const Contrast whole = paired_contrast(std::vector{10.0, 20.0, 30.0}, std::vector{11.0, 22.0, 33.0});
  CHECK(found.mean_a == whole.mean_a);
  CHECK(found.mean_b == whole.mean_b);
  CHECK(found.difference == whole.difference);
  CHECK(found.low == whole.low);
  CHECK(found.p == whole.p);
  CHECK(found.variance_reduction == whole.variance_reduction);
}

TEST_CASE("an unpaired contrast leaves out what is missing in each list by itself, and reduces no variance") {
  // Two lists of two with the same variance 2: standard error √2 with 2 degrees of freedom.
  const std::vector<double> a{nothing, 1.0, 3.0};
  const std::vector<double> b{5.0, 7.0, -endless, nothing, nothing};
  const Contrast found = unpaired_contrast(a, b);
  CHECK(found.mean_a == 2.0);
  CHECK(found.mean_b == 6.0);
  CHECK(found.difference == 4.0);
  CHECK(found.low == Approx(4.0 - t_of_2 * std::sqrt(2.0)));
  CHECK(found.high == Approx(4.0 + t_of_2 * std::sqrt(2.0)));
  CHECK(found.p == Approx(1.0 - std::sqrt(8.0 / 10.0)));
  CHECK(found.variance_reduction == 1.0);
}

TEST_CASE("a contrast turned round changes its sign and nothing else") {
  const std::vector<double> a{1.0, 4.0, 2.0, 8.0};
  const std::vector<double> b{2.0, 3.0, 5.0, 7.5};
  for (const auto& contrast : {paired_contrast, unpaired_contrast}) {
    const Contrast there = contrast(a, b);
    const Contrast back = contrast(b, a);
    CHECK(back.difference == -there.difference);
    CHECK(back.low == Approx(-there.high));
    CHECK(back.high == Approx(-there.low));
    CHECK(back.p == Approx(there.p));
    CHECK(back.variance_reduction == Approx(there.variance_reduction));
  }
}

TEST_CASE("lists that are the same differ by nothing, for sure") {
  const std::vector<double> a{1.0, 4.0, 2.0};
  const Contrast found = paired_contrast(a, a);
  CHECK(found.difference == 0.0);
  CHECK(found.p == 1.0);
  CHECK(std::isnan(found.variance_reduction));  // the paired difference has no variance to compare with
}

TEST_CASE("too few numbers give no interval") {
  CHECK(std::isnan(paired_contrast(std::vector{1.0, nothing}, std::vector{2.0, 3.0}).low));
  CHECK(std::isnan(unpaired_contrast(std::vector{1.0}, std::vector{2.0, 3.0}).p));
  CHECK(std::isnan(unpaired_contrast(std::vector{nothing}, std::vector{2.0, 3.0}).mean_a));
}

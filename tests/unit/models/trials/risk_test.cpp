#include "models/trials/analysis/risk.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace kith::trials;

namespace {

constexpr double z = 1.959963984540054;

std::vector<double> events(std::size_t cases, std::size_t n) {
  std::vector<double> result(n);
  std::fill_n(result.begin(), cases, 1.0);
  return result;
}

/// Pairs with a case on both arms, only on the arm, only on the reference, and on neither.
Risk pairs(std::size_t both, std::size_t only_a, std::size_t only_b, std::size_t neither) {
  std::vector<double> a = events(both + only_a, both + only_a + only_b + neither);
  std::vector<double> b = events(both, a.size());
  std::fill_n(b.begin() + static_cast<std::ptrdiff_t>(both + only_a), only_b, 1.0);
  return paired_risk(a, b);
}

}  // namespace

TEST_CASE("risks in different people have Newcombe's interval") {
  // SciPy: proportion_ci(method='wilson') of 9/20 and 4/25; d - np.hypot(p1 - l1, u2 - p2), d + np.hypot(u1 - p1, p2 - l2)
  const Risk r = independent_risk(events(9, 20), events(4, 25));
  CHECK(r.difference == Approx(0.29));
  CHECK(r.low == Approx(0.022448469479035504).epsilon(1e-9));
  CHECK(r.high == Approx(0.5189931859650588).epsilon(1e-9));
  CHECK(r.number_needed == Approx(1.0 / 0.29));
  CHECK(std::isnan(no_risk().difference));
}

TEST_CASE("risks in the same people have Tango's score interval") {
  // Airway hyper-responsiveness before and after transplantation (Bentur 2009), as published: -0.517 to -0.026
  // (Fagerland, Lydersen & Laake 2014, doi 10.1002/sim.6148).
  const Risk airway = pairs(1, 1, 7, 12);
  CHECK(std::round(1000.0 * airway.low) == -517.0);
  CHECK(std::round(1000.0 * airway.high) == -26.0);
  // SciPy: the nuisance share by minimize_scalar of the likelihood, the limits by brentq.
  CHECK(airway.low == Approx(-0.5172322772707946).epsilon(1e-6));
  CHECK(airway.high == Approx(-0.026003030025640656).epsilon(1e-6));
  const Risk r = pairs(0, 6, 2, 12);
  CHECK(r.low == Approx(-0.08582964276743597).epsilon(1e-6));
  CHECK(r.high == Approx(0.45700825813775947).epsilon(1e-6));
  CHECK(r.number_needed == Approx(5.0));
  // Who is a case on both, or on neither, says the same of the difference.
  for (const Risk& more : {pairs(20, 6, 2, 12), pairs(0, 6, 2, 32)}) {
    CHECK(more.difference == Approx(0.1));
    CHECK(more.low == Approx(-0.0457929008105078).epsilon(1e-6));
    CHECK(more.high == Approx(0.2534753942839392).epsilon(1e-6));
  }
  const Risk back = pairs(0, 2, 6, 12);
  CHECK(back.low == Approx(-r.high));
  CHECK(back.high == Approx(-r.low));
}

TEST_CASE("a paired interval excludes 0 where McNemar's test rejects") {
  for (std::size_t only_a = 0; only_a <= 12; ++only_a) {
    const Risk r = pairs(3, only_a, 2, 20 - only_a);
    const double more = static_cast<double>(only_a) - 2.0;
    const bool rejects = more * more / (static_cast<double>(only_a) + 2.0) > z * z;
    CAPTURE(only_a, r.low, r.high);
    CHECK((r.low > 0.0 || r.high < 0.0) == rejects);
  }
}

TEST_CASE(
    "without discordant pairs, with nothing else, and with a single pair the interval has a width in closed form") {
  for (const double n : {1.0, 5.0, 20.0}) {
    CAPTURE(n);
    const auto count = static_cast<std::size_t>(n);
    for (const Risk& none : {pairs(count, 0, 0, 0), pairs(0, 0, 0, count)}) {
      CHECK(none.difference == 0.0);
      CHECK(none.low == Approx(-z * z / (n + z * z)).epsilon(1e-9));
      CHECK(none.high == Approx(z * z / (n + z * z)).epsilon(1e-9));
      CHECK(std::isnan(none.number_needed));
    }
    const Risk all = pairs(0, count, 0, 0);
    CHECK(all.difference == 1.0);
    CHECK(all.low == Approx((n - z * z) / (n + z * z)).epsilon(1e-9));
    CHECK(all.high == Approx(1.0));
    const Risk other = pairs(0, 0, count, 0);
    CHECK(other.low == Approx(-1.0));
    CHECK(other.high == Approx(-(n - z * z) / (n + z * z)).epsilon(1e-9));
  }
  CHECK(std::isnan(paired_risk({}, {}).low));
}

TEST_CASE("what rounding leaves of shares that cancel needs nobody") {
  CHECK(number_needed(0.1) == Approx(10.0));
  CHECK(number_needed(-0.001) == Approx(-1000.0));
  for (const double left : {0.0, 0.1 + 0.2 - 0.3, 0.3 - 0.2 - 0.1}) CHECK(std::isnan(number_needed(left)));
}

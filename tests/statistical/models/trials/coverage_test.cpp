#include "tests/support/coverage.hpp"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::testing;

namespace {

constexpr std::uint32_t studies = 700;

bool is_within_bounds(const Coverage& row, double coverage) {
  const double reach = 2.0 * monte_carlo_error(studies);
  return coverage >= row.least - reach && coverage <= row.most + reach;
}

}  // namespace

TEST_CASE("every interval that is printed holds the truth in 93 to 97 % of small studies", "[slow]") {
  for (const Coverage& row : coverages()) {
    const double coverage = row.in(studies);
    CAPTURE(row.interval, row.size, row.truth, coverage);
    CHECK(is_within_bounds(row, coverage));
  }
}

TEST_CASE(
    "the check of coverage refuses the plain interval of paired risks, that of g by the normal, and errors of people") {
  const double z = 1.959963984540054;
  const Shares shares{0.1, 0.08, 0.02};
  const Coverage wald{"Wald", "20 pairs", shares.difference(), [=](Stream& stream) {
                        const auto [a, b] = paired_cases(stream, 20, shares);
                        double only_a = 0.0;
                        double only_b = 0.0;
                        for (std::size_t i = 0; i < a.size(); ++i) {
                          only_a += a[i] > b[i] ? 1.0 : 0.0;
                          only_b += b[i] > a[i] ? 1.0 : 0.0;
                        }
                        const double d = (only_a - only_b) / 20.0;
                        const double reach = z * std::sqrt(only_a + only_b - 20.0 * d * d) / 20.0;
                        return Limits{d - reach, d + reach};
                      }};
  const double coverage = wald.in(studies);
  CAPTURE(coverage);
  CHECK(coverage < 0.9);
  CHECK_FALSE(is_within_bounds(wald, coverage));

  // J²·(1/n + d²/(2n))·2(1 − r): Borenstein et al. 2009, eq. 4.28
  const Coverage by_normal{"normal", "5 pairs", 0.5, [=](Stream& stream) {
                             const Comparison c = pairs(stream, 5, 0.8, 0.5);
                             const double correction = 1.0 - 3.0 / (4.0 * 4.0 - 1.0);
                             const double d = c.g / correction;
                             const double apart = 2.5 * std::pow(c.standard_error * d / c.difference, 2);  // 1 − r
                             const double reach = z * correction * std::sqrt((0.2 + d * d / 10.0) * 2.0 * apart);
                             return Limits{c.g - reach, c.g + reach};
                           }};
  const double normal = by_normal.in(studies);
  CAPTURE(normal);
  CHECK_FALSE(is_within_bounds(by_normal, normal));

  const Coverage people{"people, not clusters", "4 + 4 clusters", 0.3, [](Stream& stream) {
                          const Clustered a(stream, 0, 4, 0.1, 0.3);
                          const Clustered b(stream, 4, 4, 0.1, 0.0);
                          const Comparison c = trials::two_sample(a.values, b.values);
                          return Limits{c.low, c.high};
                        }};
  CHECK_FALSE(is_within_bounds(people, people.in(studies)));
}

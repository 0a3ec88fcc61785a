#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/distributions.hpp"

namespace {

constexpr std::uint32_t sample_size = 200000;

std::vector<std::uint32_t> words(const kith::Draws& draws, std::uint32_t first, std::int64_t tick) {
  std::vector<std::uint32_t> all(sample_size);
  draws.first_words(first, tick, all);
  return all;
}

/// √n times the correlation of two lists of words as uniforms: standard normal when they are independent.
double scaled_correlation(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  double product = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) product += (kith::to_unit(a[i]) - 0.5) * (kith::to_unit(b[i]) - 0.5);
  return product * 12.0 / std::sqrt(static_cast<double>(a.size()));
}

/// Number of differing bits less its mean, in standard deviations: standard normal when the words are independent.
double scaled_difference(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  double different = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) different += std::popcount(a[i] ^ b[i]);
  const double bits = 32.0 * static_cast<double>(a.size());
  return (different - 0.5 * bits) / (0.5 * std::sqrt(bits));
}

constexpr double bound = 3.89;  // two-sided, 1 in 10,000

}  // namespace

TEST_CASE("Another seed, replicate, purpose, tick or neighbour gives independent numbers") {
  const kith::Draws base({2016, 0}, "meeting");
  const std::vector<std::uint32_t> reference = words(base, 0, 0);
  const std::vector<std::vector<std::uint32_t>> others{words(kith::Draws({2017, 0}, "meeting"), 0, 0),
                                                       words(kith::Draws({2016, 1}, "meeting"), 0, 0),
                                                       words(kith::Draws({2016, 0}, "meetinh"), 0, 0),
                                                       words(base, 0, 1),
                                                       words(base, 0, -1),
                                                       words(base, 1, 0),
                                                       words(base, sample_size, 0)};
  for (const std::vector<std::uint32_t>& other : others) {
    CHECK(std::fabs(scaled_correlation(reference, other)) < bound);
    CHECK(std::fabs(scaled_difference(reference, other)) < bound);
  }
}

TEST_CASE("Words of which one in fifty is shared are found dependent (must-fail twin)") {
  const kith::Draws base({2016, 0}, "meeting");
  const std::vector<std::uint32_t> reference = words(base, 0, 0);
  std::vector<std::uint32_t> other = words(base, 0, 1);
  for (std::size_t i = 0; i < other.size(); i += 50) other[i] = reference[i];
  CHECK(std::fabs(scaled_correlation(reference, other)) > bound);
  CHECK(std::fabs(scaled_difference(reference, other)) > bound);
}

TEST_CASE("Both persons of a tie and their order make the draw") {
  const kith::Draws base({2016, 0}, "contact");
  std::vector<std::uint32_t> forward(sample_size);
  std::vector<std::uint32_t> backward(sample_size);
  for (std::uint32_t i = 0; i < sample_size; ++i) {
    forward[i] = base.at(i, i + 1, 0)();
    backward[i] = base.at(i + 1, i, 0)();
  }
  CHECK(std::fabs(scaled_correlation(forward, backward)) < bound);
  CHECK(std::fabs(scaled_difference(forward, backward)) < bound);
}

TEST_CASE("Every bit of the first words is set half of the time") {
  const std::vector<std::uint32_t> all = words(kith::Draws({1, 0}, "bits"), 0, 0);
  for (unsigned bit = 0; bit < 32; ++bit) {
    double set = 0.0;
    for (const std::uint32_t word : all) set += (word >> bit) & 1u;
    CHECK(std::fabs(set - 0.5 * sample_size) < bound * 0.5 * std::sqrt(double{sample_size}));
  }
}

#include "core/distributions.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "goodness.hpp"

using namespace kith::testing;
using kith::Stream;

namespace {

constexpr std::uint32_t sample_size = 100000;

/// One variate from the stream of each of 100,000 persons.
template <class F>
std::vector<double> sample(F draw) {
  const kith::Draws draws({20160311, 0}, "distribution tests");
  std::vector<double> values(sample_size);
  for (std::uint32_t person = 0; person < sample_size; ++person) {
    Stream stream = draws.at(person, 7);
    values[person] = draw(stream);
  }
  return values;
}

/// Shares of `weights` against how often each index came.
Fit fit_of_shares(const std::vector<double>& indices, std::vector<double> weights) {
  std::vector<double> observed(weights.size(), 0.0);
  for (const double index : indices) observed[static_cast<std::size_t>(index)] += 1.0;
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight *= static_cast<double>(indices.size()) / total;
  return chi_square(observed, weights);
}

}  // namespace

TEST_CASE("Uniforms are uniform, and squares of uniforms are not (must-fail twin)") {
  const auto identity = [](double x) { return x; };
  CHECK(kolmogorov(sample([](Stream& s) { return kith::uniform(s); }), identity) == Fit::good);
  const auto bent = [](Stream& s) { return std::pow(kith::uniform(s), 1.03); };
  CHECK(kolmogorov(sample(bent), identity) == Fit::bad);
}

TEST_CASE("A sample that is too regular fails too (must-fail twin of the lower bound)") {
  std::vector<double> grid(sample_size);
  for (std::uint32_t i = 0; i < sample_size; ++i) grid[i] = (i + 0.5) / sample_size;
  CHECK(kolmogorov(grid, [](double x) { return x; }) == Fit::bad);
  CHECK(chi_square({100, 100, 100, 100, 100}, {100, 100, 100, 100, 100}) == Fit::bad);
}

TEST_CASE("Whole numbers below a count are equally frequent") {
  for (const std::uint32_t count : {2u, 7u, 10u, 1000u}) {
    const auto values = sample([count](Stream& s) { return kith::uniform_below(s, count); });
    CHECK(fit_of_shares(values, std::vector<double>(count, 1.0)) == Fit::good);
    std::vector<double> wrong(count, 1.0);
    for (std::size_t i = 0; i < count / 2; ++i) wrong[i] = 1.1;  // must-fail twin
    CHECK(fit_of_shares(values, wrong) == Fit::bad);
  }
}

TEST_CASE("Whole numbers below 3·2^30 are even, which a multiplication without rejection is not (must-fail twin)") {
  constexpr std::uint32_t count = 3u << 30;
  const std::vector<double> even(3, 1.0);
  CHECK(fit_of_shares(sample([](Stream& s) { return kith::uniform_below(s, count) % 3; }), even) == Fit::good);
  const auto biased = [](Stream& s) { return static_cast<double>(((std::uint64_t{s()} * count) >> 32) % 3); };
  CHECK(fit_of_shares(sample(biased), even) == Fit::bad);
}

TEST_CASE("Normals are normal, and a standard deviation of 1.03 fails (must-fail twin)") {
  const auto values = sample([](Stream& s) { return kith::normal(s); });
  CHECK(kolmogorov(values, [](double x) { return cdf(boost::math::normal(), x); }) == Fit::good);
  CHECK(kolmogorov(values, [](double x) { return cdf(boost::math::normal(0, 1.03), x); }) == Fit::bad);
}

TEST_CASE("Lognormals have the asked median and coefficient of variation") {
  for (const double cv : {0.05, 0.25, 1.5}) {
    const auto values = sample([cv](Stream& s) { return kith::lognormal(s, 0.15, cv); });
    const double sigma = std::sqrt(std::log1p(cv * cv));
    const auto exact = [sigma](double x) { return cdf(boost::math::normal(), std::log(x / 0.15) / sigma); };
    CHECK(kolmogorov(values, exact) == Fit::good);
    const auto wrong = [sigma](double x) { return cdf(boost::math::normal(), std::log(x / 0.15) / (1.03 * sigma)); };
    CHECK(kolmogorov(values, wrong) == Fit::bad);  // must-fail twin
  }
}

TEST_CASE("Exponentials have the asked mean, and 3 % more fails (must-fail twin)") {
  const auto values = sample([](Stream& s) { return kith::exponential(s, 8.0); });
  CHECK(kolmogorov(values, [](double x) { return -std::expm1(-x / 8.0); }) == Fit::good);
  CHECK(kolmogorov(values, [](double x) { return -std::expm1(-x / 8.24); }) == Fit::bad);
}

TEST_CASE("Gammas follow their distribution for small, middling and large shapes", "[slow]") {
  for (const double shape : {0.1, 0.7, 1.0, 2.5, 40.0, 5000.0}) {
    CAPTURE(shape);
    const auto values = sample([shape](Stream& s) { return kith::gamma(s, shape); });
    const boost::math::gamma_distribution<double> exact(shape);
    CHECK(kolmogorov(values, [&](double x) { return cdf(exact, x); }) == Fit::good);
    const boost::math::gamma_distribution<double> wrong(shape + 0.05 * std::sqrt(shape));
    CHECK(kolmogorov(values, [&](double x) { return cdf(wrong, x); }) == Fit::bad);  // must-fail twin
  }
}

TEST_CASE("Betas follow their distribution, also where gammas underflow", "[slow]") {
  const double shapes[][2] = {{2.0, 3.0}, {0.5, 0.5}, {1.0, 1.0}, {0.1, 4.0}, {50.0, 20.0}, {0.02, 0.03}};
  for (const auto& [a, b] : shapes) {
    CAPTURE(a, b);
    // The smallest shapes put more than 1e-5 of the mass within a rounding of 0 and 1; look at the middle there.
    const bool tiny = a < 0.05;
    const auto values = sample([a = a, b = b](Stream& s) { return kith::beta(s, a, b); });
    const boost::math::beta_distribution<double> exact(a, b);
    const boost::math::beta_distribution<double> wrong(a * 1.06, b);
    if (tiny) {
      double low = 0.0;
      for (const double x : values) low += x < 0.5 ? 1.0 : 0.0;
      const double share = cdf(exact, 0.5);
      const double bound = 3.3 * std::sqrt(share * (1.0 - share) * sample_size);
      CHECK(std::fabs(low - share * sample_size) < bound);
      CHECK(std::fabs(low - cdf(wrong, 0.5) * sample_size) > bound);
      continue;
    }
    CHECK(kolmogorov(values, [&](double x) { return cdf(exact, x); }) == Fit::good);
    CHECK(kolmogorov(values, [&](double x) { return cdf(wrong, x); }) == Fit::bad);  // must-fail twin
  }
}

TEST_CASE("Categories come in proportion to their weights") {
  const std::vector<double> weights{0.5, 0.0, 2.0, 1.0, 0.25};
  const auto values = sample([&](Stream& s) { return static_cast<double>(kith::categorical(s, weights)); });
  CHECK(std::count(values.begin(), values.end(), 1.0) == 0);
  const std::vector<double> possible{0.5, 2.0, 1.0, 0.25};
  std::vector<double> closed = values;
  for (double& index : closed) index -= index > 1.0 ? 1.0 : 0.0;
  CHECK(fit_of_shares(closed, possible) == Fit::good);
  CHECK(fit_of_shares(closed, {0.5, 1.9, 1.0, 0.25}) == Fit::bad);  // must-fail twin
}

TEST_CASE("Shuffles give all 24 orders of four things equally often") {
  const auto order = [](Stream& stream) {
    std::vector<int> items{0, 1, 2, 3};
    kith::shuffle(stream, std::span<int>(items));
    double rank = 0.0;  // Lehmer code
    for (std::size_t i = 0; i < 4; ++i) {
      double smaller = 0.0;
      for (std::size_t j = i + 1; j < 4; ++j) smaller += items[j] < items[i] ? 1.0 : 0.0;
      rank = rank * static_cast<double>(4 - i) + smaller;
    }
    return rank;
  };
  const auto values = sample(order);
  CHECK(fit_of_shares(values, std::vector<double>(24, 1.0)) == Fit::good);
  std::vector<double> wrong(24, 1.0);
  wrong[0] = 1.2;
  CHECK(fit_of_shares(values, wrong) == Fit::bad);  // must-fail twin
}

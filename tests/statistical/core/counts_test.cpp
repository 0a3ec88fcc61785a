#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <catch2/catch.hpp>
#include <vector>

#include "core/distributions.hpp"
#include "goodness.hpp"

using namespace kith::testing;

namespace {

constexpr std::uint32_t sample_size = 100000;

template <class F>
std::vector<double> sample(F draw) {
  const kith::Draws draws({20160311, 1}, "count tests");
  std::vector<double> values(sample_size);
  for (std::uint32_t person = 0; person < sample_size; ++person) {
    kith::Stream stream = draws.at(person, -7);
    values[person] = draw(stream);
  }
  return values;
}

Fit fit_of_poisson(const std::vector<double>& values, double mean) {
  const boost::math::poisson_distribution<double> exact(mean);
  return chi_square_counts(values, mean, std::sqrt(mean), [&](double k) { return cdf(exact, k); });
}

Fit fit_of_binomial(const std::vector<double>& values, double count, double probability) {
  const boost::math::binomial_distribution<double> exact(count, probability);
  const double deviation = std::sqrt(count * probability * (1.0 - probability));
  return chi_square_counts(values, count * probability, deviation,
                           [&](double k) { return cdf(exact, std::min(k, count)); });
}

}  // namespace

TEST_CASE("Poisson counts follow their distribution on both sides of the switch of method") {
  for (const double mean : {0.05, 0.7, 4.0, 29.9, 30.0, 30.1, 31.0, 80.0, 1000.0, 1e6, 3e9}) {
    CAPTURE(mean);
    const auto values = sample([mean](kith::Stream& s) { return kith::poisson(s, mean); });
    CHECK(fit_of_poisson(values, mean) == Fit::good);
    const double shift =
        0.03 * std::sqrt(mean);  // three hundredths of a standard deviation: nearly ten standard errors
    CHECK(fit_of_poisson(values, mean + shift) == Fit::bad);  // must-fail twin
  }
}

TEST_CASE("Binomial counts follow their distribution for rare, even and frequent successes") {
  struct Trials {
    std::uint32_t count;
    double probability;
  };
  const Trials all[] = {{1, 0.3},    {10, 0.3},      {16, 0.5},       {20, 0.5},           {34, 0.97},
                        {99, 0.1},   {101, 0.1},     {1000, 0.002},   {1000, 0.999},       {1000, 0.4},
                        {1000, 0.8}, {1000000, 0.3}, {1000000, 1e-6}, {4000000000u, 1e-9}, {4000000000u, 0.25}};
  for (const Trials& trials : all) {
    CAPTURE(trials.count, trials.probability);
    const auto values = sample([&](kith::Stream& s) { return kith::binomial(s, trials.count, trials.probability); });
    CHECK(fit_of_binomial(values, trials.count, trials.probability) == Fit::good);
    const double p = trials.probability;
    const double shift = 0.03 * std::sqrt(p * (1.0 - p) / trials.count);
    CHECK(fit_of_binomial(values, trials.count, p < 0.5 ? p + shift : p - shift) == Fit::bad);  // must-fail twin
  }
}

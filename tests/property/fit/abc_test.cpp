#include "fit/abc.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "fit/posterior.hpp"
#include "fit/sbc.hpp"

using namespace kith;
using namespace kith::fit;

namespace {

const Simulator as_it_is = [](const std::vector<double>& point, std::uint64_t /*number*/) {
  return Simulated{{point[0]}, ""};
};
const Prior wide{.kind = Prior::Kind::normal, .low = -50.0, .high = 50.0, .centre = 0.0, .sd = 2.0};

Summary summary_of(const Posterior& posterior, std::size_t parameter = 0) {
  std::vector<double> values;
  for (const auto& point : posterior.points) values.push_back(point[parameter]);
  return weighted(values, posterior.weights);
}

}  // namespace

TEST_CASE("a posterior of a normal mean under a normal prior is the conjugate one") {
  // Prior N(0, 2²), data 3 ± 1: posterior N(2.4, 0.8).
  const AbcMethod method{.particles = 1000, .simulations = 100'000};
  const Posterior posterior = sample_posterior({wide}, {{3.0, 1.0}}, method, 5, as_it_is);
  CHECK(posterior.has_converged);
  CHECK(posterior.widening == 1.0);
  CHECK(posterior.failed == 0);
  const Summary summary = summary_of(posterior);
  const double sd = std::sqrt(0.8);
  // Weighted particles: a bound of four standard errors, were the effective number of them half.
  CHECK(summary.mean == Approx(2.4).margin(4.0 * sd / std::sqrt(500.0)));
  CHECK(summary.sd == Approx(sd).margin(4.0 * sd / std::sqrt(1000.0)));
  CHECK(summary.high - summary.low == Approx(2.0 * 1.96 * sd).epsilon(0.15));
}

TEST_CASE("steps in the logarithm give the posterior that a prior over orders of magnitude has") {
  // ln θ uniform over a wide range and ln θ seen with noise 0.3 at ln 5: ln θ is N(ln 5, 0.3²).
  const Prior prior{.kind = Prior::Kind::log_uniform, .low = 0.01, .high = 1000.0};
  const Simulator logarithm = [](const std::vector<double>& point, std::uint64_t) {
    return Simulated{{std::log(point[0])}, ""};
  };
  // Enough particles to see that they are weighted: without, the SD would come out at 0.26.
  const AbcMethod method{.particles = 4000, .simulations = 400'000};
  const Posterior posterior = sample_posterior({prior}, {{std::log(5.0), 0.3}}, method, 6, logarithm);
  std::vector<double> logs;
  for (const auto& point : posterior.points) logs.push_back(std::log(point[0]));
  const Summary summary = weighted(logs, posterior.weights);
  CHECK(summary.mean == Approx(std::log(5.0)).margin(4.0 * 0.3 / std::sqrt(2000.0)));
  CHECK(summary.sd == Approx(0.3).margin(4.0 * 0.3 / std::sqrt(4000.0)));
}

TEST_CASE("the interval of weighted draws holds the middle 95 % of the weight") {
  std::vector<double> values;
  std::vector<double> weights;
  for (int k = 200; k > 0; --k) {  // in any order; an odd number weighs three times an even one
    values.push_back(k);
    weights.push_back(k % 2 == 1 ? 0.0075 : 0.0025);
  }
  const Summary summary = weighted(values, weights);
  CHECK(summary.low == 5.0);  // 1 to 4 weigh 0.02
  CHECK(summary.median == 100.0);
  CHECK(summary.high == 195.0);  // up to 194 they weigh 0.97
}

TEST_CASE("what the data do not tell stays as it was believed, and what they tell of a sum is a correlation") {
  const Prior unit{.kind = Prior::Kind::uniform, .low = 0.0, .high = 1.0};
  const Simulator sum = [](const std::vector<double>& point, std::uint64_t) {
    return Simulated{{point[0] + point[1]}, ""};
  };
  const AbcMethod method{.particles = 600, .simulations = 60'000};
  const Posterior posterior = sample_posterior({unit, unit, unit}, {{1.0, 0.05}}, method, 7, sum);
  const auto column = [&](std::size_t p) {
    std::vector<double> values;
    for (const auto& point : posterior.points) values.push_back(point[p]);
    return values;
  };
  CHECK(correlation(column(0), column(1), posterior.weights) < -0.95);
  CHECK(std::abs(correlation(column(0), column(2), posterior.weights)) < 0.25);
  const Summary untold = summary_of(posterior, 2);
  CHECK(verdict(width_of_prior(unit, untold.low, untold.high)) == "not identified");
  const Posterior one = sample_posterior({unit}, {{0.4, 0.02}}, method, 7, as_it_is);
  CHECK(verdict(width_of_prior(unit, summary_of(one).low, summary_of(one).high)) == "identified");
}

TEST_CASE("threads do not matter, and every simulation is asked for once", "[threaded]") {
  const AbcMethod method{.particles = 60, .simulations = 2000};
  std::atomic<std::uint32_t> calls{0};
  const Simulator counted = [&](const std::vector<double>& point, std::uint64_t) {
    ++calls;
    return Simulated{{point[0]}, ""};
  };
  set_threads(1);
  const Posterior one = sample_posterior({wide}, {{3.0, 1.0}}, method, 5, counted);
  CHECK(calls == one.simulations);
  set_threads(4);
  const Posterior four = sample_posterior({wide}, {{3.0, 1.0}}, method, 5, counted);
  set_threads(0);
  CHECK(one.points == four.points);
  CHECK(one.weights == four.weights);
}

TEST_CASE("a budget that ends gives the last whole generation and says so") {
  const AbcMethod method{.particles = 50, .simulations = 120};
  const Posterior posterior = sample_posterior({wide}, {{3.0, 1.0}}, method, 5, as_it_is);
  CHECK_FALSE(posterior.has_converged);
  CHECK(posterior.simulations == 120);
  CHECK(posterior.points.size() == 50);
  CHECK(posterior.widening > 1.0);
}

TEST_CASE("failed simulations are counted and never accepted") {
  const Simulator fails_above = [](const std::vector<double>& point, std::uint64_t) {
    return point[0] > 2.0 ? Simulated{{}, "fell over"} : Simulated{{point[0]}, ""};
  };
  const AbcMethod method{.particles = 100, .simulations = 5000};
  const Posterior posterior = sample_posterior({wide}, {{3.0, 1.0}}, method, 5, fails_above);
  CHECK(posterior.failed > 0);
  CHECK(posterior.first_failure == "fell over");
  for (const auto& point : posterior.points) CHECK(point[0] <= 2.0);
  const Simulator fails = [](const std::vector<double>&, std::uint64_t) { return Simulated{{}, "fell over"}; };
  CHECK_THROWS_WITH(sample_posterior({wide}, {{3.0, 1.0}}, method, 5, fails),
                    Catch::Contains("5000 of 5000 simulations failed") && Catch::Contains("fell over"));
}

TEST_CASE("draws of a posterior come in proportion to the weights") {
  Posterior posterior;
  posterior.points = {{1.0}, {2.0}, {3.0}};
  posterior.weights = {0.5, 0.0, 0.5};
  const auto draws = draws_of(posterior, 10, 3);
  CHECK(std::count(draws.begin(), draws.end(), std::vector{1.0}) == 5);
  CHECK(std::count(draws.begin(), draws.end(), std::vector{3.0}) == 5);
}

TEST_CASE("ranks of the truth are spread evenly, and those among narrowed draws are not", "[slow]") {
  const AbcMethod method{.particles = 100, .simulations = 3000};
  const Calibration found = check_calibration({wide}, {{0.0, 1.0}}, method, 11, as_it_is, 100);
  CHECK(found.data_sets == 100);
  CHECK(found.lost == 0);
  CHECK(found.as_sampled[0].p > 0.01);
  CHECK(found.narrowed[0].p < 0.001);
  // The planted fault: the noise of the data is not what the posterior believes.
  const Simulator noisier = [](const std::vector<double>& point, std::uint64_t number) {
    const bool is_data = number % (std::uint64_t{1} << 32U) == 0;
    return Simulated{{point[0] + (is_data ? (number >> 32U) % 2 == 0 ? 2.5 : -2.5 : 0.0)}, ""};
  };
  CHECK(check_calibration({wide}, {{0.0, 1.0}}, method, 11, noisier, 100).as_sampled[0].p < 0.001);
}

TEST_CASE("the test of ranks is the chi-squared test on ten bins") {
  std::vector<std::uint32_t> even;
  for (std::uint32_t k = 0; k < 100; ++k) even.push_back(k);
  CHECK(spread_of(even, 99).chi_squared == 0.0);
  CHECK(spread_of(even, 99).p == Approx(1.0));
  std::vector<std::uint32_t> low(even);
  for (std::uint32_t k = 0; k < 10; ++k) low[90 + k] = k;  // twenty in the first bin, none in the last
  CHECK(spread_of(low, 99).chi_squared == Approx(20.0));
  CHECK(spread_of(low, 99).p == Approx(0.0179124));  // SciPy: chi2.sf(20, 9)
}

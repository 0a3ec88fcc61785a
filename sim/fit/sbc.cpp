#include "fit/sbc.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <mutex>

#include "core/distributions.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"

namespace kith::fit {
namespace {

constexpr std::uint32_t draws_each = 99;
constexpr std::size_t bins = 10;

/// One data set: [parameters] ranks, as sampled and narrowed.
struct OneSet {
  std::vector<std::uint32_t> as_sampled, narrowed;
  std::uint32_t simulations = 0;
  std::uint32_t failed = 0;
  bool is_lost = false;
};

std::uint32_t rank_of(double truth, const std::vector<double>& draws) {
  return static_cast<std::uint32_t>(
      std::count_if(draws.begin(), draws.end(), [&](double draw) { return draw < truth; }));
}

OneSet rank_one(const std::vector<Prior>& priors, std::vector<Target> targets, const AbcMethod& method,
                std::uint64_t seed, const Simulator& simulate, std::uint32_t number) {
  OneSet one;
  const std::uint64_t first = (std::uint64_t{number} + 1) << 32U;  // no two data sets share a simulation
  Stream stream = Draws({seed, 0}, "fit truth").at(number, 0);
  std::vector<double> truth;
  for (const Prior& prior : priors) truth.push_back(prior.quantile(uniform(stream)));
  const Simulated data = simulate(truth, first);
  one.simulations = 1;
  one.failed = data.failure.empty() ? 0 : 1;
  one.is_lost = !data.failure.empty();
  if (one.is_lost) return one;
  const std::vector<double> seen = with_noise(data.values, targets, seed, first);
  for (std::size_t k = 0; k < targets.size(); ++k) targets[k].value = seen[k];
  try {
    const Posterior posterior = sample_posterior(priors, targets, method, seed, simulate, first + 1);
    one.simulations += posterior.simulations;
    one.failed += posterior.failed;
    const auto draws = draws_of(posterior, draws_each, seed + number);
    for (std::size_t p = 0; p < priors.size(); ++p) {
      std::vector<double> values;
      double mean = 0.0;
      for (const auto& draw : draws) {
        values.push_back(draw[p]);
        mean += draw[p] / draws_each;
      }
      one.as_sampled.push_back(rank_of(truth[p], values));
      for (double& value : values) value = mean + (value - mean) / 2.0;
      one.narrowed.push_back(rank_of(truth[p], values));
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::failed) throw;
    one.is_lost = true;
  }
  return one;
}

}  // namespace

Ranks spread_of(std::vector<std::uint32_t> ranks, std::uint32_t draws) {
  Ranks result;
  result.counts.assign(bins, 0);
  for (const std::uint32_t rank : ranks) ++result.counts[rank * bins / (draws + 1)];
  const double expected = static_cast<double>(ranks.size()) / static_cast<double>(bins);
  for (const std::uint32_t count : result.counts)
    result.chi_squared += (count - expected) * (count - expected) / expected;
  result.p = boost::math::gamma_q((static_cast<double>(bins) - 1.0) / 2.0, result.chi_squared / 2.0);
  result.ranks = std::move(ranks);
  return result;
}

Calibration check_calibration(const std::vector<Prior>& priors, const std::vector<Target>& targets,
                              const AbcMethod& method, std::uint64_t seed, const Simulator& simulate,
                              std::uint32_t data_sets) {
  std::vector<OneSet> sets(data_sets);
  for_each_block(
      data_sets,
      [&](std::size_t k, std::size_t /*end*/) {
        check_interrupt();
        sets[k] = rank_one(priors, targets, method, seed, simulate, static_cast<std::uint32_t>(k));
      },
      1);
  Calibration all;
  std::vector<std::vector<std::uint32_t>> as_sampled(priors.size());
  std::vector<std::vector<std::uint32_t>> narrowed(priors.size());
  for (const OneSet& one : sets) {
    all.simulations += one.simulations;
    all.failed += one.failed;
    ++(one.is_lost ? all.lost : all.data_sets);
    for (std::size_t p = 0; p < one.as_sampled.size(); ++p) {
      as_sampled[p].push_back(one.as_sampled[p]);
      narrowed[p].push_back(one.narrowed[p]);
    }
  }
  if (all.data_sets == 0) throw Error(ErrorKind::failed, "no data set has a posterior: every simulation failed");
  for (std::size_t p = 0; p < priors.size(); ++p) {
    all.as_sampled.push_back(spread_of(std::move(as_sampled[p]), draws_each));
    all.narrowed.push_back(spread_of(std::move(narrowed[p]), draws_each));
  }
  return all;
}

}  // namespace kith::fit

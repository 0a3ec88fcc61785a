#include "fit/abc.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "core/error.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "fit/posterior.hpp"

namespace kith::fit {
namespace {

using Point = std::vector<double>;

Stream stream_of(std::uint64_t seed, Purpose purpose, std::uint64_t number, std::int64_t place = 0) {
  return Draws({seed, 0}, purpose)
      .at(static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32U), place);
}

struct Particle {
  Point point;
  std::vector<double> values;
  double distance = 0.0;
  double weight = 0.0;
};

class Sampler {
 public:
  Sampler(const std::vector<Prior>& priors, const std::vector<Target>& targets, const AbcMethod& method,
          std::uint64_t seed, const Simulator& simulate, std::uint64_t first)
      : priors_(priors), targets_(targets), method_(method), seed_(seed), simulate_(simulate), first_(first) {}

  Posterior execute() {
    double widening = std::numeric_limits<double>::infinity();
    while (true) {
      std::vector<Particle> next = generation(widening);
      if (next.size() < method_.particles) break;
      weigh(next);
      particles_ = std::move(next);
      ++result_.generations;
      result_.widening = widening;
      if (widening <= 1.0) {
        result_.has_converged = true;
        break;
      }
      widening = std::max(1.0, std::isinf(widening) ? median_distance() : 0.5 * widening);
      measure_spread();
    }
    if (particles_.empty())
      throw Error(ErrorKind::failed, "no generation could be completed: " + std::to_string(result_.failed) + " of " +
                                         std::to_string(result_.simulations) + " simulations failed\n  " +
                                         result_.first_failure);
    for (Particle& one : particles_) {
      result_.points.push_back(std::move(one.point));
      result_.values.push_back(std::move(one.values));
      result_.weights.push_back(one.weight);
    }
    return std::move(result_);
  }

 private:
  /// A parameter as its steps are taken.
  double coordinate(std::size_t p, double value) const { return priors_[p].is_logarithmic() ? std::log(value) : value; }

  Point propose(std::uint64_t number) const {
    Stream stream = stream_of(seed_, "fit proposal", number);
    Point point(priors_.size());
    while (true) {
      bool is_inside = true;
      if (particles_.empty()) {
        for (std::size_t p = 0; p < point.size(); ++p) point[p] = priors_[p].quantile(uniform(stream));
      } else {
        const Particle& parent = particles_[categorical(stream, weights_)];
        for (std::size_t p = 0; p < point.size(); ++p) {
          const double x = coordinate(p, parent.point[p]) + spread_[p] * normal(stream);
          point[p] = priors_[p].is_logarithmic() ? std::exp(x) : x;
          is_inside = is_inside && priors_[p].density(point[p]) > 0.0;
        }
      }
      if (is_inside) return point;
    }
  }

  /// From the data, in units of the noise.
  double distance(const Simulated& simulated) const {
    double squares = 0.0;
    for (std::size_t k = 0; k < targets_.size(); ++k) {
      const double off = (simulated.values[k] - targets_[k].value) / targets_[k].noise;
      squares += off * off;
    }
    return std::sqrt(squares);
  }

  bool is_accepted(double distance, double widening, std::uint64_t number) const {
    const double scaled = distance / widening;
    Stream stream = stream_of(seed_, "fit acceptance", number);
    return uniform(stream) < std::exp(-0.5 * scaled * scaled);
  }

  /// The first particles, in the order of their numbers, that are accepted; fewer where the budget ends.
  std::vector<Particle> generation(double widening) {
    std::vector<Particle> accepted;
    std::size_t tried = 0;
    while (accepted.size() < method_.particles && result_.simulations < method_.simulations) {
      check_interrupt();
      const std::size_t left = method_.particles - accepted.size();
      const double rate = std::isinf(widening) ? 1.0
                          : tried == 0
                              ? 0.5
                              : std::max(0.1, static_cast<double>(accepted.size()) / static_cast<double>(tried));
      const auto wanted = static_cast<std::size_t>(std::ceil(static_cast<double>(left) / rate));
      const std::size_t count = std::min<std::size_t>(wanted, method_.simulations - result_.simulations);
      std::vector<Particle> batch(count);
      std::vector<Simulated> outcomes(count);
      const std::uint64_t begin = first_ + result_.simulations;
      for_each_block(
          count,
          [&](std::size_t k, std::size_t /*end*/) {
            batch[k].point = propose(begin + k);
            outcomes[k] = simulate_(batch[k].point, begin + k);
            if (outcomes[k].failure.empty()) batch[k].distance = distance(outcomes[k]);
          },
          1);
      tried += count;
      result_.simulations += static_cast<std::uint32_t>(count);
      for (std::size_t k = 0; k < count; ++k) {
        if (!outcomes[k].failure.empty()) {
          if (result_.failed++ == 0) result_.first_failure = outcomes[k].failure;
        } else if (accepted.size() < method_.particles && is_accepted(batch[k].distance, widening, begin + k)) {
          batch[k].values = std::move(outcomes[k].values);
          accepted.push_back(std::move(batch[k]));
        }
      }
    }
    return accepted;
  }

  /// Prior over the density with which the generation before proposes.
  void weigh(std::vector<Particle>& next) const {
    double sum = 0.0;
    for (Particle& one : next) {
      one.weight = 1.0;
      if (!particles_.empty()) {
        double prior = 1.0;
        for (std::size_t p = 0; p < priors_.size(); ++p)
          prior *= priors_[p].density(one.point[p]) * (priors_[p].is_logarithmic() ? one.point[p] : 1.0);
        double proposed = 0.0;
        for (const Particle& parent : particles_) {
          double exponent = 0.0;
          for (std::size_t p = 0; p < priors_.size(); ++p) {
            const double z = (coordinate(p, one.point[p]) - coordinate(p, parent.point[p])) / spread_[p];
            exponent -= 0.5 * z * z;
          }
          proposed += parent.weight * std::exp(exponent);
        }
        one.weight = prior / proposed;
      }
      sum += one.weight;
    }
    for (Particle& one : next) one.weight /= sum;
  }

  void measure_spread() {
    weights_.clear();
    for (const Particle& one : particles_) weights_.push_back(one.weight);
    spread_.assign(priors_.size(), 0.0);
    for (std::size_t p = 0; p < priors_.size(); ++p) {
      std::vector<double> values;
      for (const Particle& one : particles_) values.push_back(coordinate(p, one.point[p]));
      // Particles that are all the same can still move.
      spread_[p] = std::max(std::sqrt(2.0) * weighted(values, weights_).sd, 1e-9);
    }
  }

  double median_distance() const {
    std::vector<double> all;
    for (const Particle& one : particles_) all.push_back(one.distance);
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
  }

  const std::vector<Prior>& priors_;
  const std::vector<Target>& targets_;
  const AbcMethod& method_;
  std::uint64_t seed_;
  const Simulator& simulate_;
  std::uint64_t first_;
  std::vector<Particle> particles_;  ///< of the last whole generation
  std::vector<double> weights_;
  Point spread_;  ///< SD of a step, in the coordinates
  Posterior result_;
};

}  // namespace

std::vector<double> with_noise(const std::vector<double>& values, const std::vector<Target>& targets,
                               std::uint64_t seed, std::uint64_t number) {
  Stream stream = stream_of(seed, "fit noise", number);
  std::vector<double> data;
  for (std::size_t k = 0; k < targets.size(); ++k) data.push_back(values[k] + targets[k].noise * normal(stream));
  return data;
}

Posterior sample_posterior(const std::vector<Prior>& priors, const std::vector<Target>& targets,
                           const AbcMethod& method, std::uint64_t seed, const Simulator& simulate,
                           std::uint64_t first) {
  return Sampler(priors, targets, method, seed, simulate, first).execute();
}

std::vector<std::vector<double>> draws_of(const Posterior& posterior, std::size_t count, std::uint64_t seed) {
  Stream stream = stream_of(seed, "fit draws", 0);
  const double start = uniform(stream);
  std::vector<std::vector<double>> draws;
  double below = 0.0;
  std::size_t particle = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const double place = (static_cast<double>(k) + start) / static_cast<double>(count);
    while (particle + 1 < posterior.weights.size() && below + posterior.weights[particle] < place)
      below += posterior.weights[particle++];
    draws.push_back(posterior.points[particle]);
  }
  return draws;
}

}  // namespace kith::fit

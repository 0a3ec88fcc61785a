#include "sweep/points.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <numeric>

#include "core/distributions.hpp"
#include "core/random.hpp"

namespace kith::sweep {

namespace {

/// 0 … count − 1 in random order.
std::vector<std::size_t> shuffled(std::size_t count, Stream& stream) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t k = count; k > 1; --k)
    std::swap(order[k - 1], order[uniform_below(stream, static_cast<std::uint32_t>(k))]);
  return order;
}

constexpr double two_to_32 = 4294967296.0;

}  // namespace

Points latin_hypercube(std::size_t rows, std::size_t factors, std::uint64_t seed) {
  const Draws draws({seed, 0}, "sweep.latin_hypercube");
  Points points{factors, std::vector<double>(rows * factors)};
  for (std::size_t factor = 0; factor < factors; ++factor) {
    Stream stream = draws.at(static_cast<std::uint32_t>(factor), 0);
    const std::vector<std::size_t> slice = shuffled(rows, stream);
    for (std::size_t row = 0; row < rows; ++row) {
      points.values[row * factors + factor] =
          (static_cast<double>(slice[row]) + uniform(stream)) / static_cast<double>(rows);
    }
  }
  return points;
}

Points sobol(std::size_t rows, std::size_t factors, std::uint64_t seed, Shift shift) {
  const Draws draws({seed, 0}, "sweep.sobol");
  std::vector<std::uint32_t> shifts(factors, 0);
  if (shift == Shift::by_seed) {
    for (std::size_t factor = 0; factor < factors; ++factor)
      shifts[factor] = draws.at(static_cast<std::uint32_t>(factor), 0)();
  }
  Points points{factors, std::vector<double>(rows * factors)};
  boost::random::sobol_engine<std::uint32_t, 32> engine(factors);  // begins after the origin
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t factor = 0; factor < factors; ++factor) {
      const std::uint32_t digits = row == 0 ? 0 : static_cast<std::uint32_t>(engine());
      points.values[row * factors + factor] = static_cast<double>(digits ^ shifts[factor]) / two_to_32;
    }
  }
  return points;
}

Points saltelli(std::size_t samples, std::size_t factors, std::uint64_t seed) {
  const Points both = sobol(samples, 2 * factors, seed);
  Points points{factors, {}};
  points.values.reserve(samples * (factors + 2) * factors);
  for (std::size_t sample = 0; sample < samples; ++sample) {
    const auto a = [&](std::size_t factor) { return both.at(sample, factor); };
    const auto b = [&](std::size_t factor) { return both.at(sample, factors + factor); };
    for (std::size_t factor = 0; factor < factors; ++factor) points.values.push_back(a(factor));
    for (std::size_t factor = 0; factor < factors; ++factor) points.values.push_back(b(factor));
    for (std::size_t changed = 0; changed < factors; ++changed) {
      for (std::size_t factor = 0; factor < factors; ++factor)
        points.values.push_back(factor == changed ? b(factor) : a(factor));
    }
  }
  return points;
}

Points morris(std::size_t trajectories, std::size_t factors, std::uint64_t seed) {
  constexpr double step = 2.0 / 3.0;  // on the levels 0, 1/3, 2/3, 1
  const Draws draws({seed, 0}, "sweep.morris");
  Points points{factors, {}};
  points.values.reserve(trajectories * (factors + 1) * factors);
  for (std::size_t trajectory = 0; trajectory < trajectories; ++trajectory) {
    Stream stream = draws.at(static_cast<std::uint32_t>(trajectory), 0);
    std::vector<double> at(factors);
    for (double& value : at) value = uniform_below(stream, 4) / 3.0;
    points.values.insert(points.values.end(), at.begin(), at.end());
    for (const std::size_t factor : shuffled(factors, stream)) {
      at[factor] += at[factor] > 0.5 ? -step : step;
      at[factor] = std::clamp(at[factor], 0.0, 1.0);
      points.values.insert(points.values.end(), at.begin(), at.end());
    }
  }
  return points;
}

std::vector<std::uint64_t> shuffled_runs(std::uint64_t runs) {
  Stream stream = Draws({0, 0}, "sweep.order").at(0, 0);
  const std::vector<std::size_t> order = shuffled(static_cast<std::size_t>(runs), stream);
  return {order.begin(), order.end()};
}

}  // namespace kith::sweep

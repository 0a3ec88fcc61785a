#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// Where in the unit cube a design looks. The same seed gives the same points on every machine.
namespace kith::sweep {

/// Points of [0, 1]^factors, one after the other.
struct Points {
  std::size_t factors = 0;
  std::vector<double> values;  ///< [rows · factors]

  std::size_t rows() const { return factors == 0 ? 0 : values.size() / factors; }
  double at(std::size_t row, std::size_t factor) const { return values[row * factors + factor]; }
};

/// One point in each of `rows` slices of each factor, at random in its slice (McKay, Beckman & Conover 1979).
Points latin_hypercube(std::size_t rows, std::size_t factors, std::uint64_t seed);

/// The most factors of a Sobol design: of the sequence, half are used for a second, independent sample.
inline constexpr std::size_t most_sobol_factors = 500;

/// The first `rows` points of the Sobol sequence with the directions of Joe & Kuo 2008, the origin among them, so that a power of two
/// is a balanced net; a digital shift by the seed keeps it one (Owen 2020). `shift` off gives the sequence itself.
enum class Shift { none, by_seed };
Points sobol(std::size_t rows, std::size_t factors, std::uint64_t seed, Shift shift = Shift::by_seed);

/// Saltelli's design for Sobol indices from `samples` points: A, B, and for each factor A with that column of B, sample after sample
/// (Saltelli 2010). Rows: samples · (factors + 2).
Points saltelli(std::size_t samples, std::size_t factors, std::uint64_t seed);

/// Trajectories of factors + 1 points on a grid of four levels, each point one step of 2/3 of a factor from the one before
/// (Morris 1991). Rows: trajectories · (factors + 1).
Points morris(std::size_t trajectories, std::size_t factors, std::uint64_t seed);

/// 0 … runs − 1 in an order that does not follow any factor; the same for each shard.
std::vector<std::uint64_t> shuffled_runs(std::uint64_t runs);

}  // namespace kith::sweep

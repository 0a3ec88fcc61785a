#include "core/ranks.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "core/parallel.hpp"

namespace kith {
namespace {

constexpr unsigned bin_bits = 14;  // sign, exponent and five binary places
constexpr std::size_t bins = 1U << bin_bits;
constexpr std::size_t many = bins / 2;  // fewer are put in order faster than counted
constexpr std::size_t chunk = 1U << 18;

/// The upper bits of a number whose order is that of the values.
std::size_t bin_of(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F);  // one zero, not two
  const std::uint32_t is_negative = bits >> 31;
  return (bits ^ (is_negative != 0 ? 0xffffffffU : 0x80000000U)) >> (32U - bin_bits);
}

/// The value at a rank; reorders.
float at_rank(std::vector<float>& values, std::size_t rank) {
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

/// How many values fall in each bin.
std::vector<std::uint32_t> histogram(std::span<const float> values) {
  std::vector<std::vector<std::uint32_t>> parts((values.size() + chunk - 1) / chunk);
  for_each_block(
      values.size(),
      [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t>& counts = parts[begin / chunk];
        counts.resize(bins);
        for (std::size_t i = begin; i < end; ++i) ++counts[bin_of(values[i])];
      },
      chunk);
  for (std::size_t k = 1; k < parts.size(); ++k) {
    for (std::size_t bin = 0; bin < bins; ++bin) parts[0][bin] += parts[k][bin];
  }
  return std::move(parts[0]);
}

/// The values of each of some bins, in their order.
std::vector<std::vector<float>> values_in(std::span<const float> values, std::span<const std::size_t> wanted) {
  std::vector<std::uint8_t> which(bins, 0);  // 1 more than the index of a bin that is wanted
  for (std::size_t k = 0; k < wanted.size(); ++k) which[wanted[k]] = static_cast<std::uint8_t>(k + 1);
  std::vector<std::vector<std::vector<float>>> parts((values.size() + chunk - 1) / chunk);
  for_each_block(
      values.size(),
      [&](std::size_t begin, std::size_t end) {
        std::vector<std::vector<float>>& found = parts[begin / chunk];
        found.resize(wanted.size());
        for (std::size_t i = begin; i < end; ++i) {
          if (const std::uint8_t it = which[bin_of(values[i])]; it != 0) found[it - 1U].push_back(values[i]);
        }
      },
      chunk);
  for (std::size_t part = 1; part < parts.size(); ++part) {
    for (std::size_t k = 0; k < wanted.size(); ++k)
      parts[0][k].insert(parts[0][k].end(), parts[part][k].begin(), parts[part][k].end());
  }
  return std::move(parts[0]);
}

}  // namespace

std::vector<float> at_ranks(std::span<const float> values, std::span<const std::size_t> ranks) {
  std::vector<float> found;
  if (values.size() < many) {
    std::vector<float> ordered(values.begin(), values.end());
    for (const std::size_t rank : ranks) found.push_back(at_rank(ordered, rank));
    return found;
  }
  const std::vector<std::uint32_t> counts = histogram(values);
  std::vector<std::size_t> wanted;  // the bin of each rank, once
  std::vector<std::size_t> below;   // values below that bin
  for (const std::size_t rank : ranks) {
    std::size_t sum = 0;
    std::size_t bin = 0;
    while (sum + counts[bin] <= rank) sum += counts[bin++];
    if (!wanted.empty() && wanted.back() == bin) continue;
    wanted.push_back(bin);
    below.push_back(sum);
  }
  std::vector<std::vector<float>> of_bins = values_in(values, wanted);
  for (const std::size_t rank : ranks) {
    const auto k = static_cast<std::size_t>(std::upper_bound(below.begin(), below.end(), rank) - below.begin()) - 1;
    found.push_back(at_rank(of_bins[k], rank - below[k]));
  }
  return found;
}

}  // namespace kith

#include "models/trials/design/sequences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace kith::trials {
namespace {

Sequence named(std::vector<std::size_t> order, const std::vector<Arm>& arms) {
  Sequence sequence;
  sequence.name = sequence_name(order, arms);
  sequence.arms = std::move(order);
  return sequence;
}

}  // namespace

std::string sequence_name(const std::vector<std::size_t>& order, const std::vector<Arm>& arms) {
  std::string text;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && order[end] == order[i]) ++end;
    const std::string name = order[i] < arms.size() ? arms[order[i]].name : "?";
    text += (text.empty() ? "" : ", ") + name;
    if (end > i + 1) text += fmt::format(" x{}", end - i);
    i = end;
  }
  return text;
}

std::vector<Sequence> parallel_sequences(const std::vector<Arm>& arms) {
  std::vector<Sequence> sequences;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) sequences.push_back(named({arm}, arms));
  return sequences;
}

std::vector<Sequence> latin_square_sequences(const std::vector<Arm>& arms) {
  const std::size_t n = arms.size();
  std::vector<std::size_t> first;  // 0, 1, n-1, 2, n-2, …: neighbours differ by every step once
  for (std::size_t k = 0; k < n; ++k) first.push_back(k % 2 == 1 ? (k + 1) / 2 : (n - k / 2) % n);
  std::vector<Sequence> sequences;
  for (const bool is_mirrored : {false, true}) {
    if (is_mirrored && n % 2 == 0) break;
    for (std::size_t shift = 0; shift < n; ++shift) {
      std::vector<std::size_t> order;
      for (const std::size_t arm : first) order.push_back((arm + shift) % n);
      if (is_mirrored) std::reverse(order.begin(), order.end());
      sequences.push_back(named(std::move(order), arms));
    }
  }
  return sequences;
}

std::vector<Sequence> stepped_wedge_sequences(const std::vector<Arm>& arms, std::size_t reference,
                                              std::uint32_t steps) {
  const std::size_t treatment = reference == 0 ? 1 : 0;
  std::vector<Sequence> sequences;
  for (std::uint32_t k = 0; k < steps; ++k) {
    std::vector<std::size_t> order(steps + 1UL, treatment);
    std::fill(order.begin(), order.begin() + k + 1, reference);
    sequences.push_back(named(std::move(order), arms));
  }
  return sequences;
}

std::vector<Sequence> single_case_sequences(const std::vector<Arm>& arms, std::uint32_t repeats) {
  std::vector<std::size_t> order;
  for (std::uint32_t k = 0; k < repeats; ++k) {
    for (std::size_t arm = 0; arm < arms.size(); ++arm) order.push_back(arm);
  }
  return {named(std::move(order), arms)};
}

std::vector<std::uint32_t> apportion(std::uint32_t count, const std::vector<std::uint32_t>& ratio) {
  const std::uint64_t total = std::accumulate(ratio.begin(), ratio.end(), std::uint64_t{0});
  std::vector<std::uint32_t> shares;
  std::vector<std::uint64_t> remainders;
  for (const std::uint32_t part : ratio) {
    const std::uint64_t product = std::uint64_t{count} * part;
    shares.push_back(static_cast<std::uint32_t>(product / total));
    remainders.push_back(product % total);
  }
  std::vector<std::size_t> order(ratio.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  std::uint32_t left = count - std::accumulate(shares.begin(), shares.end(), 0U);
  for (std::size_t i = 0; left > 0; ++i, --left) ++shares[order[i]];
  return shares;
}

}  // namespace kith::trials

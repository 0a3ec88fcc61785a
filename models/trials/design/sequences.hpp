#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/trials/design/arm.hpp"

/// Orders of arms that designs make, and how many participants get each.
namespace kith::trials {

/// The arms that some participants go through, in order.
struct Sequence {
  std::string name;               ///< "naltrexone, placebo"
  std::vector<std::size_t> arms;  ///< one a period
  std::uint32_t count = 0;        ///< participants who start
  std::uint32_t leave = 0;        ///< of them, how many leave during the first period
};

/// Names a sequence by its arms; the same arm several times in a row is named once with its periods: "placebo x2".
std::string sequence_name(const std::vector<std::size_t>& order, const std::vector<Arm>& arms);

/// One sequence for each arm, of one period.
std::vector<Sequence> parallel_sequences(const std::vector<Arm>& arms);
/// Williams' squares (1949): every arm once in each period, and after every other arm equally often. As many sequences as
/// arms where their number is even, twice as many where it is odd. With two arms: AB and BA.
std::vector<Sequence> latin_square_sequences(const std::vector<Arm>& arms);
/// Sequence k has the reference in the first k + 1 of `steps` + 1 periods and the other arm in the rest.
std::vector<Sequence> stepped_wedge_sequences(const std::vector<Arm>& arms, std::size_t reference, std::uint32_t steps);
/// One sequence: all arms in order, again and again (ABAB).
std::vector<Sequence> single_case_sequences(const std::vector<Arm>& arms, std::uint32_t repeats);

/// Shares out `count` in proportion to `ratio` by the largest remainders; what is left over goes to the first.
std::vector<std::uint32_t> apportion(std::uint32_t count, const std::vector<std::uint32_t>& ratio);

}  // namespace kith::trials

#pragma once

#include <span>
#include <utility>
#include <vector>

#include "core/parallel.hpp"
#include "core/state.hpp"
#include "models/people/people.hpp"

namespace kith::people {

/// How readily people can meet, besides how much they wish to.
class Opportunity {
 public:
  /// Factors [people], each 0 … 1; empty: 1 for all.
  void set(std::vector<float> factors) { factors_ = std::move(factors); }
  std::span<const float> factors() const { return factors_; }
  /// Approach times opportunity [people].
  std::span<const float> readiness(const People& people) {
    if (factors_.empty()) return people.approach.now;
    readiness_.resize(people.count);
    for_each_block(people.count, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) readiness_[p] = people.approach.now[p] * factors_[p];
    });
    return readiness_;
  }
  void visit(State& state) { state("opportunity", factors_); }

 private:
  std::vector<float> factors_;
  std::vector<float> readiness_;  // of the last call, kept to reuse its memory
};

}  // namespace kith::people

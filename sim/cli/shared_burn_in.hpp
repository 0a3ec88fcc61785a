#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/application.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

/// Which runs of a sweep start from the same burn-in: those that differ only in factors that do not act in it.
class SharedBurnIn {
 public:
  /// Where the design wants fresh ones, or no factor is without effect on the burn-in, each run has its own.
  SharedBurnIn(const Application& application, const sweep::Design& design);

  bool is_shared() const { return !groups_.empty(); }
  /// All runs, those of a burn-in side by side; the burn-ins in an order that follows no factor.
  std::vector<std::uint64_t> order() const;
  /// Runs in this order, cut into those of one burn-in each.
  std::vector<std::span<const std::uint64_t>> cut(std::span<const std::uint64_t> runs) const;
  /// How many burn-ins the design has.
  std::uint64_t burn_ins() const { return burn_ins_; }
  /// "12 burn-ins for 48 runs: trial.washout acts after it"; "" where each run has its own.
  std::string note() const;

 private:
  std::uint64_t runs_;
  std::uint64_t burn_ins_;
  std::vector<std::uint64_t> groups_;  ///< [runs]; empty: each run is its own
  std::vector<std::string> later_;     ///< factors that act after the burn-in
};

}  // namespace kith::cli

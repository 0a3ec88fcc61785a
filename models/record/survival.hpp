#pragma once

#include <cstdint>

#include "core/state.hpp"

namespace kith {

/// The product-limit estimate of the share to whom something has not yet happened (Kaplan & Meier 1958), with Greenwood's
/// variance (1926).
class Survival {
 public:
  /// `events` of the `at_risk` people since the last step.
  void step(std::int32_t at_risk, std::int32_t events);
  double share() const { return share_; }
  double standard_error() const;
  void visit(State& state) {
    state("share", share_);
    state("variance_sum", variance_sum_);
  }

 private:
  double share_ = 1.0;
  double variance_sum_ = 0.0;  // Σ d / (n (n − d))
};

}  // namespace kith

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
  /// 95 % limits of the share: Wilson's of as many people as have this standard error (Rothman 1978, doi
  /// 10.1016/0021-9681(78)90043-7), which hold for few events, too; NaN where nobody was at risk.
  struct Limits {
    double low, high;
  };
  Limits limits() const;
  void visit(State& state) {
    state("started", started_);
    state("share", share_);
    state("variance_sum", variance_sum_);
  }

 private:
  std::int32_t started_ = 0;  // at risk at the first step that had any
  double share_ = 1.0;
  double variance_sum_ = 0.0;  // Σ d / (n (n − d))
};

}  // namespace kith

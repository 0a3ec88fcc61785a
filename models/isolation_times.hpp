#pragma once

#include <cstdint>
#include <vector>

#include "models/people/isolation.hpp"
#include "models/record.hpp"

namespace kith {

/// When people become isolated for the first time: the product-limit estimate of those who are not yet (Kaplan & Meier 1958) with
/// Greenwood's variance (1926), for each group. Who is isolated at the start is not at risk; nobody leaves but by becoming isolated.
class IsolationTimes {
 public:
  IsolationTimes(std::vector<Group> groups, std::uint32_t replicate);

  /// The row at `hours`; rows follow one another, the first sets who is at risk.
  TableRow row(const people::Isolation& isolation, double hours);

  static TableSpec table(const Scenario& scenario, const std::vector<std::string>& groups);

 private:
  struct Curve {
    double survival = 1.0;
    double variance_sum = 0.0;  // Σ d / (n (n − d))
  };

  std::vector<Group> groups_;
  std::uint32_t replicate_;
  std::vector<bool> at_risk_;  // [people]
  std::vector<Curve> curves_;  // [groups]
};

}  // namespace kith

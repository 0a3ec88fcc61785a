#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "sweep/factor.hpp"

/// A design says which runs a sweep consists of: a scenario, keys that vary, and how.
namespace kith::sweep {

/// A run more is refused.
inline constexpr std::uint64_t most_runs = 1'000'000;

struct Design {
  std::string title;
  std::string scenario;          ///< a file, or a shipped scenario
  std::vector<std::string> set;  ///< what all runs change: "people.count=300"
  std::string kind;              ///< "grid", "list", "latin_hypercube", "sobol", "morris"
  std::vector<Factor> factors;
  std::vector<std::string> tables;             ///< what is kept of a run
  std::uint64_t seed = 0;                      ///< of the design's own chance; that of the runs is the scenario's
  std::vector<std::vector<std::string>> rows;  ///< [runs][factors] values as YAML

  /// The changes of a run in the scenario: `set`, then its row.
  std::vector<std::string> assignments(std::uint64_t run) const;
};

/// Reads a design; mistakes are noted in the section's document.
Design read_design(config::Section section);

}  // namespace kith::sweep

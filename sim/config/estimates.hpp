#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/section.hpp"

namespace kith::config {

/// How what was found of a key begins where the budget of simulations ended before the posterior was reached.
inline constexpr std::string_view unsettled = "not settled";

/// A key of scenarios whose value was estimated.
struct Estimate {
  std::string key;                                    ///< "theory.opioid_share"
  std::string value;                                  ///< as YAML, with its unit
  std::optional<std::pair<double, double>> interval;  ///< 95 %, in the unit of the value
  std::vector<double> draws;                          ///< of the posterior, in that unit; as many for each key
  std::string unit;                                   ///< of the numbers; "" for a plain number
  std::string prior;                                  ///< what was believed before, in words
  std::string found;                                  ///< "identified", "not identified", unsettled and why
  /// Whether the fit came to its end.
  bool is_settled() const { return !found.starts_with(unsettled); }
};

/// What `kith fit` writes, and `fitted:` of a scenario and `--draws` read.
struct Estimates {
  std::string title;
  std::vector<std::pair<std::string, std::string>> when;  ///< what a scenario must say: {"theory.name", "botsa"}
  std::vector<Estimate> values;
  std::vector<std::string> made;  ///< how they came about, a sentence each

  std::size_t draws() const { return values.empty() ? 0 : values.front().draws.size(); }
  /// "theory.opioid_share=0.05" of each key, for draw number `draw`.
  std::vector<std::string> assignments(std::size_t draw) const;
};

/// What a file of `fitted:` came to in a scenario.
struct TakenEstimates {
  std::string file;
  std::string title;                                        ///< the problem that was solved
  std::vector<std::pair<std::string, std::string>> values;  ///< what the scenario has from it: key and value
  std::vector<std::string> left;                            ///< keys that the scenario gives another value itself
  std::vector<std::string> unsettled;                       ///< keys among the values whose fit ended too early
  std::string other;  ///< "theory.name=reward": it is for what this scenario is not; else ""
};

/// What the files of `fitted:` came to, in their order, in the scenario of the section.
const std::vector<TakenEstimates>& taken_estimates(const Section& section);

/// Reads a file of estimates; mistakes are noted in the section's document.
Estimates read_estimates(Section root);

/// The text of such a file.
std::string print(const Estimates& estimates);

}  // namespace kith::config

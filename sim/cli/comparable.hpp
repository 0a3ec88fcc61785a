#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Whether two runs can be compared, from their scenarios with every default filled in.
namespace kith::cli {

using Leaves = std::vector<std::pair<std::string, std::string>>;  ///< of config::leaves

/// A key that both scenarios have with different values, or that a choice brings into one of them.
struct ChangedKey {
  std::string key;
  std::optional<std::string> a, b;
};

struct ScenarioDifference {
  std::vector<ChangedKey> changed;  ///< in the order of the first scenario
  std::vector<std::string> only_a;  ///< keys that make the runs incomparable
  std::vector<std::string> only_b;
};

/// A key of one scenario only is no obstacle where it belongs to a choice that differs: `theory.opioid_share` where
/// `theory.name` differs.
ScenarioDifference difference(const Leaves& a, const Leaves& b);

/// Changed keys with which replicate k of both runs is not the same people with the same chance: seed, replicates, number of
/// people, network.
std::vector<std::string> keys_against_pairing(const ScenarioDifference& difference);

}  // namespace kith::cli

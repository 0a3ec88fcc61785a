#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/conditions/condition.hpp"
#include "models/events/action.hpp"

/// Whom events reach.
namespace kith::events {

enum class Partners { no, all, close };

/// All parts must hold; by default it is everybody.
struct Target {
  std::vector<conditions::Condition> where = {};
  std::optional<std::uint8_t> tone = {};        ///< tercile of the opioid tone
  std::optional<std::uint32_t> community = {};  ///< of the network
  std::string arm = {};                         ///< participants in it; "" whether or not they are in one
  std::string most = {}, least = {};            ///< of these, those with the most or the least of a variable
  double share = 1.0;                           ///< so large a share of those left, else at random
  std::uint32_t count = 0;                      ///< or so many; 0: the share says
  Partners partners = Partners::no;             ///< not they, but those tied to them

  bool needs_ties() const;
};

/// Reads `target:`.
Target read_target(config::Section section, const Facts& facts);

/// Those whom the target means now, ascending. `moment`: tells apart the draws of all events and ticks. Throws kith::Error
/// (invalid_scenario) where the network has no such community.
std::vector<PersonId> select(const Target& target, World& world, double hours, std::int64_t moment);

}  // namespace kith::events

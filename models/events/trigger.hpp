#pragma once

#include <optional>
#include <vector>

#include "models/conditions/condition.hpp"
#include "models/events/action.hpp"

/// When events happen.
namespace kith::events {

enum class When {
  at,     ///< at given times
  rate,   ///< to each person at random
  state,  ///< to a person whose state meets a condition
  share,  ///< when a share of all people meets one
};

struct Trigger {
  When when = When::at;
  std::vector<double> times = {};                       ///< ascending [h]
  double from = 0.0;                                    ///< not before [h]
  double until = 0.0;                                   ///< nor at or after [h]
  double rate = 0.0;                                    ///< of each person [1/h]
  std::optional<conditions::Condition> condition = {};  ///< of a person's state
  double above = 0.0;                                   ///< share of people that must be exceeded
  std::optional<double> again_after = std::nullopt;     ///< happens once if empty [h]
};

/// Reads the trigger from the mapping of an event; nothing where it is unclear which it is.
std::optional<Trigger> read_trigger(config::Section& section, const Facts& facts);

}  // namespace kith::events

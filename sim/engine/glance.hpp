#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/state.hpp"

namespace kith {

/// A piece of one person's state, for reading.
struct StateValue {
  std::string name;     ///< of the column
  std::string unit;     ///< "1": a plain number
  std::string meaning;  ///< a few words
  std::string value;    ///< shortest text that reads back to the same number
};

/// A look at a world of a run between two ticks.
struct Glance {
  std::uint32_t replicate = 0;
  std::string world;  ///< "burn-in", "treated", "twin" …
  double hours = 0.0;
  Tick next = 0;            ///< that comes next; where it has failed, that one
  bool has_failed = false;  ///< in the middle of a tick: the state is that in which it failed
  /// Visits all state of the world.
  std::function<void(State&)> visit = {};
  /// What is known of a person; nothing where there is no such person.
  std::function<std::vector<StateValue>(PersonId)> person = {};
};

/// Called from many threads.
using Look = std::function<void(const Glance&)>;

}  // namespace kith

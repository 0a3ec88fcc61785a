#pragma once

#include <string_view>

namespace kith::config {

/// What a change of one key of a scenario can mean to a run of it.
struct KeyChange {
  enum class When {
    from_then,  ///< can change at any tick from hour 0 on, and acts from that tick (what happens once a day: from the next day)
    as_planned,  ///< can change at any tick from hour 0 on; what it plans for later then happens as it says now
    never,       ///< can change before the start only
  };
  When when = When::never;
  /// Whether the state of the population after its burn-in can differ with it. Where not, runs that differ in this key alone can
  /// start from one population.
  bool acts_in_burn_in = true;
  std::string_view reason = {};  ///< why it can never change, as a sentence without its full stop; else ""
};

}  // namespace kith::config

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/ids.hpp"
#include "engine/clock.hpp"

namespace kith {

/// One step of a tick.
struct Phase {
  std::string_view name;
  std::function<void(Tick)> run;
};

/// Called after each tick with its number. It says whether the run goes on; what it throws ends the run.
using AfterTick = std::function<bool(Tick)>;

/// Runs the phases, in order, for the ticks [from, to), or until `after_tick` says no; gives whether `to` was reached. An error is
/// rethrown with person, tick, phase and `replay`, the command that runs into it again, to which person and tick are added.
bool run_ticks(const std::vector<Phase>& phases, const Clock& clock, Tick from, Tick to, const std::string& replay,
               const AfterTick& after_tick = {});

}  // namespace kith

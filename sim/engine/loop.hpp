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

/// Called after each tick with the number of ticks done so far; may throw to stop the run.
using AfterTick = std::function<void(Tick)>;

/// Runs the phases, in order, for the ticks [from, to). An error is rethrown with person, tick, phase and `replay`, the command
/// that runs into it again.
void run_ticks(const std::vector<Phase>& phases, const Clock& clock, Tick from, Tick to, const std::string& replay,
               const AfterTick& after_tick = {});

}  // namespace kith

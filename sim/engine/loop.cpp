#include "engine/loop.hpp"

#include <fmt/core.h>

#include "core/parallel.hpp"

namespace kith {

bool run_ticks(const std::vector<Phase>& phases, const Clock& clock, Tick from, Tick to, const std::string& replay,
               const AfterTick& after_tick) {
  for (Tick tick = from; tick < to; ++tick) {
    for (const Phase& phase : phases) {
      try {
        phase.run(tick);
      } catch (const PersonError& error) {
        throw Error(ErrorKind::failed, fmt::format("person {}, hour {}, phase \"{}\": {}\n  to see it: {} --person {} "
                                                   "--tick={}",
                                                   error.person(), clock.hours(tick), phase.name, error.what(), replay,
                                                   error.person(), tick));
      }
    }
    if (after_tick && !after_tick(tick)) return tick + 1 >= to;
  }
  return true;
}

}  // namespace kith

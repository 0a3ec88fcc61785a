#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ids.hpp"
#include "core/random.hpp"
#include "engine/clock.hpp"
#include "models/trials/design/design.hpp"
#include "models/trials/measures/measures.hpp"

/// When participants are measured, and what they put down.
namespace kith::trials {

/// One time at which all participants are measured: a measure on one day of one period.
struct Occasion {
  std::size_t measure = 0;  ///< index into the diaries or the probes
  std::size_t period = 0;   ///< of the run-in: the first; of the follow-up: the last
  std::int64_t day = 0;     ///< of the period, the run-in or the follow-up, from 0
  double hours = 0.0;       ///< since the start
  Phase phase = Phase::treatment;

  void visit(State& state) {
    state("measure", measure);
    state("period", period);
    state("day", day);
    state("hours", hours);
    state("phase", phase);
  }
};

/// All occasions of the diaries, or of the probes, in order of measure, period and day.
std::vector<Occasion> diary_occasions(const Trial& trial, const Measures& measures, const Clock& clock);
std::vector<Occasion> probe_occasions(const Trial& trial, const Measures& measures, const Clock& clock);

/// What the participant puts down for a value: the scale, the person's use of it and the occasion's noise. `measure` tells
/// apart measures of one study, `occasion` the occasions of one measure. The same in every world that shares the key.
double rate(const Scale& scale, double value, PersonId person, std::uint32_t measure, std::int64_t occasion,
            WorldKey world);

}  // namespace kith::trials

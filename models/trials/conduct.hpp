#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/random.hpp"
#include "engine/clock.hpp"
#include "models/pharmacology/dosing.hpp"
#include "models/trials/allocation.hpp"
#include "models/trials/design.hpp"
#include "models/trials/measures.hpp"

/// A virtual study: who takes part, when what happens, and what was measured.
namespace kith::trials {

/// One time at which all participants are measured: a measure on one day of one period.
struct Occasion {
  std::size_t measure = 0;  ///< index into the diaries or the probes
  std::size_t period = 0;
  std::int64_t day = 0;  ///< of the period, from 0
  double hours = 0.0;    ///< since the start
};

/// A dose that a participant means to take: missed ones (adherence) and those after leaving are left out.
struct PlannedDose {
  pharmacology::Dose dose;
  const Regimen* regimen;
};
/// The doses of an arm whose first day is `first_day` of the run. `origin`: whether the participant was
/// allocated to it or changed to it.
enum class Origin { allocated, switched };
std::vector<PlannedDose> plan(const Trial& trial, const Participant& participant, std::size_t period, std::size_t arm,
                              std::int64_t first_day, Origin origin, const Clock& clock, WorldKey world);

/// What a participant can take in the whole trial, by drug; placebo is no treatment. Where an arm has rules the doses come as
/// the run goes on (see Rules), and the list is empty.
struct Treatment {
  const pharmacology::Drug* drug;
  std::vector<pharmacology::Dose> doses;
};
std::vector<Treatment> treatments(const Trial& trial, const Participant& participant, const Clock& clock,
                                  WorldKey world);
/// Whether the doses of a participant depend on rules.
bool has_rules(const Trial& trial, const Participant& participant);

/// All occasions of the diaries, or of the probes, in order of measure, period and day.
std::vector<Occasion> diary_occasions(const Trial& trial, const Measures& measures, const Clock& clock);
std::vector<Occasion> probe_occasions(const Trial& trial, const Measures& measures, const Clock& clock);

/// What the participant puts down for a value: the scale, the person's use of it and the occasion's noise. `measure` tells
/// apart measures of one study, `occasion` the occasions of one measure. The same in every world that shares the key.
double rate(const Scale& scale, double value, PersonId person, std::uint32_t measure, std::int64_t occasion,
            WorldKey world);

}  // namespace kith::trials

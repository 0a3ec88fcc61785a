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
#include "models/trials/design.hpp"
#include "models/trials/measures.hpp"

/// A virtual study: who takes part, when what happens, and what was measured.
namespace kith::trials {

struct Participant {
  PersonId person = 0;
  std::size_t sequence = 0;
  std::optional<std::int64_t> leaves;      ///< day of the run on which the participant leaves
  std::optional<std::uint32_t> cluster{};  ///< the unit that was allocated, where that is not the person
};

/// One time at which all participants are measured: a measure on one day of one period.
struct Occasion {
  std::size_t measure = 0;  ///< index into the diaries or the probes
  std::size_t period = 0;
  std::int64_t day = 0;  ///< of the period, from 0
  double hours = 0.0;    ///< since the start
};

/// Draws `count` people at random from those eligible, in random order. Throws kith::Error when there are too few.
std::vector<PersonId> recruit(std::span<const PersonId> eligible, std::uint32_t count, WorldKey world);

/// Allocates recruits to the sequences at random, in the numbers of the design, and draws who leaves and when.
std::vector<Participant> allocate(const Trial& trial, const std::vector<PersonId>& recruits, WorldKey world);

/// Every dose that a participant takes, by drug: skipped are doses missed (adherence) and those after leaving.
struct Treatment {
  const pharmacology::Drug* drug;
  std::vector<pharmacology::Dose> doses;
};
std::vector<Treatment> treatments(const Trial& trial, const Participant& participant, const Clock& clock,
                                  WorldKey world);

/// All occasions of the diaries, or of the probes, in order of measure, period and day.
std::vector<Occasion> diary_occasions(const Trial& trial, const Measures& measures, const Clock& clock);
std::vector<Occasion> probe_occasions(const Trial& trial, const Measures& measures, const Clock& clock);

/// What the participant puts down for a value: the scale, the person's use of it and the occasion's noise. `measure` tells
/// apart measures of one study, `occasion` the occasions of one measure. The same in every world that shares the key.
double rate(const Scale& scale, double value, PersonId person, std::uint32_t measure, std::int64_t occasion,
            WorldKey world);

}  // namespace kith::trials

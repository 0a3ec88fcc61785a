#pragma once

#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "engine/clock.hpp"
#include "models/pharmacology/dosing.hpp"
#include "models/trials/design/allocation.hpp"
#include "models/trials/design/design.hpp"

/// What participants take, and when.
namespace kith::trials {

/// A dose that a participant means to take: missed ones (adherence) and those after leaving are left out.
struct PlannedDose {
  pharmacology::Dose dose;
  const Regimen* regimen = nullptr;
};
/// The doses of an arm whose first day is `first_day` of the run. `origin`: whether the participant was
/// allocated to it or changed to it.
enum class Origin { allocated, switched };
std::vector<PlannedDose> plan(const Trial& trial, const Participant& participant, std::size_t period, std::size_t arm,
                              std::int64_t first_day, Origin origin, const Clock& clock, WorldKey world);

/// What a participant takes of one drug; placebo is no treatment.
struct Treatment {
  PersonId person;
  pharmacology::SharedDrug drug;
  std::vector<pharmacology::Dose> doses;
};
/// What a participant can take in the whole trial, by drug. Where an arm has rules the doses come as the run goes on (see
/// Rules), and their lists are empty.
std::vector<Treatment> treatments(const Trial& trial, const Participant& participant, const Clock& clock,
                                  WorldKey world);
/// Whether the doses of a participant depend on rules.
bool has_rules(const Trial& trial, const Participant& participant);

}  // namespace kith::trials

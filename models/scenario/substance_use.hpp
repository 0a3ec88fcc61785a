#pragma once

#include <memory>

#include "config/section.hpp"
#include "models/people/mechanism.hpp"
#include "models/scenario/scenario.hpp"

/// The part of a scenario that is about people with a substance use disorder.
namespace kith {

/// Reads `substance_use:` where it is given, and makes the mechanism; drugs and columns of the scenario have been read.
std::unique_ptr<people::Mechanism> read_substance_use(config::Section& root, Scenario& scenario);

/// Refuses trials that ask for patients where there are none. Trials have been read.
void check_patients(config::Section& root, const Scenario& scenario);

}  // namespace kith

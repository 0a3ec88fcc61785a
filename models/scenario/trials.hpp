#pragma once

#include "config/section.hpp"
#include "models/scenario/scenario.hpp"

/// The part of a scenario that is about trials.
namespace kith {

/// Reads `trial:` or `trials:`, and what their participants are asked.
void read_trials(config::Section& root, Scenario& scenario);

/// Refuses more participants than people.
void check_participants(config::Section& root, const Scenario& scenario);

/// All trials: none, one or several.
std::vector<const trials::Trial*> trials_of(const Scenario& scenario);

/// Names of the arms of all trials.
std::vector<std::string> arm_names(const Scenario& scenario);

}  // namespace kith

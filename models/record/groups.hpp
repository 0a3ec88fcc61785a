#pragma once

#include <string>
#include <vector>

#include "models/conduct/trial_run.hpp"
#include "models/events/run.hpp"
#include "models/world/population.hpp"

namespace kith {

/// People who are measured together.
struct Group {
  std::string name;               ///< "all", "sequence: naltrexone, placebo", "tone: low"
  std::vector<PersonId> members;  ///< empty together with `everybody`: all people
  bool everybody = false;
};

/// The groups that the scenario records, for one study. The names do not depend on the study. `events`: what has happened so far,
/// or null at the start.
std::vector<Group> make_groups(const Scenario& scenario, const Population& population,
                               const std::vector<TrialRun>& runs, const events::EventRun* events = nullptr);
/// What people should hear of the groups: of which category only the largest are recorded, one sentence each.
std::vector<std::string> group_notes(const Scenario& scenario, const Population& population);
/// Whether people come into groups while a world runs: those whom events reach, dose or treat.
bool do_groups_change(const Scenario& scenario);
/// Whether groups are told apart by who is treated, so that they can be held against the untreated twins.
bool are_groups_of_treatment(const RecordParams& record);
/// The same, in a scenario that has such twins: of a trial, or of its events where these alone give drugs.
bool has_twin_contrast(const Scenario& scenario);
std::vector<std::string> group_names(const Scenario& scenario, const Population& population);

}  // namespace kith

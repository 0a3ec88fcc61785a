#pragma once

#include <string>
#include <vector>

#include "models/conduct/trial_run.hpp"
#include "models/world/population.hpp"

namespace kith {

/// People who are measured together.
struct Group {
  std::string name;               ///< "all", "sequence: naltrexone, placebo", "tone: low"
  std::vector<PersonId> members;  ///< empty together with `everybody`: all people
  bool everybody = false;
};

/// The groups that the scenario records, for one study. The names do not depend on the study.
std::vector<Group> make_groups(const Scenario& scenario, const Population& population,
                               const std::vector<TrialRun>& runs);
/// What people should hear of the groups: of which category only the largest are recorded, one sentence each.
std::vector<std::string> group_notes(const Scenario& scenario, const Population& population);
std::vector<std::string> group_names(const Scenario& scenario, const Population& population);

}  // namespace kith

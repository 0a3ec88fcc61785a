#pragma once

#include <string>
#include <vector>

#include "config/section.hpp"
#include "models/scenario/scenario.hpp"

namespace kith {

/// What is known of a scenario before its burn-in.
struct Survey {
  std::vector<std::string> notes;  ///< what the files hold and how many people meet each criterion, one sentence each
  std::vector<std::string>
      warnings;  ///< what a reader of the results will have to know, and what is doubtful in the files
  std::vector<std::string>
      doubts;  ///< those warnings that are not of extrapolation: another scenario or file would mend them
};

/// Reads the network and joins the people's table as a run would, draws the people, and counts who can take part, by the criteria
/// that the burn-in does not change. Too few of them are a mistake, noted in `root`, the section of the document that the scenario
/// was read from. Throws kith::Error for files that cannot be read. A generated network is made only where criteria ask about
/// people.
Survey survey(const Scenario& scenario, config::Section& root);

}  // namespace kith

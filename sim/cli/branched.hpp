#pragma once

#include <string>
#include <vector>

#include "cli/scenario.hpp"

namespace kith::cli {

/// How a scenario was in an earlier part of a run, and how it came to differ.
struct Branching {
  double until = 0.0;                ///< [h] since the start
  std::vector<std::string> changes;  ///< `a.b=value`, from then on
  std::string scenario;              ///< before, with every default
  std::string parent;                ///< file of the run that it branched off
  std::string parent_run;            ///< its id
  std::string parent_hash;           ///< of its scenario
};

/// As text for a file, and back. Throws kith::Error(ErrorKind::damaged) for a text that is none.
std::string text_of(const std::vector<Branching>& branchings);
std::vector<Branching> read_branchings(const std::string& text);

/// "30 d": a time of a run for people.
std::string time_text(double hours);

/// A sentence for each: "branches off out.h5 (run 1f…) at 30 d: meeting.contacts_per_day=3".
std::vector<std::string> sentences_of(const std::vector<Branching>& branchings);

/// The scenario with a past: it begins as it was then, and becomes what it is. `folder` is where relative paths of the past start.
/// Unchanged where there is none.
LoadedScenario with_past(const Application& application, LoadedScenario scenario,
                         const std::vector<Branching>& branchings, const std::string& folder);

}  // namespace kith::cli

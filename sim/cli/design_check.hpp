#pragma once

#include <string>
#include <vector>

#include "cli/scenario.hpp"
#include "config/document.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

/// A design whose runs can be done.
struct LoadedDesign {
  config::Document document;
  sweep::Design design;
  LoadedScenario scenario;          ///< of the first run that could be read
  std::vector<std::string> doubts;  ///< runs that will fail, a sentence each
};

/// What run `run` of a design is.
ScenarioChoice choice_of(const sweep::Design& design, std::uint64_t run);

/// Whether a document is a design of a sweep.
bool is_design(config::Document& document);

/// Reads a design, and the scenarios of those of its runs that show the ends or the levels of its factors. Throws InvalidScenario with the
/// mistakes of the design, among them, at its place, every level that no such run takes. Where only some runs of a level cannot be read,
/// these will fail and are told as doubts. Reads a scenario for each level, and two at least.
LoadedDesign load_design(const Application& application, config::Document document);

}  // namespace kith::cli

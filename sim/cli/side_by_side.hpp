#pragma once

#include <string>
#include <vector>

#include "cli/scenario.hpp"

/// One scenario under several theories: the same people, draws and procedure, one report and one file.
namespace kith::cli {

/// The names between the commas of `text`, each once; "all" stands for all of `known`. Throws kith::Error(ErrorKind::usage) for a name that is
/// unknown or stands twice.
std::vector<std::string> named_theories(const std::string& text, const std::vector<std::string>& known);

/// Whether `--theory` names several: "all", or names with commas between.
bool names_several_theories(const ScenarioChoice& choice);

/// The scenario under each of them. "all" is every theory that ships, and the scenario's own. Where the scenario is under a theory that
/// is asked for, its settings are kept; every other theory has its defaults. Tables get the theory's name as suffix. Throws InvalidScenario
/// with all mistakes, and what `named_theories` throws.
LoadedScenario load_side_by_side(const Application& application, const ScenarioChoice& choice);

/// Tables of the same title as one, a row of each theory under the other, called "row · theory"; where all theories have the same, one row
/// "row · all". A table that has other columns under some theory stays apart.
Report joined(const std::vector<std::string>& theories, const std::vector<Report>& reports);

}  // namespace kith::cli

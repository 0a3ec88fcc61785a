#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "config/document.hpp"

namespace kith::cli {

/// The scenario that a command line names, with what the command line changes in it.
struct ScenarioChoice {
  std::string name;  ///< a path, "-" for standard input, or a shipped scenario
  std::vector<std::string> assignments;
  std::optional<std::string> seed;
  std::optional<std::string> replicates;
  std::optional<std::string> theory;

  void add_to(Options& options);
  /// The changes as `a.b=value`, later ones winning.
  std::vector<config::Override> overrides() const;
  /// The words of the command line that say the same.
  std::vector<std::string> words() const;
};

/// A scenario that was read without a mistake.
struct LoadedScenario {
  config::Document document;
  std::unique_ptr<Study> study;
};

/// Files that a scenario may have been read from: its own, and whatever its values name.
std::vector<std::string> inputs_of(const ScenarioChoice& choice, const LoadedScenario& scenario);

/// A file wins over a shipped scenario of the same name. Throws InvalidScenario with all mistakes.
LoadedScenario load(const Application& application, const ScenarioChoice& choice);

/// The shipped scenario of this name. Throws kith::Error(ErrorKind::usage) with the nearest name.
const ShippedScenario& find_shipped(const std::vector<ShippedScenario>& scenarios, const std::string& name);

}  // namespace kith::cli

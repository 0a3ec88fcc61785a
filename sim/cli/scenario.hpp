#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "config/document.hpp"

namespace kith::cli {

/// The text of a scenario that comes from elsewhere than a file or what ships.
struct KeptScenario {
  std::string text;
  std::string folder;  ///< where its relative paths start
};

/// The scenario that a command line names, with what the command line changes in it.
struct ScenarioChoice {
  std::string name;  ///< a path, "-" for standard input, or a shipped scenario
  std::vector<std::string> assignments;
  std::optional<std::string> seed;
  std::optional<std::string> replicates;
  std::optional<std::string> theory;
  bool strict = false;               ///< warnings are mistakes
  std::optional<KeptScenario> kept;  ///< what `name` stands for, where a result has kept it

  void add_to(Options& options);
  /// The options that change the scenario alone.
  void add_changes_to(Options& options);
  /// The changes as `a.b=value`, later ones winning.
  std::vector<config::Override> overrides() const;
  /// The words of the command line that say the same.
  std::vector<std::string> words() const;
};

/// A scenario that was read without a mistake.
struct LoadedScenario {
  config::Document document;
  std::unique_ptr<Study> study;
  std::string changes = {};     ///< where several runs go side by side: what each changes in the document, a line each
  std::string branchings = {};  ///< where it was another one before, see branched.hpp
};

/// Files that a scenario may have been read from: its own, and whatever its values name.
std::vector<std::string> inputs_of(const ScenarioChoice& choice, const LoadedScenario& scenario);

/// What a choice names, not read yet: a file wins over a shipped scenario of the same name.
config::Document open(const std::vector<ShippedScenario>& scenarios, const ScenarioChoice& choice);

/// The scenario of a choice. Throws InvalidScenario with all mistakes.
LoadedScenario load(const Application& application, const ScenarioChoice& choice);

/// The scenario of a document that was opened and not read yet. Throws likewise.
LoadedScenario load(const Application& application, config::Document document);

/// Throws kith::Error(ErrorKind::invalid_scenario) where a document is one of another kind than that whose first key is `wanted` ("kith": a
/// scenario; "sweep"; "fit"), with the command that takes it.
void refuse_other_kinds(config::Document& document, std::string_view wanted);

/// What is known of a scenario before it runs. Throws InvalidScenario for mistakes that show only where its files are read.
Survey surveyed(LoadedScenario& scenario);

/// Throws kith::Error(ErrorKind::invalid_scenario) with all warnings, if --strict was given and there are any.
void refuse_warnings(const ScenarioChoice& choice, const std::vector<std::string>& warnings);

/// The shipped scenario of this name. Throws kith::Error(ErrorKind::usage) with the nearest name.
const ShippedScenario& find_shipped(const std::vector<ShippedScenario>& scenarios, const std::string& name);

/// What a scenario or problem says that it is.
std::string title_of(const ShippedScenario& text);

}  // namespace kith::cli

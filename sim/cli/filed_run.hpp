#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/branched.hpp"
#include "cli/scenario.hpp"
#include "core/inputs.hpp"

namespace kith::cli {

/// A run as its result tells of it: all that is needed to do it again.
struct FiledRun {
  bool is_complete = false;
  std::string run_id;
  std::string program;      ///< version and commit of the kith that made it
  std::string fingerprint;  ///< "" while it is not complete
  std::string scenario_hash;
  KeptScenario scenario;              ///< with every default
  std::vector<Branching> branchings;  ///< how that came about, where it was another one before
  std::string theories;               ///< see RunSettings
  std::optional<std::uint32_t> only_replicate;
  InputFiles inputs;                          ///< what the files that it names held
  bool has_inputs = false;                    ///< all of them: none need be there any more
  std::map<std::string, std::string> tables;  ///< their checksums; none while it is not complete
};

/// "kith evidence", "kith run --draws": what made a result of many runs, which is no run that can be done again from its scenario; ""
/// for a result of one. `command`: that made it.
std::string maker_of_many(const std::vector<std::string>& tables, const std::string& command);

/// The run of a result, or of what a stopped or failed run left. Throws kith::Error for what is no result, is damaged, or is of many
/// runs.
FiledRun filed_run(const std::string& path);

/// Whether a file, or what a run left in its place, is there and is no scenario.
bool is_filed_run(const std::string& path);

/// Checksums of the tables of a complete result.
std::map<std::string, std::string> table_checksums(const std::string& path);

/// Its scenario, read. `path` names it in messages.
LoadedScenario load(const Application& application, const FiledRun& run, const std::string& path);

}  // namespace kith::cli

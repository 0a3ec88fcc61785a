#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/cli.hpp"
#include "cli/scenario.hpp"
#include "engine/report.hpp"
#include "engine/tables.hpp"

namespace kith::io {
struct Checkpoint;
}

/// Result files: all of it where sim/io is built (results.cpp), nothing in a serial build (results_serial.cpp).
namespace kith::cli {

/// Whether this build reads and writes result files.
bool has_result_files();

/// For a build without them: throws kith::Error(ErrorKind::usage).
[[noreturn]] inline void refuse_results() {
  throw Error(
      ErrorKind::usage,
      "this kith was built without HDF5 and writes no result files: leave -o and --save-every out, and read the "
      "tables or --json");
}

/// The commands that read result files, in the order of the help.
std::vector<Command> commands_on_results();

/// How a run is kept.
struct KeepOptions {
  std::string path;                                  ///< OUT.h5
  bool replace = false;                              ///< an existing output, or what a killed run left, may go
  std::optional<double> save_every;                  ///< [s] at most so long a row is in memory only
  std::string theories = {};                         ///< side by side in it, see RunSettings
  std::optional<std::uint32_t> only_replicate = {};  ///< that it holds
};

/// The file in which a run keeps its result.
class KeptResult {
 public:
  virtual ~KeptResult() = default;
  virtual Sink& sink() = 0;
  /// Saves all rows so far and what the run needs to go on from here, which `write` tells. No row may be written meanwhile.
  virtual void checkpoint(const std::function<void(State&)>& write) = 0;
  /// After a checkpoint, instead of `finish`: makes the file of what there is, with the checkpoint in it.
  virtual void pack(const std::string& reason) = 0;
  /// What the user should hear since the last call, one sentence each.
  virtual std::vector<std::string> take_notes() = 0;
  /// Saves what there is of a run that failed, and returns one sentence that says where it is.
  virtual std::string abandon(const std::string& reason) noexcept = 0;
  /// Writes the file, complete, with what is printed of it.
  virtual void finish(const std::string& fingerprint, const Report& report) = 0;
};

/// What a file tells about where its result comes from.
struct KeptSource {
  std::string title;
  std::uint64_t seed = 0;
  std::string seed_text;                     ///< where the seed is given as text
  std::string text;                          ///< the scenario as written
  std::string resolved;                      ///< with every default
  std::string changes;                       ///< where several runs go side by side: what each changes, a line each
  std::string branchings = {};               ///< where it was another scenario before, see branched.hpp
  std::string folder;                        ///< where relative paths of the scenario start
  std::map<std::string, std::string> files;  ///< that it names: how they are read, by how `resolved` has them
};

/// Makes the file that several runs are about to fill together. Throws kith::Error when it exists or cannot be written.
std::unique_ptr<KeptResult> keep_result(const KeepOptions& options, const Session& session, const KeptSource& source);
/// Makes the file that the run is about to fill. Throws kith::Error when it exists or cannot be written.
std::unique_ptr<KeptResult> keep_result(const KeepOptions& options, const Session& session,
                                        const LoadedScenario& scenario);

/// The file of a run that goes on from a checkpoint; `saved` is about to give the writer's state.
std::unique_ptr<KeptResult> resume_result(const KeepOptions& options, const io::Checkpoint& checkpoint, State& saved);

/// What is told apart by the scenario hash of a result.
std::string scenario_hash(const std::string& resolved);

}  // namespace kith::cli

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/cli.hpp"

namespace kith::cli {

/// What the command line of `kith sweep` asks for.
struct SweepRequest {
  std::string design;
  std::optional<std::string> folder;
  std::optional<std::string> shard;
  std::optional<std::uint32_t> only;
  std::optional<std::string> on_error;
  std::optional<std::string> max_hours;
  std::optional<std::string> save_every;
  std::optional<std::uint32_t> threads;
  std::optional<std::string> width;    ///< of the interval that a dry run counts virtual studies for
  std::optional<std::string> outcome;  ///< "effects.own"
  std::optional<std::uint32_t> tasks;  ///< of a Slurm array
  bool retries_failed = false;
  bool quiet = false;
  bool is_dry = false;
  bool wants_slurm = false;

  /// False where help was asked for and printed. Throws kith::Error(ErrorKind::usage).
  bool parse(const Session& session, const Words& words);
  std::optional<double> most_seconds() const;
  /// What --save-every says.
  std::optional<double> seconds_between_saves() const;
  /// The words that tell a task of a cluster what this call was told.
  std::vector<std::string> passed_on() const;
  /// The width wanted; nothing where none was given.
  std::optional<double> wanted_width() const;
};

/// After so many seconds a process that has worked so long closes its next file of runs, where no --save-every tells: a tenth of what it
/// has worked, so that a kill loses no more than that, but between ten seconds and five minutes, so that there are few files.
double seconds_of_next_file(double worked);

/// Part `index` of `count` of the runs.
struct Shard {
  std::uint64_t index = 0;
  std::uint64_t count = 1;
};

/// "2/8", or what the batch system sets for "slurm" and "srun". Throws kith::Error(ErrorKind::usage).
Shard shard_of(const std::optional<std::string>& text);

}  // namespace kith::cli

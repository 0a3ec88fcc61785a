#pragma once

#include "core/error.hpp"

/// How `kith` ends. The README documents the numbers; they never change.
namespace kith::cli {

enum class ExitCode : int {
  done = 0,
  failed = 1,            ///< something went wrong while running
  usage = 2,             ///< the command line was not understood
  invalid_scenario = 3,  ///< the scenario, or a file it names, is wrong
  partly = 4,            ///< some of the runs failed or are missing
  damaged = 5,           ///< what was checked is not what was written
  output = 6,            ///< the output exists or cannot be written
  stopped = 75,          ///< stopped early, resumable
};

/// The status for an error of a kind.
constexpr ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::failed:
      return ExitCode::failed;
    case ErrorKind::usage:
      return ExitCode::usage;
    case ErrorKind::invalid_scenario:
      return ExitCode::invalid_scenario;
    case ErrorKind::output:
      return ExitCode::output;
    case ErrorKind::damaged:
      return ExitCode::damaged;
    case ErrorKind::stopped:
      return ExitCode::stopped;
  }
  return ExitCode::failed;
}

}  // namespace kith::cli

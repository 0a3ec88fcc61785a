#pragma once

#include <array>
#include <string_view>
#include <utility>

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

/// What each of them means, for people.
inline constexpr std::array<std::pair<ExitCode, std::string_view>, 8> exit_codes{{
    {ExitCode::done, "done"},
    {ExitCode::failed, "failed while running, or too little memory"},
    {ExitCode::usage, "command line not understood"},
    {ExitCode::invalid_scenario, "scenario, or a file that it names, invalid"},
    {ExitCode::partly, "some runs of a sweep failed or are missing"},
    {ExitCode::damaged, "a result is not what was written"},
    {ExitCode::output, "output exists or cannot be written"},
    {ExitCode::stopped, "stopped early; kith resume, or the same sweep, goes on"},
}};

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

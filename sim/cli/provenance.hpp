#pragma once

#include <string>

#include "cli/scenario.hpp"
#include "io/result_attributes.hpp"

namespace kith::cli {

/// What a result file tells about the run that is about to start.
io::RunAttributes describe_run(const Session& session, const LoadedScenario& scenario);

/// The words as a command for a POSIX shell: "kith run 'my scenario.yaml'".
std::string shell_command(const Words& words);

/// The present moment, ISO 8601 in UTC: "2026-03-01T12:00:00Z".
std::string utc_now();

}  // namespace kith::cli

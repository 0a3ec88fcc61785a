#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/running.hpp"
#include "cli/scenario.hpp"

/// A scenario run with parameters that are not known for sure: once for each draw of them.
namespace kith::cli {

struct DrawsRequest {
  ScenarioChoice scenario;
  std::string what;                         ///< "prior", or a file of estimates
  std::optional<std::uint32_t> count = {};  ///< 20, or as many as there are, if not given
  std::optional<std::string> output;
};

/// Runs the virtual studies at each draw, with the same chance, and prints how much of what comes out goes with chance and how much with the
/// parameters. Throws InvalidScenario, and kith::Error(ErrorKind::usage) for a scenario without trial, with one virtual study, or a file
/// that is for something else.
ExitCode run_draws(const Session& session, const RunManner& manner, const DrawsRequest& request);

}  // namespace kith::cli

#pragma once

#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "config/document.hpp"
#include "fit/problem.hpp"

namespace kith::cli {

/// A calibration problem that was read without a mistake.
struct LoadedProblem {
  config::Document document;
  fit::Problem problem;
  std::string hash;  ///< of all its values and of the scenarios that its experiments run, changes included
};

/// What ships: scenarios, published experiments among them, then calibration problems.
std::vector<ShippedScenario> scenarios_and_problems(const Application& application);

/// Whether a document is a calibration problem.
bool is_problem(config::Document& document);

/// Reads a problem, and the scenarios of its experiments at the middle of the prior. Throws InvalidScenario with all mistakes, of the problem
/// first.
LoadedProblem load_problem(const Application& application, config::Document document);

/// The same of a file, or of the problems that ship: a file wins.
LoadedProblem load_problem(const Application& application, const std::string& name);

/// "7 runs a simulation; 1 parameter estimated from 1 measurement"
std::string extent_of(const fit::Problem& problem);

}  // namespace kith::cli

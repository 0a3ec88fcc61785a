#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "config/document.hpp"
#include "engine/report.hpp"
#include "models/evidence/scores.hpp"
#include "models/study/run.hpp"

/// Published experiments run under theories.
namespace kith::evidence {

/// A scenario that says what was found, to be read under each theory.
struct Source {
  std::string name;
  std::function<config::Document(const std::string& change)>
      open;                                                       ///< with this `key=value` changed; "" changes nothing
  std::function<std::string(const std::string& change)> command;  ///< that runs it so
};

/// What became of one outcome under one theory.
struct Judged {
  bool is_run() const { return predicted.studies > 0; }

  Verdict verdict = Verdict::failed;
  Prediction predicted;         ///< of what could be run
  Score score;                  ///< of the same
  std::vector<double> effects;  ///< [studies]
  std::string why;              ///< it cannot be expressed, or failed
  std::string command;          ///< that runs a failed one again
};

struct Experiment {
  std::string name;  ///< the last parts of its file's path, as many as tell it from the others
  std::string title;
  Expectation expected;
  std::vector<std::vector<Judged>> cells;  ///< [outcomes][theories]
};

struct Matrix {
  std::vector<std::string> theories;  ///< `none` and `nonspecific` first
  std::vector<Experiment> experiments;
  std::string fingerprint;  ///< over the final states of all runs
  std::vector<std::set<std::string>> fitted =
      {};                                  ///< [theories] keys that some experiment takes from a fit of somebody's own
  std::vector<std::string> warnings = {};  ///< what a reader of it must know, one sentence each
};

/// Runs every experiment under every theory, each by itself: one that fails leaves the others as they are. Throws InvalidScenario
/// with the mistakes of a file, kith::Error(ErrorKind::usage) for one without `expect:`, and what a stop throws.
/// `own`: the `key=value` that puts every experiment under the theory that somebody wrote; "" where only an experiment that has such a
/// theory itself can run under it.
Matrix run_experiments(const std::vector<Source>& sources, std::vector<std::string> theories, const Progress& progress,
                       const std::string& own = "");

/// Hedges g of each outcome in each study of a run: [outcomes][studies], empty for what cannot be expressed.
std::vector<std::vector<double>> effects_in(const Scenario& scenario, const RunResult& run);

/// What effects come to; one that is no number makes a failure, never a miss.
Judged judge(const ExpectedOutcome& outcome, std::vector<double> effects, const std::string& command);

}  // namespace kith::evidence

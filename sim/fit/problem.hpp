#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/section.hpp"
#include "fit/prior.hpp"

/// A calibration problem: which keys of scenarios are unknown, and what was measured that depends on them. The lists are those of PEtab
/// (Schmiester et al. 2021, doi:10.1371/journal.pcbi.1008646): parameters, conditions (here experiments), observables, measurements.
namespace kith::fit {

struct Parameter {
  std::string key;   ///< of a scenario, as --set takes it: "theory.opioid_share"
  std::string unit;  ///< of the numbers here, as in a scenario; "" for a plain number
  Prior prior;
  bool is_estimated = true;
  double nominal = 0.0;  ///< where it is not estimated
  std::string mark;      ///< of one that is not: "assumed", "published"

  /// "theory.opioid_share=0.05"
  std::string assignment(double value) const;
};

/// A scenario, and what it changes.
struct Experiment {
  std::string name;
  std::string scenario;          ///< a file, or a shipped scenario
  std::vector<std::string> set;  ///< changes, as --set takes them
  std::vector<std::string>
      control;                    ///< further changes under which nothing is expected; none where there is no control
  std::uint32_t populations = 1;  ///< runs, each with a seed of its own, of which the mean is taken
};

/// A number that a run comes to: one entry of one of its tables, or a mean of others.
struct Observable {
  enum class Over { last, mean };  ///< rows of a table that goes on in time
  enum class Replicates { mean, sd };

  std::string name;
  std::vector<std::size_t> mean_of;  ///< observables; none for one that is looked up
  std::size_t experiment = 0;
  std::string table;
  std::string column;
  std::vector<std::pair<std::string, std::string>> where;  ///< entries of dimensions: {"measure", "connection diary"}
  Over over_time = Over::last;
  Replicates over_replicates = Replicates::mean;
  bool less_control = false;  ///< what the control has there is taken off
};

struct Measurement {
  std::size_t observable = 0;
  double value = 0.0;
  double noise = 1.0;  ///< standard error, > 0
  std::string source;
};

struct RootMethod {
  double tolerance = 0.01;  ///< of the observable, in units of the noise
  std::uint32_t simulations = 40;
};

struct AbcMethod {
  std::uint32_t particles = 100;
  std::uint32_t simulations = 1000;
};

struct Problem {
  std::string title;
  std::vector<std::pair<std::string, std::string>> when;  ///< what the result is good for: {"theory.name", "botsa"}
  std::vector<std::string> set;                           ///< changes of all experiments
  std::vector<Parameter> parameters;
  std::vector<Experiment> experiments;
  std::vector<Observable> observables;
  std::vector<Measurement> measurements;
  std::optional<RootMethod> root;  ///< one of the two
  std::optional<AbcMethod> abc;
  std::uint64_t seed = 1;

  std::vector<const Parameter*> estimated() const;
  /// What all runs change, with the estimated parameters at this point.
  std::vector<std::string> assignments(const std::vector<double>& point) const;
};

/// Reads a problem; mistakes are noted in the section's document.
Problem read_problem(config::Section section);

}  // namespace kith::fit

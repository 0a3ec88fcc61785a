#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"

/// What a published experiment found, beside the scenario that repeats it (ODD 7.11).
namespace kith {

struct Scenario;  // scenario.hpp

/// What an experiment is to the theories.
enum class Role {
  held_out,          ///< nothing was fitted to it: it is scored
  calibration,       ///< something was fitted to it: it is scored apart
  in_meta_analysis,  ///< among the outcomes that every theory's opioid share is fitted to: it is shown, and never scored
};

enum class Finding { effect, lower, higher, none };

/// One outcome as it was published, and what of the scenario stands for it.
struct ExpectedOutcome {
  std::string name;
  Finding finding = Finding::none;
  double effect = 0.0, standard_error = 0.0;  ///< Hedges g; of Finding::effect
  double bound = 0.1;                         ///< of the others: effects below it, in Hedges g, count as none
  std::string measure, minus;  ///< names of measures, or of outcomes of patients; `minus` is taken from it, "" for none
  std::size_t arm = 0;         ///< of the trial
  std::size_t against = 0;     ///< an arm, or the number of arms: the untreated twins
  std::string stand_in;        ///< for what the measure stands where it is not the published one; "" where it is
  std::string cannot_express;  ///< why no scenario has it; "" where this one has
  bool is_pooled = false;      ///< whether it is among those that the forest plot pools
};

struct Expectation {
  std::string source;
  std::string people;  ///< experiments with the same people count once; "": those of this scenario alone
  Role role = Role::held_out;
  bool is_role_given = false;  ///< else it is the default
  std::string analogue;        ///< of an experiment with animals: which; "" for people
  std::vector<ExpectedOutcome> outcomes;
};

/// Reads `expect:` of a scenario whose trial and measures have been read; nothing where it has none.
std::optional<Expectation> read_expectation(config::Section& root, const Scenario& scenario);

}  // namespace kith

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "models/trials/design/regimen.hpp"

/// What participants take in one period, and what makes them stop.
namespace kith::trials {

/// Something that must hold for a person all the time for so long.
struct Rule {
  conditions::Condition when;
  double lasting = 0.0;  ///< [h]
};

/// A change to another arm for the rest of the period.
struct Switch {
  std::size_t to = 0;  ///< the arm
  std::optional<Rule> rule;
  std::optional<std::int64_t> day;  ///< of the period, from 0: everybody changes on that day
};

struct Arm {
  std::string name = {};
  std::vector<Regimen> regimens = {};  ///< one a drug
  double induction_failure = 0.0;      ///< share of participants who never start
  double drop_out = 0.0;               ///< hazard of leaving the study [1/h]
  std::optional<Rule> stop = {};       ///< no more doses from then on
  std::optional<Switch> change = {};

  /// Whether any of its drugs acts.
  bool is_active() const;
  /// Whether its doses depend on how a person feels, or change within a period.
  bool has_rules() const;
  /// Time that the doses take [h].
  double length() const;
};

/// Reads an arm; `earlier`: those written before it.
Arm read_arm(const std::string& name, config::Section& section, const pharmacology::Pharmacy& pharmacy,
             const std::vector<Arm>& earlier);

/// The arms that factors make: one for every combination of their levels, the last factor's changing fastest.
/// "naltrexone + morphine".
struct Factor {
  std::string name;
  std::vector<Arm> levels;
};
std::vector<Arm> combine(const std::vector<Factor>& factors);

}  // namespace kith::trials

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "models/conditions/variables.hpp"

/// Simple comparisons: "ties.close >= 4", "loneliness > 0.7", "school == north".
namespace kith::conditions {

enum class Relation { less, at_most, equal, other, at_least, greater };

struct Condition {
  std::string text;      ///< as people read it
  std::string variable;  ///< name of a variable or a column
  Relation relation = Relation::at_least;
  std::optional<double> number;  ///< empty when a column is compared with a word
  std::string word;

  bool holds(double value) const;
  bool holds(const std::string& value) const;
  /// Whether it holds for a person now; the variable is one that changes over time.
  bool holds(const people::People& people, PersonId person) const;
};

/// Who a condition is about: anybody by all that is known, or a person by the state that changes over time.
enum class Scope { everybody, state };

/// Reads a list of conditions; mistakes are noted and left out. `columns`: names of the columns of the people's table.
std::vector<Condition> read_conditions(config::Section& section, const config::Spec& spec, Scope scope,
                                       const config::KnownNames& columns);
/// Reads one condition; nothing when it is wrong.
std::optional<Condition> read_condition(config::Section& section, const config::Spec& spec);

/// Whether a condition holds [people].
std::vector<bool> holds(const Condition& condition, const Everybody& everybody);

/// "a, b, c".
std::string listed(const std::vector<std::string>& words);

}  // namespace kith::conditions

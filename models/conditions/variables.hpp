#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/known_names.hpp"
#include "core/on_demand.hpp"
#include "core/random.hpp"
#include "models/people/isolation.hpp"
#include "models/people/people.hpp"
#include "network/ties.hpp"

/// What criteria, strata, targets and rules can ask about a person.
namespace kith::conditions {

/// A number that everybody has.
struct Variable {
  std::string_view name;
  std::string_view doc;
  double low, high;  ///< values that can occur
  /// The column of state that it reads, which changes over time; null for what is known from ties.
  std::vector<float> people::People::*state = nullptr;
  bool of_patients = false;  ///< an added column: 0 for everybody but patients with a substance use disorder
  bool is_state() const { return state != nullptr || of_patients; }
};

/// The column of a variable that changes over time; null in a world in which nobody has it.
inline const std::vector<float>* column_of(const Variable& variable, const people::People& people) {
  return variable.of_patients ? people.find(variable.name) : &(people.*variable.state);
}

/// Value of a variable that changes over time; 0 where nobody has it.
inline double value_of(const Variable& variable, const people::People& people, PersonId person) {
  const std::vector<float>* const column = column_of(variable, people);
  return column == nullptr ? 0.0 : static_cast<double>((*column)[person]);
}

const std::vector<Variable>& variables();
/// The variable of this name; nullptr when there is none.
const Variable* find_variable(std::string_view name);
/// Names of all variables, or of those that change over time, for messages.
std::vector<std::string> variable_names(bool only_state);

/// Columns of a table about people, as text.
struct Columns {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> values;  ///< [columns][people]; "" where the table has no row
};

/// What is known of everybody when a study begins. Refers to a population, which outlives it.
struct Everybody {
  const people::People& people;
  std::span<const std::uint32_t> community;  ///< [people], or empty where none is known
  const network::Ties& made;                 ///< ties as they were at first
  const network::Ties& ties;
  const OnDemand<people::Isolation>& isolation;
  const Columns& columns;
  WorldKey world;
};

/// Values of a variable or a column [people]; NaN where a column holds no number. The name is known to exist.
std::vector<double> numbers(const Everybody& everybody, std::string_view name);

/// Values of a category [people], numbered from 0: `community`, a column, or the terciles of a variable ("tone_tercile").
struct Category {
  std::vector<std::string> names;     ///< of the values
  std::vector<std::uint32_t> values;  ///< [people]
};
/// Throws kith::Error (invalid_scenario) for `community` where the network has none.
Category category(const Everybody& everybody, std::string_view name);
/// True for the name of a category.
bool is_category(std::string_view name, const config::KnownNames& columns);

/// Tercile of each person, 0 low, 1 middle, 2 high; equal values go by person.
std::vector<std::uint8_t> terciles(const std::vector<double>& values);

}  // namespace kith::conditions

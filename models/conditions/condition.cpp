#include "models/conditions/condition.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/units.hpp"

namespace kith::conditions {

using config::Section;

namespace {

constexpr std::array<std::string_view, 6> signs{"<", "<=", "==", "!=", ">=", ">"};  // in the order of Relation

template <class T>
bool compare(const T& a, Relation relation, const T& b) {
  switch (relation) {
    case Relation::less:
      return a < b;
    case Relation::at_most:
      return a <= b;
    case Relation::equal:
      return a == b;
    case Relation::other:
      return a != b;
    case Relation::at_least:
      return a >= b;
    case Relation::greater:
      return a > b;
  }
  return false;
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text.erase(0, text.find_first_not_of(' '));
  return text;
}

/// A mistake in a condition, or none.
struct Problem {
  std::string problem, why, suggestion;
};

std::optional<Problem> parse(const std::string& text, Scope scope, const config::KnownNames& columns,
                             Condition& condition) {
  const std::size_t begin = text.find_first_of("<>=!");
  const std::size_t end = begin == std::string::npos ? begin : text.find_first_not_of("<>=!", begin);
  if (end == std::string::npos) {
    return Problem{fmt::format("\"{}\" compares nothing", text), "a condition is a name, a comparison and a value",
                   "write e.g. loneliness > 0.7"};
  }
  condition.variable = trimmed(text.substr(0, begin));
  condition.word = trimmed(text.substr(end));
  const std::string sign = text.substr(begin, end - begin);
  const auto known_sign = std::find(signs.begin(), signs.end(), sign);
  if (known_sign == signs.end())
    return Problem{fmt::format("\"{}\" is no comparison", sign), "use one of <, <=, ==, !=, >=, >", ""};
  condition.relation = static_cast<Relation>(known_sign - signs.begin());
  condition.number = parse_number(condition.word);
  condition.text = fmt::format("{} {} {}", condition.variable, sign, condition.word);

  const Variable* variable = find_variable(condition.variable);
  const bool is_column = columns.admit(condition.variable);
  if (variable == nullptr && !is_column) {
    std::vector<std::string> names = variable_names(scope == Scope::state);
    if (scope == Scope::everybody) names = columns.after(std::move(names)).listed();
    const std::string near = nearest(condition.variable, names);
    return Problem{fmt::format("nobody has a \"{}\"", condition.variable), fmt::format("known are: {}", listed(names)),
                   near.empty() ? "" : fmt::format("did you mean \"{}\"?", near)};
  }
  if (scope == Scope::state && (variable == nullptr || !variable->is_state())) {
    return Problem{fmt::format("a rule cannot ask for \"{}\"", condition.variable),
                   "rules follow what changes from hour to hour",
                   fmt::format("use one of: {}", listed(variable_names(true)))};
  }
  if (variable != nullptr && !condition.number) {
    return Problem{fmt::format("\"{}\" is no number", condition.word),
                   fmt::format("{} is the {}", variable->name, variable->doc), ""};
  }
  const bool is_order = condition.relation != Relation::equal && condition.relation != Relation::other;
  if (!condition.number && is_order) {
    return Problem{fmt::format("\"{}\" is no number", condition.word), "words are compared with == and != only", ""};
  }
  return std::nullopt;
}

/// Values of a variable that conditions leave: an interval, ends included or not.
struct Left {
  double low, high;
  bool without_low = false, without_high = false;

  void narrow(const Condition& condition) {
    const double value = condition.number.value_or(0.0);
    const Relation c = condition.relation;
    if (c == Relation::at_least || c == Relation::equal || c == Relation::greater) {
      if (value > low || (value == low && c == Relation::greater)) {
        low = value;
        without_low = c == Relation::greater;
      }
    }
    if (c == Relation::at_most || c == Relation::equal || c == Relation::less) {
      if (value < high || (value == high && c == Relation::less)) {
        high = value;
        without_high = c == Relation::less;
      }
    }
  }
  bool is_empty() const { return low > high || (low == high && (without_low || without_high)); }
};

std::string range_of(const Variable& variable) {
  if (std::isinf(variable.high)) return fmt::format("the {} is at least {:g}", variable.doc, variable.low);
  return fmt::format("the {} lies between {:g} and {:g}", variable.doc, variable.low, variable.high);
}

}  // namespace

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

bool Condition::holds(double value) const { return number && compare(value, relation, *number); }

bool Condition::holds(const std::string& value) const { return compare(value, relation, word); }

bool Condition::holds(const people::People& people, PersonId person) const {
  return holds(value_of(*find_variable(variable), people, person));
}

std::vector<Condition> read_conditions(Section& s, const config::Spec& spec, Scope scope,
                                       const config::KnownNames& columns) {
  std::vector<Condition> conditions;
  std::map<std::string, Left> left;
  const std::vector<std::string> texts = s.texts(spec);
  for (std::size_t i = 0; i < texts.size() && !s.describing(); ++i) {
    Condition condition;
    if (const auto wrong = parse(texts[i], scope, columns, condition)) {
      s.fail_item(spec.key, i, wrong->problem, wrong->why, wrong->suggestion);
      continue;
    }
    if (const Variable* variable = find_variable(condition.variable)) {
      const auto [place, is_alone] = left.try_emplace(condition.variable, Left{variable->low, variable->high});
      Left& values = place->second;
      const bool was_possible = !values.is_empty();
      values.narrow(condition);
      if (was_possible && values.is_empty()) {
        s.fail_item(spec.key, i, fmt::format("nobody can have {}", condition.text),
                    is_alone ? range_of(*variable) : "not together with the conditions before it", "change the value");
      }
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

std::optional<Condition> read_condition(Section& s, const config::Spec& spec) {
  const std::string text = s.text(spec);
  if (s.describing() || text.empty()) return std::nullopt;
  Condition condition;
  if (const auto wrong = parse(text, Scope::state, {}, condition)) {
    s.fail(spec.key, wrong->problem, wrong->why, wrong->suggestion);
    return std::nullopt;
  }
  const Variable& variable = *find_variable(condition.variable);
  Left left{variable.low, variable.high};
  left.narrow(condition);
  if (left.is_empty())
    s.fail(spec.key, fmt::format("nobody can have {}", condition.text), range_of(variable), "change the value");
  return condition;
}

std::vector<bool> holds(const Condition& condition, const Everybody& everybody) {
  std::vector<bool> result;
  if (condition.number) {
    for (const double value : numbers(everybody, condition.variable)) result.push_back(condition.holds(value));
    return result;
  }
  const auto& columns = everybody.columns;
  const auto place = std::find(columns.names.begin(), columns.names.end(), condition.variable) - columns.names.begin();
  for (const std::string& value : columns.values[static_cast<std::size_t>(place)])
    result.push_back(condition.holds(value));
  return result;
}

}  // namespace kith::conditions

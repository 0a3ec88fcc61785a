#include "models/conditions/variables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "core/error.hpp"
#include "core/units.hpp"
#include "network/measure.hpp"

namespace kith::conditions {
namespace {

using people::People;

constexpr double most = std::numeric_limits<double>::infinity();
constexpr std::string_view tercile_suffix = "_tercile";
constexpr std::uint32_t betweenness_samples = 200;

std::vector<double> count_ties(const Everybody& everybody, std::size_t layers) {
  const auto& ties_per_layer = everybody.isolation.get().ties_per_layer;
  std::vector<double> counts(everybody.people.count);
  for (PersonId p = 0; p < everybody.people.count; ++p) {
    const auto& row = ties_per_layer[p];
    counts[p] = std::accumulate(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(layers), 0.0);
  }
  return counts;
}

std::vector<double> layer_position(const Everybody& everybody) {
  std::vector<double> position(everybody.people.count);
  for (PersonId p = 0; p < everybody.people.count; ++p) {
    double total = 0.0;
    double count = 0.0;
    everybody.ties.for_each(p, [&](PersonId, TieId tie) {
      total += static_cast<double>(everybody.ties.closeness(tie));
      count += 1.0;
    });
    position[p] = count > 0.0 ? total / count : 0.0;
  }
  return position;
}

std::vector<double> from_ties(const Everybody& everybody, std::string_view name) {
  if (name == "degree") return count_ties(everybody, people::layer_count);
  if (name == "ties.close") return count_ties(everybody, people::close_layers);
  if (name == "ties.support") return count_ties(everybody, 1);
  if (name == "layer_position") return layer_position(everybody);
  if (name == "centrality") {
    const network::Graph made{.people = everybody.made.people(), .edges = everybody.made.edges()};
    return network::betweenness(made, betweenness_samples, everybody.world);
  }
  const auto& score = everybody.isolation.get().score;
  return {score.begin(), score.end()};
}

const std::vector<std::string>* find_column(const Columns& columns, std::string_view name) {
  const auto hit = std::find(columns.names.begin(), columns.names.end(), name);
  return hit == columns.names.end() ? nullptr : &columns.values[static_cast<std::size_t>(hit - columns.names.begin())];
}

Category numbered(const std::vector<std::string>& values) {
  std::map<std::string, std::uint32_t> places;
  for (const std::string& value : values) places[value] = 0;
  Category category;
  for (auto& [value, place] : places) {
    place = static_cast<std::uint32_t>(category.names.size());
    category.names.push_back(value);
  }
  for (const std::string& value : values) category.values.push_back(places[value]);
  return category;
}

Category communities(const Everybody& everybody) {
  const std::span<const std::uint32_t> community = everybody.community;
  if (community.empty()) {
    throw Error(ErrorKind::invalid_scenario,
                "the network has no communities (only layers, stochastic_block and files with a community have them); "
                "generate one of those, or name a column of people.columns");
  }
  Category category;
  const std::uint32_t count = *std::max_element(community.begin(), community.end()) + 1;
  for (std::uint32_t c = 0; c < count; ++c) category.names.push_back(std::to_string(c));
  category.values.assign(community.begin(), community.end());
  return category;
}

}  // namespace

const std::vector<Variable>& variables() {
  static const std::vector<Variable> all{
      {"tone", "opioid tone", 0.0, most, &People::tone},
      {"wanted_connection", "connection the person wants", 0.0, 1.0, &People::wanted_connection},
      {"company", "what is left of good company with people one is attached to", 0.0, 1.0, &People::company},
      {"signal", "mu-opioid signal", 0.0, most, &People::signal},
      {"connection", "felt connection", 0.0, 1.0, &People::connection},
      {"distress", "distress", 0.0, 1.0, &People::distress},
      {"positive_affect", "positive affect", 0.0, 1.0, &People::positive_affect},
      {"negative_affect", "negative affect", 0.0, 1.0, &People::negative_affect},
      {"need", "social need", 0.0, 1.0, &People::need},
      {"loneliness", "loneliness", 0.0, 1.0, &People::loneliness},
      {"patient", "sign of a substance use disorder: 1, else 0", 0.0, 1.0, nullptr, true},
      {"craving", "craving for the substance", 0.0, 1.0, nullptr, true},
      {"degree", "number of ties", 0.0, most},
      {"ties.close", "ties in the two inner layers", 0.0, most},
      {"ties.support", "ties in the innermost layer", 0.0, most},
      {"layer_position", "mean closeness of the ties", 0.0, 1.0},
      {"centrality", "betweenness from 200 sampled sources", 0.0, most},
      {"isolation_score", "score of a scale like LSNS-6", 0.0, 30.0}};
  return all;
}

const Variable* find_variable(std::string_view name) {
  const auto hit =
      std::find_if(variables().begin(), variables().end(), [&](const Variable& v) { return v.name == name; });
  return hit == variables().end() ? nullptr : &*hit;
}

std::vector<std::string> variable_names(bool only_state) {
  std::vector<std::string> names;
  for (const Variable& variable : variables()) {
    if (!only_state || variable.is_state()) names.emplace_back(variable.name);
  }
  return names;
}

std::vector<double> numbers(const Everybody& everybody, std::string_view name) {
  const Variable* variable = find_variable(name);
  if (variable != nullptr && variable->is_state()) {
    const std::vector<float>* const column = column_of(*variable, everybody.people);
    if (column == nullptr) return std::vector<double>(everybody.people.count);
    return {column->begin(), column->end()};
  }
  if (variable != nullptr) return from_ties(everybody, name);
  std::vector<double> values;
  for (const std::string& text : *find_column(everybody.columns, name))
    values.push_back(parse_number(text).value_or(std::numeric_limits<double>::quiet_NaN()));
  return values;
}

Category category(const Everybody& everybody, std::string_view name) {
  if (const auto* column = find_column(everybody.columns, name)) return numbered(*column);
  if (name == "community") return communities(everybody);
  const std::vector<std::uint8_t> values =
      terciles(numbers(everybody, name.substr(0, name.size() - tercile_suffix.size())));
  return {{"low", "middle", "high"}, {values.begin(), values.end()}};
}

bool is_category(std::string_view name, const config::KnownNames& columns) {
  if (name == "community" || columns.admit(name)) return true;
  return name.ends_with(tercile_suffix) &&
         find_variable(name.substr(0, name.size() - tercile_suffix.size())) != nullptr;
}

std::vector<std::uint8_t> terciles(const std::vector<double>& values) {
  std::vector<PersonId> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](PersonId a, PersonId b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
  std::vector<std::uint8_t> tercile(values.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    tercile[order[rank]] = static_cast<std::uint8_t>(3 * rank / order.size());
  return tercile;
}

}  // namespace kith::conditions

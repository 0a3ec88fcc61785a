#include "models/record/twin_contrast.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/record/dimensions.hpp"

namespace kith {
namespace {

using Differences = TwinContrast::Differences;

std::size_t place_of(std::string_view variable) {
  const auto found = std::find(Trends::variables.begin(), Trends::variables.end(), variable);
  if (found == Trends::variables.end()) throw std::out_of_range("no contrast of " + std::string(variable));
  return static_cast<std::size_t>(found - Trends::variables.begin());
}

/// As `population` has them.
const Variable& described(const TableSpec& population, std::string_view name) {
  return *std::find_if(population.variables.begin(), population.variables.end(),
                       [&](const Variable& variable) { return variable.name == name; });
}

VariablesOf<Differences> variables(const TableSpec& population) {
  VariablesOf<Differences> all;
  for (std::size_t k = 0; k < Trends::variables.size(); ++k) {
    const Variable& variable = described(population, Trends::variables[k]);
    all.add(variable.name, variable.unit, variable.long_name + ", in the treated world minus in the twin world",
            {"replicate", "time", "group"}, [k](const Differences& differences) { return differences[k]; });
  }
  return all;
}

std::vector<std::string> names_of(const std::vector<Group>& groups) {
  return each(groups, [](const Group& group) { return group.name; });
}

}  // namespace

TwinContrast::TwinContrast(const Population& population, std::vector<Group> groups, std::uint32_t replicate)
    : names_(names_of(groups)), replicate_(replicate), twin_(population, groups, replicate) {
  const TableSpec spec = population_table(population.model->scenario(), names_);
  variables_ = variables(spec);
  for (const std::string_view name : Trends::variables)
    columns_.push_back(static_cast<std::size_t>(&described(spec, name) - spec.variables.data()));
  for (const Group& group : groups) is_everybody_.push_back(group.everybody);
  totals_.assign(Trends::variables.size(), std::vector<Total>(names_.size()));
  regroup(std::move(groups));
}

TableSpec TwinContrast::table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "against_twin";
  table.long_name = "groups of people in the treated world against the same people in the twin world without drug";
  table.growing = "time";
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  return variables(population_table(scenario, groups)).in(std::move(table));
}

void TwinContrast::regroup(std::vector<Group> groups) {
  memberships_.emplace_back();
  for (Group& group : groups) memberships_.back().push_back(std::move(group.members));
}

std::vector<Group> TwinContrast::members(std::size_t membership) const {
  std::vector<Group> groups;
  for (std::size_t g = 0; g < names_.size(); ++g)
    groups.push_back({names_[g], memberships_[membership][g], is_everybody_[g]});
  return groups;
}

std::vector<std::vector<float>> TwinContrast::values_of(const TableRow& row) const {
  return each(columns_, [&](std::size_t column) { return std::get<std::vector<float>>(row.values.at(column)); });
}

void TwinContrast::keep(const TableRow& row) { kept_.push_back({memberships_.size() - 1, values_of(row)}); }

TableRow TwinContrast::against(const Model& twin, double hours) {
  const Kept& treated = kept_.at(next_);
  const bool is_changed = next_ == 0 || treated.membership != kept_[next_ - 1].membership;
  if (is_changed) twin_.regroup(members(treated.membership));
  Differences differences = values_of(twin_.row(twin, hours, Measures::of_trends));
  for (std::size_t k = 0; k < differences.size(); ++k) {
    for (std::size_t g = 0; g < names_.size(); ++g) {
      differences[k][g] = treated.values[k][g] - differences[k][g];
      if (next_ == 0 || std::isnan(differences[k][g])) continue;
      totals_[k][g].sum += static_cast<double>(differences[k][g]);
      totals_[k][g].rows += 1.0;
    }
  }
  ++next_;
  return variables_.row("against_twin", replicate_, hours, differences);
}

ContrastMeans TwinContrast::means() const {
  const auto mean = [](const Total& total) {
    return total.rows > 0.0 ? total.sum / total.rows : std::numeric_limits<double>::quiet_NaN();
  };
  return {names_, each(totals_, [&](const std::vector<Total>& of_groups) { return each(of_groups, mean); })};
}

double ContrastMeans::of(std::string_view variable, std::size_t group) const {
  return means[place_of(variable)].at(group);
}

void TwinContrast::visit(State& state) {
  state("twin", twin_);
  state("memberships", memberships_);
  state("kept", kept_);
  state("next", next_);
  state("totals", totals_);
  if (state.is_reading() && next_ > 0) twin_.regroup(members(kept_[next_ - 1].membership));
}

}  // namespace kith

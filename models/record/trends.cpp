#include "models/record/trends.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace kith {

void Trend::add(double value, double hours) {
  if (std::isnan(value)) return;
  if (std::isnan(first)) first = value;
  last = value;
  if (!(least <= value)) {
    least = value;
    least_at = hours;
  }
  if (!(most >= value)) {
    most = value;
    most_at = hours;
  }
}

Trends::Trends(const TableSpec& population) {
  for (const TableDimension& dimension : population.dimensions) {
    if (dimension.name == "group") groups_ = std::get<std::vector<std::string>>(dimension.coordinate);
  }
  for (std::size_t k = 0; k < variables.size(); ++k) {
    const auto found = std::find_if(population.variables.begin(), population.variables.end(),
                                    [&](const auto& variable) { return variable.name == variables[k]; });
    columns_[k] = static_cast<std::size_t>(found - population.variables.begin());
    trends_[k].resize(groups_.size());
  }
}

void Trends::add(const TableRow& row) {
  hours_ = row.coordinate;
  for (std::size_t k = 0; k < variables.size(); ++k) {
    const auto& values = std::get<std::vector<float>>(row.values.at(columns_[k]));
    for (std::size_t group = 0; group < groups_.size(); ++group)
      trends_[k][group].add(static_cast<double>(values[group]), hours_);
  }
}

const Trend& Trends::of(std::string_view variable, std::size_t group) const {
  const auto found = std::find(variables.begin(), variables.end(), variable);
  if (found == variables.end()) throw std::out_of_range("no trend of " + std::string(variable));
  return trends_[static_cast<std::size_t>(found - variables.begin())].at(group);
}

}  // namespace kith

#include "tables.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

namespace kith::classroom {

namespace {

constexpr std::array<const char*, 6> type_names{"float32", "float64", "int8", "int32", "int64", "text"};

bool has_dimension(const std::vector<std::string>& dimensions, const std::string& name) {
  return std::find(dimensions.begin(), dimensions.end(), name) != dimensions.end();
}

bool is_empty(const Values& values) {
  return std::visit([](const auto& all) { return all.empty(); }, values);
}

void append(Values& to, const Values& more) {
  std::visit(
      [&](auto& all) {
        const auto& added = std::get<std::decay_t<decltype(all)>>(more);
        all.insert(all.end(), added.begin(), added.end());
      },
      to);
}

Values none_of(ValueType type) {
  switch (type) {
    case ValueType::float32:
      return std::vector<float>{};
    case ValueType::float64:
      return std::vector<double>{};
    case ValueType::int8:
      return std::vector<std::int8_t>{};
    case ValueType::int32:
      return std::vector<std::int32_t>{};
    case ValueType::int64:
      return std::vector<std::int64_t>{};
    case ValueType::text:
      return std::vector<std::string>{};
  }
  return {};
}

Json list(const Values& values) {
  return std::visit([](const auto& all) -> Json { return all; }, values);
}

}  // namespace

Table::Table(const TableSpec& spec, const std::vector<TableRow>& rows) : spec_(&spec) {
  std::vector<const TableRow*> own;
  for (const TableRow& row : rows) {
    if (row.table == spec.name) own.push_back(&row);
  }
  std::stable_sort(own.begin(), own.end(),
                   [](const TableRow* a, const TableRow* b) { return a->replicate < b->replicate; });
  for (const TableRow* row : own) {
    replicates_.push_back(row->replicate);
    if (!spec.growing.empty()) coordinates_.push_back(row->coordinate);
  }
  for (std::size_t v = 0; v < spec.variables.size(); ++v) {
    const Variable& variable = spec.variables[v];
    Values column = none_of(variable.type);
    const bool grows = spec.growing.empty() || has_dimension(variable.dimensions, spec.growing);
    for (std::size_t r = 0; r < own.size(); ++r) {
      const Values& values = own[r]->values[v];
      if (is_empty(values)) continue;
      // What does not grow comes with the first row of its replicate.
      if (grows || r == 0 || own[r]->replicate != own[r - 1]->replicate) append(column, values);
    }
    columns_.push_back(std::move(column));
  }
}

Json Table::json() const {
  Json dimensions = Json::array();
  for (const TableDimension& dimension : spec_->dimensions)
    dimensions.push_back({{"name", dimension.name},
                          {"title", dimension.long_name},
                          {"unit", dimension.unit},
                          {"coordinate", list(dimension.coordinate)}});
  Json variables = Json::array();
  for (std::size_t v = 0; v < columns_.size(); ++v) {
    const Variable& variable = spec_->variables[v];
    Json one{{"name", variable.name},
             {"title", variable.long_name},
             {"unit", variable.unit},
             {"type", type_names[static_cast<std::size_t>(variable.type)]},
             {"dimensions", variable.dimensions}};
    for (const auto& [value, meaning] : variable.flags) one["flags"][std::to_string(value)] = meaning;
    std::visit(
        [&](const auto& all) {
          if constexpr (std::is_same_v<std::decay_t<decltype(all)>, std::vector<std::string>>) {
            one["values"] = all;
          } else {
            one["at"] = reinterpret_cast<std::uintptr_t>(all.data());
            one["count"] = all.size();
          }
        },
        columns_[v]);
    variables.push_back(std::move(one));
  }
  return {{"name", spec_->name},
          {"title", spec_->long_name},
          {"dimensions", std::move(dimensions)},
          {"growing", spec_->growing},
          {"replicates", replicates_},
          {"coordinates", coordinates_},
          {"variables", std::move(variables)}};
}

}  // namespace kith::classroom

#include "cli/sweep_tables.hpp"

#include <algorithm>

#include "io/values.hpp"

namespace kith::cli {

namespace {

constexpr const char* replicate = "replicate";

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether each write brings its own length along this dimension.
bool is_ragged(const TableSpec& spec, const TableDimension& dimension) {
  return dimension.name != spec.growing && !std::holds_alternative<std::vector<std::string>>(dimension.coordinate) &&
         io::size(dimension.coordinate) == 0;
}

/// Every dimension keeps its place but the growing one, which goes; `run` comes first. Ragged dimensions go, with their variables.
TableSpec along_runs(const TableSpec& spec) {
  TableSpec result = spec;
  result.growing = "run";
  result.dimensions = {{"run", "run of the sweep", "", std::vector<std::int64_t>{}}};
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name == spec.growing) continue;
    if (is_ragged(spec, dimension)) {
      std::erase_if(result.variables,
                    [&](const Variable& variable) { return has(variable.dimensions, dimension.name); });
    } else {
      result.dimensions.push_back(dimension);
    }
  }
  for (Variable& variable : result.variables) {
    std::erase(variable.dimensions, spec.growing);
    variable.dimensions.insert(variable.dimensions.begin(), "run");
  }
  return result;
}

std::size_t elements(const TableSpec& spec, const Variable& variable) {
  std::size_t count = 1;
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name != replicate && dimension.name != spec.growing && has(variable.dimensions, dimension.name))
      count *= io::size(dimension.coordinate);
  }
  return count;
}

}  // namespace

bool KeepingSink::keeps(const std::string& table) const { return has(tables_, table); }

void KeepingSink::declare(const TableSpec& spec) {
  const std::scoped_lock lock(mutex_);
  if (keeps(spec.name)) entries_.push_back({spec, {}});
}

void KeepingSink::write(TableRow row) {
  const std::scoped_lock lock(mutex_);
  for (Entry& entry : entries_) {
    if (entry.spec.name != row.table) continue;
    const auto before = entry.rows.find(row.replicate);
    if (before == entry.rows.end()) {
      entry.rows.emplace(row.replicate, std::move(row));
      return;
    }
    for (std::size_t v = 0; v < row.values.size(); ++v) {
      const bool is_as_before =
          io::size(row.values[v]) == 0 && !has(entry.spec.variables[v].dimensions, entry.spec.growing);
      if (!is_as_before) before->second.values[v] = std::move(row.values[v]);
    }
    return;
  }
}

std::vector<KeptTable> KeepingSink::take() const {
  std::vector<KeptTable> tables;
  for (const Entry& entry : entries_) {
    TableSpec spec = entry.spec;
    std::vector<std::uint32_t> replicates{0};
    if (!spec.dimensions.empty() && spec.dimensions.front().name == replicate) {
      replicates.clear();
      Values& numbers = spec.dimensions.front().coordinate;
      if (io::size(numbers) == 0) {  // the table does not say; then those that there are
        std::vector<std::int32_t> there;
        for (const auto& [number, row] : entry.rows) there.push_back(static_cast<std::int32_t>(number));
        numbers = there;
      }
      for (const double number : io::as_doubles(numbers)) replicates.push_back(static_cast<std::uint32_t>(number));
    }
    if (replicates.empty()) continue;  // nothing was written
    KeptTable table{along_runs(spec), {}};
    for (std::size_t v = 0; v < entry.spec.variables.size(); ++v) {
      const Variable& variable = entry.spec.variables[v];
      const bool is_kept = std::any_of(table.spec.variables.begin(), table.spec.variables.end(),
                                       [&](const Variable& kept) { return kept.name == variable.name; });
      if (!is_kept) continue;
      Values all = io::zeros(variable.type, 0);
      for (const std::uint32_t each :
           has(variable.dimensions, replicate) ? replicates : std::vector{replicates.front()}) {
        const auto row = entry.rows.find(each);
        const bool is_there = row != entry.rows.end() && io::size(row->second.values[v]) > 0;
        io::append(all, is_there ? row->second.values[v] : io::missing(variable, elements(entry.spec, variable)));
      }
      table.values.push_back(std::move(all));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

FactorColumns::FactorColumns(const sweep::Design& design) : design_(&design) {
  for (std::size_t f = 0; f < design.factors.size(); ++f) {
    std::optional<std::string> unit;
    bool are_numbers = true;
    for (const std::vector<std::string>& row : design.rows) {
      const std::optional<sweep::Measured> number = sweep::measured(design.factors[f].shown(row[f]));
      are_numbers = number && unit.value_or(number->unit) == number->unit;
      if (!are_numbers) break;
      unit = number->unit;
    }
    variables_.push_back({.name = design.factors[f].key,
                          .unit = are_numbers ? unit.value_or("") : "",
                          .long_name = design.factors[f].key + " of the scenario",
                          .type = are_numbers ? ValueType::float64 : ValueType::text,
                          .dimensions = {"run"}});
  }
}

std::vector<Values> FactorColumns::of_run(std::uint64_t run) const {
  std::vector<Values> values;
  for (std::size_t f = 0; f < variables_.size(); ++f) {
    const std::string& shown = design_->factors[f].shown(design_->rows[run][f]);
    if (variables_[f].type == ValueType::text) {
      values.emplace_back(std::vector{shown});
    } else {
      values.emplace_back(std::vector{sweep::measured(shown)->value});
    }
  }
  return values;
}

}  // namespace kith::cli

#include "cli/sweep_tables.hpp"

#include <algorithm>
#include <set>

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

/// The growing dimension with the steps at which a run wrote, as one of known length.
TableDimension grown(TableDimension dimension, const std::set<double>& steps) {
  const ValueType declared = io::type_of(dimension.coordinate);
  const bool is_whole = declared == ValueType::int32 || declared == ValueType::int64;
  dimension.coordinate = io::from_doubles(is_whole ? declared : ValueType::float64, {steps.begin(), steps.end()});
  return dimension;
}

/// `run` comes first, then the virtual studies, the steps of the growing dimension where there are any (else it goes), and the others in
/// their order. Ragged dimensions go, with their variables.
TableSpec along_runs(const TableSpec& spec, const std::set<double>& steps) {
  TableSpec result = spec;
  result.growing = "run";
  result.dimensions = {{"run", "run of the sweep", "", std::vector<std::int64_t>{}}};
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name == replicate) result.dimensions.push_back(dimension);
  }
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name == spec.growing && !steps.empty()) result.dimensions.push_back(grown(dimension, steps));
  }
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name == replicate || dimension.name == spec.growing) continue;
    if (is_ragged(spec, dimension)) {
      std::erase_if(result.variables,
                    [&](const Variable& variable) { return has(variable.dimensions, dimension.name); });
    } else {
      result.dimensions.push_back(dimension);
    }
  }
  for (Variable& variable : result.variables) {
    const std::vector<std::string> own = variable.dimensions;
    variable.dimensions = {"run"};
    for (const TableDimension& dimension : result.dimensions) {
      if (has(own, dimension.name)) variable.dimensions.push_back(dimension.name);
    }
  }
  return result;
}

/// Of what one row brings.
std::size_t elements(const TableSpec& spec, const Variable& variable) {
  std::size_t count = 1;
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name != replicate && dimension.name != spec.growing && has(variable.dimensions, dimension.name))
      count *= io::size(dimension.coordinate);
  }
  return count;
}

using Rows = std::map<double, TableRow>;

/// The last value of a variable that does not change with the rows, or that of the one row kept; null where there is none.
const Values* last_value(const Rows& rows, std::size_t v) {
  const auto with_value =
      std::find_if(rows.rbegin(), rows.rend(), [v](const auto& row) { return io::size(row.second.values[v]) > 0; });
  return with_value == rows.rend() ? nullptr : &with_value->second.values[v];
}

const Values* value_at(const Rows& rows, double step, std::size_t v) {
  const auto row = rows.find(step);
  return row != rows.end() && io::size(row->second.values[v]) > 0 ? &row->second.values[v] : nullptr;
}

}  // namespace

bool KeepingSink::keeps(const std::string& table) const { return has(tables_, table); }

RowsWanted KeepingSink::wanted(const std::string& table) const {
  if (!keeps(table)) return RowsWanted::none;
  return rows_kept_ == sweep::RowsKept::last ? RowsWanted::last : RowsWanted::all;
}

void KeepingSink::declare(const TableSpec& spec) {
  const std::scoped_lock lock(mutex_);
  if (keeps(spec.name)) entries_.push_back({spec, {}});
}

void KeepingSink::write(TableRow row) {
  const std::scoped_lock lock(mutex_);
  for (Entry& entry : entries_) {
    if (entry.spec.name != row.table) continue;
    Rows& rows = entry.rows[row.replicate];
    const bool is_one_row = rows_kept_ == sweep::RowsKept::last || entry.spec.growing.empty();
    if (is_one_row && !rows.empty()) {
      std::vector<Values>& before = rows.begin()->second.values;
      for (std::size_t v = 0; v < row.values.size(); ++v) {
        const bool is_as_before =
            io::size(row.values[v]) == 0 && !has(entry.spec.variables[v].dimensions, entry.spec.growing);
        if (is_as_before) row.values[v] = std::move(before[v]);
      }
      rows.clear();
    }
    const double step = row.coordinate;
    rows.emplace(step, std::move(row));
    return;
  }
}

std::vector<KeptTable> KeepingSink::take() const {
  std::vector<KeptTable> tables;
  for (const Entry& entry : entries_) {
    std::optional<KeptTable> table = kept(entry, rows_kept_);
    if (table) tables.push_back(std::move(*table));
  }
  return tables;
}

std::optional<KeptTable> KeepingSink::kept(const Entry& entry, sweep::RowsKept rows_kept) {
  TableSpec spec = entry.spec;
  const bool has_steps = rows_kept == sweep::RowsKept::all && !spec.growing.empty();
  std::set<double> steps;
  std::vector<std::int32_t> there;
  for (const auto& [number, rows] : entry.rows) {
    there.push_back(static_cast<std::int32_t>(number));
    for (const auto& [step, row] : rows) {
      if (has_steps) steps.insert(step);
    }
  }
  std::vector<std::uint32_t> replicates{0};
  if (!spec.dimensions.empty() && spec.dimensions.front().name == replicate) {
    replicates.clear();
    Values& numbers = spec.dimensions.front().coordinate;
    if (io::size(numbers) == 0) numbers = there;  // the table does not say; then those that there are
    for (const double number : io::as_doubles(numbers)) replicates.push_back(static_cast<std::uint32_t>(number));
  }
  if (replicates.empty() || (has_steps && steps.empty())) return std::nullopt;  // nothing was written
  KeptTable table{along_runs(spec, steps), {}};
  static const Rows none;
  for (std::size_t v = 0; v < entry.spec.variables.size(); ++v) {
    const Variable& variable = entry.spec.variables[v];
    const bool is_kept = std::any_of(table.spec.variables.begin(), table.spec.variables.end(),
                                     [&](const Variable& each) { return each.name == variable.name; });
    if (!is_kept) continue;
    const bool does_grow = has(variable.dimensions, spec.growing);
    Values all = io::zeros(variable.type, 0);
    const auto add = [&](const Values* value) {
      io::append(all, value != nullptr ? *value : io::missing(variable, elements(spec, variable)));
    };
    for (const std::uint32_t each :
         has(variable.dimensions, replicate) ? replicates : std::vector{replicates.front()}) {
      const auto found = entry.rows.find(each);
      const Rows& rows = found == entry.rows.end() ? none : found->second;
      if (!has_steps || !does_grow) add(last_value(rows, v));
      for (const double step : steps) {
        if (does_grow) add(value_at(rows, step, v));
      }
    }
    table.values.push_back(std::move(all));
  }
  return table;
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

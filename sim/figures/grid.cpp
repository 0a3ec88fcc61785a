#include "figures/grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/values.hpp"

namespace kith::figures {
namespace {

/// Numbers, with NaN for what the type has for missing.
std::vector<double> numbers_of(const Values& values) {
  std::vector<double> numbers = io::as_doubles(values);
  const double missing = std::holds_alternative<std::vector<std::int8_t>>(values) ? -1.0
                         : std::holds_alternative<std::vector<std::int32_t>>(values)
                             ? double{std::numeric_limits<std::int32_t>::lowest()}
                             : std::nan("");
  for (double& number : numbers) {
    if (number == missing) number = std::nan("");
  }
  return numbers;
}

void add_coordinate(const Values& coordinate, std::size_t size, Grid& grid) {
  grid.sizes.push_back(size);
  const auto* names = std::get_if<std::vector<std::string>>(&coordinate);
  grid.names.push_back(names != nullptr ? *names : std::vector<std::string>{});
  grid.numbers.push_back(names != nullptr ? std::vector<double>{} : io::as_doubles(coordinate));
}

}  // namespace

double Grid::at(const std::vector<std::size_t>& place) const {
  std::size_t index = 0;
  for (std::size_t d = 0; d < sizes.size(); ++d) index = index * sizes[d] + place[d];
  return values[index];
}

bool has_table(const io::ResultFile& result, const std::string& table) {
  const std::vector<std::string> tables = result.tables();
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

std::optional<Grid> read_grid(const io::ResultFile& result, const std::string& table, const std::string& variable) {
  if (!has_table(result, table)) return std::nullopt;
  const io::Shape& shape = result.shape(table);
  for (const io::StoredVariable& stored : result.layout(table).variables()) {
    if (stored.variable.name != variable || stored.variable.type == ValueType::text) continue;
    Grid grid;
    grid.long_name = stored.variable.long_name;
    for (const std::size_t axis : stored.axes) {
      grid.dimensions.push_back(result.spec(table).dimensions[axis].name);
      add_coordinate(shape.coordinates[axis], static_cast<std::size_t>(shape.sizes[axis]), grid);
    }
    for (const auto& [number, meaning] : stored.variable.flags) {
      grid.flags.resize(std::max(grid.flags.size(), static_cast<std::size_t>(number) + 1));
      grid.flags[static_cast<std::size_t>(number)] = meaning;
    }
    grid.values = numbers_of(result.read(table, variable));
    if (grid.values.empty()) return std::nullopt;
    return grid;
  }
  return std::nullopt;
}

}  // namespace kith::figures

#include "fuzz/target.hpp"
#include "network/exchange.hpp"

/// The table about people.
namespace kith::fuzz {

void try_input(const std::string& bytes) {
  const InputFile file(bytes);
  const network::PersonColumns table = network::import_columns(file.path());
  require(table.names.size() == table.values.size(), "every column has a name");
  for (const auto& column : table.values) require(column.size() == table.ids.size(), "every row has every column");
}

}  // namespace kith::fuzz

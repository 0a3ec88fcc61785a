#include <sstream>

#include "core/error.hpp"
#include "fuzz/target.hpp"
#include "io/result_file.hpp"

/// The reader of result files: what `kith info`, `export` and `compare` read.
namespace kith::fuzz {

void try_input(const std::string& bytes) {
  const InputFile file(bytes);
  io::check_file(file.path());
  const io::ResultFile result(file.path());
  for (const std::string& table : result.tables()) {
    result.shape(table);
    for (const Variable& variable : result.spec(table).variables) {
      try {
        result.read(table, variable.name);
      } catch (const Error&) {  // one variable may be damaged and another not
      }
    }
    try {
      std::ostringstream csv;
      io::export_csv(result, table, csv);
    } catch (const Error&) {
    }
  }
}

}  // namespace kith::fuzz

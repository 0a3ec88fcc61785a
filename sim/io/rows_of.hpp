#pragma once

#include <functional>
#include <string>

#include "engine/tables.hpp"
#include "io/result_file.hpp"

namespace kith::io {

/// Calls f(row) with each row of a table as it was written: replicate after replicate, each in the order of the growing coordinate.
/// A result that is not complete does not tell by itself which rows it has; `was_written(replicate, coordinate)` does.
void for_each_row(const ResultFile& result, const std::string& table,
                  const std::function<bool(std::uint32_t, double)>& was_written,
                  const std::function<void(TableRow)>& f);

}  // namespace kith::io

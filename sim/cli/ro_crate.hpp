#pragma once

#include <string>

#include "io/result_file.hpp"

namespace kith::cli {

/// How a result came about, as the text of an ro-crate-metadata.json (RO-Crate 1.1, Process Run Crate 0.5) for the folder that it is in:
/// program, command, scenario, seed, files that it read, times. What is not known is left out.
std::string ro_crate(const io::ResultFile& result);

}  // namespace kith::cli

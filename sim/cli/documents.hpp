#pragma once

#include <string>

#include "cli/cli.hpp"
#include "cli/output_file.hpp"
#include "io/result_file.hpp"

/// Documents about the scenario of a result.
namespace kith::cli {

/// Writes the ODD protocol of the result's scenario. Throws kith::Error(ErrorKind::usage) where the result does not hold one scenario that
/// this version reads.
void write_protocol(const Session& session, const io::ResultFile& result, const std::string& name, Existing existing);

/// Writes a methods paragraph, and beside it (".bib" in place of its ending) what it cites. Throws the same.
void write_methods(const Session& session, const io::ResultFile& result, const std::string& name, Existing existing);

/// Each key of a resolved scenario in a table in Markdown: value, default, mark, meaning, source. A value that is not the default is
/// marked "scenario".
std::string parameter_table(const Session& session, const std::string& resolved);

}  // namespace kith::cli

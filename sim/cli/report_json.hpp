#pragma once

#include <optional>
#include <string>

#include "engine/report.hpp"

namespace kith::cli {

/// A finished run, as a program reads it.
struct RunOutcome {
  std::string title;
  std::string summary;
  std::uint64_t seed = 0;
  std::string fingerprint;
  std::optional<std::string> output;  ///< the file written
  double seconds = 0.0;
};

/// One JSON object: title, summary, seed, fingerprint, tables, notes, warnings, output, seconds.
std::string print_json(const RunOutcome& outcome, const Report& report);

/// The same without a run: title, tables, notes, warnings.
std::string print_json(const Report& report);

/// What `print_json` printed of a report. Throws kith::Error(ErrorKind::damaged) for any other text.
Report read_report(const std::string& json);

}  // namespace kith::cli

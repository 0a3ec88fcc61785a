#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/result_file.hpp"

/// How far a sweep is.
namespace kith::cli {

struct SweepExtent {
  std::uint64_t runs = 0;  ///< of the design
  std::uint64_t done = 0;
  std::vector<std::uint64_t> failed, missing;

  bool is_whole() const { return done == runs; }
  /// A sentence for the failed runs, and one for the missing ones, where there are any.
  std::vector<std::string> warnings() const;
};

/// `is_failed`: of each run that has been done.
SweepExtent extent_of(const std::map<std::uint64_t, bool>& is_failed, std::uint64_t runs);
/// Of a merged sweep; nothing for any other result.
std::optional<SweepExtent> extent_of(const io::ResultFile& result);

/// "3, 7 to 9, 12 and 40 more"
std::string listed(const std::vector<std::uint64_t>& runs);

/// The first number of what a sweep's folder, or merged file, says of it: how many runs its design has; nothing where it says none.
std::optional<std::uint64_t> runs_told(const std::string& description);

/// Whether a result is a merged sweep.
bool is_sweep(const io::ResultFile& result);

}  // namespace kith::cli

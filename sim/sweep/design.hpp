#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/document.hpp"
#include "config/section.hpp"
#include "sweep/factor.hpp"

/// A design says which runs a sweep consists of: a scenario, keys that vary, and how.
namespace kith::sweep {

/// A run more is refused.
inline constexpr std::uint64_t most_runs = 1'000'000;

/// Rows of a table of a run that grows with time.
enum class RowsKept { last, all };

struct Design {
  std::string title;
  std::string scenario;          ///< a file, or a shipped scenario
  std::vector<std::string> set;  ///< what all runs change: "people.count=300"
  std::string kind;              ///< "grid", "list", "latin_hypercube", "sobol", "morris", "csv"
  std::string file;              ///< of a csv design
  std::vector<Factor> factors;
  std::vector<std::string> tables;             ///< what is kept of a run
  RowsKept rows_kept = RowsKept::last;         ///< of tables that grow with time
  bool shares_burn_in = true;                  ///< where runs differ only in what acts after it
  bool must_have_tables = false;               ///< a run without one of them has failed: they were asked for
  std::uint64_t seed = 0;                      ///< of the design's own chance; that of the runs is the scenario's
  std::vector<std::vector<std::string>> rows;  ///< [runs][factors] values as YAML

  /// The changes of a run in the scenario: `set`, then its row.
  std::vector<std::string> assignments(std::uint64_t run) const;
  /// The assignment of one factor alone.
  std::string assignment(std::uint64_t run, std::size_t factor) const;
};

/// A design with what is needed to speak of its places.
struct ReadDesign {
  Design design;
  std::vector<config::Section> factors;   ///< of each factor, as long as the document lives
  std::optional<config::Section> keep;    ///< likewise
  std::vector<config::Mistake> mistakes;  ///< in the table of a csv design
};

/// The table of a csv design is read, or left alone: then there are no rows.
enum class PointsTable { is_read, is_left };

/// Reads a design; mistakes are noted in the section's document.
ReadDesign read_with_places(config::Section section, PointsTable table = PointsTable::is_read);
Design read_design(config::Section section, PointsTable table = PointsTable::is_read);

}  // namespace kith::sweep

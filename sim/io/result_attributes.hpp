#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/inputs.hpp"

namespace kith::io {

/// Texts of the group /provenance; an empty one is left out.
struct Provenance {
  std::string scenario;           ///< as written
  std::string scenario_resolved;  ///< with every default filled in
  std::string command_line;
  std::string host;
  std::string threads;  ///< threads and ranks
  std::string start;    ///< ISO 8601
  std::string end;
  std::string libraries;   ///< names and versions
  std::string lineage;     ///< of runs side by side: what each changes
  std::string branchings;  ///< of a branch: parents, moments, changes, and the scenarios before, as JSON
  std::string folder;      ///< where the scenario's relative paths start
  std::string theories;    ///< under which it was run side by side: "a,b" or "all"
  std::string replicate;   ///< the one that was run alone
  std::string resumed;     ///< when, where and on how many threads the run went on, a line each
  std::string report;      ///< what it came to, in the words and tables of the terminal, as JSON; known at the end
};

/// Root attributes of a result; an empty text is left out. `state` is written by the writer: "partial" or "complete".
struct RunAttributes {
  std::string title;
  std::string kith_version;
  std::string git_commit;
  std::string compiler;
  std::string flags;
  std::uint64_t seed = 0;
  std::string seed_text;    ///< when the seed was given as text
  std::string fingerprint;  ///< known at the end
  std::string scenario_hash;
  std::string citation;
  std::vector<std::string> warnings;
  std::string stop_reason;  ///< why a partial result ended, when that is known
  Provenance provenance;
  /// The files that the scenario names, by their names in `scenario_resolved`. Kept in results and checkpoints, not in segments.
  std::shared_ptr<const InputFiles> inputs;
};

/// Which run wrote a file, and as which of its segments.
struct Origin {
  std::string run_id;         ///< see `new_run_id`
  std::uint64_t segment = 0;  ///< from 1; 0 for a result
};

inline constexpr std::uint64_t format_version = 1;

/// Each text of `provenance` with the name under which files keep it.
std::vector<std::pair<std::string, std::string>> named_texts(const Provenance& provenance);

}  // namespace kith::io

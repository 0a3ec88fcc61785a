#pragma once

#include <string>
#include <vector>

#include "engine/report.hpp"
#include "figures/definition.hpp"
#include "io/result_file.hpp"

namespace kith::figures {

/// What a trial came to, for who reads one paragraph: who took part, then of each outcome of each arm what is true in the model, what a
/// study of this size sees, and how often. Up to four outcomes have a sentence each; more stand in a table.
struct InShort {
  std::vector<std::string> sentences = {};
  ReportTable table = {};

  bool is_there() const { return !sentences.empty() || !table.rows.empty(); }
};

/// Nothing without a trial that has outcomes. `suffix` stands after the names of the tables.
InShort in_short(const io::ResultFile& result, const std::string& suffix = "");

/// Of each figure of a share that falls in steps, what is left of it at the end in each sequence of the trial: mean over the virtual
/// studies. "Patients who have not relapsed, at the end: 41 % of treatment; 22 % of placebo (means of 5 virtual studies)."
std::vector<std::string> ends_in_short(const io::ResultFile& result, const std::vector<Definition>& definitions);

}  // namespace kith::figures

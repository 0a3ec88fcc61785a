#pragma once

#include <string>
#include <vector>

#include "cli/cli.hpp"

namespace kith::cli {

/// A word that may stand where a command line is being written.
struct Candidate {
  std::string word;
  std::string meaning;
};

struct Candidates {
  std::vector<Candidate> words;
  bool or_file = false;  ///< the name of a file may stand there, too
};

/// What may stand in place of the last of the words of a command line and begins like it.
Candidates candidates(const Session& session, const Words& words);

}  // namespace kith::cli

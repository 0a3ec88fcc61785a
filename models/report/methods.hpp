#pragma once

#include <string>

#include "models/scenario/scenario.hpp"

namespace kith {

/// How a scenario was simulated, for the methods section of a paper: a few paragraphs in Markdown that cite as Pandoc does ("[@grimm2020]"),
/// and the BibTeX entries of what they cite.
struct Methods {
  std::string text;
  std::string bibtex;
};

/// `version`: of Kith, as in "0.1.0, commit 1f…".
Methods methods(const Scenario& scenario, const std::string& version);

/// The entries of a BibTeX text whose keys the text cites, in the order of the entries.
std::string cited(const std::string& text, const std::string& bibtex);

}  // namespace kith

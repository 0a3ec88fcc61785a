#pragma once

#include <set>
#include <string>

#include "models/scenario/scenario.hpp"

namespace kith {

/// What a scenario has of the parts that not every one has, by the words that stand in the marks of models/README.md: its theory, its
/// drugs, the designs of its trials, "living ties", "events" …
std::set<std::string> parts_of(const Scenario& scenario);

/// A document without what belongs to other scenarios: blocks between `<!-- only with: WORD -->` and `<!-- end only -->`, and lines that
/// end with such a mark, whose word is not in `parts`; printed output and tables of commands; comments. Links to files become their words.
std::string only_of(const std::string& document, const std::set<std::string>& parts);

/// The ODD protocol of this very scenario, in Markdown: models/README.md (sections 1 to 7 and 9) with the submodels that are on, its drugs
/// and its theory in full, and `parameters` as section 8.
std::string protocol(const Scenario& scenario, const std::string& parameters);

}  // namespace kith

#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kith::config {

/// The leaves of a YAML text by their dotted paths, in the order of the text: {"trial.arms.drug.doses", "[25 mg, 50 mg]"}. Items of
/// a list of mappings count from 0; a list of plain values is one leaf. Throws kith::Error for text that is no YAML mapping.
std::vector<std::pair<std::string, std::string>> leaves(const std::string& yaml);

/// What stands at a key of the outermost mapping, on one line: "{name: mine, approach: [{term: signal, gain: 1}]}"; "" where there is no such key.
/// Throws likewise.
std::string on_one_line(const std::string& yaml, const std::string& key);

}  // namespace kith::config

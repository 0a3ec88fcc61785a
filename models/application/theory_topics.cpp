#include "models/application/theory_topics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

#include "config/document.hpp"
#include "models/theories/theory.hpp"

namespace kith {
namespace {

using config::Entry;

/// One line a parameter: name, default, mark, source; then what it means.
std::string parameters(const std::vector<Entry>& entries, const std::string& above,
                       const std::function<bool(const Entry&)>& belongs) {
  std::size_t width = 0;
  for (const Entry& entry : entries) {
    if (belongs(entry)) width = std::max(width, entry.path.size() - above.size());
  }
  std::string text;
  for (const Entry& entry : entries) {
    if (!belongs(entry)) continue;
    const std::string mark = entry.has_fallback ? std::string(config::name(entry.mark)) : "yours";
    text += fmt::format("\n  {:<{}} {:<9} {}{}{}\n    {}", entry.path.substr(above.size()), width,
                        entry.has_fallback ? entry.fallback : "", mark, entry.source.empty() ? "" : ": ", entry.source,
                        entry.doc);
  }
  return text.empty() ? "\nParameters: none" : "\nParameters:" + text;
}

template <class Kind>
std::string told(const Kind& kind, const std::string& parameters) {
  std::string text = std::string(kind.claim) + ".\nEquations: " + std::string(kind.equations) +
                     "\nPublished: " + std::string(kind.published) + "\nOurs: " + std::string(kind.ours) +
                     "\nSource: " + std::string(kind.source.empty() ? "none needed" : kind.source);
  return text + parameters;
}

}  // namespace

std::vector<cli::Topic> theory_topics() {
  config::Document document = config::Document::describe();
  config::Section root = document.root();
  theories::read_theory(root);
  const std::vector<Entry>& entries = document.entries();
  std::vector<cli::Topic> topics;
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    const std::string only_with = "theory.name = " + std::string(kind->name);
    const std::string text =
        told(*kind, parameters(entries, "theory.", [&](const Entry& entry) { return entry.only_with == only_with; }));
    topics.push_back(
        {std::string(kind->name), "theory", std::string(kind->claim), text + "\nFitted: " + std::string(kind->fitted)});
  }
  for (const theories::TermKind* term : theories::all_terms()) {
    const std::string above = "theory." + std::string(term->name) + ".";
    topics.push_back(
        {std::string(term->name), "term that goes with any theory", std::string(term->claim),
         told(*term, parameters(entries, above, [&](const Entry& entry) { return entry.path.starts_with(above); })) +
             fmt::format("\nSwitched on by theory: {{name: ..., {}: {{}}}}", term->name)});
  }
  return topics;
}

}  // namespace kith

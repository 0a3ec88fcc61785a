#include "models/theories/theory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/document.hpp"

namespace kith::theories {

people::Opioids NamedTheory::opioids() const {
  people::Opioids all = theory->opioids();
  all.share += terms.share;
  all.protection += terms.protection;
  all.separation += terms.separation;
  all.pleasure += terms.pleasure;
  all.analgesia += terms.analgesia;
  all.touch += terms.touch;
  all.cold += terms.cold;
  return all;
}

std::string NamedTheory::change_to(std::string_view other) const {
  return other == kind ? "" : fmt::format("theory={{name: {}{}}}", other, terms_text);
}

bool is_written_in_yaml(std::string_view theory) {
  const auto& all = all_theories();
  return std::any_of(all.begin(), all.end(),
                     [&](const TheoryKind* kind) { return kind->name == theory && kind->is_written_in_yaml; });
}

std::vector<std::string> keys_of(std::string_view theory, config::Mark mark) {
  config::Document document = config::Document::describe();
  config::Section root = document.root();
  read_theory(root);
  std::vector<std::string> keys;
  for (const config::Entry& entry : document.entries()) {
    const bool is_of_it = entry.only_with == fmt::format("theory.name = {}", theory);
    if (is_of_it && entry.has_fallback && entry.mark == mark) keys.push_back(entry.path);
  }
  return keys;
}

NamedTheory read_theory(config::Section& scenario) {
  auto section = scenario.section({.key = "theory", .doc = "What opioids are said to do to connection."}, "name");
  NamedTheory named;
  std::vector<config::Section::Variant> variants;
  for (const TheoryKind* kind : all_theories()) {
    variants.push_back({kind->name, kind->claim, [&named, kind](config::Section& s) {
                          named.kind = kind->name;
                          named.name = kind->name;
                          named.is_own = kind->is_written_in_yaml;
                          named.fitted = kind->fitted;
                          named.theory = kind->read(s);
                        }});
  }
  section.variant({.key = "name",
                   .fallback = "botsa",
                   .doc = "Name of the theory.",
                   .otherwise = "one that is written in the scenario is called mine: name: mine, approach: …"},
                  variants);
  for (const TermKind* term : all_terms()) {
    if (!section.has(term->name)) continue;
    auto own = section.section({.key = term->name, .doc = term->claim});
    std::string values;
    for (const TermKind::Parameter& parameter : term->parameters) {
      const double value = own.number(parameter.spec);
      named.terms.*parameter.what += static_cast<float>(value);
      values += fmt::format("{}{}: {}", values.empty() ? "" : ", ", parameter.spec.key, value);
    }
    named.terms_text += fmt::format(", {}: {{{}}}", term->name, values);
    named.name += " + " + std::string(term->name);
  }
  return named;
}

}  // namespace kith::theories

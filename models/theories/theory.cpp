#include "models/theories/theory.hpp"

#include <fmt/format.h>

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

NamedTheory read_theory(config::Section& scenario) {
  auto section = scenario.section({.key = "theory", .doc = "What opioids are said to do to connection."}, "name");
  NamedTheory named;
  std::vector<config::Section::Variant> variants;
  for (const TheoryKind* kind : all_theories()) {
    variants.push_back({kind->name, kind->claim, [&named, kind](config::Section& s) {
                          named.kind = kind->name;
                          named.name = kind->name;
                          named.fitted = kind->fitted;
                          named.theory = kind->read(s);
                        }});
  }
  section.variant({.key = "name", .fallback = "botsa", .doc = "Name of the theory."}, variants);
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

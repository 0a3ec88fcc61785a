#include "models/theories/theory.hpp"

namespace kith::theories {

NamedTheory read_theory(config::Section& scenario) {
  auto section = scenario.section({.key = "theory", .doc = "What opioids are said to do to connection."}, "name");
  NamedTheory named;
  std::vector<config::Section::Variant> variants;
  for (const TheoryKind* kind : all_theories()) {
    variants.push_back({kind->name, kind->claim, [&named, kind](config::Section& s) {
                          named = {kind->name, kind->fitted, kind->read(s)};
                        }});
  }
  section.variant({.key = "name", .fallback = "botsa", .doc = "Name of the theory."}, variants);
  return named;
}

}  // namespace kith::theories

#include "models/pharmacology/read_parameter.hpp"

#include <fmt/format.h>

#include "config/reference.hpp"

namespace kith::pharmacology {

using config::Section;
using config::Spec;

Parameter read_parameter(Section& section, const Spec& spec) {
  Section entry = section.section({.key = spec.key, .doc = spec.doc}, "value");
  Parameter parameter;
  Spec value = spec;
  value.key = "value";
  parameter.value = entry.number(value);
  const std::size_t mark = entry.choice({.key = "mark", .fallback = "assumed", .doc = "Where the number comes from."},
                                        {{"published", "a published number; the source cites it"},
                                         {"fitted", "fitted; the source says to what"},
                                         {"assumed", "an assumption; the source gives the plausible range"}});
  parameter.mark = static_cast<config::Mark>(mark);
  parameter.source =
      entry.text({.key = "source", .fallback = "", .doc = "Citation, what it was fitted to, or the range."});
  if (parameter.source.empty() && parameter.mark != config::Mark::assumed)
    entry.fail("mark", fmt::format("a {} number without a source", config::name(parameter.mark)), "",
               "add source: where it is published, or to what it was fitted");
  return parameter;
}

}  // namespace kith::pharmacology

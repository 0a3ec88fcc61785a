#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

struct None {
  people::Opioids opioids;
  float approach(const Inner&) const { return 0.0F; }
};

}  // namespace

extern const TheoryKind none_theory;
const TheoryKind none_theory{
    .name = "none",
    .claim = "no opioid term: the null against which the others are read",
    .equations = "ln P += 0; no feeling follows the mu-signal",
    .published = "nothing: it is what the others must beat",
    .ours = "nothing",
    .source = "",
    .fitted = "none: no parameter of this theory is fitted.",
    .read = [](config::Section&) -> std::unique_ptr<Theory> { return std::make_unique<RuleTheory<None>>(None{}); }};

}  // namespace kith::theories

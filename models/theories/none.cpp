#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

struct None {
  static constexpr bool damps_distress = false;
  float opioid_share = 0.0F;
  float approach(const Inner&) const { return 0.0F; }
  float separation(const Inner&) const { return 0.0F; }
};

}  // namespace

extern const TheoryKind none_theory;
const TheoryKind none_theory{
    "none", "no opioid term: the null against which the others are read", "",
    "none: no parameter of this theory is fitted.",
    [](config::Section&) -> std::unique_ptr<Theory> { return std::make_unique<RuleTheory<None>>(None{}); }};

}  // namespace kith::theories

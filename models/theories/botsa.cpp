#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

/// Low signal is like separation: seek others. High signal sates.
struct Botsa {
  people::Opioids opioids;
  float approach_gain;  // k

  float approach(const Inner& i) const { return approach_gain * (1.0F - i.signal_mean / i.set_point); }
};

}  // namespace

extern const TheoryKind botsa_theory;
const TheoryKind botsa_theory{
    .name = "botsa",
    .claim =
        "low mu-opioid signal is like separation: people seek others; high signal sates (Panksepp 1978; Nelson & "
        "Panksepp 1998)",
    .equations =
        "ln P += k (1 - Smean/S*), in comfort and in distress; C rests at C0 (1 + w (S - 1)); reward = quality (1 + w "
        "(S - 1)); distress of quarrels and stressors x exp(-s (S - 1)); what separation brings x exp(-h (S - 1))",
    .published =
        "low doses of opioids soothe the cries of separated young animals, antagonists add to them; an animal under "
        "opioids seeks less company, one under antagonists more",
    .ours = "that felt connection and approach are two variables, all forms and time constants, and every number",
    .source = "Panksepp 1978; Nelson & Panksepp 1998",
    .fitted =
        "botsa: opioid_share was fitted so that the mean over four outcomes, the diary and the messages of a crossover "
        "and of a "
        "parallel trial, gives g = -0.20, the meta-analytic effect (Loseth 2024; SE 0.064); all else of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      Botsa rule{};
      rule.opioids.share = read_share(s, "0.054", "0.027");
      rule.approach_gain =
          read_approach_gain(s, "0.05", "How strongly a signal below the set point raises approach (k).",
                             "range 0-0.2; the effect on felt connection does not identify it");
      read_damping(s, rule.opioids);
      return std::make_unique<RuleTheory<Botsa>>(rule);
    }};

}  // namespace kith::theories

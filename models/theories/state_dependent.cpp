#include "models/theories/parts/distress_state.hpp"
#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

using config::Mark;

/// In comfort a high signal makes people seek, in distress a low one does.
struct StateDependent {
  people::Opioids opioids;
  float approach_gain;   // k
  float distress_drive;  // k_D
  DistressState distress;

  float approach(const Inner& i) const {
    const float d = distress.of(i.distress);
    const float above = i.signal_mean / i.set_point - 1.0F;
    return approach_gain * above * (1.0F - 2.0F * d) + distress_drive * d;
  }
};

}  // namespace

extern const TheoryKind state_dependent_theory;
const TheoryKind state_dependent_theory{
    .name = "state_dependent",
    .claim =
        "what opioids do to social motivation depends on the state: in comfort they raise it, in distress they "
        "replace it (Loseth, Ellingsen & Leknes 2014)",
    .equations =
        "ln P += (1 - d) k (Smean/S* - 1) + d k (1 - Smean/S*) + kD d, where d = 1/(1 + exp(-(D - theta)/0.05)); "
        "the rest as in botsa",
    .published =
        "the SOMSOM: in distress a lack of opioid signal makes animals seek contact and agonists stop it, "
        "while in comfort agonists promote play and approach and antagonists reduce them",
    .ours =
        "the state is distress alone and shifts gradually, so that reunion counts as distress until D has fallen below "
        "theta; both arms have the same gain; all numbers",
    .source = "Loseth, Ellingsen & Leknes 2014, Front Behav Neurosci 8:430",
    .fitted =
        "state_dependent: opioid_share was fitted to the meta-analytic effect as that of botsa was (mean of four "
        "outcomes, g = -0.20, SE 0.064); all else of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      StateDependent rule{};
      rule.opioids.share = read_share(s, "0.054", "0.027");
      rule.approach_gain =
          read_approach_gain(s, "0.05", "How strongly the signal moves approach, up in comfort, down in distress (k).",
                             "range 0-0.2; as in botsa");
      rule.distress_drive = static_cast<float>(s.number({.key = "distress_drive",
                                                         .fallback = "0.5",
                                                         .min = "0",
                                                         .max = "5",
                                                         .doc = "Rise of ln P in full distress (k_D).",
                                                         .mark = Mark::assumed,
                                                         .source = "range 0.2-1"}));
      rule.distress = DistressState::read(s);
      read_damping(s, rule.opioids);
      return std::make_unique<RuleTheory<StateDependent>>(rule);
    }};

}  // namespace kith::theories

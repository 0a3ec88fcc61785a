#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

/// The signal is the value of whatever is good, company or not.
class Reward final : public Theory {
 public:
  Reward(float share, float approach_gain) : share_(share), approach_gain_(approach_gain) {}
  people::Opioids opioids() const override { return {.share = share_, .pleasure = share_}; }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    for (std::size_t p = begin; p < end; ++p) out[p - begin] = approach_gain_ * (people.signal_mean[p] - 1.0F);
  }
  float non_social_gain(const people::People& people, std::size_t person) const override {
    return people::gain_of(share_, people.signal[person]);
  }

 private:
  float share_;
  float approach_gain_;
};

}  // namespace

extern const TheoryKind reward_theory;
const TheoryKind reward_theory{
    .name = "reward",
    .claim = "opioids carry the pleasure of any reward, company among them (Berridge & Robinson 1998)",
    .equations =
        "ln P += k (Smean - 1), in comfort and in distress; C rests at C0 (1 + w (S - 1)), positive affect and "
        "its gain in a contact likewise; a reward that comes from nobody is worth 1 + w (S - 1)",
    .published =
        "mu-opioid signal in hedonic hot spots amplifies liking of sweet taste and other rewards; that social "
        "reward is but one of them is how the claim is read here",
    .ours = "the same share w for company, mood and other rewards; no effect on separation and quarrels; all numbers",
    .source = "Berridge & Robinson 1998, Brain Res Rev 28:309; Berridge & Kringelbach 2015",
    .fitted =
        "reward: opioid_share was fitted to the meta-analytic effect as that of botsa was (mean of four outcomes, g = "
        "-0.20, SE 0.064); all else of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      const float share = read_share(s, "0.051", "0.0255");
      return std::make_unique<Reward>(share,
                                      read_approach_gain(s, "0.05", "How strongly the mean signal raises approach (k).",
                                                         "range 0-0.2; as in botsa"));
    }};

}  // namespace kith::theories

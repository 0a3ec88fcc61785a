#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

struct Withdrawal {
  people::Opioids opioids;
  float approach_gain;

  float approach(const Inner& i) const { return approach_gain * (i.signal_mean / i.set_point - 1.0F); }
};

}  // namespace

extern const TheoryKind withdrawal_theory;
const TheoryKind withdrawal_theory{
    .name = "withdrawal",
    .claim = "low mu-opioid signal makes people give up",
    .equations = "ln P += k (Smean/S* - 1)",
    .published = "nothing",
    .ours = "all of it",
    .source = "an example",
    .fitted = "withdrawal: nothing was fitted.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      const float share = read_share(s, "0.1", "0.05");
      const float gain =
          read_approach_gain(s, "0.3", "How strongly a signal below the set point lowers approach.", "range 0-1");
      return std::make_unique<RuleTheory<Withdrawal>>(Withdrawal{{.share = share, .protection = 0.5F}, gain});
    }};

}  // namespace kith::theories

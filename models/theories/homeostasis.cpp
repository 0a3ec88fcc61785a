#include "models/theories/parts/connection_set_point.hpp"
#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

/// People keep the connection that they detect at the one that they are used to.
class Homeostasis final : public Theory {
 public:
  Homeostasis(float share, float approach_gain, ConnectionSetPoint set_point)
      : share_(share), approach_gain_(approach_gain), set_point_(set_point) {}
  people::Opioids opioids() const override { return {.share = share_}; }
  void start(people::People& people) const override { set_point_.start(people); }
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin,
             std::size_t end) const override {
    set_point_.sense(scene, step, begin, end);
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    set_point_.deficit(people, share_, begin, end, out);
    for (std::size_t p = begin; p < end; ++p) out[p - begin] *= approach_gain_;
  }

 private:
  float share_;
  float approach_gain_;  // k
  ConnectionSetPoint set_point_;
};

}  // namespace

extern const TheoryKind homeostasis_theory;
const TheoryKind homeostasis_theory{
    .name = "homeostasis",
    .claim =
        "people regulate connection like body heat: less than they are used to makes them seek, more makes them "
        "withdraw (Matthews & Tye 2019)",
    .equations =
        "ln P += k (C* - Cd)/C*, Cd = C (1 + w (S - 1)); C* follows C, at first as the mean of the burn-in; C rests at "
        "C0 (1 + w (S - 1)); reward = quality (1 + w (S - 1))",
    .published =
        "a detector, a control center with a set point and effectors; deficit and surplus are both aversive, and the "
        "set point drifts after long isolation, so that reunion is too much",
    .ours = "that the mu-signal scales what the detector sees; the source names no transmitter for it; all numbers",
    .source = "Matthews & Tye 2019, Ann N Y Acad Sci 1457:5; Lee, Chen & Tye 2021",
    .fitted =
        "homeostasis: opioid_share was fitted to the meta-analytic effect as that of botsa was (mean of four outcomes, "
        "g = -0.20, SE 0.064); all else of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      const float share = read_share(s, "0.056", "0.028");
      const float gain = read_approach_gain(
          s, "1", "How strongly a lack of connection, in share of what is usual, raises approach (k).", "range 0-2");
      return std::make_unique<Homeostasis>(share, gain, ConnectionSetPoint::read(s));
    }};

}  // namespace kith::theories

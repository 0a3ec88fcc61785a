#include "models/theories/parts/learning.hpp"
#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

/// The signal is the gain with which people learn from how contacts go, not a drive.
class Feedback final : public Theory {
 public:
  Feedback(float share, float approach_gain, Learning learning)
      : share_(share), approach_gain_(approach_gain), learning_(learning) {}
  people::Opioids opioids() const override { return {.share = share_}; }
  void start(people::People& people) const override { learning_.start(people); }
  void sense(const people::Scene& scene, const people::Relaxation& /*step*/, std::size_t begin,
             std::size_t end) const override {
    learning_.sense(scene, begin, end);
  }
  void after_contact(people::People& people, std::size_t person, const Lived& lived) const override {
    learning_.after_contact(people, person, lived);
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    learning_.leaning(people, begin, end, out);
    for (std::size_t p = begin; p < end; ++p) out[p - begin] *= approach_gain_;
  }

 private:
  float share_;
  float approach_gain_;  // k
  Learning learning_;
};

}  // namespace

extern const TheoryKind feedback_theory;
const TheoryKind feedback_theory{
    .name = "feedback",
    .claim =
        "opioids set how much people learn from social feedback, good and bad; they drive nothing (Meier et al. 2021)",
    .equations =
        "ln P += 2 k (1/(1 + exp(wp - wa)) - 1/2); after a contact delta = reward - expected (reward 0 where it went "
        "badly), a good one wa += eta S max(0, delta), a bad one wp += eta S max(0, -delta), expected += 0.1 delta; "
        "wa and wp fade with tau_w; reward = quality (1 + w (S - 1))",
    .published =
        "opioids modulate the processing of social feedback, reward and rejection, and by it affiliation and "
        "self-protection",
    .ours =
        "prediction errors and their rates, what a bad contact is worth, that no effect comes before a contact; all "
        "numbers",
    .source = "Meier, van Honk, Bos & Terburg 2021, Neurosci Biobehav Rev 121:250",
    .fitted =
        "feedback: opioid_share was fitted to the meta-analytic effect as that of botsa was (mean of four outcomes, g "
        "= "
        "-0.20, SE 0.064); all else of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      const float share = read_share(s, "0.052", "0.026");
      const float gain = read_approach_gain(s, "0.2", "Approach of who has learned nothing but good: rise of ln P (k).",
                                            "range 0.05-0.5");
      return std::make_unique<Feedback>(share, gain, Learning::read(s));
    }};

}  // namespace kith::theories

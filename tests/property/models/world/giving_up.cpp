#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

const ColumnInfo time_below{"time_below", "hours", "time so far below the set point (a made-up theory's own state)"};

/// Who has been below the set point for long seeks less.
class GivingUp final : public Theory {
 public:
  GivingUp(float share, float rate) : opioids_{.share = share, .protection = 0.5F, .separation = 0.5F}, rate_(rate) {}

  people::Opioids opioids() const override { return opioids_; }
  void start(people::People& people) const override { people.add(time_below, 0.0F); }
  void sense(const people::Scene& scene, const people::Relaxation& /*step*/, std::size_t begin,
             std::size_t end) const override {
    const people::People& people = scene.people;
    const auto hours = static_cast<float>(scene.clock.tick_hours());
    std::vector<float>& below = *scene.people.find(time_below.name);
    for (std::size_t p = begin; p < end; ++p) below[p] += people.signal[p] < people.set_point[p] ? hours : 0.0F;
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    const std::vector<float>& below = *people.find(time_below.name);
    for (std::size_t p = begin; p < end; ++p) out[p - begin] = -rate_ * below[p];
  }

 private:
  people::Opioids opioids_;
  float rate_;  // [1/h]
};

}  // namespace

extern const TheoryKind giving_up_theory;
const TheoryKind giving_up_theory{
    .name = "giving_up",
    .claim = "people give up the longer their signal has been low",
    .equations = "ln P += -r T; T grows while S < S*",
    .published = "nothing",
    .ours = "all of it",
    .source = "an example",
    .fitted = "giving_up: nothing was fitted.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      const float share = read_share(s, "0.1", "0.05");
      const auto rate = static_cast<float>(s.number({.key = "rate",
                                                     .fallback = "0.001",
                                                     .min = "0",
                                                     .max = "1",
                                                     .doc = "Fall of ln P in an hour below the set point.",
                                                     .mark = config::Mark::assumed,
                                                     .source = "an example"}));
      return std::make_unique<GivingUp>(share, rate);
    }};

}  // namespace kith::theories

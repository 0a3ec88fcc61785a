#include "core/math.hpp"
#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

const ColumnInfo capacity_column{"social_capacity", "1", "opioid tone times receptor density, over the reference tone"};

/// As `botsa`; and whose opioid system is stronger keeps up more company.
class Maintenance final : public Theory {
 public:
  Maintenance(const people::Opioids& opioids, float approach_gain, float capacity_gain)
      : opioids_(opioids), approach_gain_(approach_gain), capacity_gain_(capacity_gain) {}
  people::Opioids opioids() const override { return opioids_; }
  void start(people::People& people) const override {
    std::vector<float>& capacity = people.add(capacity_column, 0.0F);
    for (std::size_t p = 0; p < people.count; ++p) capacity[p] = people.tone[p] / pharmacology::reference_tone;
  }
  void sense(const people::Scene& scene, const people::Relaxation& /*step*/, std::size_t begin,
             std::size_t end) const override {
    people::BlockLoads loads;
    scene.receptors.look_into(begin, end, loads);
    std::vector<float>& capacity = *scene.people.find(capacity_column.name);
    for (std::size_t p = begin; p < end; ++p)
      capacity[p] = scene.people.tone[p] * loads.density[p - begin] / pharmacology::reference_tone;
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    const std::vector<float>& capacity = *people.find(capacity_column.name);
    for (std::size_t p = begin; p < end; ++p) {
      out[p - begin] = approach_gain_ * (1.0F - people.signal_mean[p] / people.set_point[p]) +
                       capacity_gain_ * portable_log(capacity[p]);
    }
  }

 private:
  people::Opioids opioids_;
  float approach_gain_;  // k
  float capacity_gain_;  // c
};

}  // namespace

extern const TheoryKind maintenance_theory;
const TheoryKind maintenance_theory{
    .name = "maintenance",
    .claim =
        "as botsa, and the opioid system keeps ties up: who has more of it has room for more company (Machin & Dunbar "
        "2011)",
    .equations = "ln P += k (1 - Smean/S*) + c ln(B tone/0.15); the rest as in botsa",
    .published =
        "endorphins released by grooming, laughter and synchrony bond people beyond kin and couples; ties need "
        "topping up, outer ones fade first; pain tolerance goes with the size of the network",
    .ours =
        "capacity acts by approach: where ties live, it decides which of them are kept. That outer ties fade first, "
        "and "
        "that sessions and touch release ligand, is the shared model (7.8, 7.9) and so holds under every theory here; "
        "c "
        "and all other numbers",
    .source = "Machin & Dunbar 2011, Behaviour 148:985; capacity: Johnson & Dunbar 2016, Sci Rep 6:25267",
    .fitted =
        "maintenance: opioid_share was fitted to the meta-analytic effect as that of botsa was (mean of four outcomes, "
        "g = -0.20, SE 0.064); all else of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      people::Opioids opioids{.share = read_share(s, "0.055", "0.0275")};
      const float approach_gain = read_approach_gain(
          s, "0.05", "How strongly a signal below the set point raises approach (k).", "range 0-0.2; as in botsa");
      const auto capacity_gain = static_cast<float>(s.number(
          {.key = "capacity_gain",
           .fallback = "0.2",
           .min = "0",
           .max = "2",
           .doc = "How strongly opioid tone and receptor density raise the company that a person keeps up (c).",
           .mark = config::Mark::assumed,
           .source = "range 0-0.5; sign: pain tolerance and network size (Johnson & Dunbar 2016)"}));
      read_damping(s, opioids);
      return std::make_unique<Maintenance>(opioids, approach_gain, capacity_gain);
    }};

}  // namespace kith::theories

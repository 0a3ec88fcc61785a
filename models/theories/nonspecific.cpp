#include "models/theories/parts/drug_symptoms.hpp"
#include "models/theories/parts/parameters.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

/// Drugs make people feel unwell, and that is all.
class Nonspecific final : public Theory {
 public:
  Nonspecific(float approach_gain, DrugSymptoms symptoms) : approach_gain_(approach_gain), symptoms_(symptoms) {}
  people::Opioids opioids() const override { return {}; }
  void start(people::People& people) const override { symptoms_.start(people); }
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin,
             std::size_t end) const override {
    symptoms_.sense(scene, step, begin, end);
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    for (std::size_t p = begin; p < end; ++p) out[p - begin] = -approach_gain_ * DrugSymptoms::share(people, p);
  }
  float rating_gain(const people::People& people, std::size_t person) const override {
    return 1.0F - DrugSymptoms::share(people, person);
  }

 private:
  float approach_gain_;  // k
  DrugSymptoms symptoms_;
};

}  // namespace

extern const TheoryKind nonspecific_theory;
const TheoryKind nonspecific_theory{
    .name = "nonspecific",
    .claim =
        "drugs cause symptoms and low mood, which lower whatever is rated; nothing of it is social: the null to beat",
    .equations =
        "y = m x kappa-occupancy; C and positive affect come to rest lower by the share y; any reward is rated (1 - y) "
        "x its value, close others' and strangers' alike; ln P += -k y; no feeling follows the mu-signal",
    .published = "naltrexone worsens mood by g = 0.23 (Ray 2019)",
    .ours = "that symptoms follow the kappa-receptor, and take the same share of everything; k",
    .source = "Ray et al. 2019",
    .fitted =
        "nonspecific: symptoms were fitted to mood under naltrexone, g = -0.23 (Ray 2019), not to connection; all else "
        "of it is assumed.",
    .read = [](config::Section& s) -> std::unique_ptr<Theory> {
      const float gain = read_approach_gain(s, "1", "How strongly symptoms lower approach (k).", "range 0-2");
      return std::make_unique<Nonspecific>(gain, DrugSymptoms::read(s, "0.104", config::Mark::fitted,
                                                                    "positive affect in the diary of "
                                                                    "naltrexone-crossover: g = -0.23 (Ray 2019)"));
    }};

}  // namespace kith::theories

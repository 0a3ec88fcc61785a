#include "models/people/symptoms.hpp"

#include <algorithm>

namespace kith::people {

using config::Mark;

SymptomParams read_symptoms(config::Section& root) {
  config::Section s =
      root.section({.key = "symptoms", .doc = "Side effects of drugs at the kappa-receptor; off by default."});
  SymptomParams p;
  const auto read = [&](const config::Spec& spec) { return static_cast<float>(s.number(spec)); };
  p.strength = read({.key = "strength",
                     .fallback = "0",
                     .min = "0",
                     .max = "5",
                     .doc = "Strength of the symptoms that drugs cause at the kappa-receptor: 0 off, 1 as published.",
                     .mark = Mark::assumed,
                     .source = "range 0-1; naltrexone worsens mood by g = 0.23 at 1 (Ray 2019)"});
  p.mood = read({.key = "mood",
                 .fallback = "0.04",
                 .min = "0",
                 .max = "1",
                 .doc = "Rise of negative and fall of positive affect under full kappa-occupancy, at strength 1.",
                 .mark = Mark::fitted,
                 .source = "negative affect in the diary of naltrexone-crossover: g = 0.23 (Ray 2019)"});
  p.connection = read({.key = "connection",
                       .fallback = "0.5",
                       .min = "0",
                       .max = "2",
                       .doc = "Fall of felt connection with each unit by which symptoms lower mood.",
                       .mark = Mark::assumed,
                       .source = "range 0-1"});
  return p;
}

void Symptoms::feel(const Scene& scene, const Relaxation& step, std::size_t begin, std::size_t end) {
  People& s = scene.people;
  for (const pharmacology::Treated& treated : scene.receptors.treated().among(begin, end)) {
    const PersonId p = treated.person();
    const float low_mood = params_.strength * params_.mood * treated.kappa();
    s.negative_affect[p] = std::min(1.0F, s.negative_affect[p] + low_mood * step.affect);
    s.positive_affect[p] = std::max(0.0F, s.positive_affect[p] - low_mood * step.affect);
    s.connection[p] = std::max(0.0F, s.connection[p] - params_.connection * low_mood * step.connection);
  }
}

}  // namespace kith::people

#include "models/people/symptoms.hpp"

namespace kith::people {

using config::Mark;

SymptomParams read_symptoms(config::Section s) {
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

}  // namespace kith::people

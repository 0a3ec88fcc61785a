#include "models/theories/parts/parameters.hpp"

namespace kith::theories {

using config::Mark;

float read_share(config::Section& s, std::string_view published, std::string_view bias_adjusted) {
  const bool is_adjusted =
      s.choice({.key = "evidence", .fallback = "published", .doc = "What opioid_share is fitted to."},
               {{"published", "the pooled effect of naltrexone on felt connection, g = -0.20 [-0.32, -0.07]"},
                {"bias_adjusted", "half of it, which small-study asymmetry (Egger p = 0.02) may leave: g = -0.10"}}) ==
      1;
  return static_cast<float>(s.number(
      {.key = "opioid_share",
       .fallback = is_adjusted ? bias_adjusted : published,
       .min = "0",
       .max = "1",
       .doc = "Share of felt connection and of social reward that the mu-signal carries (omega).",
       .mark = Mark::fitted,
       .source = "mean over the diary and the messages of a crossover and of a parallel trial, behaviour included: g = "
                 "-0.20, SE 0.064 (Loseth 2024), so 0.02-0.09; bias_adjusted: g = -0.10"}));
}

float read_approach_gain(config::Section& s, std::string_view fallback, std::string_view doc, std::string_view source) {
  return static_cast<float>(s.number({.key = "approach_gain",
                                      .fallback = fallback,
                                      .min = "0",
                                      .max = "5",
                                      .doc = doc,
                                      .mark = Mark::assumed,
                                      .source = source}));
}

void read_damping(config::Section& s, people::Opioids& opioids) {
  opioids.protection = static_cast<float>(
      s.number({.key = "protection",
                .fallback = "0.5",
                .min = "0",
                .max = "5",
                .doc = "How much the mu-signal damps the distress of quarrels and stressors: factor exp(-s (S - 1)).",
                .mark = Mark::assumed,
                .source = "range 0-1"}));
  opioids.separation = static_cast<float>(
      s.number({.key = "separation",
                .fallback = "0.5",
                .min = "0",
                .max = "5",
                .doc = "How much the mu-signal damps what separation brings, distress, need and loneliness: "
                       "factor exp(-h (S - 1)).",
                .mark = Mark::assumed,
                .source = "range 0.2-1"}));
}

}  // namespace kith::theories

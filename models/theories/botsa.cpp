#include "models/theories/theory.hpp"

namespace kith::theories {
namespace {

using config::Mark;

/// Low signal is like separation: seek others. High signal sates.
struct Botsa {
  people::Opioids opioids;
  float approach_gain;  // k

  float approach(const Inner& i) const { return approach_gain * (1.0F - i.signal_mean / i.set_point); }
};

constexpr std::string_view fitted_to =
    "mean over the diary and the messages of a crossover and of a parallel trial, behaviour included: g = -0.20, SE "
    "0.064 "
    "(Loseth 2024), so 0.02-0.09; bias_adjusted: g = -0.10";

}  // namespace

extern const TheoryKind botsa_theory;
const TheoryKind botsa_theory{
    "botsa",
    "low mu-opioid signal is like separation: people seek others; high signal sates (Panksepp 1978; Nelson & Panksepp "
    "1998)",
    "Panksepp 1978; Nelson & Panksepp 1998",
    "botsa: opioid_share was fitted so that the mean over four outcomes, the diary and the messages of a crossover and "
    "of a "
    "parallel trial, gives g = -0.20, the meta-analytic effect (Loseth 2024; SE 0.064); all else of it is assumed.",
    [](config::Section& s) -> std::unique_ptr<Theory> {
      Botsa rule{};
      const bool is_adjusted =
          s.choice({.key = "evidence", .fallback = "published", .doc = "What opioid_share is fitted to."},
                   {{"published", "the pooled effect of naltrexone on felt connection, g = -0.20 [-0.32, -0.07]"},
                    {"bias_adjusted",
                     "half of it, which small-study asymmetry (Egger p = 0.02) may leave: g = -0.10"}}) == 1;
      rule.opioids.share = static_cast<float>(
          s.number({.key = "opioid_share",
                    .fallback = is_adjusted ? "0.027" : "0.054",
                    .min = "0",
                    .max = "1",
                    .doc = "Share of felt connection and of social reward that the mu-signal carries (omega).",
                    .mark = Mark::fitted,
                    .source = fitted_to}));
      rule.approach_gain =
          static_cast<float>(s.number({.key = "approach_gain",
                                       .fallback = "0.05",
                                       .min = "0",
                                       .max = "5",
                                       .doc = "How strongly a signal below the set point raises approach (k).",
                                       .mark = Mark::assumed,
                                       .source = "range 0-0.2; the effect on felt connection does not identify it"}));
      rule.opioids.protection = static_cast<float>(s.number(
          {.key = "protection",
           .fallback = "0.5",
           .min = "0",
           .max = "5",
           .doc = "How much the mu-signal damps the distress of quarrels and stressors: factor exp(-s (S - 1)).",
           .mark = Mark::assumed,
           .source = "range 0-1"}));
      rule.opioids.separation = static_cast<float>(
          s.number({.key = "separation",
                    .fallback = "0.5",
                    .min = "0",
                    .max = "5",
                    .doc = "How much the mu-signal damps what separation brings, distress, need and loneliness: "
                           "factor exp(-h (S - 1)).",
                    .mark = Mark::assumed,
                    .source = "range 0.2-1"}));
      return std::make_unique<RuleTheory<Botsa>>(rule);
    }};

}  // namespace kith::theories

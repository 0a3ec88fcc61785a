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
    "net effect of naltrexone on felt connection in the crossover, behaviour included: g = -0.20 (Loseth 2024)";

}  // namespace

extern const TheoryKind botsa_theory;
const TheoryKind botsa_theory{
    "botsa",
    "low mu-opioid signal is like separation: people seek others; high signal sates (Panksepp 1978; Nelson & Panksepp "
    "1998)",
    "Panksepp 1978; Nelson & Panksepp 1998",
    "botsa: opioid_share and approach_gain were fitted so that the connection diary of naltrexone-crossover gives g = "
    "-0.20, the "
    "meta-analytic effect (Loseth 2024), with |g| < 0.05 on daily positive affect (Inagaki 2016).",
    [](config::Section& s) -> std::unique_ptr<Theory> {
      Botsa rule{};
      rule.opioids.share = static_cast<float>(
          s.number({.key = "opioid_share",
                    .fallback = "0.088",
                    .min = "0",
                    .max = "1",
                    .doc = "Share of felt connection and of social reward that the mu-signal carries (omega).",
                    .mark = Mark::fitted,
                    .source = fitted_to}));
      rule.approach_gain = static_cast<float>(
          s.number({.key = "approach_gain",
                    .fallback = "0.05",
                    .min = "0",
                    .max = "5",
                    .doc = "How strongly a signal below the set point raises approach (k).",
                    .mark = Mark::fitted,
                    .source = "daily positive affect unchanged, |g| < 0.05 (Inagaki 2016); range 0.02-0.2"}));
      rule.opioids.protection =
          static_cast<float>(s.number({.key = "protection",
                                       .fallback = "0.5",
                                       .min = "0",
                                       .max = "5",
                                       .doc = "How much the mu-signal damps the distress of quarrels and stressors: factor exp(-s (S - 1)).",
                                       .mark = Mark::assumed,
                                       .source = "range 0-1"}));
      rule.opioids.separation =
          static_cast<float>(s.number({.key = "separation",
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

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/scenario/expectation.hpp"

/// How a published finding is held against what a theory predicts (ODD 7.11). All effects are Hedges g.
namespace kith::evidence {

/// What virtual studies of an experiment's own size came to.
struct Prediction {
  std::size_t studies = 0;
  double mean = 0.0;     ///< over the studies
  double between = 0.0;  ///< standard deviation of one study
  double error = 0.0;    ///< standard error of the mean, between/√studies

  /// 95 % confidence interval of the mean (t).
  double low = 0.0, high = 0.0;
  /// Standard deviation of the effect that one more study sees: √(between² + error²).
  double spread() const;
};

/// At least two effects, all finite.
Prediction prediction(const std::vector<double>& effects);

enum class Verdict : std::int8_t { hit, miss, noisy, inexpressible, failed };
inline constexpr std::size_t verdicts = 5;
/// "hit", "miss", "too noisy to tell", "cannot be expressed", "failed"
std::string_view name(Verdict verdict);

/// What was published agrees with means in a region: of an effect y ± 1.96 SE; of a direction beyond the bound on that side; of none
/// within ± the bound. Hit where all of the interval of the mean lies there, miss where nothing of it does, else too noisy: more studies
/// tell. First of all, too noisy is an effect whose interval holds 0 where that of the mean does, too.
Verdict verdict(const ExpectedOutcome& outcome, const Prediction& predicted);

/// A score, and what a program may want beside it. Greater log scores are better, smaller CRPS.
struct Score {
  double log = 0.0;
  double crps = 0.0;
};

/// Of an effect: ln of the density of the published effect under N(mean, SE² + error²), and its CRPS (Gneiting & Raftery 2007,
/// doi:10.1198/016214506000001437). Of a direction: ln of the probability p that a study of this size sees it; of none: that it sees
/// an effect within ± the bound; under N(mean, between² + error²). The CRPS of such a yes or no is (1 − p)².
Score score(const ExpectedOutcome& outcome, const Prediction& predicted);

/// The same for the effect that another study of the experiment saw, told as the published one is: as a number, or as whether it
/// has the published direction, or lies within the bound.
Score score_of_study(const ExpectedOutcome& outcome, const Prediction& predicted, double effect);

/// ln Φ(z), for any z.
double log_normal_cdf(double z);
/// ln(Φ(b) − Φ(a)), a < b.
double log_normal_between(double a, double b);

}  // namespace kith::evidence

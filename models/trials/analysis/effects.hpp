#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "models/trials/analysis/adjusted.hpp"
#include "models/trials/analysis/risk.hpp"
#include "models/trials/analysis/statistics.hpp"
#include "models/trials/measures/occasions.hpp"

/// Effect sizes of a virtual study and of many.
namespace kith::trials {

/// Whose ratings a study analyses: of those who stayed to the end, or of all who were allocated, as they were allocated.
enum class Whom { stayed, allocated };

/// What a study found for one measure and one contrast of arms, in one set of people.
struct Found {
  Comparison ratings;  ///< arm against reference, as the participants rated it; means alone where clusters change arms
  Adjusted adjusted;   ///< the same, adjusted for the period
  Risk risk;           ///< of those beyond the cut-off at the last occasion on each arm; NaN without a cut-off
  /// What `ratings` compares, of the mean rating over noise − that of the twin without drug, in ratings' units: direct effects and
  /// spill-over on the arm less those on the reference. Where clusters change arms, what `adjusted` estimates of it.
  double own = 0.0;
  double largest_own =
      0.0;  ///< greatest absolute difference of any participant from the twin; exactly 0 for inactive drugs
};

/// What a study found in those who stayed.
struct Effect : Found {
  bool is_outcome = true;
  /// In all who were allocated, with the ratings that those who left would have given after: the difference that allocation
  /// makes, whatever becomes of treatment (treatment policy, ICH E9(R1)).
  Found intention_to_treat;
};

/// A measure of the study: a diary or a probe with all its occasions.
struct MeasureData {
  std::string name;
  std::string unit;
  std::vector<Occasion> occasions;
  std::vector<std::vector<double>> values;   ///< [occasion][participant] true value of the feeling, 0 … 1, or percent
  std::vector<std::vector<double>> ratings;  ///< [occasion][participant]; NaN where none was given
  std::vector<std::vector<double>>
      own;  ///< [occasion][participant] mean rating over noise minus the twin's; empty without twin
  std::vector<std::vector<double>> itt_ratings{};  ///< `ratings` as if all had stayed; empty where all did
  std::vector<std::vector<double>> itt_own{};      ///< `own` as if all had stayed; empty where all did, or without twin
  bool has_effect = true;                          ///< false for occupancy, which is no outcome
  std::optional<Cutoff> cutoff{};
  /// [occasion][participant] what the untreated twins would have put down; empty but for a single arm, which is compared with
  /// them.
  std::vector<std::vector<double>> twin_ratings{};
  Phase phase = Phase::treatment;  ///< of the occasions that are compared

  void visit(State& state) {
    state("name", name);
    state("unit", unit);
    state("occasions", occasions);
    state("values", values);
    state("ratings", ratings);
    state("own", own);
    state("itt_ratings", itt_ratings);
    state("itt_own", itt_own);
    state("has_effect", has_effect);
    state("cutoff", cutoff);
    state("twin_ratings", twin_ratings);
    state("phase", phase);
  }
};

/// Compares an arm with the reference: each participant's mean over the occasions of an arm's periods. The same people are
/// compared where some sequence has both arms; else different people, or their clusters where they have them.
Effect effect_of(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants,
                 std::size_t arm);

/// [measure][arm]; the reference's own entry stays empty.
using Effects = std::vector<std::vector<Effect>>;
Effects effects_of(const std::vector<MeasureData>& measures, const Trial& trial,
                   const std::vector<Participant>& participants);

/// Effects of the same measure and contrast over virtual studies; NaN but for their number where there is no outcome.
struct Pooled {
  std::size_t studies = 0;
  Mean mean_a, mean_b, difference, g;
  double typical_low = 0.0, typical_high = 0.0;  ///< mean limits of the studies' own 95 % intervals of the difference
  double g_low = 0.0, g_high = 0.0;              ///< between which the g of 95 % of the studies lies (quantiles)
  Mean significant;                              ///< share of studies with p < 0.05
  Mean own;
  double largest_own = 0.0;

  /// A term over the studies: its mean, the mean limits of the studies' own intervals, and the share with p < 0.05.
  struct PooledTerm {
    Mean estimate;
    double typical_low = 0.0, typical_high = 0.0;
    Mean significant;
  };
  PooledTerm treatment, period, carry_over;

  Mean risk_a, risk_b, risk_difference;
  double risk_low = 0.0, risk_high = 0.0;  ///< mean limits of the studies' own intervals of the difference
};
Pooled pool(const std::vector<Effect>& all, Whom whom = Whom::stayed);

/// Effects of one measure and arm over studies, whatever the measure.
Pooled pool(const std::vector<const Effects*>& studies, std::size_t measure, std::size_t arm, Whom whom = Whom::stayed);

}  // namespace kith::trials

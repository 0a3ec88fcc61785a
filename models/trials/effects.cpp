#include "models/trials/effects.hpp"

#include <algorithm>
#include <cmath>

namespace kith::trials {
namespace {

/// Mean of a participant's values at the occasions on which they were in `arm`; NaN where there are none.
double mean_in_arm(const std::vector<std::vector<double>>& values, const MeasureData& data, const Trial& trial,
                   const Participant& participant, std::size_t index, std::size_t arm) {
  double total = 0.0;
  std::size_t count = 0;
  for (std::size_t o = 0; o < data.occasions.size(); ++o) {
    if (trial.sequences[participant.sequence].arms[data.occasions[o].period] != arm) continue;
    total += values[o][index];
    ++count;
  }
  return count == 0 ? std::nan("") : total / static_cast<double>(count);
}

}  // namespace

Effect effect_of(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants,
                 std::size_t arm) {
  std::vector<double> on_arm;
  std::vector<double> on_reference;
  double own_total = 0.0;
  Effect effect;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (participants[i].leaves) continue;
    const double a = mean_in_arm(data.ratings, data, trial, participants[i], i, arm);
    const double b = mean_in_arm(data.ratings, data, trial, participants[i], i, trial.reference);
    if (!std::isfinite(a) || !std::isfinite(b)) continue;
    on_arm.push_back(a);
    on_reference.push_back(b);
    if (data.own.empty()) continue;
    const double own = mean_in_arm(data.own, data, trial, participants[i], i, arm);
    own_total += own;
    effect.largest_own = std::max(effect.largest_own, std::abs(own));
  }
  effect.ratings = paired(on_arm, on_reference);
  effect.own = data.own.empty() || on_arm.empty() ? std::nan("") : own_total / static_cast<double>(on_arm.size());
  return effect;
}

Pooled pool(const std::vector<Effect>& studies) {
  Pooled pooled;
  pooled.studies = studies.size();
  const auto mean_of = [&](auto&& get) {
    std::vector<double> values;
    for (const Effect& study : studies) values.push_back(get(study));
    return mean_with_interval(values);
  };
  pooled.mean_a = mean_of([](const Effect& e) { return e.ratings.mean_a; });
  pooled.mean_b = mean_of([](const Effect& e) { return e.ratings.mean_b; });
  pooled.difference = mean_of([](const Effect& e) { return e.ratings.difference; });
  pooled.g = mean_of([](const Effect& e) { return e.ratings.g; });
  pooled.typical_low = mean_of([](const Effect& e) { return e.ratings.low; }).mean;
  pooled.typical_high = mean_of([](const Effect& e) { return e.ratings.high; }).mean;
  pooled.significant = mean_of([](const Effect& e) { return e.ratings.p < 0.05 ? 1.0 : 0.0; }).mean;
  pooled.own = mean_of([](const Effect& e) { return e.own; });
  for (const Effect& study : studies) pooled.largest_own = std::max(pooled.largest_own, study.largest_own);
  return pooled;
}

}  // namespace kith::trials

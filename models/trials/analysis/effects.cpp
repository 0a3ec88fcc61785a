#include "models/trials/analysis/effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kith::trials {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t arm_at(const Trial& trial, const Participant& participant, const Occasion& occasion) {
  return trial.sequences[participant.sequence].arms[occasion.period];
}

/// Mean of a participant's values at the occasions that `counts` picks; NaN where there are none.
template <class Counts>
double mean_where(const std::vector<std::vector<double>>& values, const MeasureData& data, std::size_t index,
                  Counts&& counts) {
  double total = 0.0;
  std::size_t count = 0;
  for (std::size_t o = 0; o < data.occasions.size(); ++o) {
    if (!counts(data.occasions[o]) || std::isnan(values[o][index])) continue;
    total += values[o][index];
    ++count;
  }
  return count == 0 ? nan : total / static_cast<double>(count);
}

Method method_of(const Trial& trial, const std::vector<Participant>& participants, std::size_t arm) {
  const auto takes = [](const Sequence& sequence, std::size_t wanted) {
    return std::find(sequence.arms.begin(), sequence.arms.end(), wanted) != sequence.arms.end();
  };
  for (const Sequence& sequence : trial.sequences) {
    if (takes(sequence, arm) && takes(sequence, trial.reference)) return Method::paired;
  }
  return !participants.empty() && participants.front().cluster ? Method::cluster_means : Method::two_sample;
}

/// One value of each participant on the arm and on the reference, paired or not.
struct Samples {
  std::vector<double> a, b;
  std::vector<std::uint32_t> cluster_a, cluster_b;
  std::vector<std::size_t> index_a;  ///< the participants of `a`
};

/// `value(i, arm)` of every participant who stayed; those without a value on either arm, or in a paired comparison without
/// both, are left out.
template <class Value>
Samples samples(const std::vector<Participant>& participants, Method method, std::size_t arm, std::size_t reference,
                Value&& value) {
  Samples s;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (participants[i].leaves) continue;
    const double a = value(i, arm);
    const double b = value(i, reference);
    if (method == Method::paired && (std::isnan(a) || std::isnan(b))) continue;
    if (!std::isnan(a)) {
      s.a.push_back(a);
      s.index_a.push_back(i);
      s.cluster_a.push_back(participants[i].cluster.value_or(0));
    }
    if (!std::isnan(b)) {
      s.b.push_back(b);
      s.cluster_b.push_back(participants[i].cluster.value_or(0));
    }
  }
  return s;
}

Comparison compare(const Samples& s, Method method) {
  switch (method) {
    case Method::paired:
      return paired(s.a, s.b);
    case Method::two_sample:
      return two_sample(s.a, s.b);
    case Method::cluster_means:
      return cluster_means(s.a, s.cluster_a, s.b, s.cluster_b);
  }
  return {};
}

/// 1 where the last rating on the arm is beyond the cut-off, 0 where it is not, NaN where there is none.
double last_event(const MeasureData& data, const Trial& trial, const Participant& participant, std::size_t index,
                  std::size_t arm) {
  double event = nan;
  double latest = -std::numeric_limits<double>::infinity();
  for (std::size_t o = 0; o < data.occasions.size(); ++o) {
    const double rating = data.ratings[o][index];
    if (arm_at(trial, participant, data.occasions[o]) != arm || std::isnan(rating)) continue;
    if (data.occasions[o].hours <= latest) continue;
    latest = data.occasions[o].hours;
    event = data.cutoff->is_case(rating) ? 1.0 : 0.0;
  }
  return event;
}

Risk risk_of(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants, Method method,
             std::size_t arm) {
  if (!data.cutoff) return no_risk();
  const Samples s = samples(participants, method, arm, trial.reference, [&](std::size_t i, std::size_t which) {
    return last_event(data, trial, participants[i], i, which);
  });
  switch (method) {
    case Method::paired:
      return paired_risk(s.a, s.b);
    case Method::two_sample:
      return independent_risk(s.a, s.b);
    case Method::cluster_means:
      return cluster_risk(s.a, s.cluster_a, s.b, s.cluster_b);
  }
  return no_risk();
}

std::vector<std::vector<double>> period_means(const MeasureData& data, const Trial& trial, std::size_t participants) {
  std::vector<std::vector<double>> means(participants);
  for (std::size_t i = 0; i < participants; ++i) {
    for (std::size_t period = 0; period < trial.periods(); ++period)
      means[i].push_back(
          mean_where(data.ratings, data, i, [&](const Occasion& occasion) { return occasion.period == period; }));
  }
  return means;
}

/// What is no outcome is not tested.
void leave_only_means(Effect& effect) {
  Comparison& r = effect.ratings;
  r.standard_error = r.degrees = r.low = r.high = r.p = r.g = r.g_low = r.g_high = nan;
  effect.adjusted = {no_term(), no_term(), no_term()};
}

/// Mean of what the studies have, those without it left out.
template <class Get>
Mean mean_of(const std::vector<Effect>& studies, Get&& get) {
  std::vector<double> values;
  for (const Effect& study : studies) values.push_back(get(study));
  return mean_with_interval(values);
}

/// Quantile of what the studies have, linear between neighbours (Hyndman & Fan 1996, type 7); NaN where none has it.
template <class Get>
double quantile_of(const std::vector<Effect>& studies, double share, Get&& get) {
  std::vector<double> values;
  for (const Effect& study : studies) {
    if (const double value = get(study); !std::isnan(value)) values.push_back(value);
  }
  if (values.empty()) return nan;
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

/// Share of the studies that have a p in which it is below 0.05.
template <class Get>
Mean significant_share(const std::vector<Effect>& studies, Get&& get) {
  std::size_t hits = 0;
  std::size_t n = 0;
  for (const Effect& study : studies) {
    const double p = get(study);
    n += std::isnan(p) ? 0U : 1U;
    hits += p < 0.05 ? 1U : 0U;
  }
  return share_with_interval(hits, n);
}

Pooled::PooledTerm pool_term(const std::vector<Effect>& studies, Term Adjusted::*term) {
  return {mean_of(studies, [&](const Effect& e) { return (e.adjusted.*term).estimate; }),
          mean_of(studies, [&](const Effect& e) { return (e.adjusted.*term).low; }).mean,
          mean_of(studies, [&](const Effect& e) { return (e.adjusted.*term).high; }).mean,
          significant_share(studies, [&](const Effect& e) { return (e.adjusted.*term).p; })};
}

}  // namespace

Effect effect_of(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants,
                 std::size_t arm) {
  const auto mean_in_arm = [&](const std::vector<std::vector<double>>& values, std::size_t i, std::size_t which) {
    return mean_where(values, data, i,
                      [&](const Occasion& occasion) { return arm_at(trial, participants[i], occasion) == which; });
  };
  const Method method = method_of(trial, participants, arm);
  const Samples s = samples(participants, method, arm, trial.reference,
                            [&](std::size_t i, std::size_t which) { return mean_in_arm(data.ratings, i, which); });
  Effect effect;
  effect.is_outcome = data.has_effect;
  effect.ratings = compare(s, method);
  if (data.has_effect)
    effect.adjusted = adjust(period_means(data, trial, participants.size()), trial, participants, arm);
  else
    leave_only_means(effect);
  effect.risk = risk_of(data, trial, participants, method, arm);
  effect.own = nan;
  if (data.own.empty() || s.a.empty()) return effect;
  double own_total = 0.0;
  for (const std::size_t i : s.index_a) {
    const double own = mean_in_arm(data.own, i, arm);
    own_total += own;
    effect.largest_own = std::max(effect.largest_own, std::abs(own));
  }
  effect.own = own_total / static_cast<double>(s.a.size());
  return effect;
}

Effects effects_of(const std::vector<MeasureData>& measures, const Trial& trial,
                   const std::vector<Participant>& participants) {
  Effects effects;
  for (const MeasureData& data : measures) {
    effects.emplace_back(trial.arms.size());
    for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
      if (arm != trial.reference) effects.back()[arm] = effect_of(data, trial, participants, arm);
    }
  }
  return effects;
}

Pooled pool(const std::vector<Effect>& all) {
  std::vector<Effect> studies;
  for (const Effect& study : all) {
    if (study.is_outcome) studies.push_back(study);
  }
  Pooled pooled;
  pooled.studies = all.size();
  pooled.mean_a = mean_of(studies, [](const Effect& e) { return e.ratings.mean_a; });
  pooled.mean_b = mean_of(studies, [](const Effect& e) { return e.ratings.mean_b; });
  pooled.difference = mean_of(studies, [](const Effect& e) { return e.ratings.difference; });
  pooled.g = mean_of(studies, [](const Effect& e) { return e.ratings.g; });
  pooled.g_low = quantile_of(studies, 0.025, [](const Effect& e) { return e.ratings.g; });
  pooled.g_high = quantile_of(studies, 0.975, [](const Effect& e) { return e.ratings.g; });
  pooled.typical_low = mean_of(studies, [](const Effect& e) { return e.ratings.low; }).mean;
  pooled.typical_high = mean_of(studies, [](const Effect& e) { return e.ratings.high; }).mean;
  pooled.significant = significant_share(studies, [](const Effect& e) { return e.ratings.p; });
  pooled.own = mean_of(studies, [](const Effect& e) { return e.own; });
  pooled.largest_own = studies.empty() ? nan : 0.0;
  for (const Effect& study : studies) pooled.largest_own = std::max(pooled.largest_own, study.largest_own);
  pooled.treatment = pool_term(studies, &Adjusted::treatment);
  pooled.period = pool_term(studies, &Adjusted::period);
  pooled.carry_over = pool_term(studies, &Adjusted::carry_over);
  pooled.risk_a = mean_of(studies, [](const Effect& e) { return e.risk.risk_a; });
  pooled.risk_b = mean_of(studies, [](const Effect& e) { return e.risk.risk_b; });
  pooled.risk_difference = mean_of(studies, [](const Effect& e) { return e.risk.difference; });
  pooled.risk_low = mean_of(studies, [](const Effect& e) { return e.risk.low; }).mean;
  pooled.risk_high = mean_of(studies, [](const Effect& e) { return e.risk.high; }).mean;
  return pooled;
}

Pooled pool(const std::vector<const Effects*>& studies, std::size_t measure, std::size_t arm) {
  std::vector<Effect> effects;
  for (const Effects* study : studies) effects.push_back((*study)[measure][arm]);
  return pool(effects);
}

}  // namespace kith::trials

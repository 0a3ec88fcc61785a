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
    if (data.occasions[o].phase != data.phase || !counts(data.occasions[o]) || std::isnan(values[o][index])) continue;
    total += values[o][index];
    ++count;
  }
  return count == 0 ? nan : total / static_cast<double>(count);
}

/// Clusters that are on both arms change arms together, with the period.
Method method_of(const Trial& trial, const std::vector<Participant>& participants, std::size_t arm) {
  const bool has_clusters = !participants.empty() && participants.front().cluster;
  const auto takes = [](const Sequence& sequence, std::size_t wanted) {
    return std::find(sequence.arms.begin(), sequence.arms.end(), wanted) != sequence.arms.end();
  };
  if (trial.is_single_arm()) return Method::paired;
  for (const Sequence& sequence : trial.sequences) {
    if (takes(sequence, arm) && takes(sequence, trial.reference))
      return has_clusters ? Method::adjusted : Method::paired;
  }
  return has_clusters ? Method::cluster_means : Method::two_sample;
}

bool is_within_people(Method method) { return method == Method::paired || method == Method::adjusted; }

/// One value of each participant on the arm and on the reference, paired or not.
struct Samples {
  std::vector<double> a, b;
  std::vector<std::uint32_t> cluster_a, cluster_b;
  std::vector<std::size_t> index_a, index_b;  ///< the participants
};

/// `value(i, arm)` of every participant who stayed; those without a value on either arm, or in a comparison within people
/// without both, are left out.
template <class Value>
Samples samples(const std::vector<Participant>& participants, Method method, std::size_t arm, std::size_t reference,
                Value&& value) {
  Samples s;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (participants[i].leaves) continue;
    const double a = value(i, arm);
    const double b = value(i, reference);
    if (is_within_people(method) && (std::isnan(a) || std::isnan(b))) continue;
    if (!std::isnan(a)) {
      s.a.push_back(a);
      s.index_a.push_back(i);
      s.cluster_a.push_back(participants[i].cluster.value_or(0));
    }
    if (!std::isnan(b)) {
      s.b.push_back(b);
      s.index_b.push_back(i);
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
    case Method::adjusted:
      return means_alone(s.a, s.b);
  }
  return {};
}

/// What is compared in a condition: on the arm; on the reference, or the same arm's twins.
struct Condition {
  std::size_t arm;
  bool is_twins;
};
Condition condition(const Trial& trial, std::size_t arm, std::size_t which) {
  if (trial.is_single_arm() && which == trial.reference) return {arm, true};
  return {which, false};
}

/// 1 where the last rating on the arm is beyond the cut-off, 0 where it is not, NaN where there is none.
double last_event(const MeasureData& data, const Trial& trial, const Participant& participant, std::size_t index,
                  Condition in) {
  double event = nan;
  double latest = -std::numeric_limits<double>::infinity();
  for (std::size_t o = 0; o < data.occasions.size(); ++o) {
    const double rating = (in.is_twins ? data.twin_ratings : data.ratings)[o][index];
    if (data.occasions[o].phase != data.phase || std::isnan(rating)) continue;
    if (arm_at(trial, participant, data.occasions[o]) != in.arm) continue;
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
    return last_event(data, trial, participants[i], i, condition(trial, arm, which));
  });
  switch (method) {
    case Method::paired:
      return paired_risk(s.a, s.b);
    case Method::two_sample:
      return independent_risk(s.a, s.b);
    case Method::cluster_means:
      return cluster_risk(s.a, s.cluster_a, s.b, s.cluster_b);
    case Method::adjusted:
      break;  // the last occasion on an arm differs in its period
  }
  return no_risk();
}

std::vector<std::vector<double>> period_means(const std::vector<std::vector<double>>& values, const MeasureData& data,
                                              const Trial& trial, std::size_t participants) {
  std::vector<std::vector<double>> means(participants);
  for (std::size_t i = 0; i < participants; ++i) {
    for (std::size_t period = 0; period < trial.periods(); ++period)
      means[i].push_back(
          mean_where(values, data, i, [&](const Occasion& occasion) { return occasion.period == period; }));
  }
  return means;
}

/// What is no outcome is not tested.
void leave_only_means(Found& found) {
  Comparison& r = found.ratings;
  r.standard_error = r.degrees = r.low = r.high = r.p = r.g = r.g_low = r.g_high = nan;
  found.adjusted = {no_term(), no_term(), no_term()};
}

/// The contrast of two arms as `ratings` or `adjusted` makes it, of differences from the twins.
double own_contrast(const Samples& own, Method method, const Adjusted& adjusted) {
  if (method == Method::adjusted) return adjusted.treatment.estimate;
  if (method == Method::cluster_means) return compare(own, method).difference;
  return mean_with_interval(own.a).mean - mean_with_interval(own.b).mean;
}

/// Compares an arm with the reference in those who stayed.
Found found_in(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants,
               std::size_t arm) {
  const auto mean_in_arm = [&](const std::vector<std::vector<double>>& values, std::size_t i, std::size_t which) {
    return mean_where(values, data, i,
                      [&](const Occasion& occasion) { return arm_at(trial, participants[i], occasion) == which; });
  };
  const auto adjusted = [&](const std::vector<std::vector<double>>& values) {
    return adjust(period_means(values, data, trial, participants.size()), trial, participants, arm);
  };
  const Method method = method_of(trial, participants, arm);
  const Samples s = samples(participants, method, arm, trial.reference, [&](std::size_t i, std::size_t which) {
    const Condition in = condition(trial, arm, which);
    return mean_in_arm(in.is_twins ? data.twin_ratings : data.ratings, i, in.arm);
  });
  Found found;
  found.ratings = compare(s, method);
  if (data.has_effect)
    found.adjusted = adjusted(data.ratings);
  else
    leave_only_means(found);
  found.risk = risk_of(data, trial, participants, method, arm);
  found.own = nan;
  if (data.own.empty()) return found;
  Samples own = s;
  const auto take = [&](std::vector<double>& values, const std::vector<std::size_t>& whose, std::size_t which) {
    for (std::size_t k = 0; k < values.size(); ++k) {
      // The twins of a single arm have no effect of their own.
      const Condition in = condition(trial, arm, which);
      values[k] = in.is_twins ? 0.0 : mean_in_arm(data.own, whose[k], in.arm);
      found.largest_own = std::max(found.largest_own, std::abs(values[k]));
    }
  };
  take(own.a, s.index_a, arm);
  take(own.b, s.index_b, trial.reference);
  found.own = own_contrast(own, method, method == Method::adjusted ? adjusted(data.own) : Adjusted{});
  return found;
}

/// The same in all who were allocated.
Found found_in_all(const MeasureData& data, const Trial& trial, std::vector<Participant> participants,
                   std::size_t arm) {
  MeasureData whole = data;
  if (!data.itt_ratings.empty()) whole.ratings = data.itt_ratings;
  if (!data.itt_own.empty()) whole.own = data.itt_own;
  for (Participant& participant : participants) participant.leaves.reset();
  return found_in(whole, trial, participants, arm);
}

}  // namespace

Effect effect_of(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants,
                 std::size_t arm) {
  Effect effect;
  static_cast<Found&>(effect) = found_in(data, trial, participants, arm);
  effect.is_outcome = data.has_effect;
  const bool has_lost = std::any_of(participants.begin(), participants.end(),
                                    [](const Participant& participant) { return participant.leaves.has_value(); });
  effect.intention_to_treat =
      has_lost ? found_in_all(data, trial, participants, arm) : static_cast<const Found&>(effect);
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

}  // namespace kith::trials

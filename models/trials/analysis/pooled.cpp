#include <algorithm>
#include <cmath>
#include <limits>

#include "models/trials/analysis/effects.hpp"

namespace kith::trials {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Studies = std::vector<const Found*>;

/// Mean of what the studies have, those without it left out.
template <class Get>
Mean mean_of(const Studies& studies, Get&& get) {
  std::vector<double> values;
  for (const Found* study : studies) values.push_back(get(*study));
  return mean_with_interval(values);
}

/// Quantile of what the studies have, linear between neighbours (Hyndman & Fan 1996, type 7); NaN where none has it.
template <class Get>
double quantile_of(const Studies& studies, double share, Get&& get) {
  std::vector<double> values;
  for (const Found* study : studies) {
    if (const double value = get(*study); !std::isnan(value)) values.push_back(value);
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
Mean significant_share(const Studies& studies, Get&& get) {
  std::size_t hits = 0;
  std::size_t n = 0;
  for (const Found* study : studies) {
    const double p = get(*study);
    n += std::isnan(p) ? 0U : 1U;
    hits += p < 0.05 ? 1U : 0U;
  }
  return share_with_interval(hits, n);
}

Pooled::PooledTerm pool_term(const Studies& studies, Term Adjusted::*term) {
  return {mean_of(studies, [&](const Found& e) { return (e.adjusted.*term).estimate; }),
          mean_of(studies, [&](const Found& e) { return (e.adjusted.*term).low; }).mean,
          mean_of(studies, [&](const Found& e) { return (e.adjusted.*term).high; }).mean,
          significant_share(studies, [&](const Found& e) { return (e.adjusted.*term).p; })};
}

}  // namespace

Pooled pool(const std::vector<Effect>& all, Whom whom) {
  Studies studies;
  for (const Effect& study : all) {
    if (study.is_outcome) studies.push_back(whom == Whom::stayed ? &study : &study.intention_to_treat);
  }
  Pooled pooled;
  pooled.studies = all.size();
  pooled.mean_a = mean_of(studies, [](const Found& e) { return e.ratings.mean_a; });
  pooled.mean_b = mean_of(studies, [](const Found& e) { return e.ratings.mean_b; });
  pooled.difference = mean_of(studies, [](const Found& e) { return e.ratings.difference; });
  pooled.g = mean_of(studies, [](const Found& e) { return e.ratings.g; });
  pooled.g_low = quantile_of(studies, 0.025, [](const Found& e) { return e.ratings.g; });
  pooled.g_high = quantile_of(studies, 0.975, [](const Found& e) { return e.ratings.g; });
  pooled.typical_low = mean_of(studies, [](const Found& e) { return e.ratings.low; }).mean;
  pooled.typical_high = mean_of(studies, [](const Found& e) { return e.ratings.high; }).mean;
  pooled.significant = significant_share(studies, [](const Found& e) { return e.ratings.p; });
  pooled.own = mean_of(studies, [](const Found& e) { return e.own; });
  pooled.largest_own = studies.empty() ? nan : 0.0;
  for (const Found* study : studies) pooled.largest_own = std::max(pooled.largest_own, study->largest_own);
  pooled.treatment = pool_term(studies, &Adjusted::treatment);
  pooled.period = pool_term(studies, &Adjusted::period);
  pooled.carry_over = pool_term(studies, &Adjusted::carry_over);
  pooled.risk_a = mean_of(studies, [](const Found& e) { return e.risk.risk_a; });
  pooled.risk_b = mean_of(studies, [](const Found& e) { return e.risk.risk_b; });
  pooled.risk_difference = mean_of(studies, [](const Found& e) { return e.risk.difference; });
  pooled.risk_low = mean_of(studies, [](const Found& e) { return e.risk.low; }).mean;
  pooled.risk_high = mean_of(studies, [](const Found& e) { return e.risk.high; }).mean;
  return pooled;
}

Pooled pool(const std::vector<const Effects*>& studies, std::size_t measure, std::size_t arm, Whom whom) {
  std::vector<Effect> effects;
  for (const Effects* study : studies) effects.push_back((*study)[measure][arm]);
  return pool(effects, whom);
}

}  // namespace kith::trials

#include "sweep/sensitivity.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "core/distributions.hpp"
#include "core/random.hpp"

namespace kith::sweep {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The outcomes of each sample, or trajectory, all of whose runs have one.
std::vector<std::span<const double>> whole_ones(std::span<const double> outcomes, std::size_t runs_of_each) {
  std::vector<std::span<const double>> whole;
  for (std::size_t first = 0; first + runs_of_each <= outcomes.size(); first += runs_of_each) {
    const auto one = outcomes.subspan(first, runs_of_each);
    if (std::all_of(one.begin(), one.end(), [](double value) { return std::isfinite(value); })) whole.push_back(one);
  }
  return whole;
}

/// First and total index of each factor over the chosen samples, one after the other.
std::vector<double> indices_over(const std::vector<std::span<const double>>& samples,
                                 const std::vector<std::size_t>& chosen, std::size_t factors) {
  const auto count = static_cast<double>(chosen.size());
  double mean = 0.0;
  for (const std::size_t sample : chosen) mean += (samples[sample][0] + samples[sample][1]) / (2.0 * count);
  double variance = 0.0;
  for (const std::size_t sample : chosen) {
    for (const std::size_t k : {std::size_t{0}, std::size_t{1}})
      variance += (samples[sample][k] - mean) * (samples[sample][k] - mean) / (2.0 * count);
  }
  std::vector<double> indices(2 * factors, missing);
  if (!(variance > 0.0)) return indices;
  for (std::size_t factor = 0; factor < factors; ++factor) {
    double together = 0.0;
    double apart = 0.0;
    for (const std::size_t sample : chosen) {
      const double a = samples[sample][0];
      const double b = samples[sample][1];
      const double changed = samples[sample][2 + factor];
      together += (b - mean) * (changed - a);  // centred: the same mean, less noise
      apart += (a - changed) * (a - changed);
    }
    indices[2 * factor] = together / count / variance;
    indices[2 * factor + 1] = apart / (2.0 * count) / variance;
  }
  return indices;
}

/// The values below and above which 2.5 % of them lie.
Estimate with_interval(double value, std::vector<double> resampled) {
  std::erase_if(resampled, [](double each) { return !std::isfinite(each); });
  if (!std::isfinite(value) || resampled.empty()) return {missing, missing, missing};
  std::sort(resampled.begin(), resampled.end());
  const auto at = [&](double share) {
    return resampled[std::min(static_cast<std::size_t>(share * static_cast<double>(resampled.size())),
                              resampled.size() - 1)];
  };
  return {value, at(0.025), at(0.975)};
}

}  // namespace

Sensitivity<Indices> sobol_indices(std::span<const double> outcomes, std::size_t factors, std::uint64_t seed,
                                   std::size_t resamples) {
  const std::vector<std::span<const double>> samples = whole_ones(outcomes, factors + 2);
  Sensitivity<Indices> result{std::vector<Indices>(factors), samples.size(),
                              outcomes.size() / (factors + 2) - samples.size()};
  if (samples.size() < 2) {
    for (Indices& each : result.factors) each.first = each.total = {missing, missing, missing};
    return result;
  }
  std::vector<std::size_t> chosen(samples.size());
  for (std::size_t k = 0; k < chosen.size(); ++k) chosen[k] = k;
  const std::vector<double> found = indices_over(samples, chosen, factors);
  const Draws draws({seed, 0}, "sweep.bootstrap");
  std::vector<std::vector<double>> resampled(2 * factors);
  for (std::size_t resample = 0; resample < resamples; ++resample) {
    Stream stream = draws.at(static_cast<std::uint32_t>(resample), 0);
    for (std::size_t& sample : chosen) sample = uniform_below(stream, static_cast<std::uint32_t>(samples.size()));
    const std::vector<double> indices = indices_over(samples, chosen, factors);
    for (std::size_t k = 0; k < indices.size(); ++k) resampled[k].push_back(indices[k]);
  }
  for (std::size_t factor = 0; factor < factors; ++factor) {
    result.factors[factor].first = with_interval(found[2 * factor], resampled[2 * factor]);
    result.factors[factor].total = with_interval(found[2 * factor + 1], resampled[2 * factor + 1]);
  }
  return result;
}

Sensitivity<Effects> elementary_effects(std::span<const double> outcomes, std::span<const double> points,
                                        std::size_t factors) {
  const std::size_t runs = factors + 1;
  std::vector<std::vector<double>> effects(factors);
  Sensitivity<Effects> result{std::vector<Effects>(factors), 0, 0};
  for (std::size_t first = 0; first + runs <= outcomes.size(); first += runs) {
    const auto one = outcomes.subspan(first, runs);
    const bool is_whole = std::all_of(one.begin(), one.end(), [](double value) { return std::isfinite(value); });
    ++(is_whole ? result.used : result.left_out);
    for (std::size_t step = 1; is_whole && step < runs; ++step) {
      for (std::size_t factor = 0; factor < factors; ++factor) {
        const double moved = points[(first + step) * factors + factor] - points[(first + step - 1) * factors + factor];
        if (moved != 0.0) effects[factor].push_back((one[step] - one[step - 1]) / moved);
      }
    }
  }
  for (std::size_t factor = 0; factor < factors; ++factor) {
    const auto count = static_cast<double>(effects[factor].size());
    Effects& e = result.factors[factor];
    for (const double effect : effects[factor]) {
      e.mean += effect / count;
      e.mean_size += std::abs(effect) / count;
    }
    double squares = 0.0;
    for (const double effect : effects[factor]) squares += (effect - e.mean) * (effect - e.mean);
    e.deviation = count > 1.0 ? std::sqrt(squares / (count - 1.0)) : missing;
    if (effects[factor].empty()) e = {missing, missing, missing};
  }
  return result;
}

namespace {

/// Mean of some outcomes with its 95 % interval, by Student's t.
Estimate mean_of(const std::vector<double>& outcomes) {
  const auto count = static_cast<double>(outcomes.size());
  double mean = 0.0;
  for (const double outcome : outcomes) mean += outcome / count;
  double squares = 0.0;
  for (const double outcome : outcomes) squares += (outcome - mean) * (outcome - mean);
  if (outcomes.size() < 2) return {mean, missing, missing};
  const double t = boost::math::quantile(boost::math::students_t(count - 1.0), 0.975);
  const double half = t * std::sqrt(squares / (count - 1.0) / count);
  return {mean, mean - half, mean + half};
}

/// Runs that have an outcome and a value, in the order of their values: those of each distinct value together where there are at most
/// `parts` of them, else in as many parts.
std::vector<std::vector<std::size_t>> parted(std::span<const double> outcomes, std::span<const double> values,
                                             std::size_t parts) {
  std::vector<std::size_t> runs;
  for (std::size_t run = 0; run < outcomes.size(); ++run) {
    if (std::isfinite(outcomes[run]) && std::isfinite(values[run])) runs.push_back(run);
  }
  std::stable_sort(runs.begin(), runs.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::size_t distinct = runs.empty() ? 0 : 1;
  for (std::size_t k = 1; k < runs.size(); ++k)
    distinct += values[runs[k]] != values[runs[k - 1]] ? std::size_t{1} : std::size_t{0};
  std::vector<std::vector<std::size_t>> all;
  for (std::size_t begin = 0; begin < runs.size();) {
    std::size_t end = begin + 1;
    const std::size_t part = all.size() + 1;
    while (end < runs.size() &&
           (values[runs[end]] == values[runs[end - 1]] || (distinct > parts && end < part * runs.size() / parts)))
      ++end;
    all.emplace_back(runs.begin() + static_cast<std::ptrdiff_t>(begin),
                     runs.begin() + static_cast<std::ptrdiff_t>(end));
    begin = end;
  }
  return all;
}

/// Mean of a factor's values over runs.
double place_of(const std::vector<std::size_t>& runs, std::span<const double> values) {
  double total = 0.0;
  for (const std::size_t run : runs) total += values[run];
  return total / static_cast<double>(runs.size());
}

}  // namespace

Dependence partial_dependence(std::span<const double> outcomes, std::span<const double> values, std::size_t parts) {
  Dependence found;
  for (const std::vector<std::size_t>& runs : parted(outcomes, values, parts)) {
    std::vector<double> here;
    for (const std::size_t run : runs) here.push_back(outcomes[run]);
    found.places.push_back(place_of(runs, values));
    found.means.push_back(mean_of(here));
    found.counts.push_back(runs.size());
  }
  return found;
}

JointDependence joint_dependence(std::span<const double> outcomes, std::span<const double> first,
                                 std::span<const double> second, std::size_t parts) {
  const auto across = parted(outcomes, first, parts);
  const auto up = parted(outcomes, second, parts);
  std::vector<std::size_t> row_of(outcomes.size(), up.size());
  JointDependence found;
  for (std::size_t row = 0; row < up.size(); ++row) {
    found.up.push_back(place_of(up[row], second));
    for (const std::size_t run : up[row]) row_of[run] = row;
  }
  for (const std::vector<std::size_t>& runs : across) {
    found.across.push_back(place_of(runs, first));
    std::vector<double> totals(up.size(), 0.0);
    std::vector<std::size_t> counts(up.size(), 0);
    for (const std::size_t run : runs) {
      if (row_of[run] == up.size()) continue;
      totals[row_of[run]] += outcomes[run];
      ++counts[row_of[run]];
    }
    for (std::size_t row = 0; row < up.size(); ++row)
      totals[row] = counts[row] == 0 ? missing : totals[row] / static_cast<double>(counts[row]);
    found.means.push_back(std::move(totals));
    found.counts.push_back(std::move(counts));
  }
  return found;
}

}  // namespace kith::sweep

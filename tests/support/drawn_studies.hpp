#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/distributions.hpp"
#include "models/trials/analysis/adjusted.hpp"
#include "models/trials/analysis/effects.hpp"
#include "models/trials/analysis/risk.hpp"
#include "models/trials/analysis/statistics.hpp"

/// Small studies drawn from known distributions.
namespace kith::testing {

using trials::Comparison;
using trials::Limits;
using Column = std::vector<double>;

inline Column normals(Stream& stream, std::size_t n, double mean, double sd) {
  Column all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(mean + sd * normal(stream));
  return all;
}

/// Pairs with standard deviation 1 on both conditions; the first is higher by `shift`.
inline Comparison pairs(Stream& stream, std::size_t n, double correlation, double shift) {
  Column a;
  Column b;
  for (std::size_t i = 0; i < n; ++i) {
    const double shared = std::sqrt(correlation) * normal(stream);
    a.push_back(shift + shared + std::sqrt(1.0 - correlation) * normal(stream));
    b.push_back(shared + std::sqrt(1.0 - correlation) * normal(stream));
  }
  return trials::paired(a, b);
}

inline Comparison groups(Stream& stream, std::size_t n_a, std::size_t n_b, double shift, double sd_a = 1.0) {
  const Column a = normals(stream, n_a, shift, sd_a);
  return trials::two_sample(a, normals(stream, n_b, 0.0, 1.0));
}

/// People in clusters, a total standard deviation of 1 of which clusters have the share `icc` of the variance.
struct Clustered {
  Column values;
  std::vector<std::uint32_t> clusters;

  Clustered(Stream& stream, std::uint32_t first, std::uint32_t count, double icc, double mean) {
    for (std::uint32_t cluster = first; cluster < first + count; ++cluster) {
      const double shared = mean + std::sqrt(icc) * normal(stream);
      for (std::uint32_t person = 0; person < 6 + cluster % 5; ++person) {
        values.push_back(shared + std::sqrt(1.0 - icc) * normal(stream));
        clusters.push_back(cluster);
      }
    }
  }
};

inline Comparison clusters(Stream& stream, std::uint32_t count, double icc, double shift) {
  const Clustered a(stream, 0, count, icc, shift);
  const Clustered b(stream, count, count, icc, 0.0);
  return trials::cluster_means(a.values, a.clusters, b.values, b.clusters);
}

/// A trial of arms 0, 1, … against the last of them.
inline trials::Trial trial_of(const std::vector<std::vector<std::size_t>>& sequences, std::size_t arms = 2) {
  trials::Trial trial;
  for (std::size_t arm = 0; arm < arms; ++arm)
    trial.arms.push_back({.name = "arm", .regimens = {trials::regular({}, {1.0})}});
  trial.reference = arms - 1;
  for (const auto& sequence : sequences) trial.sequences.push_back({"sequence", sequence, 1, 0});
  return trial;
}

/// What makes the period means of people in a trial.
struct Wave {
  double effect = -0.3;     ///< of arm 0
  double drift = 0.4;       ///< from each period to the next
  double carry_over = 0.0;  ///< of arm 0
  double person_sd = 1.0, period_sd = 0.5;
  double cluster_sd = 0.0;   ///< of a cluster's periods
  std::uint32_t people = 0;  ///< of a cluster; 0: without clusters
};

/// `units` people, or clusters, one sequence after the other.
inline trials::Adjusted adjusted(Stream& stream, const trials::Trial& trial, std::uint32_t units, const Wave& wave) {
  std::vector<trials::Participant> participants;
  std::vector<Column> means;
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    const std::size_t sequence = unit % trial.sequences.size();
    const auto& arms = trial.sequences[sequence].arms;
    const Column of_cluster = normals(stream, arms.size(), 0.0, wave.cluster_sd);
    for (std::uint32_t i = 0; i < std::max(1U, wave.people); ++i) {
      participants.push_back({.person = static_cast<PersonId>(participants.size()), .sequence = sequence});
      if (wave.people > 0) participants.back().cluster = unit;
      const double person = wave.person_sd * normal(stream);
      means.emplace_back();
      for (std::size_t period = 0; period < arms.size(); ++period) {
        means.back().push_back(person + of_cluster[period] + wave.drift * static_cast<double>(period) +
                               (arms[period] == 0 ? wave.effect : 0.0) +
                               (period > 0 && arms[period - 1] == 0 ? wave.carry_over : 0.0) +
                               wave.period_sd * normal(stream));
      }
    }
  }
  return trials::adjust(means, trial, participants, 0);
}

inline Limits of(const trials::Term& term) { return {term.low, term.high}; }

/// Shares of people who are cases on both conditions, only on the first, and only on the second.
struct Shares {
  double both, only_a, only_b;
  double difference() const { return only_a - only_b; }
};

/// Cases in the same people.
inline std::pair<Column, Column> paired_cases(Stream& stream, std::size_t n, const Shares& shares) {
  std::pair<Column, Column> cases;
  for (std::size_t i = 0; i < n; ++i) {
    const double at = uniform(stream);
    const bool is_both = at < shares.both;
    const bool is_a = is_both || at < shares.both + shares.only_a;
    const bool is_b = is_both || (!is_a && at < shares.both + shares.only_a + shares.only_b);
    cases.first.push_back(is_a ? 1.0 : 0.0);
    cases.second.push_back(is_b ? 1.0 : 0.0);
  }
  return cases;
}

inline Column cases(Stream& stream, std::size_t n, double risk) {
  Column all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(uniform(stream) < risk ? 1.0 : 0.0);
  return all;
}

inline Limits of(const trials::Risk& risk) { return {risk.low, risk.high}; }

/// Limits of 1/(number needed), out of the numbers needed at the limits as they are printed.
inline Limits turned_back(const trials::Risk& risk) {
  return {1.0 / trials::number_needed(risk.low), 1.0 / trials::number_needed(risk.high)};
}

inline trials::Risk cluster_cases(Stream& stream, std::uint32_t count, double risk_a, double risk_b) {
  const auto drawn = [&](std::uint32_t first, double risk) {
    std::pair<Column, std::vector<std::uint32_t>> people;
    for (std::uint32_t cluster = first; cluster < first + count; ++cluster) {
      const double own = beta(stream, 10.0 * risk, 10.0 * (1.0 - risk));
      for (int person = 0; person < 12; ++person) {
        people.first.push_back(uniform(stream) < own ? 1.0 : 0.0);
        people.second.push_back(cluster);
      }
    }
    return people;
  };
  const auto a = drawn(0, risk_a);
  const auto b = drawn(count, risk_b);
  return trials::cluster_risk(a.first, a.second, b.first, b.second);
}

/// What is pooled over virtual studies of 16 + 16 people, an effect of 0.5 standard deviations.
inline trials::Pooled pooled(Stream& stream, std::size_t studies) {
  std::vector<trials::Effect> effects(studies);
  for (trials::Effect& effect : effects) effect.ratings = groups(stream, 16, 16, 0.5);
  return trials::pool(effects);
}

}  // namespace kith::testing

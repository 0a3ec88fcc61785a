#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/distributions.hpp"
#include "models/trials/analysis/adjusted.hpp"
#include "models/trials/analysis/effects.hpp"
#include "models/trials/analysis/risk.hpp"
#include "models/trials/analysis/statistics.hpp"

/// Whether the intervals that Kith prints cover the truth: each is computed from many small studies whose truth is known.
namespace kith::testing {

using trials::Comparison;
using trials::Limits;
using Column = std::vector<double>;

/// An interval, in studies of one kind.
struct Coverage {
  std::string interval;
  std::string size;  ///< of a study
  double truth = 0.0;
  std::function<Limits(Stream&)> study;  ///< draws one and gives its limits
  double least = 0.93, most = 0.97;      ///< that an interval of 95 % may cover

  /// Share of so many studies whose interval holds the truth.
  double in(std::uint32_t studies) const {
    std::uint64_t seed = 1998;
    for (const char letter : interval + size) seed = 31 * seed + static_cast<unsigned char>(letter);
    const Draws draws({seed, 0}, "test coverage");
    std::uint32_t hits = 0;
    for (std::uint32_t i = 0; i < studies; ++i) {
      Stream stream = draws.at(i, 0, 0);
      const Limits limits = study(stream);
      hits += limits.low <= truth && truth <= limits.high ? 1U : 0U;
    }
    return static_cast<double>(hits) / studies;
  }
};

/// Standard error of a share of 95 % of so many studies.
inline double monte_carlo_error(std::uint32_t studies) { return std::sqrt(0.95 * 0.05 / studies); }

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

inline std::vector<Coverage> of_means() {
  std::vector<Coverage> all;
  for (const auto& [n, r, d] : {std::tuple(5, 0.5, 0.3), {8, 0.8, 0.5}, {20, 0.5, 0.2}, {34, 0.7, 0.2}}) {
    const auto count = static_cast<std::size_t>(n);
    const std::string size = std::to_string(n) + " pairs, r " + std::to_string(r).substr(0, 3);
    all.push_back({"difference, paired t", size, d, [=, r = r, d = d](Stream& stream) {
                     const Comparison c = pairs(stream, count, r, d);
                     return Limits{c.low, c.high};
                   }});
    all.push_back({"Hedges g, paired", size, d, [=, r = r, d = d](Stream& stream) {
                     const Comparison c = pairs(stream, count, r, d);
                     return Limits{c.g_low, c.g_high};
                   }});
  }
  all.push_back({"difference, Welch", "8 + 20, SD 2 : 1", 0.5, [](Stream& stream) {
                   const Comparison c = groups(stream, 8, 20, 0.5, 2.0);
                   return Limits{c.low, c.high};
                 }});
  for (const auto& [n_a, n_b, d] : {std::tuple(5U, 5U, 0.8), {10U, 14U, 0.5}, {30U, 30U, 0.2}}) {
    all.push_back({"Hedges g, two samples", std::to_string(n_a) + " + " + std::to_string(n_b), d,
                   [n_a = n_a, n_b = n_b, d = d](Stream& stream) {
                     const Comparison c = groups(stream, n_a, n_b, d);
                     return Limits{c.g_low, c.g_high};
                   }});
  }
  for (const std::uint32_t count : {4U, 8U}) {
    const std::string size = std::to_string(count) + " + " + std::to_string(count) + " clusters of 6-10";
    all.push_back({"difference, cluster means", size, 0.3, [count](Stream& stream) {
                     const Comparison c = clusters(stream, count, 0.1, 0.3);
                     return Limits{c.low, c.high};
                   }});
    all.push_back({"Hedges g, cluster means", size, 0.3, [count](Stream& stream) {
                     const Comparison c = clusters(stream, count, 0.1, 0.3);
                     return Limits{c.g_low, c.g_high};
                   }});
  }
  return all;
}

inline std::vector<Coverage> of_adjusted() {
  const trials::Trial crossover = trial_of({{0, 1}, {1, 0}});
  const trials::Trial latin_square = trial_of({{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {0, 2, 1}, {1, 0, 2}}, 3);
  const auto row = [](const std::string& interval, const std::string& size, const trials::Trial& trial,
                      std::uint32_t units, const Wave& wave, trials::Term trials::Adjusted::*term, double truth) {
    return Coverage{interval, size, truth,
                    [=](Stream& stream) { return of(adjusted(stream, trial, units, wave).*term); }};
  };
  using A = trials::Adjusted;
  std::vector<Coverage> all;
  all.push_back(row("adjusted, 2 x 2 crossover", "10 + 10", crossover, 20, {}, &A::treatment, -0.3));
  all.push_back(row("period, 2 x 2 crossover", "10 + 10", crossover, 20, {}, &A::period, 0.4));
  // Totals of the sequences differ by the carry-over: what it adds to the second period of one.
  all.push_back(row("carry-over, 2 x 2 crossover", "10 + 10", crossover, 20, {.carry_over = 0.4}, &A::carry_over, 0.4));
  all.push_back(row("adjusted, Latin square", "12 people, 3 arms", latin_square, 12, {}, &A::treatment, -0.3));
  all.push_back(
      row("carry-over, Latin square", "18 people, 3 arms", latin_square, 18, {.carry_over = 0.3}, &A::carry_over, 0.3));
  for (const auto& [steps, count] : {std::pair(2U, 4U), {4U, 8U}, {4U, 12U}}) {
    std::vector<std::vector<std::size_t>> sequences;
    for (std::size_t k = 0; k < steps; ++k) {
      sequences.emplace_back();
      for (std::size_t period = 0; period <= steps; ++period) sequences.back().push_back(period <= k ? 1 : 0);
    }
    const std::string size = std::to_string(count) + " clusters of 7, " + std::to_string(steps) + " steps";
    const trials::Trial wedge = trial_of(sequences);
    const Wave wave{.cluster_sd = 0.3, .people = 7};
    all.push_back(row("adjusted, stepped wedge", size, wedge, count, wave, &A::treatment, -0.3));
    all.push_back(row("period, stepped wedge", size, wedge, count, wave, &A::period, 0.4 * steps));
  }
  return all;
}

inline std::vector<Coverage> of_shares() {
  std::vector<Coverage> all;
  for (const auto& [n, shares] : {std::pair(20U, Shares{0.3, 0.2, 0.1}),
                                  {20U, {0.1, 0.3, 0.1}},
                                  {34U, {0.2, 0.1, 0.05}},
                                  {34U, {0.1, 0.08, 0.05}},
                                  {60U, {0.15, 0.05, 0.05}}}) {
    all.push_back({"risk difference, paired", std::to_string(n) + " pairs", shares.difference(),
                   [n = n, shares = shares](Stream& stream) {
                     const auto [a, b] = paired_cases(stream, n, shares);
                     return of(trials::paired_risk(a, b));
                   }});
  }
  all.push_back({"1/number needed, paired", "34 pairs", 0.25, [](Stream& stream) {
                   const auto [a, b] = paired_cases(stream, 34, {0.1, 0.3, 0.05});
                   return turned_back(trials::paired_risk(a, b));
                 }});
  for (const auto& [n, a, b] : {std::tuple(20U, 0.4, 0.2), {41U, 0.3, 0.2}}) {
    all.push_back({"risk difference, two samples", std::to_string(n) + " + " + std::to_string(n), a - b,
                   [n = n, a = a, b = b](Stream& stream) {
                     const Column first = cases(stream, n, a);
                     return of(trials::independent_risk(first, cases(stream, n, b)));
                   }});
  }
  all.push_back({"risk difference, clusters", "6 + 6 clusters of 12", 0.2,
                 [](Stream& stream) { return of(cluster_cases(stream, 6, 0.4, 0.2)); }});
  const auto significant = [](std::uint32_t studies, double power) {
    return [=](Stream& stream) {
      const trials::Mean mean = trials::share_with_interval(binomial(stream, studies, power), studies);
      return Limits{mean.low, mean.high};
    };
  };
  // Clopper & Pearson guarantee 95 % whatever the share, and so have more for most.
  all.push_back({"share with p < 0.05, exact", "20 studies", 0.3, significant(20, 0.3), 0.95, 0.99});
  all.push_back({"share with p < 0.05, exact", "400 studies", 0.3, significant(400, 0.3), 0.94, 0.97});
  all.push_back({"mean g over studies", "10 studies of 16 + 16", 0.5, [](Stream& stream) {
                   const trials::Mean g = pooled(stream, 10).g;
                   return Limits{g.low, g.high};
                 }});
  return all;
}

inline std::vector<Coverage> coverages() {
  std::vector<Coverage> all = of_means();
  for (const auto& part : {of_adjusted(), of_shares()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace kith::testing

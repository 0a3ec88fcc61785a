#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/drawn_studies.hpp"

/// Whether the intervals that Kith prints cover the truth: each is computed from many small studies whose truth is known.
namespace kith::testing {

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

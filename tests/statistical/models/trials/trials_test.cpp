#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "models/trials/analysis/statistics.hpp"
#include "models/trials/design/allocation.hpp"
#include "models/trials/design/doses.hpp"
#include "models/trials/measures/occasions.hpp"

using namespace kith;
using namespace kith::trials;
using namespace kith::conditions;

namespace {

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;

bool share_fits(double seen, double n, double probability) {
  return std::abs(seen / n - probability) < z_bound * std::sqrt(probability * (1.0 - probability) / n);
}

/// χ² of counts against equal expectations `mean`, each with variance mean · (1 − share); two-sided, 0.1 % in all.
bool uniform_fits(const std::vector<double>& counts, double mean, double share) {
  double statistic = 0.0;
  for (const double count : counts) statistic += (count - mean) * (count - mean) / (mean * (1.0 - share));
  // The counts add up to a constant, which takes one degree of freedom and raises each variance by n/(n − 1).
  const auto n = static_cast<double>(counts.size());
  statistic *= (n - 1.0) / n;
  const boost::math::chi_squared reference(n - 1.0);
  return statistic > quantile(reference, 0.0005) && statistic < quantile(reference, 0.9995);
}

Roster everybody(std::uint32_t people) { return {.failed = std::vector<std::uint32_t>(people)}; }

std::vector<double> recruited(std::uint32_t count, std::uint32_t studies) {
  std::vector<double> times(40);
  Trial trial;
  trial.sequences = {{"all", {0}, count, 0}};
  for (std::uint32_t replicate = 0; replicate < studies; ++replicate) {
    for (const PersonId person : recruit(trial, everybody(40), {}, {77, replicate}).people) ++times[person];
  }
  return times;
}

Trial four_days(double adherence) {
  Trial trial;
  const pharmacology::SharedDrug naltrexone = pharmacology::Pharmacy().find("naltrexone");
  trial.arms.push_back({.name = "naltrexone", .regimens = {regular(naltrexone, {1, 1, 1, 1})}});
  trial.sequences = {{"naltrexone", {0}, 40, 40}};
  trial.adherence = adherence;
  return trial;
}

/// Share of simulated studies of 31 pairs with p < 0.05, where the standardised difference is d and the correlation 0.7.
double power(double d, std::uint32_t studies) {
  const Draws draws({31, 0}, "test pairs");
  unsigned significant = 0;
  std::vector<double> a(31);
  std::vector<double> b(31);
  for (std::uint32_t study = 0; study < studies; ++study) {
    for (std::uint32_t i = 0; i < 31; ++i) {
      Stream stream = draws.at(study, i, 0);
      const double shared = std::sqrt(0.7) * normal(stream);
      a[i] = d + shared + std::sqrt(0.3) * normal(stream);
      b[i] = shared + std::sqrt(0.3) * normal(stream);
    }
    significant += paired(a, b).p < 0.05 ? 1U : 0U;
  }
  return significant / static_cast<double>(studies);
}

constexpr std::uint32_t power_studies = 6000;
// SciPy: c = stats.t.ppf(.975, 30); nc = .20/np.sqrt(2*(1 - .7))*np.sqrt(31); stats.nct.sf(c, 30, nc) + stats.nct.cdf(-c, 30, nc)
constexpr double expected_power = 0.28533954119565486;

struct Moments {
  double mean, sd;
};

Moments ratings(const Scale& scale, double value, std::uint32_t n) {
  double sum = 0.0;
  double squares = 0.0;
  for (PersonId person = 0; person < n; ++person) {
    const double rating = rate(scale, value, person, 0, 1260, {8, 1});
    sum += rating;
    squares += rating * rating;
  }
  const double mean = sum / n;
  return {mean, std::sqrt((squares - n * mean * mean) / (n - 1.0))};
}

}  // namespace

TEST_CASE("everybody eligible is recruited equally often") { CHECK(uniform_fits(recruited(10, 4000), 1000.0, 0.25)); }

TEST_CASE("the check of recruitment refuses studies that want one person a tenth more often") {
  auto times = recruited(10, 4000);
  times[3] += 200.0;
  CHECK_FALSE(uniform_fits(times, 1005.0, 0.25));
}

TEST_CASE("those who leave do so on any day of the first period, equally often") {
  const Trial trial = four_days(1.0);
  const Roster roster = everybody(40);
  Recruits recruits;
  for (PersonId p = 0; p < 40; ++p) recruits.people.push_back(p);
  std::vector<double> days(4);
  for (std::uint32_t replicate = 0; replicate < 5000; ++replicate) {
    for (const Participant& p : allocate(trial, roster, recruits, {5, replicate}))
      ++days[static_cast<std::size_t>(*p.leaves)];
  }
  CHECK(std::accumulate(days.begin(), days.end(), 0.0) == 200000.0);
  CAPTURE(days);
  for (const double count : days) CHECK(share_fits(count, 200000.0, 0.25));
  CHECK_FALSE(share_fits(days[0] + 1000.0, 200000.0, 0.25));
}

TEST_CASE("as many doses are taken as the adherence says") {
  const auto taken = [](double adherence) {
    const Trial trial = four_days(adherence);
    double doses = 0.0;
    for (PersonId person = 0; person < 2500; ++person) {
      const auto treatment = treatments(trial, {person, 0, {}}, Clock(3600, 0.0), {6, 0});
      if (!treatment.empty()) doses += static_cast<double>(treatment[0].doses.size());
    }
    return doses;
  };
  for (const double adherence : {0.43, 0.71, 0.97}) CHECK(share_fits(taken(adherence), 10000.0, adherence));
  CHECK_FALSE(share_fits(taken(0.74), 10000.0, 0.71));
}

TEST_CASE("adherence spreads between people as its beta distribution says") {
  constexpr std::uint32_t n = 4000;
  constexpr int doses = 100;
  const auto moments = [](double mean, double sd) {
    Trial trial = four_days(mean);
    trial.adherence_sd = sd;
    trial.arms[0].regimens = {regular(trial.arms[0].regimens[0].drug, std::vector<double>(doses, 1.0))};
    double sum = 0.0;
    double squares = 0.0;
    for (PersonId person = 0; person < n; ++person) {
      const auto treatment = treatments(trial, {.person = person}, Clock(3600, 0.0), {6, 1});
      const double share = static_cast<double>(treatment[0].doses.size()) / doses;
      sum += share;
      squares += share * share;
    }
    return Moments{sum / n, std::sqrt((squares - sum * sum / n) / (n - 1.0))};
  };
  // A share of 100 doses has the variance sd² + E(p (1 − p))/100, where E(p (1 − p)) = m (1 − m) − sd².
  const double m = 0.8;
  const double variance = 0.15 * 0.15 + (m * (1.0 - m) - 0.15 * 0.15) / doses;
  // The SD of n values of kurtosis below 4 has a standard error below sd · √((4 − 1)/(4n)).
  const double of_sd = std::sqrt(variance) * std::sqrt(3.0 / (4.0 * n));
  const Moments right = moments(m, 0.15);
  CHECK(std::abs(right.mean - m) < z_bound * std::sqrt(variance / n));
  CHECK(std::abs(right.sd - std::sqrt(variance)) < z_bound * of_sd);
  CHECK_FALSE(std::abs(moments(m, 0.17).sd - std::sqrt(variance)) < z_bound * of_sd);
}

TEST_CASE("as many never start, and as many drop out, as the arm says") {
  constexpr std::uint32_t n = 8000;
  const auto shares = [](double fails, double hazard_per_day) {
    Trial trial = four_days(1.0);
    trial.arms[0].induction_failure = fails;
    trial.arms[0].drop_out = hazard_per_day / 24.0;
    trial.sequences = {{"naltrexone", {0}, n, 0}};
    trial.allocation.ratio = {1};
    double never = 0.0;
    double left = 0.0;
    const Roster roster = everybody(n);
    for (const Participant& p : allocate(trial, roster, recruit(trial, roster, {}, {9, 0}), {9, 0})) {
      never += p.never_starts ? 1.0 : 0.0;
      left += p.leaves ? 1.0 : 0.0;
    }
    return std::pair(never, left);
  };
  const double leave_within_four_days = 1.0 - std::exp(-4.0 * 0.03);
  const auto [never, left] = shares(0.28, 0.03);
  CHECK(share_fits(never, n, 0.28));
  CHECK(share_fits(left, n, leave_within_four_days));
  const auto [more_never, more_left] = shares(0.31, 0.036);
  CHECK_FALSE(share_fits(more_never, n, 0.28));
  CHECK_FALSE(share_fits(more_left, n, leave_within_four_days));
}

TEST_CASE("ratings spread around the value as the scale says") {
  constexpr std::uint32_t n = 20000;
  const Scale scale{.low = 1, .high = 7, .offset = 0.04, .gain = 0.72, .person_sd = 0.06, .occasion_sd = 0.08};
  const Moments m = ratings(scale, 0.7, n);
  const double sd = 6.0 * std::hypot(0.06, 0.08);
  CHECK(std::abs(m.mean - (1.0 + 6.0 * (0.04 + 0.72 * 0.7))) < z_bound * sd / std::sqrt(n));
  CHECK(std::abs(m.sd - sd) < z_bound * sd / std::sqrt(2.0 * n));
  Scale wrong = scale;
  wrong.occasion_sd = 0.085;
  CHECK_FALSE(std::abs(ratings(wrong, 0.7, n).sd - sd) < z_bound * sd / std::sqrt(2.0 * n));
}

TEST_CASE("the lasting part of ratings makes the share of variance between people that the scale says") {
  constexpr std::uint32_t n = 5000;
  const Scale scale{.low = 0, .high = 1, .person_sd = 0.06, .occasion_sd = 0.08};
  double between = 0.0;
  double variance = 0.0;
  for (PersonId person = 0; person < n; ++person) {
    const double first = rate(scale, 0.5, person, 0, 1, {8, 1}) - 0.5;
    const double second = rate(scale, 0.5, person, 0, 2, {8, 1}) - 0.5;
    between += first * second / n;
    variance += (first * first + second * second) / (2.0 * n);
  }
  const double expected = 0.36;  // 0.06²/(0.06² + 0.08²)
  // Standard error of an intraclass correlation of pairs: (1 − ρ²)/√n (Fisher 1925).
  CHECK(std::abs(between / variance - expected) < z_bound * (1.0 - expected * expected) / std::sqrt(n));
}

TEST_CASE("31 pairs find a difference of 0.20 as often as the noncentral t distribution says") {
  CHECK(share_fits(power_studies * power(0.20, power_studies), power_studies, expected_power));
  CHECK(std::abs(expected_power - 0.30) < 0.05);
}

TEST_CASE("no difference is found in 5 % of studies") {
  CHECK(share_fits(power_studies * power(0.0, power_studies), power_studies, 0.05));
}

TEST_CASE("the check of power refuses a difference of 0.23") {
  CHECK_FALSE(share_fits(power_studies * power(0.23, power_studies), power_studies, expected_power));
}

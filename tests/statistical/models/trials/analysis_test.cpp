#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/distributions.hpp"
#include "models/trials/analysis/adjusted.hpp"
#include "models/trials/analysis/statistics.hpp"
#include "models/trials/measures/measures.hpp"

using namespace kith;
using namespace kith::trials;

namespace {

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;
constexpr std::uint32_t studies = 400;
constexpr std::uint32_t many = 4000;

bool share_fits(double share, double n, double probability) {
  return std::abs(share - probability) < z_bound * std::sqrt(probability * (1.0 - probability) / n);
}

/// Whether a share of 400 false alarms is 5 % ± 2.
bool is_five_percent(double share) { return std::abs(share - 0.05) <= 0.02; }

Trial trial_of(std::size_t arms, const std::vector<std::vector<std::size_t>>& sequences) {
  Trial trial;
  for (std::size_t arm = 0; arm < arms; ++arm) trial.arms.push_back({.name = "arm", .regimens = {regular({}, {1.0})}});
  trial.reference = arms - 1;
  for (const auto& sequence : sequences) trial.sequences.push_back({"sequence", sequence, 1, 0});
  return trial;
}

/// A person differs from others with SD 1, a period of a person with SD 0.5; arm 0 lowers by 0.3 and leaves `carry_over` for
/// the next period; all periods drift by 0.4. Share of studies whose term has p < 0.05.
double found(const Trial& trial, std::uint32_t participants, double carry_over, Term Adjusted::*term,
             std::uint32_t count = studies) {
  const Draws draws({1965, 0}, "test crossovers");
  unsigned significant = 0;
  for (std::uint32_t study = 0; study < count; ++study) {
    std::vector<Participant> people;
    std::vector<std::vector<double>> means;
    for (std::uint32_t i = 0; i < participants; ++i) {
      Stream stream = draws.at(study, i, 0);
      people.push_back({i, i % trial.sequences.size(), {}});
      const auto& arms = trial.sequences[people.back().sequence].arms;
      const double person = normal(stream);
      means.emplace_back();
      for (std::size_t period = 0; period < arms.size(); ++period) {
        const bool is_after = period > 0 && arms[period - 1] == 0;
        means.back().push_back(person + 0.4 * static_cast<double>(period) - (arms[period] == 0 ? 0.3 : 0.0) +
                               (is_after ? carry_over : 0.0) + 0.5 * normal(stream));
      }
    }
    significant += (adjust(means, trial, people, 0).*term).p < 0.05 ? 1U : 0U;
  }
  return significant / static_cast<double>(count);
}

/// Share of studies of 6 + 6 clusters of 10 people in which nothing happens but clusters differ that find an effect.
template <class Compare>
double false_alarms(Compare&& compare) {
  const Draws draws({2017, 0}, "test clusters");
  unsigned significant = 0;
  for (std::uint32_t study = 0; study < studies; ++study) {
    std::vector<double> values[2];
    std::vector<std::uint32_t> clusters[2];
    for (std::uint32_t cluster = 0; cluster < 12; ++cluster) {
      Stream stream = draws.at(study, cluster, 0);
      const double shared = normal(stream);
      for (int person = 0; person < 10; ++person) {
        values[cluster % 2].push_back(shared + normal(stream));
        clusters[cluster % 2].push_back(cluster);
      }
    }
    significant += compare(values, clusters).p < 0.05 ? 1U : 0U;
  }
  return significant / static_cast<double>(studies);
}

const Trial two_by_two = trial_of(2, {{0, 1}, {1, 0}});
const Trial latin_square = trial_of(3, {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {0, 2, 1}, {1, 0, 2}});

}  // namespace

TEST_CASE("without carry-over the period × sequence term is found in 5 % of 400 studies") {
  const double share = found(two_by_two, 32, 0.0, &Adjusted::carry_over);
  CAPTURE(share);
  CHECK(is_five_percent(share));
  CHECK(share_fits(found(two_by_two, 32, 0.0, &Adjusted::carry_over, many), many, 0.05));
}

TEST_CASE("a true carry-over is found by the period × sequence term as often as the noncentral t distribution says") {
  // Carry-over of 2.5 against a standard deviation of totals of sqrt(4 + 2*0.25), 16 participants a sequence. SciPy:
  // c = stats.t.ppf(.975, 30); nc = 2.5/np.sqrt(4.5*2/16); stats.nct.sf(c, 30, nc) + stats.nct.cdf(-c, 30, nc)
  constexpr double expected = 0.8970494208961973;
  const double share = found(two_by_two, 32, 2.5, &Adjusted::carry_over);
  CAPTURE(share);
  CHECK(share_fits(share, studies, expected));
  CHECK_FALSE(is_five_percent(share));
  CHECK_FALSE(share_fits(found(two_by_two, 32, 2.0, &Adjusted::carry_over), studies, expected));
}

TEST_CASE("over more periods carry-over is told from the effect within people", "[slow]") {
  const double without = found(latin_square, 30, 0.0, &Adjusted::carry_over, many);
  CAPTURE(without);
  CHECK(share_fits(without, many, 0.05));
  CHECK_FALSE(share_fits(found(latin_square, 30, 0.15, &Adjusted::carry_over, many), many, 0.05));
  CHECK(found(latin_square, 30, 0.6, &Adjusted::carry_over) > 0.5);
}

TEST_CASE("an effect is adjusted for a drift of all, and a drift for the effect") {
  // Effect 0.3 and drift 0.4, noncentral t of the half period differences: SD 0.5*np.sqrt(2)/2 each, 16 + 16 people.
  // nc = 0.3/(np.sqrt(.125)*np.sqrt(2/16)), for the drift 0.4 in its place; stats.nct.sf(c, 30, nc) + stats.nct.cdf(-c, 30, nc)
  CHECK(share_fits(found(two_by_two, 32, 0.0, &Adjusted::treatment), studies, 0.6415960873628426));
  CHECK(share_fits(found(two_by_two, 32, 0.0, &Adjusted::period), studies, 0.872035431287086));
}

TEST_CASE("clusters that differ raise no false alarm when their means are compared, and do when people are") {
  const double by_cluster = false_alarms([](const auto& values, const auto& clusters) {
    return cluster_means(values[0], clusters[0], values[1], clusters[1]);
  });
  CAPTURE(by_cluster);
  CHECK(is_five_percent(by_cluster));
  const double by_person =
      false_alarms([](const auto& values, const auto&) { return two_sample(values[0], values[1]); });
  CHECK_FALSE(is_five_percent(by_person));
}

TEST_CASE("the power of 31 pairs is that of the noncentral t distribution of SciPy") {
  // c = stats.t.ppf(.975, 30); nc = .20/np.sqrt(2*(1 - .7))*np.sqrt(31); stats.nct.sf(c, 30, nc) + stats.nct.cdf(-c, 30, nc)
  const double power = paired_power(0.20, 0.7, 31);
  CHECK(power == Approx(0.28533954119565486).epsilon(1e-9));
  CHECK(std::abs(power - 0.30) <= 0.05);
  CHECK(paired_power(0.0, 0.7, 31) == Approx(0.05).epsilon(1e-9));
  CHECK_FALSE(std::abs(paired_power(0.25, 0.7, 31) - 0.30) <= 0.05);
}

TEST_CASE("diaries are filled in as often as the compliance says, by each person about as often as by chance") {
  constexpr std::uint32_t people = 400;
  constexpr std::int64_t evenings = 50;
  const auto variance_and_mean = [&](const Diary& diary) {
    double total = 0.0;
    double squares = 0.0;
    for (PersonId person = 0; person < people; ++person) {
      double own = 0.0;
      for (std::int64_t evening = 0; evening < evenings; ++evening)
        own += answers(diary, person, 0, evening, {9, 0}) ? 1.0 / evenings : 0.0;
      total += own;
      squares += own * own;
    }
    const double mean = total / people;
    return std::pair{squares / people - mean * mean, mean};
  };
  const double by_chance = 0.8 * 0.2 / evenings;
  const auto same = variance_and_mean({.scale = {}, .compliance = 0.8});
  CHECK(share_fits(same.second, people * evenings, 0.8));
  // A variance of n normal values has the standard error variance·√(2/n).
  const double reach = z_bound * std::sqrt(2.0 / people);
  CHECK(std::abs(same.first / by_chance - 1.0) < reach);
  const auto different = variance_and_mean({.scale = {}, .compliance = 0.8, .compliance_sd = 0.1});
  CHECK(std::abs(different.second - 0.8) < z_bound * std::sqrt((0.01 + by_chance) / people));
  const double expected = 0.01 + by_chance - 0.01 / evenings;
  CHECK(std::abs(different.first / expected - 1.0) < 2.0 * reach);  // a beta has longer tails than a normal
  CHECK_FALSE(std::abs(different.first / by_chance - 1.0) < reach);
}

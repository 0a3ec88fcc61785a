#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/trials/analysis/adjusted.hpp"
#include "models/trials/analysis/effects.hpp"
#include "models/trials/analysis/least_squares.hpp"
#include "models/trials/analysis/risk.hpp"
#include "models/trials/analysis/statistics.hpp"

using namespace kith::conditions;
using namespace kith::trials;

namespace {

const std::vector<double> seven{4.1, 5.3, 3.9, 6.0, 4.8, 5.5, 2.7};
const std::vector<double> five{4.6, 5.2, 6.5, 6.3, 5.5};
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

/// A trial of arms 0, 1, … against the last of them.
Trial trial_of(std::size_t arms, const std::vector<std::vector<std::size_t>>& sequences) {
  Trial trial;
  for (std::size_t arm = 0; arm < arms; ++arm)
    trial.arms.push_back({.name = "arm " + std::to_string(arm), .regimens = {regular({}, {1.0})}});
  trial.reference = arms - 1;
  for (const auto& sequence : sequences) trial.sequences.push_back({"sequence", sequence, 2, 0});
  return trial;
}

/// Unbalanced periods and arms; two observations are missing. Columns: person, period, arm, outcome.
struct Row {
  std::uint32_t person;
  std::size_t period;
  std::size_t arm;
  double outcome;
};
const std::vector<Row> unbalanced{
    {0, 0, 0, -0.80}, {0, 1, 1, -1.32}, {0, 2, 2, -0.25}, {1, 0, 1, 0.52},  {1, 1, 2, 1.24}, {1, 2, 0, 0.21},
    {2, 0, 2, -0.35}, {2, 2, 1, -0.58}, {3, 0, 0, 1.05},  {3, 1, 2, 1.93},  {3, 2, 1, 0.57}, {4, 0, 0, -0.83},
    {4, 1, 1, -0.56}, {4, 2, 2, 2.00},  {5, 0, 1, 0.70},  {5, 1, 2, -1.23}, {6, 0, 2, 0.52}, {6, 1, 0, -0.56},
    {6, 2, 1, -0.03}, {7, 0, 0, 0.21},  {7, 1, 2, -0.01}, {7, 2, 1, 1.25}};

std::vector<Observation> observations(bool clustered) {
  std::vector<Observation> result;
  for (const Row& row : unbalanced) {
    Observation observation{.person = row.person, .outcome = row.outcome, .regressors = {}};
    if (clustered) observation.cluster = row.person / 2;
    for (const bool is_on : {row.period == 1, row.period == 2, row.arm == 0, row.arm == 1})
      observation.regressors.push_back(is_on ? 1.0 : 0.0);
    result.push_back(observation);
  }
  return result;
}

}  // namespace

// The expected numbers come from SciPy: stats.ttest_ind(a, b, equal_var=False); s = pooled SD; J = 1 - 3/(4*10 - 1);
// d = (a.mean() - b.mean())/s; limits of g: the x at which stats.nct.cdf(d/k, 10, x) is .975 and .025, times k = np.sqrt(1/7 + 1/5)
TEST_CASE("a comparison of different people agrees with SciPy's Welch test") {
  const Comparison r = two_sample(seven, five);
  CHECK(r.n() == 12);
  CHECK(r.n_a == 7);
  CHECK(r.difference == Approx(-1.0057142857142862).epsilon(1e-12));
  CHECK(r.standard_error == Approx(0.5527285441674014).epsilon(1e-12));
  CHECK(r.degrees == Approx(9.99936098408118).epsilon(1e-12));
  CHECK(r.low == Approx(-2.237280897775741).epsilon(1e-10));
  CHECK(r.high == Approx(0.22585232634716856).epsilon(1e-9));
  CHECK(r.p == Approx(0.09885229782412051).epsilon(1e-10));
  CHECK(r.g == Approx(-0.9229875368250645).epsilon(1e-12));
  CHECK(r.g_low == Approx(-2.2047529866935123).epsilon(1e-10));
  CHECK(r.g_high == Approx(0.248061113463419).epsilon(1e-9));
}

TEST_CASE("clusters are compared by their means, each counted once") {
  const std::vector<std::uint32_t> of_seven{0, 0, 1, 1, 1, 2, 2};
  const std::vector<std::uint32_t> of_five{3, 3, 4, 4, 5};
  const Comparison r = cluster_means(seven, of_seven, five, of_five);
  CHECK(r.n() == 12);
  CHECK(r.clusters_a == 3);
  CHECK(r.mean_a == Approx(4.5666666666666655).epsilon(1e-12));
  CHECK(r.mean_b == Approx(5.6).epsilon(1e-12));
  CHECK(r.p == Approx(0.12618919833575093).epsilon(1e-10));
  CHECK(r.g == Approx(-0.9483347324386325).epsilon(1e-10));
  // The x at which stats.nct.cdf(-2.077…, 3.113…, x) is .975 and .025, times SE over the SD of people.
  CHECK(r.g_low == Approx(-2.221923134417736).epsilon(1e-9));
  CHECK(r.g_high == Approx(0.2539650702221091).epsilon(1e-9));
  const std::vector<std::uint32_t> one_cluster(5, 3);
  CHECK(std::isnan(cluster_means(seven, of_seven, five, one_cluster).p));
}

TEST_CASE("equal groups without spread differ by exactly nothing") {
  const std::vector<double> same(4, 2.5);
  const Comparison r = two_sample(same, same);
  CHECK(r.difference == 0.0);
  CHECK(r.p == 1.0);
  CHECK(r.g == 0.0);
  CHECK(std::isnan(two_sample(same, std::vector<double>{1.0}).difference));
}

TEST_CASE("totals are compared with the pooled variance, as SciPy's Student test does") {
  const Term t = pooled_difference(seven, five);  // stats.ttest_ind(a, b)
  CHECK(t.estimate / t.standard_error == Approx(-1.707659750232359).epsilon(1e-12));
  CHECK(t.degrees == 10.0);
  CHECK(t.p == Approx(0.11850207133983795).epsilon(1e-10));
  CHECK(std::isnan(pooled_difference(seven, {}).p));
}

// NumPy: X has a column for each person, then the four regressors; np.linalg.lstsq(X, y); SE from e@e/(22 - 12)*inv(X.T@X);
// with clusters: np.sqrt(3/4*((beta_without - beta)**2).sum(0)) over the fits without each of the four clusters
TEST_CASE("least squares within people agree with NumPy, and so do their errors by the jackknife over clusters") {
  const std::vector<Term> plain = within_people(observations(false));
  const double estimates[] = {-0.7054166666666656, 0.07874999999999921, -1.0692708333333332, -0.608541666666667};
  const double errors[] = {0.4449969048997646, 0.4449969048997646, 0.4752569027647872, 0.4011147895097185};
  const double jackknife[] = {0.4167228572682709, 0.27588606157878065, 0.47360148529400514, 0.2548419605497378};
  const std::vector<Term> clustered = within_people(observations(true));
  REQUIRE(plain.size() == 4);
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(plain[k].estimate == Approx(estimates[k]).epsilon(1e-10));
    CHECK(plain[k].standard_error == Approx(errors[k]).epsilon(1e-10));
    CHECK(clustered[k].estimate == Approx(estimates[k]).epsilon(1e-10));
    CHECK(clustered[k].standard_error == Approx(jackknife[k]).epsilon(1e-10));
    CHECK(clustered[k].degrees == 3.0);
  }
  CHECK(plain[2].p == Approx(0.04818949401685887).epsilon(1e-9));
}

TEST_CASE("what a single cluster tells has no term") {
  std::vector<Observation> told_by_one = observations(true);
  for (Observation& each : told_by_one)
    each.regressors.push_back(each.person == 5 && each.regressors[0] > 0.0 ? 1.0 : 0.0);
  const std::vector<Term> terms = within_people(told_by_one);
  CHECK(std::isnan(terms[4].estimate));
  CHECK(std::isfinite(terms[3].low));
}

TEST_CASE("a regressor that follows from the others has no term, and the others keep theirs") {
  std::vector<Observation> doubled = observations(false);
  for (Observation& each : doubled) each.regressors.push_back(2.0 * each.regressors[3]);
  const std::vector<Term> terms = within_people(doubled);
  CHECK(std::isnan(terms[4].estimate));
  CHECK(terms[2].estimate == Approx(within_people(observations(false))[2].estimate));
  CHECK(within_people({}).empty());
}

TEST_CASE("what follows from the others but for rounding has no term either") {
  for (const double share : {0.1, 0.3, 0.7, 1.1, 1.0 / 3.0, 1.0 / 7.0}) {
    std::vector<Observation> sums = observations(false);
    for (Observation& each : sums)
      each.regressors.push_back(share * each.regressors[0] + (1.3 - share) * each.regressors[2] +
                                0.9 * each.regressors[3]);
    CHECK(std::isnan(within_people(sums)[4].estimate));
  }
}

TEST_CASE("in a crossover the adjusted effect is half the difference of the sequences' period differences") {
  const Trial trial = trial_of(2, {{0, 1}, {1, 0}});
  std::vector<Participant> participants;
  std::vector<std::vector<double>> means;
  std::vector<double> first;   // half differences of those who start with the arm
  std::vector<double> second;  // and with the reference
  for (std::size_t i = 0; i < 5; ++i) {
    participants.push_back({static_cast<kith::PersonId>(i), i < 3 ? 0U : 1U, {}});
    means.push_back({seven[i], five[i]});
    (i < 3 ? first : second).push_back(0.5 * (seven[i] - five[i]));
  }
  participants.push_back({5, 1, 0});
  means.push_back({99.0, nan_value});
  const Adjusted r = adjust(means, trial, participants, 0);
  const Term expected = pooled_difference(first, second);
  CHECK(r.treatment.estimate == Approx(expected.estimate));
  CHECK(r.treatment.standard_error == Approx(expected.standard_error));
  CHECK(r.treatment.p == Approx(expected.p));
  const Term totals = pooled_difference(std::vector<double>{8.7, 10.5, 10.4}, std::vector<double>{12.3, 10.3});
  CHECK(r.carry_over.estimate == Approx(totals.estimate));
  CHECK(r.carry_over.p == Approx(totals.p));
}

TEST_CASE("a stepped wedge is told from a drift of all clusters only with the period in the equation") {
  const Trial trial = trial_of(2, {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}});
  std::vector<Participant> participants;
  std::vector<std::vector<double>> means;
  MeasureData data;
  for (std::size_t period = 0; period < 3; ++period) data.occasions.push_back({0, period, 0, 24.0 * double(period)});
  data.ratings.assign(3, {});
  for (std::uint32_t i = 0; i < 6; ++i) {
    participants.push_back({i, i % 3, {}, i});
    means.emplace_back();
    for (std::size_t period = 0; period < 3; ++period) {
      const bool is_treated = trial.sequences[i % 3].arms[period] == 0;
      means.back().push_back(double(i) + 0.3 * double(period) + (is_treated ? 0.5 : 0.0));
      data.ratings[period].push_back(means.back().back());
    }
  }
  const Adjusted r = adjust(means, trial, participants, 0);
  CHECK(r.treatment.estimate == Approx(0.5));
  CHECK(r.period.estimate == Approx(0.6));
  CHECK(r.treatment.degrees == 5.0);
  const Effect effect = effect_of(data, trial, participants, 0);
  CHECK(effect.ratings.method == Method::adjusted);
  CHECK(effect.ratings.n() == 4);                              // on both arms
  CHECK(effect.ratings.mean_a - effect.ratings.mean_b > 0.8);  // effect and drift together
  CHECK(std::isnan(effect.ratings.difference));
  CHECK(std::isnan(effect.ratings.p));
  CHECK(std::isnan(effect.ratings.g));
  CHECK(effect.adjusted.treatment.estimate == Approx(0.5));
  data.own = data.ratings;
  data.cutoff = Cutoff{.at = 1.0, .cases = Cutoff::Cases::from_here_up, .called = "lonely"};
  const Effect with_twin = effect_of(data, trial, participants, 0);
  CHECK(with_twin.own == Approx(0.5));  // told from what the twins do not share, by the same equation
  CHECK(std::isnan(with_twin.risk.difference));
}

TEST_CASE("where the arm follows from the period nothing is adjusted") {
  const Trial abab = trial_of(2, {{0, 1, 0, 1}});
  const std::vector<Participant> participants{{0, 0, {}}, {1, 0, {}}, {2, 0, {}}};
  const Adjusted r = adjust({{1, 2, 3, 5}, {2, 4, 4, 6}, {0, 1, 1, 3}}, abab, participants, 0);
  CHECK(std::isnan(r.treatment.estimate));
  CHECK(std::isnan(r.period.estimate));
  const Trial parallel = trial_of(2, {{0}, {1}});
  CHECK(std::isnan(adjust({{1}, {2}, {0}}, parallel, participants, 0).treatment.p));
}

TEST_CASE("different people are compared in a parallel study, and their clusters where they have them") {
  const Trial trial = trial_of(2, {{0}, {1}});
  MeasureData data;
  data.occasions = {{0, 0, 0, 10.0}, {0, 0, 1, 34.0}};
  data.ratings = {{4, 6, nan_value, 1, 3, 9}, {6, 6, 5, 2, 3, 9}};
  data.cutoff = Cutoff{.at = 6.0, .cases = Cutoff::Cases::from_here_up, .called = "lonely"};
  std::vector<Participant> people{{0, 0, {}}, {1, 0, {}}, {2, 0, {}}, {3, 1, {}}, {4, 1, {}}, {5, 1, 0}};
  const Effect effect = effect_of(data, trial, people, 0);
  CHECK(effect.ratings.method == Method::two_sample);
  CHECK(effect.ratings.n_a == 3);
  CHECK(effect.ratings.n_b == 2);
  CHECK(effect.ratings.mean_a == Approx(16.0 / 3.0));  // an evening without an entry is left out
  CHECK(effect.ratings.mean_b == Approx(2.25));
  CHECK(effect.risk.cases_a == 2);  // at the last occasion
  CHECK(effect.risk.cases_b == 0);
  CHECK(effect.risk.number_needed == Approx(1.5));
  for (std::size_t i = 0; i < people.size(); ++i) people[i].cluster = static_cast<std::uint32_t>(i);
  CHECK(effect_of(data, trial, people, 0).ratings.method == Method::cluster_means);
}

TEST_CASE("a share has the exact interval of SciPy") {
  const Mean m = share_with_interval(7, 40);  // stats.binomtest(7, 40).proportion_ci(method='exact')
  CHECK(m.mean == 0.175);
  CHECK(m.low == Approx(0.07338272935208498).epsilon(1e-9));
  CHECK(m.high == Approx(0.32779013336159446).epsilon(1e-9));
  CHECK(share_with_interval(0, 5).low == 0.0);
  CHECK(share_with_interval(5, 5).high == 1.0);
  CHECK(std::isnan(share_with_interval(0, 0).mean));
}

TEST_CASE("what is no outcome has no pooled effect") {
  std::vector<Effect> studies(3);
  for (Effect& study : studies) {
    study.is_outcome = false;
    study.ratings.p = 0.01;
  }
  const Pooled pooled = pool(studies);
  CHECK(pooled.studies == 3);
  CHECK(std::isnan(pooled.difference.mean));
  CHECK(std::isnan(pooled.significant.mean));
  CHECK(std::isnan(pooled.largest_own));
}

#include "models/trials/analysis/effects.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace kith::conditions;
using namespace kith::trials;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Arm 0 against arm 1, the reference.
Trial trial_of(const std::vector<std::vector<std::size_t>>& sequences) {
  Trial trial;
  for (const char* name : {"drug", "placebo"}) trial.arms.push_back({.name = name, .regimens = {regular({}, {1.0})}});
  trial.reference = 1;
  for (const auto& sequence : sequences) trial.sequences.push_back({"sequence", sequence, 2, 0});
  return trial;
}

/// One occasion in each period.
MeasureData measured(const std::vector<std::vector<double>>& ratings) {
  MeasureData data;
  for (std::size_t period = 0; period < ratings.size(); ++period)
    data.occasions.push_back({0, period, 0, 24.0 * double(period)});
  data.ratings = ratings;
  return data;
}

}  // namespace

TEST_CASE("a difference that is the same in everybody is certain") {
  const Comparison r = paired(std::vector<double>{1.0, 2.5, 4.0}, std::vector<double>{0.0, 1.5, 3.0});
  CHECK(r.difference == 1.0);
  CHECK(r.p == 0.0);
  CHECK(r.low == 1.0);
  CHECK(r.high == 1.0);
}

TEST_CASE("studies without a value are left out of the mean and of its interval") {
  const Mean all = mean_with_interval(std::vector<double>{1.0, missing, 4.0, missing, 7.0});
  const Mean known = mean_with_interval(std::vector<double>{1.0, 4.0, 7.0});
  CHECK(all.n == 3);
  CHECK(all.mean == known.mean);
  CHECK(all.high == known.high);
}

TEST_CASE("where nothing is left to chance, what an arm leaves behind is found exactly") {
  const Trial trial = trial_of({{0, 1, 1}, {1, 0, 1}, {0, 0, 1}, {1, 1, 0}});
  std::vector<Participant> participants;
  std::vector<std::vector<double>> means;
  for (std::uint32_t i = 0; i < 8; ++i) {
    participants.push_back({i, i % 4, {}});
    means.emplace_back();
    const auto& arms = trial.sequences[i % 4].arms;
    for (std::size_t period = 0; period < 3; ++period) {
      means.back().push_back(0.7 * i + 0.3 * static_cast<double>(period) + (arms[period] == 0 ? -0.5 : 0.0) +
                             (period > 0 && arms[period - 1] == 0 ? 0.2 : 0.0));
    }
  }
  CHECK(adjust(means, trial, participants, 0).carry_over.estimate == Approx(0.2));
}

TEST_CASE("who left is not used, whatever was measured of them") {
  const Trial trial = trial_of({{0, 1}, {1, 0}});
  std::vector<Participant> participants{{0, 0, {}}, {1, 0, {}}, {2, 1, {}}, {3, 1, {}}};
  std::vector<std::vector<double>> means{{4.1, 5.3}, {3.9, 6.0}, {4.8, 5.5}, {2.7, 4.4}};
  const Adjusted without = adjust(means, trial, participants, 0);
  participants.push_back({4, 1, 0});
  means.push_back({1.0, 9.0});
  const Adjusted with = adjust(means, trial, participants, 0);
  CHECK(with.treatment.estimate == without.treatment.estimate);
  CHECK(with.treatment.degrees == without.treatment.degrees);
  CHECK(with.carry_over.estimate == without.carry_over.estimate);
}

TEST_CASE("a pair needs both of its values") {
  const Trial trial = trial_of({{0, 1}, {1, 0}});
  const std::vector<Participant> participants{{0, 0, {}}, {1, 0, {}}, {2, 1, {}}, {3, 1, {}}};
  const MeasureData data = measured({{4, 5, missing, 8}, {6, 8, 1, 7}});
  const Comparison r = effect_of(data, trial, participants, 0).ratings;
  CHECK(r.n() == 3);
  CHECK(r.mean_a == Approx((4.0 + 5.0 + 7.0) / 3.0));
  CHECK(r.mean_b == Approx((6.0 + 8.0 + 8.0) / 3.0));
}

TEST_CASE("clusters are compared by the participants' own clusters, on both arms, in means and in risks") {
  const Trial trial = trial_of({{0}, {1}});
  std::vector<Participant> participants;
  const std::vector<std::uint32_t> clusters{0, 0, 1, 1, 1, 2, 3, 3, 4, 4, 4};
  for (std::uint32_t i = 0; i < clusters.size(); ++i)
    participants.push_back({.person = i, .sequence = clusters[i] < 3 ? 0U : 1U, .cluster = clusters[i]});
  MeasureData data = measured({{4, 6, 1, 7, 9, 3, 2, 5, 8, 6, 3}});
  data.cutoff = Cutoff{.at = 6.0, .cases = Cutoff::Cases::from_here_up, .called = "lonely"};
  const Effect effect = effect_of(data, trial, participants, 0);
  const Comparison expected = cluster_means(std::vector<double>{5, 17.0 / 3.0, 3}, std::vector<std::uint32_t>{0, 1, 2},
                                            std::vector<double>{3.5, 17.0 / 3.0}, std::vector<std::uint32_t>{3, 4});
  CHECK(effect.ratings.difference == Approx(expected.difference));
  CHECK(effect.ratings.standard_error == Approx(expected.standard_error));
  CHECK(effect.ratings.clusters_b == 2);
  CHECK(effect.risk.cases_a == 3);
  CHECK(effect.risk.cases_b == 2);
  CHECK(effect.risk.risk_a == Approx((0.5 + 2.0 / 3.0) / 3.0));
  CHECK(effect.risk.risk_b == Approx((2.0 / 3.0) / 2.0));
  CHECK(effect.risk.difference == Approx(0.5 / 3.0 + 2.0 / 9.0 - 1.0 / 3.0));
  CHECK(effect.risk.number_needed == Approx(1.0 / effect.risk.difference));
  CHECK(effect.risk.low < effect.risk.difference);
}

TEST_CASE("intention to treat takes all who were allocated, with what they would have put down after leaving") {
  const Trial trial = trial_of({{0}, {1}});
  std::vector<Participant> participants{{0, 0, {}}, {1, 0, {}}, {2, 0, 1}, {3, 1, {}}, {4, 1, {}}, {5, 1, 0}};
  MeasureData data = measured({{4, 6, missing, 1, 3, missing}});
  data.own = {{1, 2, missing, 0.5, 0, missing}};
  data.itt_ratings = {{4, 6, 8, 1, 3, 5}};
  data.itt_own = {{1, 2, 6, 0.5, 0, 1}};
  data.cutoff = Cutoff{.at = 5.0, .cases = Cutoff::Cases::from_here_up, .called = "lonely"};
  const Effect effect = effect_of(data, trial, participants, 0);
  CHECK(effect.ratings.n() == 4);
  CHECK(effect.ratings.difference == Approx(3.0));
  CHECK(effect.own == Approx(1.25));
  CHECK(effect.largest_own == 2.0);
  const Found& all = effect.intention_to_treat;
  const Comparison expected = two_sample(std::vector<double>{4, 6, 8}, std::vector<double>{1, 3, 5});
  CHECK(all.ratings.n() == 6);
  CHECK(all.ratings.difference == expected.difference);
  CHECK(all.ratings.low == expected.low);
  CHECK(all.own == Approx(3.0 - 0.5));
  CHECK(all.largest_own == 6.0);
  CHECK(all.risk.cases_a == 2);
  CHECK(all.risk.cases_b == 1);
  const Pooled pooled = pool({effect, effect}, Whom::allocated);
  CHECK(pooled.difference.mean == expected.difference);
  CHECK(pool({effect, effect}).difference.mean == Approx(3.0));
}

TEST_CASE("where nobody left, all who were allocated are those who stayed") {
  const Trial trial = trial_of({{0, 1}, {1, 0}});
  const std::vector<Participant> participants{{0, 0, {}}, {1, 0, {}}, {2, 1, {}}, {3, 1, {}}};
  const Effect effect = effect_of(measured({{4, 5, 2, 8}, {6, 8, 1, 7}}), trial, participants, 0);
  CHECK(effect.intention_to_treat.ratings.n() == 4);
  CHECK(effect.intention_to_treat.ratings.p == effect.ratings.p);
  CHECK(effect.intention_to_treat.adjusted.treatment.p == effect.adjusted.treatment.p);
}

TEST_CASE("over studies quantiles are linear between neighbours, limits are means, and who has no p is not counted") {
  std::vector<Effect> studies(5);
  for (std::size_t i = 0; i < 5; ++i) {
    studies[i].ratings.g = 0.1 * static_cast<double>((3 * i) % 5);
    studies[i].ratings.p = i < 2 ? 0.01 : missing;
    studies[i].risk.low = -1.0 - static_cast<double>(i);
    studies[i].risk.high = 2.0 + static_cast<double>(i);
  }
  const Pooled pooled = pool(studies);
  CHECK(pooled.g_low == Approx(0.01));
  CHECK(pooled.g_high == Approx(0.39));
  CHECK(pooled.significant.n == 2);
  CHECK(pooled.significant.mean == 1.0);
  CHECK(pooled.risk_low == Approx(-3.0));
  CHECK(pooled.risk_high == Approx(4.0));
}

TEST_CASE("a single arm is compared with the untreated twins: the difference of each from the own twin") {
  Trial trial = trial_of({{0}});
  trial.arms.resize(1);
  trial.reference = 1;
  REQUIRE(trial.is_single_arm());
  const std::vector<Participant> people{{1, 0, {}}, {2, 0, {}}, {3, 0, {}}, {4, 0, 0}};
  MeasureData data = measured({{4.0, 5.5, 3.0, 9.0}});
  data.twin_ratings = {{4.5, 5.0, 4.0, 1.0}};
  data.own = {{-0.5, 0.5, -1.0, 8.0}};
  data.cutoff = Cutoff{.at = 4.25, .cases = Cutoff::Cases::from_here_up, .called = "lonely"};
  const Effect effect = effect_of(data, trial, people, 0);  // the fourth has left
  const Comparison by_hand = paired(std::vector<double>{4.0, 5.5, 3.0}, std::vector<double>{4.5, 5.0, 4.0});
  CHECK(effect.ratings.method == Method::paired);
  CHECK(effect.ratings.n() == 3);
  CHECK(effect.ratings.difference == Approx(-1.0 / 3.0));
  CHECK(effect.ratings.p == by_hand.p);
  CHECK(effect.ratings.low == by_hand.low);
  CHECK(effect.own == Approx(-1.0 / 3.0));
  CHECK(effect.risk.risk_a == Approx(1.0 / 3.0));
  CHECK(effect.risk.risk_b == Approx(2.0 / 3.0));
  CHECK(trial.reference_name() == "the untreated twins");
}

TEST_CASE(
    "what is asked in the run-in or the follow-up is no effect of a period; a probe of the follow-up has its own") {
  const Trial trial = trial_of({{0}, {1}});
  const std::vector<Participant> people{{1, 0, {}}, {2, 0, {}}, {3, 1, {}}, {4, 1, {}}};
  MeasureData data = measured({{9.0, 9.0, 0.0, 0.0}, {4.0, 6.0, 2.0, 4.0}, {8.0, 9.0, 1.0, 2.0}});
  for (Occasion& occasion : data.occasions) occasion.period = 0;
  data.occasions[0].phase = Phase::run_in;
  data.occasions[2].phase = Phase::follow_up;
  CHECK(effect_of(data, trial, people, 0).ratings.difference == 2.0);
  data.phase = Phase::follow_up;
  CHECK(effect_of(data, trial, people, 0).ratings.difference == 7.0);
  data.phase = Phase::run_in;
  CHECK(effect_of(data, trial, people, 0).ratings.difference == 9.0);
}

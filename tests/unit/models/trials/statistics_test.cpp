#include "models/trials/analysis/statistics.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <span>
#include <vector>

#include "models/trials/analysis/effects.hpp"

using namespace kith::conditions;
using namespace kith::trials;

// The expected numbers come from NumPy and SciPy:
//   a = np.array([4.1, 5.3, 3.9, 6.0, 4.8, 5.5, 2.7, 4.4]); b = np.array([4.6, 5.2, 4.5, 6.3, 5.5, 5.4, 3.6, 4.9])
//   n = 8; d = a - b; se = d.std(ddof=1)/np.sqrt(n); h = stats.t.ppf(.975, n-1)*se; stats.ttest_rel(a, b).pvalue
//   dd = d.mean()/np.sqrt((a.var(ddof=1) + b.var(ddof=1))/2); J = 1 - 3/(4*(n-1) - 1); g = J*dd
//   limits of g: the x at which stats.nct.cdf(d.mean()/se, n - 1, x) is .975 and .025 (optimize.brentq), times se/s, s that of dd
TEST_CASE("a paired comparison agrees with SciPy") {
  const std::vector<double> a{4.1, 5.3, 3.9, 6.0, 4.8, 5.5, 2.7, 4.4};
  const std::vector<double> b{4.6, 5.2, 4.5, 6.3, 5.5, 5.4, 3.6, 4.9};
  const Comparison r = paired(a, b);
  CHECK(r.n() == 8);
  CHECK(r.mean_a == Approx(4.5875).epsilon(1e-12));
  CHECK(r.mean_b == Approx(5.0).epsilon(1e-12));
  CHECK(r.difference == Approx(-0.4125).epsilon(1e-12));
  CHECK(r.standard_error == Approx(0.12738790590722715).epsilon(1e-10));
  CHECK(r.low == Approx(-0.7137245315936476).epsilon(1e-8));
  CHECK(r.high == Approx(-0.1112754684063526).epsilon(1e-8));
  CHECK(r.p == Approx(0.014289769800950982).epsilon(1e-9));
  CHECK(r.g == Approx(-0.3926447978991575).epsilon(1e-10));
  CHECK(r.g_low == Approx(-0.7835808937233042).epsilon(1e-9));
  CHECK(r.g_high == Approx(-0.08244371422931485).epsilon(1e-9));
}

TEST_CASE("a comparison turned round has the signs turned round and the same p") {
  const std::vector<double> a{1.0, 4.0, 2.0, 5.0, 3.5};
  const std::vector<double> b{2.0, 3.5, 2.5, 7.0, 4.0};
  const Comparison there = paired(a, b);
  const Comparison back = paired(b, a);
  CHECK(there.difference == -back.difference);
  CHECK(there.g == Approx(-back.g));
  CHECK(there.low == Approx(-back.high));
  CHECK(there.p == Approx(back.p));
}

TEST_CASE("a shift of both conditions changes no difference, and another unit changes no g") {
  const std::vector<double> a{1.0, 4.0, 2.0, 5.0, 3.5};
  const std::vector<double> b{2.0, 3.5, 2.5, 7.0, 4.0};
  std::vector<double> a2;
  std::vector<double> b2;
  for (std::size_t i = 0; i < a.size(); ++i) {
    a2.push_back(10.0 + 6.0 * a[i]);
    b2.push_back(10.0 + 6.0 * b[i]);
  }
  CHECK(paired(a2, b2).difference == Approx(6.0 * paired(a, b).difference));
  CHECK(paired(a2, b2).g == Approx(paired(a, b).g));
  CHECK(paired(a2, b2).p == Approx(paired(a, b).p));
}

TEST_CASE("identical columns differ by exactly nothing") {
  const std::vector<double> a{4.1, 5.3, 3.9, 6.0, 0.1};
  const Comparison r = paired(a, a);
  CHECK(r.difference == 0.0);
  CHECK(r.standard_error == 0.0);
  CHECK(r.low == 0.0);
  CHECK(r.high == 0.0);
  CHECK(r.p == 1.0);
  CHECK(r.g == 0.0);
  const std::vector<double> constant(5, 3.0);
  CHECK(paired(constant, constant).g == 0.0);
  CHECK(paired(constant, constant).p == 1.0);
}

TEST_CASE("two pairs have a difference but no g, and three have both") {
  const std::vector<double> a{1.0, 2.0, 4.0};
  const std::vector<double> b{2.0, 2.5, 3.0};
  const Comparison two = paired(std::span(a).first(2), std::span(b).first(2));
  CHECK(two.difference == Approx(-0.75));
  CHECK(std::isfinite(two.low));
  CHECK(std::isnan(two.g));
  CHECK(std::isnan(two.g_low));
  CHECK(std::isnan(two.g_high));
  CHECK(std::isnan(paired(std::span(a).first(2), std::span(a).first(2)).g));
  CHECK(std::isfinite(paired(a, b).g_high));
}

TEST_CASE("the interval of g excludes 0 where and only where that of the difference does") {
  for (const double shift : {0.0, 0.3, 0.5, 0.7, 1.5, 40.0}) {
    std::vector<double> a{4.1, 5.3, 3.9, 6.0, 4.8, 5.5, 2.7, 4.4};
    const std::vector<double> b{4.6, 5.2, 4.5, 6.3, 5.5, 5.4, 3.6, 4.9};
    for (double& value : a) value += shift;
    const Comparison r = paired(a, b);
    CAPTURE(shift, r.low, r.high, r.g_low, r.g_high);
    CHECK((r.low > 0.0) == (r.g_low > 0.0));
    CHECK((r.high < 0.0) == (r.g_high < 0.0));
    CHECK(r.g_low < r.g);
    CHECK(r.g < r.g_high);
  }
}

TEST_CASE("limits of a noncentrality are mirrored with t, and far out they are those of its denominator") {
  const Limits there = noncentrality(2.5, 9.0);
  const Limits back = noncentrality(-2.5, 9.0);
  CHECK(there.low == Approx(-back.high).epsilon(1e-9));
  CHECK(there.high == Approx(-back.low).epsilon(1e-9));
  const Limits near = noncentrality(49.9, 9.0);
  const Limits far = noncentrality(50.1, 9.0);
  CHECK(far.low == Approx(near.low).epsilon(0.02));
  CHECK(far.high == Approx(near.high).epsilon(0.02));
  CHECK(noncentrality(-50.1, 9.0).low == -far.high);
  CHECK(noncentrality(-50.1, 9.0).high == -far.low);
  CHECK(std::isnan(noncentrality(std::nan(""), 9.0).low));
}

TEST_CASE("fewer than two pairs tell nothing") {
  const std::vector<double> one{1.0};
  CHECK(std::isnan(paired(one, one).difference));
  CHECK(std::isnan(paired({}, {}).g));
  CHECK(paired(one, one).n() == 1);
}

TEST_CASE("a mean over studies has the t interval of SciPy") {
  // x = np.array([1., 2., 4., 7.]); x.mean() ± stats.t.ppf(.975, 3)*x.std(ddof=1)/2
  const Mean m = mean_with_interval(std::vector<double>{1.0, 2.0, 4.0, 7.0});
  CHECK(m.n == 4);
  CHECK(m.mean == 3.5);
  CHECK(m.low == Approx(-0.7099807422992503).epsilon(1e-10));
  CHECK(m.high == Approx(7.70998074229925).epsilon(1e-10));
  CHECK(std::isnan(mean_with_interval({}).mean));
  CHECK(mean_with_interval(std::vector<double>{2.0}).mean == 2.0);
  CHECK(std::isnan(mean_with_interval(std::vector<double>{2.0}).low));
}

namespace {

/// Two periods of two days, and participants in both orders; the last one leaves.
struct SmallStudy {
  Trial trial;
  std::vector<Participant> participants;
  MeasureData data;

  SmallStudy() {
    trial.arms = {{.name = "drug", .regimens = {regular({}, {1.0, 1.0})}},
                  {.name = "placebo", .regimens = {regular({}, {1.0, 1.0})}}};
    trial.reference = 1;
    trial.sequences = {{"drug, placebo", {0, 1}, 2, 0}, {"placebo, drug", {1, 0}, 2, 1}};
    participants = {{10, 0, {}}, {11, 0, {}}, {12, 1, {}}, {13, 1, 1}};
    for (std::size_t period = 0; period < 2; ++period) {
      for (std::int64_t day = 0; day < 2; ++day) data.occasions.push_back({0, period, day, 0.0});
    }
    data.ratings = {{3, 5, 6, 9}, {5, 5, 4, 9}, {7, 6, 2, 9}, {7, 8, 3, 9}};
    data.own = {{-1, -2, 0, 9}, {-1, -2, 0, 9}, {0, 0, -3, 9}, {0, 0, -4, 9}};
  }
};

}  // namespace

TEST_CASE("an effect compares each participant's own mean on the arm with that on the reference, leavers left out") {
  const SmallStudy study;
  const Effect effect = effect_of(study.data, study.trial, study.participants, 0);
  // Drug means 4, 5, 2.5; placebo means 7, 7, 5.
  CHECK(effect.ratings.n() == 3);
  CHECK(effect.ratings.mean_a == Approx(11.5 / 3.0));
  CHECK(effect.ratings.mean_b == Approx(19.0 / 3.0));
  CHECK(effect.ratings.difference == Approx(-2.5));
  CHECK(effect.own == Approx((-1.0 - 2.0 - 3.5) / 3.0));
  CHECK(effect.largest_own == 3.5);
}

TEST_CASE("what is carried over into the reference's period is subtracted from the own effect") {
  SmallStudy study;
  study.data.own = {{-1, -2, 0.5, 9}, {-1, -2, 0.5, 9}, {-0.75, -1, -3, 9}, {-0.25, -1, -4, 9}};
  const Effect effect = effect_of(study.data, study.trial, study.participants, 0);
  CHECK(effect.own == Approx((-1.0 + 0.5 - 2.0 + 1.0 - 3.5 - 0.5) / 3.0));
  CHECK(effect.largest_own == 3.5);
}

TEST_CASE("without noise and with twins that stand still the own effect is the difference beside it") {
  for (const bool are_clustered : {false, true}) {
    for (const auto& sequences : {std::vector<std::vector<std::size_t>>{{0, 1}, {1, 0}}, {{0}, {1}}}) {
      SmallStudy study;
      study.trial.sequences.clear();
      for (const auto& arms : sequences) study.trial.sequences.push_back({"sequence", arms, 3, 0});
      study.data = {};
      for (std::size_t period = 0; period < sequences.front().size(); ++period)
        study.data.occasions.push_back({0, period, 0, 24.0 * static_cast<double>(period)});
      study.participants.clear();
      study.data.ratings.resize(study.data.occasions.size());
      study.data.own.resize(study.data.occasions.size());
      const bool has_periods = sequences.front().size() > 1;
      for (std::uint32_t i = 0; i < 7; ++i) {
        study.participants.push_back({.person = i, .sequence = i % 2});
        if (are_clustered && !has_periods) study.participants.back().cluster = i < 4 ? i % 2 : 2 + i % 2;
        for (std::size_t o = 0; o < study.data.occasions.size(); ++o) {
          const double own = std::sin(3.0 * i + static_cast<double>(o));
          study.data.own[o].push_back(own);
          study.data.ratings[o].push_back(5.0 + own);
        }
      }
      const Effect effect = effect_of(study.data, study.trial, study.participants, 0);
      CAPTURE(are_clustered, has_periods);
      CHECK(effect.own == Approx(effect.ratings.difference));
    }
  }
}

TEST_CASE("without a twin there is no own effect") {
  SmallStudy study;
  study.data.own.clear();
  const Effect effect = effect_of(study.data, study.trial, study.participants, 0);
  CHECK(std::isnan(effect.own));
  CHECK(effect.largest_own == 0.0);
  CHECK(effect.ratings.n() == 3);
}

TEST_CASE("pooled effects are means over studies and the share of them that is significant") {
  std::vector<Effect> studies(4);
  const double p[] = {0.01, 0.049, 0.05, 0.7};
  for (std::size_t i = 0; i < 4; ++i) {
    studies[i].ratings.g = -0.1 * static_cast<double>(i);
    studies[i].ratings.difference = static_cast<double>(i);
    studies[i].ratings.low = -1.0;
    studies[i].ratings.high = 3.0;
    studies[i].ratings.p = p[i];
    studies[i].own = 0.5;
    studies[i].largest_own = static_cast<double>(i);
  }
  const Pooled pooled = pool(studies);
  CHECK(pooled.studies == 4);
  CHECK(pooled.g.mean == Approx(-0.15));
  CHECK(pooled.difference.mean == Approx(1.5));
  CHECK(pooled.significant.mean == 0.5);
  CHECK(pooled.typical_low == -1.0);
  CHECK(pooled.typical_high == 3.0);
  CHECK(pooled.own.mean == 0.5);
  CHECK(pooled.largest_own == 3.0);
}

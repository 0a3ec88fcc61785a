#include "models/evidence/scoreboard.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "models/evidence/evidence_report.hpp"

using namespace kith;
using namespace kith::evidence;

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

ExpectedOutcome lower(const std::string& name) {
  ExpectedOutcome outcome;
  outcome.name = name;
  outcome.finding = Finding::lower;
  outcome.measure = "mood";
  return outcome;
}

/// Of effects around each theory's mean.
Experiment experiment(const std::string& name, const std::string& people, Role role, const std::vector<double>& means,
                      int outcomes = 1) {
  Experiment one{name, name, {.source = "a paper", .people = people, .role = role, .analogue = "", .outcomes = {}}, {}};
  for (int o = 0; o < outcomes; ++o) {
    one.expected.outcomes.push_back(lower("outcome_" + std::to_string(o)));
    one.cells.emplace_back();
    for (const double mean : means)
      one.cells.back().push_back(
          judge(one.expected.outcomes.back(), {mean - 0.2, mean - 0.1, mean + 0.1, mean + 0.2}, "kith run x"));
  }
  return one;
}

}  // namespace

TEST_CASE("an effect that is no number is a failure with the command that repeats it, never a miss") {
  const Judged planted = judge(lower("a"), {0.2, 0.3, no_number, 0.4}, "kith run x.yaml --theory botsa");
  CHECK(planted.verdict == Verdict::failed);
  CHECK(planted.command == "kith run x.yaml --theory botsa --replicate 2");
  CHECK(planted.why == "Hedges g of mood is no number in virtual study 2");
  CHECK(judge(lower("a"), {0.2, std::numeric_limits<double>::infinity()}, "c").verdict == Verdict::failed);
  CHECK(judge(lower("a"), {0.2}, "c").verdict == Verdict::failed);
  CHECK(judge(lower("a"), {0.2, 0.2}, "c").verdict == Verdict::failed);
  CHECK(judge(lower("a"), {0.2, 0.3, 0.4}, "c").verdict == Verdict::miss);
  ExpectedOutcome outside = lower("a");
  outside.cannot_express = "nobody feels this";
  CHECK(judge(outside, {}, "c").verdict == Verdict::inexpressible);
  CHECK(judge(outside, {}, "c").why == "nobody feels this");
}

TEST_CASE("a failure leaves its people out of that theory's score, and is told with its command") {
  Matrix matrix{{"none", "botsa"}, {experiment("one", "one", Role::held_out, {0.0, -0.1})}, ""};
  matrix.experiments.push_back(experiment("two", "two", Role::held_out, {0.0, -0.3}));
  matrix.experiments[1].cells[0][1] = judge(lower("a"), {no_number, 0.0}, "kith run two");
  const std::vector<PeopleScores> scores = scores_by_people(matrix, Role::held_out);
  CHECK(total_of(scores, 0).people == 2);
  CHECK(total_of(scores, 1).people == 1);
  CHECK(difference_of(scores, 1, 0).people == 1);
  CHECK(recovery(matrix, Role::held_out).empty());
  const Report report = evidence_report(matrix, true);
  REQUIRE(report.warnings.size() == 1);
  CHECK(report.warnings[0] ==
        "two outcome_0 under botsa failed: Hedges g of mood is no number in virtual study 0; again: kith run two "
        "--replicate "
        "0");
}

TEST_CASE("outcomes of the same people count once, over files, too") {
  Matrix matrix{{"none", "botsa"}, {experiment("one", "we", Role::held_out, {0.0, -0.1}, 3)}, ""};
  const double alone = total_of(scores_by_people(matrix, Role::held_out), 1).sum;
  CHECK(alone == Approx(matrix.experiments[0].cells[0][1].score.log));
  matrix.experiments.push_back(experiment("two", "we", Role::held_out, {0.0, -0.3}));
  const std::vector<PeopleScores> scores = scores_by_people(matrix, Role::held_out);
  REQUIRE(scores.size() == 1);
  CHECK(total_of(scores, 1).sum == Approx(0.75 * alone + 0.25 * matrix.experiments[1].cells[0][1].score.log));
}

TEST_CASE("what the theories were fitted to is in no score, and calibration is apart from what was held out") {
  Matrix matrix{{"none", "botsa"}, {experiment("fitted", "a", Role::in_meta_analysis, {0.0, -0.5})}, ""};
  matrix.experiments.push_back(experiment("near", "b", Role::calibration, {0.0, -0.2}));
  matrix.experiments.push_back(experiment("far", "c", Role::held_out, {0.0, -0.1}));
  const double held_out = total_of(scores_by_people(matrix, Role::held_out), 1).sum;
  CHECK(held_out == Approx(matrix.experiments[2].cells[0][1].score.log));
  CHECK(total_of(scores_by_people(matrix, Role::calibration), 1).sum ==
        Approx(matrix.experiments[1].cells[0][1].score.log));
  matrix.experiments.erase(matrix.experiments.begin());
  CHECK(total_of(scores_by_people(matrix, Role::held_out), 1).sum == held_out);
  const Report report = evidence_report(matrix, false);
  const auto has = [&](const std::string& title) {
    return std::any_of(report.tables.begin(), report.tables.end(), [&](const auto& t) { return t.title == title; });
  };
  CHECK(has("Scores, held out"));
  CHECK(has("Scores, calibration"));
}

TEST_CASE("a cell shows the error of its mean, and a program gets what was published as numbers or nothing") {
  Matrix matrix{{"botsa"}, {experiment("one", "we", Role::calibration, {-0.3}, 3)}, ""};
  std::vector<ExpectedOutcome>& outcomes = matrix.experiments[0].expected.outcomes;
  outcomes[1].finding = Finding::none;
  outcomes[1].bound = 0.2;
  outcomes[2].finding = Finding::effect;
  outcomes[2].effect = -0.4;
  outcomes[2].standard_error = 0.15;
  const ReportTable shown = evidence_report(matrix, false).tables.front();
  CHECK(shown.rows[0][1].text == "lower (< −0.1)");
  CHECK(shown.rows[1][1].text == "none (±0.2)");
  CHECK(shown.rows[2][1].text == "−0.40 ± 0.15");
  CHECK(shown.rows[0][2].text == "? −0.30 ± 0.09");
  const ReportTable cells = cell_table(matrix);
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(cells.columns.begin(), cells.columns.end(), name) -
                                    cells.columns.begin());
  };
  CHECK_FALSE(cells.rows[1][column("published g")].value);
  CHECK(cells.rows[1][column("bound")].value == 0.2);
  CHECK(cells.rows[2][column("published g")].value == -0.4);
  CHECK(cells.rows[2][column("published SE")].value == 0.15);
  CHECK_FALSE(cells.rows[2][column("bound")].value);
  CHECK(cells.rows[2][column("role")].text == "calibration");
  CHECK(cells.rows[2][column("people")].text == "we");
}

TEST_CASE("a theory that an experiment cannot run under has no score there, and others have theirs") {
  Matrix matrix{{"none", "mine"}, {experiment("one", "one", Role::held_out, {0.0, -0.1})}, ""};
  matrix.experiments.push_back(experiment("two", "two", Role::held_out, {0.0, -0.3}));
  matrix.experiments[1].cells[0][1] = {.verdict = Verdict::inexpressible,
                                       .predicted = {},
                                       .score = {},
                                       .effects = {},
                                       .why = "it has no theory mine",
                                       .command = {}};
  const std::vector<PeopleScores> scores = scores_by_people(matrix, Role::held_out);
  CHECK(total_of(scores, 0).people == 2);
  CHECK(total_of(scores, 1).people == 1);
  CHECK(recovery(matrix, Role::held_out).empty());
}

TEST_CASE("a total is a sum with the standard error and interval of n times a mean") {
  const Total sum = total({-1.0, -2.0, -6.0});
  CHECK(sum.sum == Approx(-9.0));
  CHECK(sum.standard_error == Approx(std::sqrt(3.0 * 7.0)));
  CHECK(sum.high - sum.sum == Approx(4.302653 * std::sqrt(3.0 * 7.0)));  // t of two degrees of freedom
  CHECK(std::isnan(total({-1.0}).low));
}

TEST_CASE("differences are taken within people, so that what is hard for all does not blur them") {
  const std::vector<PeopleScores> scores{{"a", {Score{-1.0, 0}, Score{-1.5, 0}}},
                                         {"b", {Score{-9.0, 0}, Score{-9.5, 0}}}};
  const Total difference = difference_of(scores, 0, 1);
  CHECK(difference.sum == Approx(1.0));
  CHECK(difference.standard_error == Approx(0.0).margin(1e-12));
  CHECK(difference_of(scores, 1, 0).sum == Approx(-1.0));
}

TEST_CASE("data of theories that predict far apart are told from each other, those of equal ones are shared") {
  const Matrix apart{{"a", "b"}, {experiment("one", "one", Role::held_out, {-5.0, 5.0})}, ""};
  CHECK(recovery(apart, Role::held_out) == std::vector<std::vector<double>>{{1.0, 0.0}, {0.0, 1.0}});
  const Matrix equal{{"a", "b"}, {experiment("one", "one", Role::held_out, {-0.1, -0.1})}, ""};
  CHECK(recovery(equal, std::nullopt) == std::vector<std::vector<double>>{{0.5, 0.5}, {0.5, 0.5}});
  CHECK(recovery(equal, Role::calibration).empty());
  // Effects −0.3, −0.2, 0, 0.1 of a; b predicts their mirror image: three in four have no other sign than a's own.
  const Matrix close{{"a", "b"}, {experiment("one", "one", Role::held_out, {-0.1, 0.1})}, ""};
  const auto confusion = recovery(close, Role::held_out);
  CHECK(confusion[0][0] == Approx(0.5));  // −0.3 and −0.2 are lower; 0 (by rounding above 0) and 0.1 are not
  CHECK(confusion[0][0] + confusion[0][1] == Approx(1.0));
}

TEST_CASE("pooled effects are those of DerSimonian and Laird") {
  // metafor 3.8: rma(yi = c(-0.3, 0.1, -0.5), sei = c(0.1, 0.2, 0.15), method = "DL"), by hand below.
  const std::vector<double> y{-0.3, 0.1, -0.5};
  const std::vector<double> se{0.1, 0.2, 0.15};
  const double w0 = 100.0, w1 = 25.0, w2 = 1.0 / 0.0225;
  const double fixed = (w0 * y[0] + w1 * y[1] + w2 * y[2]) / (w0 + w1 + w2);
  const double q = w0 * std::pow(y[0] - fixed, 2) + w1 * std::pow(y[1] - fixed, 2) + w2 * std::pow(y[2] - fixed, 2);
  const double tau2 = (q - 2.0) / (w0 + w1 + w2 - (w0 * w0 + w1 * w1 + w2 * w2) / (w0 + w1 + w2));
  REQUIRE(tau2 > 0.0);
  const PooledEffect found = pooled(y, se);
  CHECK(found.tau_squared == Approx(tau2));
  const double v0 = 1.0 / (0.01 + tau2), v1 = 1.0 / (0.04 + tau2), v2 = 1.0 / (0.0225 + tau2);
  CHECK(found.estimate == Approx((v0 * y[0] + v1 * y[1] + v2 * y[2]) / (v0 + v1 + v2)));
  CHECK(found.standard_error == Approx(1.0 / std::sqrt(v0 + v1 + v2)));
  const PooledEffect equal = pooled({-0.2, -0.2}, {0.1, 0.1});
  CHECK(equal.tau_squared == 0.0);
  CHECK(equal.standard_error == Approx(0.1 / std::sqrt(2.0)));
  CHECK(pooled({-0.2}, {0.1}).estimate == Approx(-0.2));
}

TEST_CASE("the parameters of a theory are counted by what they rest on") {
  CHECK(parameters_of("none").fitted + parameters_of("none").assumed == 0);
  CHECK(parameters_of("botsa").fitted == 1);
  CHECK(parameters_of("botsa").assumed == 3);
  const Parameters own = parameters_of("botsa", {"theory.separation", "theory.opioid_share", "people.opioid_tone.cv"});
  CHECK(own.fitted == 3);
  CHECK(own.assumed == 2);
}

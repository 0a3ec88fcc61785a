#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "models/world/population.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string text = R"(
kith: 1
title: Living ties
time: {tick: 6 h, burn_in: 0 d, duration: 1 d}
people: {count: 1000}
network: {generate: layers, community: 100}
ties: living
seed: 7
)";

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;

struct Counts {
  std::array<double, people::layer_count> lost{};  // of the ties at the start, by layer
  std::array<double, people::layer_count> had{};   // of them, not kin
  double began = 0.0;
  double ended = 0.0;
};

/// Ties at the start of a run, and what is left of them after `days`. People are called by `order` where it is given.
Counts run(const std::vector<config::Override>& overrides, int days, const std::vector<PersonId>& order = {}) {
  const Scenario scenario = scenario_from(text, overrides);
  network::ImportReport import;
  network::Graph graph = make_network(scenario, {7, 0}, import);
  if (!order.empty()) {
    std::vector<std::uint32_t> community(order.size());
    for (PersonId p = 0; p < order.size(); ++p) community[order[p]] = graph.community[p];
    graph.community = community;
    for (network::Edge& edge : graph.edges) {
      edge.a = order[edge.a];
      edge.b = order[edge.b];
    }
    network::make_simple(graph);
  }
  const network::Ties ties(graph);
  Model model(scenario, ties, {7, 0}, graph.community);
  model.run(0, days * model.clock().ticks_per_day(), "");
  Counts counts;
  for (const network::Edge& edge : graph.edges) {
    if (edge.kind == network::TieKind::kin) continue;
    const std::size_t layer = people::layer_of(edge.closeness);
    counts.had[layer] += 1.0;
    if (model.ties().find(edge.a, edge.b) == network::Ties::none) counts.lost[layer] += 1.0;
  }
  for (const network::TieEvent& event : model.living()->events()) {
    counts.began += event.what == network::TieChange::began ? 1.0 : 0.0;
    counts.ended += network::is_end(event.what) ? 1.0 : 0.0;
  }
  return counts;
}

double deviation(double count, double expected) { return (count - expected) / std::sqrt(expected); }

/// Of two Poisson counts with the same mean.
double difference(double a, double b) { return (a - b) / std::sqrt(a + b); }

}  // namespace

TEST_CASE(
    "where only life ends ties, each layer loses at its own rate within the bounds of counts, and not at another") {
  const std::vector<config::Override> only_life{{"ties.ends.of_silence=0"},
                                                {"ties.beginnings.seeking=0 /d"},
                                                {"ties.ends.by_layer=[0.4 /a, 0.8 /a, 0.6 /a, 1 /a]"}};
  constexpr int days = 121;  // the first day is not tended
  const Counts counts = run(only_life, days);
  const std::array<double, people::layer_count> rates{0.4, 0.8, 0.6, 1.0};
  for (std::size_t layer = 0; layer < people::layer_count; ++layer) {
    CAPTURE(layer, counts.lost[layer], counts.had[layer]);
    const auto expected = [&](double rate) {
      return counts.had[layer] * (1.0 - std::exp(-rate * (days - 1) / 365.25));
    };
    CHECK(std::abs(deviation(counts.lost[layer], expected(rates[layer]))) < z_bound);
    CHECK_FALSE(std::abs(deviation(counts.lost[layer], expected(1.5 * rates[layer]))) < z_bound);  // must fail
  }
}

TEST_CASE("relabelling people changes neither how many ties begin nor how many end, beyond chance", "[slow]") {
  std::vector<PersonId> order(1000);
  std::iota(order.begin(), order.end(), 0U);
  Stream stream = Draws({7, 0}, "test order").at(0, 0);
  shuffle(stream, std::span(order));
  const Counts plain = run({}, 90);
  const Counts relabelled = run({}, 90, order);
  CHECK(plain.began > 1000.0);
  CHECK(std::abs(difference(plain.began, relabelled.began)) < z_bound);
  CHECK(std::abs(difference(plain.ended, relabelled.ended)) < z_bound);
  const Counts other = run({{"ties.ends.by_layer=[0.045 /a, 0.03 /a, 0.18 /a, 0.45 /a]"}}, 90, order);
  CHECK_FALSE(std::abs(difference(plain.ended, other.ended)) <
              z_bound);  // must fail: half as many losses again outside
}

TEST_CASE("people who withdraw lose more ties than they replace", "[slow]") {
  // Loneliness that sets in at once and drives away: nobody is met often enough to keep the ties they have.
  const std::vector<config::Override> withdrawn{{"meeting.approach_most=1"},        {"meeting.approach_least=0.01"},
                                                {"feelings.loneliness.approach=5"}, {"feelings.loneliness.turn=0.05"},
                                                {"feelings.connection.gain=0"},     {"feelings.loneliness.time=1 d"}};
  const Counts usual = run({}, 100);
  const Counts alone = run(withdrawn, 100);
  CHECK(alone.ended > 1.3 * usual.ended);
  CHECK(alone.ended - alone.began > 3.0 * (usual.ended - usual.began));
}

TEST_CASE("distress after the same rejection falls strictly with tone, and not where nothing protects") {
  const people::FeelingParams feelings;
  const people::Opioids protecting{.protection = 0.5F};
  const people::Opioids unprotecting;
  const pharmacology::ReceptorParams receptor;
  float before = 1.0F;
  for (float tone = 0.05F; tone < 0.5F; tone += 0.01F) {
    const float signal = pharmacology::mu_signal(receptor, tone, 0.0F);
    const people::Feelings calm{0.5F, 0.1F, 0.5F, 0.1F, 0.3F, 0.1F};
    const float after = people::after_negative(feelings, protecting, calm, signal).distress;
    REQUIRE(after < before);
    before = after;
    REQUIRE(people::after_negative(feelings, unprotecting, calm, signal).distress == Approx(0.28F));
    REQUIRE(people::after_stress(protecting, calm, feelings.distress_of_conflict, signal).distress == after);
  }
}

TEST_CASE(
    "the lonely share rises from the high to the low tercile of tone, and only under a theory with an opioid term",
    "[slow]") {
  const auto lonely = [&](const std::string& theory) {
    const Scenario scenario = scenario_from(text, {{"people.count=15000"},
                                                   {"network.sizes=[5, 10, 35]"},
                                                   {"ties=fixed"},
                                                   {"scales.lonely={share: 24 %}"},
                                                   {"theory=" + theory},
                                                   {"people.opioid_tone.cv=0.8"},
                                                   {"time.burn_in=28 d"}});
    const Population population = make_population(scenario, {7, 0}, "", {});
    std::array<double, 3> share{};
    for (PersonId p = 0; p < 15000; ++p) {
      if (population.model->people().loneliness[p] > population.scales.lonely_above)
        share[population.tone_tercile[p]] += 1.0 / 5000.0;
    }
    return share;
  };
  // The difference of two shares of 5000 people around 24 % has a standard error of 0.0085.
  const double error = std::sqrt(2.0 * 0.24 * 0.76 / 5000.0);
  const auto with = lonely("{name: botsa, opioid_share: 0.3}");
  CHECK(with[0] > with[2] + z_bound * error);
  CHECK(with[0] > with[1]);
  CHECK(with[1] > with[2]);
  const auto without = lonely("none");  // must fail
  CHECK_FALSE(without[0] > without[2] + z_bound * error);
}

TEST_CASE("stressors come at their rate in waking hours, and bring more distress to those of low tone") {
  const auto distress = [&](const std::string& stressors) {
    const Scenario scenario = scenario_from(text, {{"ties=fixed"},
                                                   {"meeting.contacts_per_day=0"},
                                                   {"theory=none"},
                                                   {"feelings.distress.stressors=" + stressors},
                                                   {"feelings.separation.distress=0 /h"},
                                                   {"feelings.distress.time=30 d"},
                                                   {"feelings.distress.of_stressor=1"}});
    network::ImportReport import;
    const network::Graph graph = make_network(scenario, {7, 0}, import);
    const network::Ties ties(graph);
    Model model(scenario, ties, {7, 0});
    double struck = 0.0;
    for (Tick tick = 0; tick < 40; ++tick) {
      model.run(tick, tick + 1, "");
      for (PersonId p = 0; p < 1000; ++p) struck += model.people().distress[p] > 0.9917F ? 1.0 : 0.0;
    }
    return struck;
  };
  // Ten days of ticks with no, five, six and five waking hours. Of the distress of a stressor 0.9917 is left after six hours.
  const auto in_tick = [](double hours) { return 1.0 - std::exp(-0.4 * hours / 16.0); };
  const double expected = 1000.0 * 10.0 * (2.0 * in_tick(5.0) + in_tick(6.0));
  CHECK(std::abs(deviation(distress("0.4 /d"), expected)) < z_bound);
  CHECK_FALSE(std::abs(deviation(distress("0.3 /d"), expected)) < z_bound);  // must fail
  CHECK(distress("0 /d") == 0.0);
}

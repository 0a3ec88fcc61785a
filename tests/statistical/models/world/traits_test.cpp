#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/world/population.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;

const std::string text = R"(
kith: 1
title: Traits
time: {tick: 6 h, burn_in: 2 d}
people:
  count: 4000
  opioid_tone: {median: 0.2, cv: 0.5}
  wanted_connection: {mean: 0.7, sd: 0.25}
network: {generate: layers, sizes: [5, 10], community: 100}
)";

struct Moments {
  double mean = 0.0, sd = 0.0;
};

Moments moments(const std::vector<double>& values) {
  Moments m;
  for (const double value : values) m.mean += value / static_cast<double>(values.size());
  for (const double value : values) m.sd += std::pow(value - m.mean, 2) / static_cast<double>(values.size());
  m.sd = std::sqrt(m.sd);
  return m;
}

}  // namespace

TEST_CASE("traits: the logarithm of the tone is normal, and so is wanted connection") {
  const Scenario scenario = scenario_from(text);
  const Population population = make_population(scenario, {1, 0}, "", {});
  const people::People& s = population.model->people();
  std::vector<double> logs;
  std::vector<double> wanted;
  double below = 0.0;
  for (PersonId p = 0; p < 4000; ++p) {
    logs.push_back(std::log(static_cast<double>(s.tone[p])));
    below += s.wanted_connection[p] < 0.7F ? 1.0 : 0.0;
    wanted.push_back(static_cast<double>(s.wanted_connection[p]));
  }
  const double sigma = std::sqrt(std::log(1.25));
  const Moments tone = moments(logs);
  CHECK(std::abs(tone.mean - std::log(0.2)) < z_bound * sigma / std::sqrt(4000.0));
  CHECK(std::abs(tone.sd - sigma) < z_bound * sigma / std::sqrt(8000.0));
  CHECK(std::abs(below - 2000.0) < z_bound * std::sqrt(1000.0));
  CHECK(std::abs(moments(wanted).sd - 0.25) < z_bound * 0.25 / std::sqrt(8000.0));
}

TEST_CASE("part of the connection wanted lasts, the rest comes and goes with its own time, and the spread stays") {
  const Scenario scenario = scenario_from(text, {{"people.wanted_connection.drift=40 %"},
                                                 {"people.wanted_connection.drift_time=5 d"},
                                                 {"people.opioid_tone.day_sd=0"}});
  const Population population = make_population(scenario, {1, 0}, "", {});
  Model model = *population.model;
  const std::vector<float> start = model.people().wanted_connection;
  for (const Tick days : {5, 35}) {
    model.run(days == 5 ? 0 : 20, 4 * days, "");
    std::vector<double> now;
    std::vector<double> products;
    for (PersonId p = 0; p < 4000; ++p) {
      now.push_back(static_cast<double>(model.people().wanted_connection[p]));
      products.push_back((now.back() - 0.7) * (static_cast<double>(start[p]) - 0.7) / 0.0625);
    }
    CHECK(std::abs(moments(now).sd - 0.25) < z_bound * 0.25 / std::sqrt(8000.0));
    const double expected = 0.6 + 0.4 * std::exp(-static_cast<double>(days) / 5.0);
    CHECK(std::abs(moments(products).mean - expected) < z_bound * std::sqrt((1.0 + expected * expected) / 4000.0));
  }
}

TEST_CASE("where a share is asked for, lonely are the 24 % loneliest after the burn-in; terciles of tone are thirds") {
  const Scenario scenario = scenario_from(text, {{"scales.lonely={share: 24 %}"}});
  const Population population = make_population(scenario, {1, 0}, "", {});
  const auto& loneliness = population.model->people().loneliness;
  const auto lonely = std::count_if(loneliness.begin(), loneliness.end(),
                                    [&](float value) { return value > population.scales.lonely_above; });
  CHECK(std::abs(static_cast<double>(lonely) - 960.0) <= 1.0);
  float highest_low = 0.0F;
  float lowest_high = 1e9F;
  for (PersonId p = 0; p < 4000; ++p) {
    if (population.tone_tercile[p] == 0) highest_low = std::max(highest_low, population.model->people().tone[p]);
    if (population.tone_tercile[p] == 2) lowest_high = std::min(lowest_high, population.model->people().tone[p]);
  }
  CHECK(highest_low < lowest_high);
  CHECK(std::count(population.tone_tercile.begin(), population.tone_tercile.end(), 0) == 1334);
}

TEST_CASE("where a share of isolated people is asked for, about so many are, and the usual scale is another") {
  const Scenario as_usual = scenario_from(text);
  const Population usual = make_population(as_usual, {1, 0}, "", {});
  CHECK(usual.scales.private_matters_from == 0.725F);
  const auto isolated = [](const Population& population) {
    return std::count_if(population.isolation().score.begin(), population.isolation().score.end(),
                         [](std::uint8_t score) { return score < people::isolated_below; });
  };
  const Scenario half = scenario_from(text, {{"scales.isolated={share: 50 %}"}});
  const Population asked = make_population(half, {1, 0}, "", {});
  CHECK(std::abs(static_cast<double>(isolated(asked)) - 2000.0) < 400.0);
  CHECK(isolated(asked) != isolated(usual));
}

TEST_CASE("isolation counts who is met monthly at the rates that opportunity leaves: √(o o') of the usual one") {
  const Scenario scenario = scenario_from(text);
  const Population population = make_population(scenario, {1, 0}, "", {});
  Model model = *population.model;
  std::vector<float> opportunity(4000, 1.0F);
  for (PersonId p = 0; p < 4000; p += 2) opportunity[p] = 0.01F;
  std::vector<float> calls_left(4000, 1.0F);
  for (PersonId p = 0; p < 4000; p += 3) calls_left[p] = 0.0F;
  model.set_opportunity({.in_person = opportunity, .at_distance = calls_left, .home_from = {}});
  const network::Ties& ties = model.ties();
  std::vector<float> rates = people::contact_rates(scenario.meeting, ties);
  const auto calls = static_cast<float>(scenario.meeting.calls_per_day / scenario.meeting.contacts_per_day);
  for (PersonId owner = 0; owner < 4000; ++owner) {
    for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); ++tie)
      rates[tie] *= calls * std::sqrt(calls_left[owner] * calls_left[ties.other(tie)]) +
                    std::sqrt(opportunity[owner] * opportunity[ties.other(tie)]);
  }
  const people::Isolation expected = people::isolation(ties, rates, 16.0, scenario.scales.private_matters_from);
  CHECK(isolation_of(model).score == expected.score);
  CHECK(isolation_of(*population.model).score != expected.score);
}

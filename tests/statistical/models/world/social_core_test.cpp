#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "models/people/scales.hpp"
#include "models/world/population.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string text = R"(
kith: 1
title: The social core
time: {tick: 1 h, burn_in: 14 d}
people: {count: 2000}
)";

Population population_with(const std::vector<config::Override>& overrides) {
  const auto scenario = std::make_shared<const Scenario>(scenario_from(text, overrides));
  static std::vector<std::shared_ptr<const Scenario>> kept;  // models refer to theirs
  kept.push_back(scenario);
  return make_population(*scenario, {11, 0}, "", {});
}

double mean(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("less tone is less connection, and more distress, need and loneliness, between populations and within",
          "[slow]") {
  std::vector<std::array<double, 4>> botsa;
  std::vector<std::array<double, 4>> none;
  for (const char* tone : {"0.05", "0.15", "0.3"}) {
    for (const char* theory : {"botsa", "none"}) {
      const Population population =
          population_with({{std::string("people.opioid_tone.median=") + tone}, {std::string("theory=") + theory}});
      const people::People& s = population.model->people();
      (theory[0] == 'b' ? botsa : none)
          .push_back({mean(s.connection), mean(s.distress), mean(s.need), mean(s.loneliness)});
    }
  }
  for (std::size_t k = 0; k + 1 < 3; ++k) {
    CHECK(botsa[k][0] < botsa[k + 1][0]);
    for (std::size_t v = 1; v < 4; ++v) CHECK(botsa[k][v] > botsa[k + 1][v]);
    CHECK(none[k] == none[k + 1]);
  }
  // Within: the same people, each with a tone of their own, against themselves with another one.
  const Population within = population_with({{"people.opioid_tone.cv=1"}});
  const Population same = population_with({{"people.opioid_tone.cv=0"}});
  std::array<double, 4> covariance{};
  for (PersonId p = 0; p < 2000; ++p) {
    const people::People& a = within.model->people();
    const people::People& b = same.model->people();
    const double tone = std::log(static_cast<double>(a.tone[p]) / 0.15);
    covariance[0] += tone * static_cast<double>(a.connection[p] - b.connection[p]);
    covariance[1] += tone * static_cast<double>(a.distress[p] - b.distress[p]);
    covariance[2] += tone * static_cast<double>(a.need[p] - b.need[p]);
    covariance[3] += tone * static_cast<double>(a.loneliness[p] - b.loneliness[p]);
  }
  CHECK(covariance[0] > 0.0);
  for (std::size_t v = 1; v < 4; ++v) CHECK(covariance[v] < 0.0);
}

TEST_CASE("UCLA-3 means the same in unlike populations, and one with few contacts is lonelier than the reference",
          "[slow]") {
  std::vector<std::pair<float, float>> pooled;
  for (const config::Override& unlike :
       {config::Override{"seed=1"}, config::Override{"meeting.contacts_per_day=2"},
        config::Override{"people.opioid_tone.median=0.05"}, config::Override{"network.sizes=[2, 4]"},
        config::Override{"people.wanted_connection.mean=0.7"}}) {
    const Population population = population_with({unlike});
    for (const float loneliness : population.model->people().loneliness)
      pooled.emplace_back(loneliness, people::ucla3_points(loneliness, population.scales.lonely_above));
    if (unlike.assignment == "meeting.contacts_per_day=2") {
      const auto& loneliness = population.model->people().loneliness;
      const auto lonely = std::count_if(loneliness.begin(), loneliness.end(),
                                        [&](float value) { return value > population.scales.lonely_above; });
      CHECK(lonely > 600);
    }
  }
  std::sort(pooled.begin(), pooled.end());
  CHECK(std::is_sorted(pooled.begin(), pooled.end(), [](const auto& a, const auto& b) { return a.second < b.second; }));
  CHECK(pooled.front().second < 4.0F);
  CHECK(pooled.back().second > 6.5F);
}

TEST_CASE("four weeks without anybody make most people lonely, a lockdown a few", "[slow]") {
  const Population population = population_with({});
  const auto lonely_after = [&](const people::OpportunityFactors& factors) {
    Model model = *population.model;
    model.set_opportunity(factors);
    model.run(0, 28 * 24, "");
    const auto& loneliness = model.people().loneliness;
    return static_cast<double>(std::count_if(loneliness.begin(), loneliness.end(),
                                             [&](float value) { return value > population.scales.lonely_above; })) /
           2000.0;
  };
  const auto all = [](float factor) { return std::vector<float>(2000, factor); };
  const double usual = lonely_after({});
  const double locked = lonely_after({.in_person = all(0.15F), .at_distance = all(1.5F), .home_from = all(0.95F)});
  const double cut_off = lonely_after({.in_person = all(0.0F), .at_distance = all(0.0F), .home_from = {}});
  CHECK(cut_off > 0.95);
  CHECK(locked > usual + 0.03);
  CHECK(locked < usual + 0.20);
}

TEST_CASE("the loneliness loop makes those with lonely partners lonelier, and with it off nobody", "[slow]") {
  const std::vector<config::Override> off{{"feelings.loneliness.approach=0"},
                                          {"feelings.loneliness.coldness=0"},
                                          {"feelings.loneliness.coldness_of_distress=0"}};
  const Population on_population = population_with({});
  const Population off_population = population_with(off);
  const auto& with = on_population.model->people();
  const auto& without = off_population.model->people();
  const network::Ties& ties = on_population.model->ties();
  const std::vector<float> rates = on_population.model->contact_rates();
  // People in classes of as many contacts, in which partners' loneliness is exchanged at random.
  std::vector<double> contacts(2000);
  for (PersonId p = 0; p < 2000; ++p)
    ties.for_each(p, [&](PersonId, TieId tie) { contacts[p] += static_cast<double>(rates[tie]); });
  std::vector<PersonId> order(2000);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](PersonId a, PersonId b) { return contacts[a] < contacts[b]; });
  const auto covariance = [&](const std::vector<float>& lonely) {
    const double average = mean(lonely);
    double sum = 0.0;
    for (PersonId p = 0; p < 2000; ++p) {
      ties.for_each(p, [&](PersonId other, TieId tie) {
        const auto effect = static_cast<double>(with.loneliness[p] - without.loneliness[p]);
        sum += static_cast<double>(rates[tie]) * effect * (static_cast<double>(lonely[other]) - average);
      });
    }
    return sum;
  };
  const double observed = covariance(without.loneliness);
  Stream stream = Draws({5, 0}, "test").at(0, 0);
  int as_large = 0;
  for (int k = 0; k < 99; ++k) {
    std::vector<float> exchanged = without.loneliness;
    for (std::size_t first = 0; first < 2000; first += 50) {
      std::vector<PersonId> others(order.begin() + static_cast<std::ptrdiff_t>(first),
                                   order.begin() + static_cast<std::ptrdiff_t>(first + 50));
      shuffle(stream, std::span(others));
      for (std::size_t i = 0; i < 50; ++i) exchanged[order[first + i]] = without.loneliness[others[i]];
    }
    as_large += covariance(exchanged) >= observed ? 1 : 0;
  }
  CHECK(as_large == 0);
  // Both arms of the loop are in use: some seek more than usual, some less.
  const auto& approach = with.approach.now;
  CHECK(std::count_if(approach.begin(), approach.end(), [](float p) { return p > 1.03F; }) > 200);
  CHECK(std::count_if(approach.begin(), approach.end(), [](float p) { return p < 0.97F; }) > 40);
}

TEST_CASE("loneliness is neither fixed nor fleeting: over half a year it correlates at 0.5 to 0.85 with itself",
          "[slow]") {
  const Population population = population_with({{"time.burn_in=28 d"}, {"time.tick=6 h"}, {"ties=living"}});
  Model model = *population.model;
  const std::vector<float> start = model.people().loneliness;
  model.run(0, 180 * 4, "");
  const std::vector<float>& now = model.people().loneliness;
  const double before = mean(start);
  const double after = mean(now);
  double both = 0.0, first = 0.0, second = 0.0;
  for (PersonId p = 0; p < 2000; ++p) {
    const double a = static_cast<double>(start[p]) - before;
    const double b = static_cast<double>(now[p]) - after;
    both += a * b;
    first += a * a;
    second += b * b;
  }
  CHECK(both / std::sqrt(first * second) > 0.5);
  CHECK(both / std::sqrt(first * second) < 0.85);
}

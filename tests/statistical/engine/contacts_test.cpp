#include "engine/contacts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/support/busy_network.hpp"
#include "tests/support/plain_contacts.hpp"

using namespace kith;
using kith::testing::BusyNetwork;

namespace {

constexpr Tick ticks = 3000;
constexpr double awake_hours = 0.75;
constexpr float bound = 2.0F;

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;

const BusyNetwork& the_network() {
  static const BusyNetwork network = testing::busy_network(300, 12, 1.0);
  return network;
}

std::vector<double> expected(const BusyNetwork& n) {
  std::vector<double> mean;
  for (PersonId owner = 0; owner < n.ties.people(); ++owner) {
    for (TieId tie = n.ties.owned_begin(owner); tie < n.ties.owned_end(owner); ++tie) {
      mean.push_back(static_cast<double>(ticks) * testing::expected_contacts(n.rates[tie], n.approach[owner],
                                                                             n.approach[n.ties.other(tie)],
                                                                             awake_hours));
    }
  }
  return mean;
}

/// Contacts of each tie over all ticks. The sampler may be told other rates and another bound than are right.
std::vector<std::uint32_t> sampled(const BusyNetwork& n, std::span<const float> rates, float approach_bound) {
  ContactSampler sampler(n.ties, rates, approach_bound);
  const Draws draws({2016, 3}, "contacts");
  std::vector<std::uint32_t> counts(n.ties.count());
  std::vector<Contact> contacts;
  for (Tick tick = 0; tick < ticks; ++tick) {
    sampler.draw(n.ties, draws, tick, testing::awake_for(awake_hours), {n.approach, {}}, contacts);
    for (const Contact& contact : contacts) ++counts[contact.tie];
  }
  return counts;
}

std::vector<std::uint32_t> plain(const BusyNetwork& n) {
  const Draws draws({2016, 4}, "plain contacts");
  std::vector<std::uint32_t> counts(n.ties.count());
  for (Tick tick = 0; tick < ticks; ++tick)
    testing::plain_contacts(n.ties, n.rates, n.approach, draws, tick, awake_hours, counts);
  return counts;
}

/// How far Poisson counts are from their means, as normal deviates.
struct Deviation {
  double total;    ///< of the number of all contacts
  double spread;   ///< of Pearson's X² over the ties: variance 2 + 1/mean for each (Cochran 1952)
  double largest;  ///< greatest of a single tie with a mean of at least 25
};

Deviation deviation(const std::vector<std::uint32_t>& counts, const std::vector<double>& means) {
  double seen = 0.0;
  double wanted = 0.0;
  double statistic = 0.0;
  double variance = 0.0;
  double cells = 0.0;
  double largest = 0.0;
  for (std::size_t tie = 0; tie < counts.size(); ++tie) {
    if (means[tie] == 0.0) continue;
    const double gap = counts[tie] - means[tie];
    seen += counts[tie];
    wanted += means[tie];
    statistic += gap * gap / means[tie];
    variance += 2.0 + 1.0 / means[tie];
    cells += 1.0;
    if (means[tie] >= 25.0) largest = std::max(largest, std::abs(gap) / std::sqrt(means[tie]));
  }
  return {(seen - wanted) / std::sqrt(wanted), (statistic - cells) / std::sqrt(variance), largest};
}

/// Every tie has as many contacts as its rate says, with the spread of a Poisson process.
bool fits(const Deviation& d, std::size_t ties) {
  // Bonferroni: 1 % that the greatest of so many normal deviates lies beyond.
  const double single = normal_quantile(1.0 - 0.005 / static_cast<double>(ties));
  return std::abs(d.total) < z_bound && std::abs(d.spread) < z_bound && d.largest < single && d.largest > 1.0;
}

}  // namespace

TEST_CASE("the network under test has a hub with more than thirty candidates a tick") {
  const BusyNetwork& n = the_network();
  const ContactSampler sampler(n.ties, n.rates, bound);
  CHECK(static_cast<double>(sampler.total_rate(0)) * awake_hours * static_cast<double>(bound) > 30.0);
  CHECK(sampler.total_rate(1) > 0.0F);
}

TEST_CASE("every tie has the contacts that its rate and both approaches give") {
  const BusyNetwork& n = the_network();
  const Deviation d = deviation(sampled(n, n.rates, bound), expected(n));
  CAPTURE(d.total, d.spread, d.largest);
  CHECK(fits(d, n.ties.count()));
}

TEST_CASE("the plain way of one draw a tie and tick passes the same check") {
  const BusyNetwork& n = the_network();
  const Deviation d = deviation(plain(n), expected(n));
  CAPTURE(d.total, d.spread, d.largest);
  CHECK(fits(d, n.ties.count()));
}

TEST_CASE("the sampler and the plain way differ by no more than chance, tie by tie") {
  const BusyNetwork& n = the_network();
  const auto a = sampled(n, n.rates, bound);
  const auto b = plain(n);
  double statistic = 0.0;
  double cells = 0.0;
  for (std::size_t tie = 0; tie < a.size(); ++tie) {
    if (a[tie] + b[tie] < 25) continue;
    const double gap = static_cast<double>(a[tie]) - static_cast<double>(b[tie]);
    statistic += gap * gap / static_cast<double>(a[tie] + b[tie]);
    cells += 1.0;
  }
  REQUIRE(cells > 1000.0);
  CHECK(std::abs(statistic - cells) / std::sqrt(2.0 * cells) < z_bound);
}

TEST_CASE("the check of contacts refuses rates that are 2 % too high") {
  const BusyNetwork& n = the_network();
  std::vector<float> rates = n.rates;
  for (float& rate : rates) rate *= 1.02F;
  CHECK_FALSE(fits(deviation(sampled(n, rates, bound), expected(n)), n.ties.count()));
}

TEST_CASE("the check of contacts refuses a bound below the highest approach") {
  const BusyNetwork& n = the_network();
  CHECK_FALSE(fits(deviation(sampled(n, n.rates, 1.4F), expected(n)), n.ties.count()));
}

TEST_CASE("the check of contacts refuses rates given to the wrong ties") {
  const BusyNetwork& n = the_network();
  std::vector<float> rates = n.rates;
  for (std::size_t tie = 0; tie + 2 < rates.size(); tie += 10) std::swap(rates[tie], rates[tie + 1]);
  CHECK_FALSE(fits(deviation(sampled(n, rates, bound), expected(n)), n.ties.count()));
}

TEST_CASE("outcomes are uniform and say nothing about who met") {
  const BusyNetwork& n = the_network();
  ContactSampler sampler(n.ties, n.rates, bound);
  const Draws draws({2016, 5}, "contacts");
  std::vector<Contact> contacts;
  double count = 0.0;
  double sum = 0.0;
  double squares = 0.0;
  double with_approach = 0.0;
  double approach_sum = 0.0;
  double approach_squares = 0.0;
  for (Tick tick = 0; tick < 500; ++tick) {
    sampler.draw(n.ties, draws, tick, testing::awake_for(awake_hours), {n.approach, {}}, contacts);
    for (const Contact& contact : contacts) {
      const double outcome = static_cast<double>(contact.outcome);
      const double approach = static_cast<double>(n.approach[contact.other]);
      count += 1.0;
      sum += outcome;
      squares += outcome * outcome;
      with_approach += outcome * approach;
      approach_sum += approach;
      approach_squares += approach * approach;
    }
  }
  REQUIRE(count > 10000.0);
  CHECK(std::abs(sum / count - 0.5) < z_bound * std::sqrt(1.0 / 12.0 / count));
  CHECK(std::abs(squares / count - 1.0 / 3.0) < z_bound * std::sqrt(4.0 / 45.0 / count));
  const double covariance = with_approach / count - sum / count * approach_sum / count;
  const double deviation_of_approach = std::sqrt(approach_squares / count - std::pow(approach_sum / count, 2));
  CHECK(std::abs(covariance) / (deviation_of_approach * std::sqrt(1.0 / 12.0)) < z_bound / std::sqrt(count));
}

#include "models/trials/design/allocation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

using namespace kith;
using namespace kith::conditions;
using namespace kith::trials;

namespace {

constexpr double z_bound = 3.29;  // 0.1 % of a normal deviate lies beyond

std::vector<Arm> arms(std::size_t count) {
  std::vector<Arm> all;
  for (std::size_t a = 0; a < count; ++a) all.push_back({.name = std::string(1, static_cast<char>('a' + a))});
  return all;
}

Roster everybody(std::uint32_t people) { return {.failed = std::vector<std::uint32_t>(people)}; }

Category by_turns(std::uint32_t people, std::uint32_t values, std::uint32_t step) {
  Category category;
  for (std::uint32_t v = 0; v < values; ++v) category.names.push_back(std::to_string(v));
  for (PersonId p = 0; p < people; ++p) category.values.push_back(p * step % values);
  return category;
}

Recruits all_of(std::uint32_t people) {
  Recruits recruits;
  recruits.people.resize(people);
  std::iota(recruits.people.begin(), recruits.people.end(), 0U);
  return recruits;
}

Trial parallel(std::size_t count, std::uint32_t participants) {
  Trial trial;
  trial.design = Design::parallel;
  trial.arms = arms(count);
  trial.sequences = parallel_sequences(trial.arms);
  trial.allocation.ratio.assign(count, 1);
  trial.share_out(participants);
  return trial;
}

/// Crossover of an arm that nobody leaves and one that people drop out of: four days, three of wash-out, four days.
Trial leaky(double hazard_per_day) {
  Trial trial;
  trial.arms = arms(2);
  trial.arms[1].drop_out = hazard_per_day / 24.0;
  trial.period_length = 96.0;
  trial.washouts = {72.0};
  trial.sequences = {{"a, b", {0, 1}, 4000, 0}};
  return trial;
}

}  // namespace

TEST_CASE("minimisation puts everybody where the ranges of counts over the ratio add up to least") {
  Trial trial = parallel(3, 120);
  trial.allocation.ratio = {2, 1, 1};
  trial.allocation.minimise = {"first", "second"};
  trial.allocation.best = 1.0;
  Roster roster = everybody(120);
  roster.strata = {by_turns(120, 2, 1), by_turns(120, 5, 3)};
  std::array<std::map<std::uint32_t, std::array<double, 3>>, 2> counts;
  const std::array<double, 3> ratio{2.0, 1.0, 1.0};
  for (const Participant& p : allocate(trial, roster, all_of(120), {4, 0})) {
    std::array<double, 3> imbalance{};
    for (std::size_t s = 0; s < 3; ++s) {
      for (std::size_t c = 0; c < 2; ++c) {
        std::array<double, 3> with = counts[c][roster.strata[c].values[p.person]];
        with[s] += 1.0;
        for (std::size_t k = 0; k < 3; ++k) with[k] /= ratio[k];
        imbalance[s] += *std::max_element(with.begin(), with.end()) - *std::min_element(with.begin(), with.end());
      }
    }
    REQUIRE(imbalance[p.sequence] == *std::min_element(imbalance.begin(), imbalance.end()));
    for (std::size_t c = 0; c < 2; ++c) counts[c][roster.strata[c].values[p.person]][p.sequence] += 1.0;
  }
}

TEST_CASE("minimisation takes any sequence in the ratio as often as its probability leaves") {
  Trial trial = parallel(2, 3000);
  trial.allocation.ratio = {3, 1};
  trial.allocation.minimise = {"one"};
  trial.allocation.best = 0.0;
  Roster roster = everybody(3000);
  roster.strata = {by_turns(3000, 2, 1)};
  // The counts wander as chance does, where the best sequence would hold them at three to one all the time.
  const auto widest = [&] {
    double first = 0.0;
    double all = 0.0;
    double most = 0.0;
    for (const Participant& p : allocate(trial, roster, all_of(3000), {4, 1})) {
      first += p.sequence == 0 ? 1.0 : 0.0;
      most = std::max(most, std::abs(first - 0.75 * ++all));
    }
    CHECK(std::abs(first - 2250.0) < z_bound * std::sqrt(3000.0 * 0.75 * 0.25));
    return most;
  };
  CHECK(widest() > 10.0);
  trial.allocation.best = 1.0;
  CHECK(widest() < 5.0);
}

TEST_CASE(
    "people drop out by the hazard of the arm that they are on, in its days alone, and by the earlier of two reasons") {
  const Trial trial = leaky(0.2);
  std::map<std::int64_t, double> days;
  double left = 0.0;
  for (const Participant& p : allocate(trial, everybody(4000), all_of(4000), {6, 0})) {
    if (!p.leaves) continue;
    days[*p.leaves] += 1.0;
    left += 1.0;
  }
  CHECK(days.begin()->first == 7);
  CHECK(days.rbegin()->first == 10);
  const double first = 1.0 - std::exp(-0.2);
  const auto fits = [](double seen, double share) {
    return std::abs(seen - 4000.0 * share) < z_bound * std::sqrt(4000.0 * share * (1.0 - share));
  };
  CHECK(fits(days[7], first));
  CHECK(fits(days[8], first * (1.0 - first)));
  CHECK(fits(left, 1.0 - std::exp(-0.8)));

  Trial both = leaky(0.2);
  both.sequences = {{"b, a", {1, 0}, 4000, 4000}};  // all leave in the first period, on a random day or by the hazard
  double first_day = 0.0;
  for (const Participant& p : allocate(both, everybody(4000), all_of(4000), {6, 0}))
    first_day += *p.leaves == 0 ? 1 : 0;
  CHECK(fits(first_day, 1.0 - 0.75 * std::exp(-0.2)));
}

TEST_CASE("a roster knows the first criterion that each person misses, what each costs, and who comes first") {
  people::People people;
  people.resize(6);
  people.loneliness = {0.1F, 0.9F, 0.5F, 0.7F, 0.2F, 0.8F};
  people.distress = {0.1F, 0.1F, 0.9F, 0.9F, 0.9F, 0.1F};
  const network::Graph graph{.people = 6};
  const network::Ties ties(graph);
  const OnDemand<people::Isolation> isolation([] {
    return people::Isolation{std::vector<std::array<std::uint16_t, 4>>(6), std::vector<std::uint8_t>(6)};
  });
  const Columns columns{{"age"}, {{"30", "x", "41", "17", "52", ""}}};
  const Everybody all{people, {}, ties, ties, isolation, columns, {1, 0}};
  Trial trial = parallel(2, 2);
  trial.recruitment.where = {{"lonely", "loneliness", Relation::greater, 0.4, ""},
                             {"calm", "distress", Relation::less, 0.5, ""}};
  const Roster roster = make_roster(trial, all);
  CHECK(roster.failed == std::vector<std::uint32_t>{0, 2, 1, 1, 0, 2});
  CHECK(roster.eligible == 2);
  CHECK(roster.cost == std::vector<std::uint32_t>{1, 2});  // 0 misses loneliness alone; 2 and 3 calm alone; 4 both
  trial.recruitment.most = "age";
  const auto most = make_roster(trial, all).order;
  CHECK(most[4] < most[2]);
  CHECK(most[2] < most[0]);
  const double last = std::numeric_limits<double>::infinity();  // who has no number
  CHECK(most[1] == last);
  CHECK(most[5] == last);
  trial.recruitment.most.reset();
  trial.recruitment.least = "loneliness";
  const auto least = make_roster(trial, all).order;
  CHECK(std::min_element(least.begin(), least.end()) - least.begin() == 0);
}

TEST_CASE("of a targeted trial all are screened, and of a full one only the first") {
  Trial trial = parallel(2, 10);
  Roster roster = everybody(60);
  roster.criteria = {"even"};
  roster.cost = {30};
  for (PersonId p = 0; p < 60; ++p) roster.failed[p] = p % 2 == 0 ? 1 : 0;
  const Recruits few = recruit(trial, roster, {}, {3, 0});
  CHECK(few.people.size() == 10);
  CHECK(few.screening.screened == 10 + few.screening.excluded[0]);
  CHECK(few.screening.screened < 60);
  for (PersonId p = 0; p < 60; ++p) roster.order.push_back(static_cast<double>(p));
  const Recruits first = recruit(trial, roster, {}, {3, 0});
  CHECK(first.screening.screened == 60);
  CHECK(std::set<PersonId>(first.people.begin(), first.people.end()) ==
        std::set<PersonId>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18});
  CHECK_FALSE(std::is_sorted(first.people.begin(), first.people.end()));
}

TEST_CASE("factors combine: the drugs of all, hazards that add up, failures that multiply in who starts") {
  const pharmacology::Pharmacy pharmacy;
  const Regimen one = regular(pharmacy.find("naltrexone"), {1.0});
  const Regimen two = regular(pharmacy.find("morphine"), {2.0});
  const std::vector<Factor> factors{
      {"first", {{.name = "x", .regimens = {one}, .induction_failure = 0.2, .drop_out = 0.01}, {.name = "y"}}},
      {"second", {{.name = "u", .regimens = {two}, .induction_failure = 0.5, .drop_out = 0.02}, {.name = "v"}}}};
  const std::vector<Arm> all = combine(factors);
  REQUIRE(all.size() == 4);
  CHECK(all[0].name == "x + u");
  CHECK(all[1].name == "x + v");
  CHECK(all[0].regimens.size() == 2);
  CHECK(all[0].induction_failure == Approx(1.0 - 0.8 * 0.5));
  CHECK(all[0].drop_out == Approx(0.03));
  CHECK(all[3].regimens.empty());
}

TEST_CASE("sequences of each design are what it says") {
  using Orders = std::vector<std::vector<std::size_t>>;
  const auto orders = [](const std::vector<Sequence>& sequences) {
    Orders result;
    for (const Sequence& sequence : sequences) result.push_back(sequence.arms);
    return result;
  };
  CHECK(orders(parallel_sequences(arms(3))) == Orders{{0}, {1}, {2}});
  CHECK(orders(latin_square_sequences(arms(2))) == Orders{{0, 1}, {1, 0}});
  CHECK(orders(stepped_wedge_sequences(arms(2), 1, 3)) == Orders{{1, 0, 0, 0}, {1, 1, 0, 0}, {1, 1, 1, 0}});
  CHECK(orders(single_case_sequences(arms(2), 2)) == Orders{{0, 1, 0, 1}});
  CHECK(stepped_wedge_sequences(arms(2), 1, 3)[1].name == "b x2, a x2");
  for (const std::size_t n : {3U, 4U, 5U, 6U}) {
    CAPTURE(n);
    std::map<std::pair<std::size_t, std::size_t>, int> after;
    const auto square = latin_square_sequences(arms(n));
    for (const Sequence& sequence : square) {
      CHECK(std::set<std::size_t>(sequence.arms.begin(), sequence.arms.end()).size() == n);
      for (std::size_t k = 1; k < n; ++k) ++after[{sequence.arms[k - 1], sequence.arms[k]}];
    }
    CHECK(after.size() == n * (n - 1));
    for (const auto& [pair, times] : after) CHECK(times == (n % 2 == 0 ? 1 : 2));
  }
  CHECK(apportion(10, {1, 1, 1}) == std::vector<std::uint32_t>{4, 3, 3});
  CHECK(apportion(11, {1, 3, 3}) == std::vector<std::uint32_t>{1, 5, 5});
  CHECK(apportion(5, {0, 2, 1}) == std::vector<std::uint32_t>{0, 3, 2});
}

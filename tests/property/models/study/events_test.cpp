#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "core/parallel.hpp"
#include "tests/support/event_texts.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::all_kinds_of_events;
using kith::testing::eventful;
using kith::testing::run_text;

TEST_CASE("events of all kinds give the same bits with 1, 2, 3 and 8 threads", "[threaded]") {
  const auto digest = [](unsigned threads) {
    set_threads(threads);
    const auto done = run_text(eventful(all_kinds_of_events), {{"people.count=2500"}, {"time.duration=20 d"}});
    set_threads(0);
    return done.run.fingerprint();
  };
  const std::string alone = digest(1);
  for (const unsigned threads : {2U, 3U, 8U}) CHECK(digest(threads) == alone);
}

TEST_CASE("what has ended leaves no trace but what it did: a factor of 1, and an event for nobody, change nothing") {
  const auto plain = run_text(eventful("  []")).run.fingerprint();
  CHECK(run_text(eventful("  - {at: 5 d, do: {opportunity: 1, for: 10 d}}")).run.fingerprint() == plain);
  CHECK(
      run_text(eventful("  - {at: 5 d, target: {share: 0 %}, do: {opportunity: 0, distress: 1}}")).run.fingerprint() ==
      plain);
  CHECK(run_text(eventful("  - {rate: 5 /a, target: {where: [\"degree > 1000\"]}, do: {lose_ties: {}}}"))
            .run.fingerprint() == plain);
  CHECK(run_text(eventful("  - {at: 5 d, do: {contact: {quality: 0.01}}}")).run.fingerprint() != plain);  // must fail
}

TEST_CASE("an event happens to the twin as it does to the world: where nobody takes a drug, they do not differ") {
  const std::string trial = R"(
trial:
  design: parallel
  participants: {count: 40}
  arms: {one: {drug: placebo, doses: 50 mg, for: 30 d}, other: {drug: placebo, like: one}}
measures: [{diary: connection}, {diary: distress}]
)";
  const auto done = run_text(eventful(all_kinds_of_events) +
                             "  - {at: 4 d, target: {arm: one}, do: {contact: {per_day: 3}}}" + trial);
  for (const trials::MeasureData& measure : done.result().measures) {
    for (const auto& occasion : measure.own) {
      for (const double own : occasion) REQUIRE(own == 0.0);
    }
  }
  const auto& log = done.result().occurrences;
  CHECK(
      std::any_of(log.begin(), log.end(), [](const events::Occurrence& o) { return o.event == 9 && o.people == 20; }));
}

TEST_CASE("groups by community and by arm hold their people, whose means are those of a plain count") {
  const auto done = run_text(eventful("  []") + R"(
trial: {design: parallel, participants: {count: 60}, arms: {a: {drug: placebo, doses: 50 mg, for: 5 d}, b: {drug: placebo, like: a}}}
)",
                             {{"record.by=[arm, community]"}, {"record.largest=3"}, {"time.duration=10 d"}});
  const TableSpec& spec = done.sink->specs().front();
  const auto groups = std::get<std::vector<std::string>>(spec.dimensions[2].coordinate);
  REQUIRE(groups.size() == 6);
  CHECK(groups[1] == "arm: a");
  CHECK(groups[2] == "arm: b");
  const Scenario again = testing::scenario_from(eventful("  []"));
  const Population population = make_population(again, {again.seed, 0}, "", {});
  const auto& community = population.graph.community;
  std::map<std::uint32_t, std::vector<double>> tones;
  for (PersonId p = 0; p < community.size(); ++p)
    tones[community[p]].push_back(static_cast<double>(population.model->people().loneliness[p]));
  std::vector<std::size_t> sizes;
  for (const auto& [name, members] : tones) sizes.push_back(members.size());
  std::sort(sizes.rbegin(), sizes.rend());
  const auto place = std::find_if(spec.variables.begin(), spec.variables.end(),
                                  [](const Variable& variable) { return variable.name == "loneliness"; });
  const auto& row = done.sink->rows().front();
  const auto& means =
      std::get<std::vector<float>>(row.values[static_cast<std::size_t>(place - spec.variables.begin())]);
  for (std::size_t g = 3; g < 6; ++g) {
    const auto number = static_cast<std::uint32_t>(std::stoul(groups[g].substr(std::string("community: ").size())));
    const std::vector<double>& members = tones.at(number);
    CHECK(members.size() >= sizes[2]);
    const double mean = std::accumulate(members.begin(), members.end(), 0.0) / static_cast<double>(members.size());
    CHECK(static_cast<double>(means[g]) == Approx(mean).epsilon(1e-5));
  }
}

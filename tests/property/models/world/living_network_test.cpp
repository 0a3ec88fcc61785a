#include "models/bonds/living_network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>

#include "core/distributions.hpp"
#include "core/parallel.hpp"
#include "models/world/population.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string living_text = R"(
kith: 1
title: Living ties
time: {tick: 6 h, burn_in: 2 d, duration: 60 d}
people: {count: 600}
network: {generate: layers, sizes: [5, 10, 20], community: 100}
ties: living
record: {every: 10 d, by: []}
)";

/// Many changes in a few days.
const std::vector<config::Override> hurried{{"ties.ends.by_layer=[1 /a, 1 /a, 2 /a, 3 /a]"},
                                            {"ties.beginnings.seeking=0.5 /d"}};

struct World {
  std::unique_ptr<Scenario> scenario;
  std::unique_ptr<network::Graph> graph;
  std::unique_ptr<network::Ties> ties;
  std::unique_ptr<Model> model;
  Tick day() const { return model->clock().ticks_per_day(); }
};

/// People in the order of `order`: person p of the generated network is called order[p].
World world(std::uint64_t seed, const std::vector<config::Override>& overrides,
            const std::vector<PersonId>& order = {}) {
  World w;
  w.scenario = std::make_unique<Scenario>(scenario_from(living_text, overrides));
  network::ImportReport import;
  w.graph = std::make_unique<network::Graph>(make_network(*w.scenario, {seed, 0}, import));
  if (!order.empty()) {
    std::vector<std::uint32_t> community(order.size());
    for (PersonId p = 0; p < order.size(); ++p) community[order[p]] = w.graph->community[p];
    for (network::Edge& edge : w.graph->edges) {
      edge.a = order[edge.a];
      edge.b = order[edge.b];
    }
    w.graph->community = community;
    network::make_simple(*w.graph);
  }
  w.ties = std::make_unique<network::Ties>(*w.graph);
  w.model = std::make_unique<Model>(*w.scenario, *w.ties, WorldKey{seed, 1}, w.graph->community);
  return w;
}

using Held = std::map<std::pair<PersonId, PersonId>, std::pair<float, network::TieKind>>;

Held held(const network::Graph& graph) {
  Held ties;
  for (const network::Edge& edge : graph.edges) ties[{edge.a, edge.b}] = {edge.closeness, edge.kind};
  return ties;
}

std::array<std::uint32_t, 8> count_events(const bonds::LivingNetwork& living) {
  std::array<std::uint32_t, 8> counts{};
  for (const network::TieEvent& event : living.events()) ++counts[static_cast<std::size_t>(event.what)];
  return counts;
}

}  // namespace

TEST_CASE("the network rebuilt from the log is the living network on every keyframe, and ties = births − deaths") {
  World w = world(1, hurried);
  bonds::LivingNetwork& living = *w.model->living();
  std::vector<network::TieEvent> log = living.keyframe(0.0);
  const std::size_t at_first = log.size();
  Tick now = 0;
  for (int frame = 0; frame < 8; ++frame, now += 7 * w.day()) {
    w.model->run(now, now + 7 * w.day(), "");
    log.insert(log.end(), living.events().begin(), living.events().end());
    living.forget_events();
    const auto rebuilt = held(network::replay(600, log));
    CHECK(rebuilt == held(network::replay(600, living.keyframe(0.0))));
    const auto count = [&](auto&& is) { return std::count_if(log.begin(), log.end(), is); };
    const auto born = count([](const network::TieEvent& event) { return event.what == network::TieChange::began; });
    const auto died = count([](const network::TieEvent& event) { return network::is_end(event.what); });
    CHECK(std::ssize(rebuilt) == static_cast<std::ptrdiff_t>(at_first) + born - died);
    CHECK(living.ties().count() == rebuilt.size());
    CHECK(born > 100 * (frame + 1));
    CHECK(died > 100 * (frame + 1));
  }
  log.pop_back();  // must fail: a log that lacks its last event
  CHECK(held(network::replay(600, log)) != held(network::replay(600, living.keyframe(0.0))));
}

TEST_CASE("nobody ever has more ties in a circle than places, and what is held is what the ties say") {
  World w = world(2, hurried);
  const bonds::LivingNetwork& living = *w.model->living();
  std::vector<bonds::Places> at_first(600);
  for (PersonId p = 0; p < 600; ++p) at_first[p] = living.places(p);
  std::size_t free_places = 0;
  for (int day = 0; day < 40; ++day) {
    w.model->run(day * w.day(), (day + 1) * w.day(), "");
    for (PersonId p = 0; p < 600; ++p) {
      bonds::Places expected{{}, at_first[p].capacity};
      living.ties().for_each(p, [&](PersonId, TieId tie) {
        const std::size_t layer = people::layer_of(network::usual_closeness(living.ties().usual(tie)));
        for (std::size_t l = layer; l < people::layer_count; ++l) ++expected.held[l];
      });
      REQUIRE(living.places(p).held == expected.held);
      REQUIRE(living.places(p).capacity == expected.capacity);
      for (std::size_t l = 0; l < people::layer_count; ++l) {
        REQUIRE(expected.held[l] <= expected.capacity[l]);
        free_places += living.places(p).free(l);
      }
    }
  }
  CHECK(free_places > 1000);  // somebody always looks for somebody
}

TEST_CASE("sixty days of living ties have the same bits with 1, 2, 3 and 8 threads", "[threaded]") {
  // More than one block of people.
  std::vector<config::Override> overrides = hurried;
  overrides.push_back({"people.count=5000"});
  overrides.push_back({"network.sizes=[3, 6]"});
  const auto digest = [&](unsigned threads) {
    set_threads(threads);
    World w = world(3, overrides);
    w.model->run(-2 * w.day(), 60 * w.day(), "");
    Fingerprint events;
    for (const network::TieEvent& event : w.model->living()->events()) {
      events.add(std::uint64_t{event.a} << 32 | event.b);
      events.add(static_cast<std::uint64_t>(event.what));
    }
    set_threads(0);
    return std::pair(w.model->fingerprint(), events.value());
  };
  const auto alone = digest(1);
  for (const unsigned threads : {2U, 3U, 8U}) CHECK(digest(threads) == alone);
}

TEST_CASE("a copy of a world has ties of its own") {
  World w = world(4, hurried);
  w.model->run(0, 5 * w.day(), "");
  const std::uint64_t before = w.model->fingerprint();
  Model copy = *w.model;
  CHECK(copy.fingerprint() == before);
  copy.run(5 * w.day(), 10 * w.day(), "");
  CHECK(copy.fingerprint() != before);
  CHECK(w.model->fingerprint() == before);
  w.model->run(5 * w.day(), 10 * w.day(), "");
  CHECK(w.model->fingerprint() == copy.fingerprint());
}

TEST_CASE(
    "what ties answer to questions about isolation is kept as they change, and is what the ties as they are answer") {
  std::vector<config::Override> all = hurried;
  all.push_back({"ties.closeness.of_friends=20 d"});  // many cross a border by fading
  World w = world(7, all);
  const auto is_as_counted = [&](const Model& model) {
    const people::Isolation kept = isolation_of(model);
    const people::Isolation counted =
        people::isolation(model.ties(), model.contact_rates(), 24.0 - w.scenario->meeting.night.length(),
                          model.scales().private_matters_from);
    return kept.score == counted.score && kept.ties_per_layer == counted.ties_per_layer;
  };
  CHECK(is_as_counted(*w.model));
  const people::Isolation first = isolation_of(*w.model);
  for (Tick tick = 0; tick < 20 * w.day(); ++tick) {
    w.model->run(tick, tick + 1, "");
    if (tick == 30) w.model->living()->stage_new(0, 599, 0.9F, bonds::LivingNetwork::NewPlace::added);
    if (tick == 40) w.model->living()->stage_end(0, 599);
    REQUIRE(is_as_counted(*w.model));
  }
  CHECK(isolation_of(*w.model).score != first.score);

  people::Scales scales = w.model->scales();
  scales.private_matters_from = 0.5F;
  w.model->set_scales(scales);
  CHECK(is_as_counted(*w.model));

  StateWriter writer;
  w.model->visit(writer);
  World again = world(7, all);
  again.model->set_scales(scales);
  StateReader reader(writer.buffer());
  again.model->visit(reader);
  CHECK(isolation_of(*again.model).score == isolation_of(*w.model).score);
  CHECK(is_as_counted(*again.model));
}

TEST_CASE("the fingerprint sees every tie") {
  World w = world(5, {});
  const std::uint64_t before = w.model->fingerprint();
  w.model->living()->after_bad(0, 3);
  CHECK(w.model->fingerprint() != before);
}

TEST_CASE("without chance, relabelling people permutes the ties exactly") {
  // No losses, nobody looks for anybody, nobody meets: what is left is fading, silence and settling lower.
  const std::vector<config::Override> still{{"ties.ends.by_layer=[0 /a, 0 /a, 0 /a, 0 /a]"},
                                            {"ties.beginnings.seeking=0 /d"},
                                            {"ties.ends.of_silence=0"},
                                            {"ties.closeness.gaps=1"},
                                            {"ties.closeness.of_friends=20 d"},
                                            {"meeting.positive_share=0 %"}};
  std::vector<PersonId> order(600);
  std::iota(order.begin(), order.end(), 0U);
  Stream stream = Draws({6, 0}, "test order").at(0, 0);
  shuffle(stream, std::span(order));
  World plain = world(6, still);
  World other = world(6, still, order);
  const std::vector<float> approach(600, 1.0F);
  for (int day = 1; day < 60; ++day) {
    plain.model->living()->tend(day, 24.0 * day, {1, 0}, approach);
    other.model->living()->tend(day, 24.0 * day, {1, 0}, approach);
  }
  const network::Ties& a = plain.model->living()->ties();
  const network::Ties& b = other.model->living()->ties();
  REQUIRE(a.count() == b.count());
  CHECK(count_events(*plain.model->living()) == count_events(*other.model->living()));
  CHECK(count_events(*plain.model->living())[static_cast<std::size_t>(network::TieChange::looser)] > 1000);
  std::size_t moved = 0;
  for (PersonId p = 0; p < 600; ++p) {
    a.for_each(p, [&](PersonId q, TieId tie) {
      const TieId same = b.find(order[p], order[q]);
      REQUIRE(same != network::Ties::none);
      REQUIRE(a.closeness(tie) == b.closeness(same));
      REQUIRE(a.usual(tie) == b.usual(same));
      moved += order[p] != p ? 1U : 0U;
    });
  }
  CHECK(moved > 1000);
}

TEST_CASE("a living person's state, places and share of the sampler fit into 200 bytes") {
  World w = world(7, {});
  const bonds::LivingNetwork& living = *w.model->living();
  const std::size_t of_places = (living.bytes() - living.ties().bytes()) / 600;
  const std::size_t bytes =
      w.model->people().bytes_per_person() + of_places + sizeof(float) + 4 * sizeof(std::uint32_t);
  CHECK(bytes <= 200);
  CHECK(bytes >= 100);
}

TEST_CASE("of a generated society people meet 1.35 times as many neighbours as ties are local, half on either side") {
  const auto neighbours = [](const std::string& network) {
    const Scenario scenario =
        scenario_from("kith: 1\ntitle: Neighbours\npeople: {count: 400}\nties: living\n" + network);
    return make_population(scenario, {scenario.seed, 0}, "", {}).model->living()->neighbours();
  };
  // 5, 8, 19.25 and 30 of the ties in the four layers are local; 5 and 8 of the first two.
  CHECK(neighbours("network: {generate: layers}\n") == 42);
  CHECK(neighbours("network: {generate: layers, sizes: [5, 10]}\n") == 9);
  CHECK(neighbours("network: {generate: erdos_renyi, mean_ties: 10}\n") == 0);
}

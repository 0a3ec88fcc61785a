#include "models/trials/measures/probes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/conduct/observer.hpp"
#include "models/world/population.hpp"
#include "network/generate.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using namespace kith::testing;

namespace {

constexpr const char* base = R"(
kith: 1
title: Probes
time: {tick: 1 h, burn_in: 4 d, duration: 4 d, start: "Mon 08:00"}
people: {count: 120}
network: {generate: layers, sizes: [3, 5, 12], community: 60}
trial:
  arms:
    drug: {drug: naltrexone, doses: [50 mg, 50 mg]}
    placebo: {drug: placebo, like: drug}
  sequences: [{arms: [drug, placebo], count: 5}]
  washout: 0 d
)";

/// The probe that a scenario with this entry among its measures reads.
trials::Probe probe(const std::string& entry) {
  return scenario_from(base, {{"measures=[{" + entry + ", at: \"day 2 14:00\"}]"}}).measures.probes.at(0);
}

/// A model after a day, some of whose people have taken naltrexone.
struct World {
  Scenario scenario = scenario_from(base);
  network::Graph graph = scenario.network.generate(120, {4, 0});
  network::Ties ties{(network::assign_closeness(graph, {4, 0}), graph)};
  Model model{scenario, ties, {4, 0}};

  explicit World(bool treated = false) {
    for (PersonId p = 0; treated && p < 120; ++p) model.treat({naltrexone(p, 1.0, {{1.0, 50.0}})});
    model.run(-96, 14, "");
  }
  trials::Subject subject(PersonId person = 3) const {
    static const std::vector<std::uint8_t> scores(120, 17);
    return subject_of(model, person, 14.0, {.lonely_above = 0.2F, .isolation_scores = scores});
  }
  /// Mean over all people.
  double mean(const std::string& entry) const {
    const trials::Probe asked = probe(entry);
    double total = 0.0;
    for (PersonId p = 0; p < 120; ++p) total += asked.value(subject(p)) / 120.0;
    return total;
  }
};

}  // namespace

TEST_CASE("a copied person has the state of the original") {
  const World world(true);
  const trials::Subject subject = world.subject();
  CHECK(subject.self.connection[0] == world.model.people().connection[3]);
  CHECK(subject.self.contacts[0] == world.model.people().contacts[3]);
  CHECK(subject.self.approach.now[0] == world.model.people().approach.now[3]);
  CHECK(subject.ligand() == world.model.ligand(3));
  CHECK(subject.signal(subject.ligand()) == world.model.signal_at(3, subject.ligand()));
  CHECK(subject.occupancy > 70.0);
  REQUIRE(subject.friends.size() > 5);
  for (std::size_t k = 1; k < subject.friends.size(); ++k)
    CHECK(subject.friends[k].closeness <= subject.friends[k - 1].closeness);
}

TEST_CASE("an antagonist lowers what company gives and leaves the reward that comes from nobody") {
  const World free;
  const World blocked(true);
  for (const char* entry : {"probe: loving_messages", "probe: play", "probe: separation, ask: reunion"}) {
    CAPTURE(entry);
    CHECK(blocked.mean(entry) < free.mean(entry));
  }
  CHECK(blocked.mean("probe: non_social_reward, size: 0.4") == Approx(0.4));
  CHECK(free.mean("probe: non_social_reward, size: 0.4") == blocked.mean("probe: non_social_reward, size: 0.4"));
}

TEST_CASE("closer people's messages are worth more than strangers'") {
  const World world;
  CHECK(world.mean("probe: loving_messages") > 1.5 * world.mean("probe: loving_messages, from: strangers"));
}

TEST_CASE("a warm object raises felt connection over a neutral one, a cold one lowers it, and less so under blockade") {
  const World free;
  const World blocked(true);
  const auto gain = [](const World& world) {
    return world.mean("probe: object, temperature: warm") - world.mean("probe: object, temperature: neutral");
  };
  CHECK(gain(free) > 0.0);
  CHECK(free.mean("probe: object, temperature: cold") < free.mean("probe: object, temperature: neutral"));
  CHECK(gain(blocked) < 0.5 * gain(free));
  CHECK(free.mean("probe: object, release: 0") == free.mean("probe: object, temperature: neutral"));
}

TEST_CASE("rejection and separation hurt the more the longer they last, play connects the more the longer it lasts") {
  const World world;
  CHECK(world.mean("probe: rejection_game, rejections: 5") > world.mean("probe: rejection_game, rejections: 1"));
  CHECK(world.mean("probe: separation, alone: 4 d") > world.mean("probe: separation, alone: 1 h"));
  CHECK(world.mean("probe: play, bouts: 9") > world.mean("probe: play, bouts: 2"));
  CHECK(world.mean("probe: separation, ask: reunion, alone: 2 d") <
        world.mean("probe: separation, ask: reunion, alone: 1 h"));
}

TEST_CASE("UCLA-3 reaches 6 points at the loneliness that 24 % exceed, LSNS-6 is the score of the ties") {
  const World world;
  trials::Subject subject = world.subject();
  const trials::Probe ucla = probe("probe: ucla3, occasion_sd: 0");
  const auto points = [&](const trials::Probe& asked) {
    return trials::rate(*asked.scale, asked.value(subject), 3, 0, 60, {4, 0});
  };
  subject.self.loneliness[0] = 0.2001F;
  CHECK(points(ucla) == 6.0);
  CHECK(ucla.cutoff->is_case(points(ucla)));
  subject.self.loneliness[0] = 0.1999F;
  CHECK(points(ucla) == 5.0);
  CHECK_FALSE(ucla.cutoff->is_case(points(ucla)));
  subject.self.loneliness[0] = 0.0F;
  CHECK(points(ucla) == 3.0);
  subject.self.loneliness[0] = 1.0F;
  CHECK(points(ucla) == 9.0);
  const trials::Probe lsns = probe("probe: lsns6, occasion_sd: 0");
  CHECK(points(lsns) == 17.0);
  CHECK_FALSE(lsns.cutoff->is_case(12.0));
  CHECK(lsns.cutoff->is_case(11.0));
}

TEST_CASE("a scale with steps has whole points only") {
  const trials::Probe asked = probe("probe: play, scale: 1..7, step: 1");
  for (PersonId person = 0; person < 50; ++person) {
    const double rating = trials::rate(*asked.scale, 0.55, person, 0, 60, {4, 0});
    CHECK(rating == std::round(rating));
  }
}

TEST_CASE("the intraclass correlation splits the noise of a scale and keeps its whole") {
  const auto scale = [](const std::string& entry) { return *probe("probe: play, " + entry).scale; };
  const trials::Scale split = scale("icc: 0.36");
  CHECK(split.person_sd == Approx(0.6 * std::sqrt(0.02)));
  CHECK(split.occasion_sd == Approx(0.8 * std::sqrt(0.02)));
  const trials::Scale from_person = scale("icc: 0.36, person_sd: 0.06");
  CHECK(from_person.person_sd == Approx(0.06));
  CHECK(from_person.occasion_sd == Approx(0.08));
  CHECK_THROWS_AS(scale("icc: 0.3, person_sd: 0.1, occasion_sd: 0.1"), config::InvalidScenario);
}

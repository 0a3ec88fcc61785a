#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <queue>

#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_text;
using kith::testing::scenario_from;

namespace {

const std::string text = R"(
kith: 1
title: Recorded
time: {tick: 1 h, burn_in: 2 d, duration: 4 d, start: "Mon 08:00"}
people: {count: 300}
network: {generate: layers, sizes: [5, 10], community: 60}
record: {every: 12 h, by: [tone_tercile]}
)";

/// The rows of a table by the names of its variables.
struct Table {
  TableSpec spec;
  std::vector<TableRow> rows;

  Table(const Done& done, const std::string& name) {
    for (const TableSpec& each : done.sink->specs()) {
      if (each.name == name) spec = each;
    }
    for (const TableRow& row : done.sink->rows()) {
      if (row.table == name) rows.push_back(row);
    }
  }
  std::vector<std::string> groups() const {
    for (const TableDimension& dimension : spec.dimensions) {
      if (dimension.name == "group") return std::get<std::vector<std::string>>(dimension.coordinate);
    }
    return {};
  }
  template <class T = float>
  double value(const std::string& name, std::size_t row, std::size_t place) const {
    const auto at = std::find_if(spec.variables.begin(), spec.variables.end(),
                                 [&](const Variable& variable) { return variable.name == name; });
    REQUIRE(at != spec.variables.end());
    return static_cast<double>(
        std::get<std::vector<T>>(rows[row].values[static_cast<std::size_t>(at - spec.variables.begin())])[place]);
  }
};

/// The same world without a study: its people at each row.
struct Again {
  Scenario scenario;
  Population population;
  Model model;

  explicit Again(const std::string& of)
      : scenario(scenario_from(of)),
        population(make_population(scenario, {scenario.seed, 0}, "", {})),
        model(*population.model) {
    model.continue_as({scenario.seed, 0});
  }
  void go_on(double from, double hours) {
    model.run(model.clock().tick_at(from), model.clock().tick_at(from + hours), "");
  }
};

double mean_of(const std::vector<PersonId>& members, const std::function<double(PersonId)>& value) {
  double total = 0.0;
  for (const PersonId p : members) total += value(p);
  return total / static_cast<double>(members.size());
}

std::vector<PersonId> those(std::uint32_t people, const std::function<bool(PersonId)>& is) {
  std::vector<PersonId> members;
  for (PersonId p = 0; p < people; ++p) {
    if (is(p)) members.push_back(p);
  }
  return members;
}

}  // namespace

TEST_CASE("the table of the population has the means, spreads and shares of a plain count over each group") {
  const Table table(run_text(text), "population");
  Again again(text);
  const people::People& s = again.model.people();
  REQUIRE(table.groups() == std::vector<std::string>{"all", "tone: low", "tone: middle", "tone: high"});
  REQUIRE(table.rows.size() == 9);
  std::vector<std::uint32_t> before = s.contacts;
  for (std::size_t row = 0; row < 9; ++row) {
    const double hours = 12.0 * static_cast<double>(row);
    if (row > 0) again.go_on(hours - 12.0, 12.0);
    for (std::size_t g = 0; g < 4; ++g) {
      CAPTURE(row, g);
      const auto members = those(300, [&](PersonId p) { return g == 0 || again.population.tone_tercile[p] + 1U == g; });
      const auto mean = [&](const std::function<double(PersonId)>& value) {
        return Approx(mean_of(members, value)).epsilon(1e-5).margin(1e-6);
      };
      const double connection = mean_of(members, [&](PersonId p) { return s.connection[p]; });
      CHECK(table.value("connection", row, g) == Approx(connection).epsilon(1e-5));
      CHECK(std::pow(table.value("connection_sd", row, g), 2) == Approx(mean_of(members, [&](PersonId p) {
                                                                   return std::pow(s.connection[p] - connection, 2);
                                                                 })).epsilon(1e-3));
      std::vector<float> sorted;
      for (const PersonId p : members) sorted.push_back(s.loneliness[p]);
      std::sort(sorted.begin(), sorted.end());
      for (std::size_t q = 0; q < 3; ++q) {
        const double share = std::array{0.1, 0.5, 0.9}[q];
        CHECK(table.value("loneliness_quantiles", row, 3 * g + q) ==
              sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))]);
      }
      CHECK(table.value("lonely_share", row, g) ==
            mean([&](PersonId p) { return s.loneliness[p] > again.population.scales.lonely_above ? 1.0 : 0.0; }));
      CHECK(table.value("isolated_share", row, g) ==
            mean([&](PersonId p) { return again.population.isolation().score[p] < 12 ? 1.0 : 0.0; }));
      CHECK(table.value("hours_since_contact", row, g) == mean([&](PersonId p) { return hours - s.last_contact[p]; }));
      CHECK(table.value("occupancy", row, g) == 0.0);
      for (std::size_t layer = 0; layer < 4; ++layer)
        CHECK(table.value("ties_per_layer", row, 4 * g + layer) ==
              mean([&](PersonId p) { return again.population.isolation().ties_per_layer[p][layer]; }));
      if (row == 0) {
        CHECK(std::isnan(table.value("contacts_per_day", row, g)));
      } else {
        CHECK(table.value("contacts_per_day", row, g) ==
              mean([&](PersonId p) { return 2.0 * (s.contacts[p] - before[p]); }));
      }
    }
    before = s.contacts;
  }
}

TEST_CASE("rings are steps from who takes an active drug, through all ties or through close ones") {
  const std::string sizes = "sizes: [5, 10]";
  const std::size_t at = text.find(sizes);
  REQUIRE(at != std::string::npos);
  const std::string wide = std::string(text).replace(at, sizes.size(), "sizes: [1, 2, 6]");
  const std::string trial = wide + R"(
trial:
  design: parallel
  participants: {count: 12}
  arms: {a: {drug: naltrexone, doses: 5 mg}, b: {drug: placebo, like: a}}
)";
  const Done done = run_text(trial, {{"record.by=[ring, close_ring]"}});
  const Table table(done, "population");
  const Again again(wide);
  std::vector<std::size_t> partners;
  const network::Ties& ties = again.model.ties();
  for (const bool is_close : {false, true}) {
    std::vector<std::size_t> steps(300, 3);
    std::queue<PersonId> front;
    for (const trials::Participant& participant : done.result().participants) {
      if (participant.sequence != 0) continue;
      steps[participant.person] = 0;
      front.push(participant.person);
    }
    while (!front.empty()) {
      const PersonId person = front.front();
      front.pop();
      ties.for_each(person, [&](PersonId other, TieId tie) {
        if (is_close && people::layer_of(ties.closeness(tie)) > 1) return;
        if (steps[other] <= steps[person] + 1 || steps[person] >= 2) return;
        steps[other] = steps[person] + 1;
        front.push(other);
      });
    }
    partners.push_back(static_cast<std::size_t>(std::count(steps.begin(), steps.end(), 1)));
    for (std::size_t ring = 0; ring < 4; ++ring) {
      CAPTURE(is_close, ring);
      const auto members = those(300, [&](PersonId p) { return steps[p] == ring; });
      const double value = table.value("loneliness", 0, 1 + ring + (is_close ? 4 : 0));
      if (members.empty()) {
        CHECK(std::isnan(value));
      } else {
        CHECK(value ==
              Approx(mean_of(members, [&](PersonId p) { return again.model.people().loneliness[p]; })).epsilon(1e-5));
      }
    }
  }
  CHECK(partners[1] < partners[0]);
}

TEST_CASE("the table of patients has their means, their use since the last row, and who has relapsed") {
  const std::string of = R"(
kith: 1
title: Patients
time: {tick: 6 h, burn_in: 4 d, duration: 35 d}
people: {count: 200}
network: {generate: layers, sizes: [5], community: 100}
substance_use: {share: 60 %, odds: {base: 0.005}}
record: {every: 7 d, by: [patients]}
)";
  const Table table(run_text(of), "patients");
  Again again(of);
  REQUIRE(table.groups() == std::vector<std::string>{"all", "others than patients", "patients"});
  std::map<PersonId, std::uint32_t> days;
  double share = 1.0;
  int relapses = 0;
  for (std::size_t row = 0; row < 6; ++row) {
    CAPTURE(row);
    const double hours = 168.0 * static_cast<double>(row);
    if (row > 0) again.go_on(hours - 168.0, 168.0);
    double craving = 0.0;
    double habit = 0.0;
    double recent = 0.0;
    double used = 0.0;
    int at_risk = 0;
    int events = 0;
    const auto all = again.model.patients().all();
    for (const patients::Patient& patient : all) {
      const double n = static_cast<double>(all.size());
      craving += patient.craving / n;
      habit += patient.habit / n;
      recent += hours - patient.diary.last_use < 168.0 ? 1.0 / n : 0.0;
      used += (patient.diary.days - days[patient.person]) / 7.0 / n;
      days[patient.person] = patient.diary.days;
      const bool was_free = !(patient.diary.relapsed_at < hours - 168.0) || row == 0;
      at_risk += was_free ? 1 : 0;
      events += was_free && patient.diary.relapsed_at < hours ? 1 : 0;
    }
    share *= 1.0 - events / static_cast<double>(at_risk);
    relapses += events;
    for (const std::size_t g : {0U, 2U}) {
      CHECK(table.value<std::int32_t>("count", row, g) == static_cast<double>(all.size()));
      CHECK(table.value("craving", row, g) == Approx(craving).epsilon(1e-5));
      CHECK(table.value("habit", row, g) == Approx(habit).epsilon(1e-5));
      CHECK(table.value("using", row, g) == Approx(recent).epsilon(1e-5));
      if (row > 0) CHECK(table.value("days_of_use", row, g) == Approx(used).epsilon(1e-5));
      CHECK(table.value<std::int32_t>("at_risk", row, g) == at_risk);
      CHECK(table.value<std::int32_t>("events", row, g) == events);
      CHECK(table.value("not_relapsed", row, g) == Approx(share).epsilon(1e-5));
    }
    CHECK(table.value<std::int32_t>("count", row, 1) == 0);
  }
  CHECK(relapses > 5);
}

TEST_CASE("where ties live the table counts what has happened to them since the last row, at both ends, by layer") {
  const std::string of =
      text + "ties: {are: living, ends: {by_layer: [2 /a, 2 /a, 3 /a, 5 /a]}, beginnings: {seeking: 0.5 /d}}\n";
  const Table table(run_text(of), "population");
  Again again(of);
  double began_in_all = 0.0;
  for (std::size_t row = 1; row < 9; ++row) {
    CAPTURE(row);
    again.model.living()->forget_events();
    again.go_on(12.0 * static_cast<double>(row - 1), 12.0);
    std::map<std::string, std::array<double, 4>> counts;
    for (const network::TieEvent& event : again.model.living()->events()) {
      const char* name = network::is_end(event.what)                ? "ties_ended"
                         : event.what == network::TieChange::began  ? "ties_began"
                         : event.what == network::TieChange::closer ? "ties_closer"
                         : event.what == network::TieChange::looser ? "ties_looser"
                                                                    : "";
      counts[name][people::layer_of(event.closeness)] += 2.0 / 300.0;
    }
    for (const char* name : {"ties_began", "ties_ended", "ties_closer", "ties_looser"}) {
      for (std::size_t layer = 0; layer < 4; ++layer)
        CHECK(table.value(name, row, layer) == Approx(counts[name][layer]).epsilon(1e-5).margin(1e-7));
    }
    began_in_all += counts["ties_began"][3];
  }
  CHECK(began_in_all > 0.05);
}

TEST_CASE("who becomes isolated and when is judged daily, however often rows are recorded") {
  const std::string of = R"(
kith: 1
title: Isolated
time: {tick: 3 h, burn_in: 2 d, duration: 30 d}
people: {count: 400}
network: {generate: layers, sizes: [5, 10], community: 60}
ties: {are: living, ends: {by_layer: [9 /a, 9 /a, 9 /a, 9 /a]}, beginnings: {seeking: 0.3 /d}}
)";
  // A plain count, day by day.
  Again again(of);
  std::vector<bool> at_risk;
  for (const std::uint8_t score : isolation_of(again.model).score) at_risk.push_back(score >= 12);
  const auto start = static_cast<double>(std::count(at_risk.begin(), at_risk.end(), true));
  std::map<int, double> events;  // up to the end of a day
  for (int day = 1; day <= 30; ++day) {
    again.go_on(24.0 * (day - 1), 24.0);
    const people::Isolation now = isolation_of(again.model);
    events[day] = events[day - 1];
    for (std::size_t p = 0; p < at_risk.size(); ++p) {
      if (!at_risk[p] || now.score[p] >= 12) continue;
      at_risk[p] = false;
      ++events[day];
    }
  }
  REQUIRE(events[30] > 20.0);
  REQUIRE(events[5] < events[30]);
  for (const auto& [every, days] : {std::pair("6 h", 0.25), {"1 d", 1.0}, {"5 d", 5.0}, {"30 d", 30.0}}) {
    const Table table(run_text(of, {{std::string("record.every=") + every}}), "isolation_times");
    CAPTURE(every);
    REQUIRE(static_cast<double>(table.rows.size()) == 1.0 + 30.0 / days);
    double before = 0.0;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const double so_far = events[static_cast<int>(std::floor(days * static_cast<double>(row)))];
      CAPTURE(row);
      CHECK(table.value<std::int32_t>("at_risk", row, 0) == start - before);
      CHECK(table.value<std::int32_t>("events", row, 0) == so_far - before);
      CHECK(table.value("survival", row, 0) == Approx(1.0 - so_far / start).epsilon(1e-5));
      before = so_far;
    }
    // Nobody is censored, so that Greenwood's error is that of a share.
    const double share = 1.0 - before / start;
    CHECK(table.value("survival_se", table.rows.size() - 1, 0) ==
          Approx(std::sqrt(share * (1.0 - share) / start)).epsilon(1e-4));
  }
}

namespace {

const std::string drugs_in_a_trial = text + R"(
trial:
  design: parallel
  participants: {count: 30}
  arms: {a: {drug: naltrexone, doses: [50 mg, 50 mg, 50 mg]}, b: {drug: placebo, like: a}}
replicates: 2
seed: rings
)";

}  // namespace

TEST_CASE(
    "spill-over is the mean of a group in the treated world minus that of the same people where nobody is treated") {
  const Done done = run_text(drugs_in_a_trial, {{"record.by=[ring]"}, {"record.people=300"}});
  const Done without = run_text(drugs_in_a_trial, {{"trial.arms.a.drug=placebo"}, {"record.people=300"}});
  const Table contrast(done, "against_twin");
  const Table treated(done, "people");
  const Table twin(without, "people");
  REQUIRE(contrast.groups().size() == 5);
  REQUIRE(contrast.rows.size() == 18);
  REQUIRE(treated.rows.size() == 18);
  const Again start(drugs_in_a_trial);
  bool has_spilled = false;
  for (std::size_t replicate = 0; replicate < 2; ++replicate) {
    std::vector<std::size_t> ring(300, 3);
    for (const trials::Participant& participant : done.result(replicate).participants)
      ring[participant.person] = participant.sequence == 0 ? 0 : 3;
    for (std::size_t step = 1; step < 3; ++step) {
      for (PersonId p = 0; p < 300; ++p) {
        if (ring[p] != step - 1) continue;
        start.model.ties().for_each(p, [&](PersonId other, TieId) { ring[other] = std::min(ring[other], step); });
      }
    }
    std::map<std::string, std::vector<double>> over_time;
    double rows_after_start = 0.0;
    for (std::size_t row = 0; row < contrast.rows.size(); ++row) {
      if (contrast.rows[row].replicate != replicate) continue;
      const auto same_time = [&](const Table& table) {
        for (std::size_t k = 0; k < table.rows.size(); ++k) {
          if (table.rows[k].replicate == replicate && table.rows[k].coordinate == contrast.rows[row].coordinate)
            return k;
        }
        return table.rows.size();
      };
      const std::size_t a = same_time(treated);
      const std::size_t b = same_time(twin);
      if (contrast.rows[row].coordinate > 0.0) rows_after_start += 1.0;
      for (const char* variable : {"connection", "loneliness", "positive_affect"}) {
        over_time[variable].resize(5);
        for (std::size_t g = 0; g < 5; ++g) {
          CAPTURE(replicate, row, g, variable);
          const auto members = those(300, [&](PersonId p) { return g == 0 || ring[p] + 1 == g; });
          const double value = contrast.value(variable, row, g);
          if (members.empty()) {
            CHECK(std::isnan(value));
            continue;
          }
          const double difference = mean_of(members, [&](PersonId p) { return treated.value(variable, a, p); }) -
                                    mean_of(members, [&](PersonId p) { return twin.value(variable, b, p); });
          CHECK(value == Approx(difference).margin(2e-7));
          if (contrast.rows[row].coordinate > 0.0) over_time[variable][g] += difference;
          has_spilled = has_spilled || (g == 2 && std::string(variable) == "connection" && value < -1e-4);
        }
      }
    }
    for (const auto& [variable, totals] : over_time) {
      for (std::size_t g = 0; g < 5; ++g) {
        if (totals[g] == 0.0) continue;
        CHECK(done.result(replicate).against_twin->of(variable, g) ==
              Approx(totals[g] / rows_after_start).margin(2e-7));
      }
    }
  }
  CHECK(has_spilled);
}

TEST_CASE("whom an event doses are the treated from the next row on, with their partners, and a group of the event") {
  const std::string of = text + R"(
events:
  - {name: hubs, at: 30 h, target: {most: degree, count: 9}, do: {dose: {drug: naltrexone, amount: 50 mg}}}
  - {name: rain, at: [6 h, 54 h], target: {share: 10 %}, do: {distress: 0.2}}
)";
  const Done done = run_text(of, {{"record.by=[ring, event]"}});
  const Table table(done, "population");
  REQUIRE(table.groups() == std::vector<std::string>{"all", "ring: treated", "ring: partners of the treated",
                                                     "ring: partners of partners", "ring: others", "event: hubs",
                                                     "event: rain"});
  for (std::size_t row = 0; row < 9; ++row) {  // each 12 h
    CAPTURE(row);
    const double treated = row < 3 ? 0.0 : 9.0;
    CHECK(table.value<std::int32_t>("people", row, 1) == treated);
    CHECK(table.value<std::int32_t>("people", row, 5) == treated);
    double in_rings = 0.0;
    for (std::size_t g = 1; g < 5; ++g) in_rings += table.value<std::int32_t>("people", row, g);
    CHECK(in_rings == 300.0);
    const double rained = table.value<std::int32_t>("people", row, 6);
    if (row == 0) CHECK(rained == 0.0);
    if (row > 0 && row < 5) CHECK(rained == 30.0);
    if (row > 4) CHECK(rained > 45.0);
    if (row > 3) CHECK(table.value("occupancy", row, 1) > 50.0);
    if (row > 3) CHECK(table.value("occupancy", row, 2) == 0.0);
    // What happened since the last row is of the people who are in the group now.
    const double contacts = table.value("contacts_per_day", row, 0);
    double weighted = 0.0;
    for (std::size_t g = 1; g < 5; ++g) {
      const double people = table.value<std::int32_t>("people", row, g);
      if (people > 0.0) weighted += people / 300.0 * table.value("contacts_per_day", row, g);
    }
    if (row > 0) CHECK(weighted == Approx(contacts).epsilon(1e-5));
  }
  const double partners = table.value<std::int32_t>("people", 8, 2);
  CHECK(partners > 20.0);
}

TEST_CASE("whom an event gives a drug is in an arm of the event, and in the arm of a trial that has its name") {
  const std::string of = text + R"(
trial:
  design: parallel
  participants: {count: 20}
  arms: {pill: {drug: naltrexone, doses: 50 mg}, sugar: {drug: placebo, like: pill}}
events:
  - {name: pill, at: 30 h, target: {where: ["degree >= 20"]}, do: {dose: {drug: naltrexone, amount: 50 mg}}}
  - {name: blank, at: 54 h, target: {least: degree, count: 7}, do: {dose: {drug: placebo, amount: 50 mg}}}
  - {name: rain, at: 6 h, do: {distress: 0.2}}
)";
  const Done done = run_text(of, {{"record.by=[arm]"}, {"record.people=300"}});
  const Table table(done, "population");
  const Table people(done, "people");
  REQUIRE(table.groups() == std::vector<std::string>{"all", "arm: pill", "arm: sugar", "arm: blank"});
  std::vector<bool> is_in_arm(300, false);
  for (const trials::Participant& participant : done.result().participants)
    is_in_arm[participant.person] = participant.sequence == 0;
  const Again start(text);
  const auto dosed = those(300, [&](PersonId p) {
    int degree = 0;
    start.model.ties().for_each(p, [&](PersonId, TieId) { ++degree; });
    return is_in_arm[p] || degree >= 20;
  });
  REQUIRE(dosed.size() > 20);
  REQUIRE(dosed.size() < 290);
  for (std::size_t row = 0; row < 9; ++row) {  // each 12 h
    CAPTURE(row);
    CHECK(table.value<std::int32_t>("people", row, 2) == 10);
    CHECK(table.value<std::int32_t>("people", row, 3) == (row < 5 ? 0 : 7));
    if (row < 3) CHECK(table.value<std::int32_t>("people", row, 1) == 10);
    if (row < 3) continue;
    CHECK(table.value<std::int32_t>("people", row, 1) == static_cast<std::int32_t>(dosed.size()));
    CHECK(table.value("connection", row, 1) ==
          Approx(mean_of(dosed, [&](PersonId p) { return people.value("connection", row, p); })).epsilon(1e-5));
  }
}

TEST_CASE("where events alone give drugs, the twin world has none of them, and spill-over is against it") {
  const std::string events = R"(
events:
  - {name: hubs, at: 30 h, target: {most: degree, count: 9}, do: {dose: {drug: DRUG, amount: 50 mg}}}
)";
  const auto with = [&](const std::string& drug) {
    std::string of = text + events;
    return of.replace(of.find("DRUG"), 4, drug);
  };
  const Done done = run_text(with("naltrexone"), {{"record.by=[ring, event, arm]"}, {"record.people=300"}});
  const Done without = run_text(with("placebo"), {{"record.people=300"}});
  const Table contrast(done, "against_twin");
  const Table treated(done, "people");
  const Table twin(without, "people");
  REQUIRE(contrast.rows.size() == 9);
  for (std::size_t row = 0; row < 9; ++row) {
    CAPTURE(row);
    double difference = 0.0;
    for (PersonId p = 0; p < 300; ++p)
      difference += (treated.value("connection", row, p) - twin.value("connection", row, p)) / 300.0;
    CHECK(contrast.value("connection", row, 0) == Approx(difference).margin(2e-7));
    if (row > 4) CHECK(contrast.value("connection", row, 6) < -0.001);
    if (row > 2) CHECK(contrast.value("connection", row, 1) == contrast.value("connection", row, 6));
    if (row < 3) CHECK(contrast.value("connection", row, 0) == 0.0);
  }
}

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "config/document.hpp"
#include "models/conditions/condition.hpp"

using namespace kith;
using namespace kith::conditions;

namespace {

const std::vector<std::string> columns{"age", "town"};

/// The conditions that a scenario with this list reads; throws where one is refused.
std::vector<Condition> read(const std::string& list, Scope scope = Scope::everybody) {
  auto document = config::Document::from_text("where: " + list + "\n", "test.yaml");
  auto root = document.root();
  auto conditions = read_conditions(root, {.key = "where", .doc = "Who."}, scope, columns);
  document.check();
  return conditions;
}

/// Five people: 0 knows one of each layer, 4 nobody.
struct Few {
  people::People people;
  network::Graph graph{.people = 6,
                       .edges = {{.a = 0, .b = 1, .closeness = 0.95F},
                                 {.a = 0, .b = 2, .closeness = 0.73F},
                                 {.a = 0, .b = 3, .closeness = 0.567F},
                                 {.a = 0, .b = 4, .closeness = 0.319F}},
                       .community = {0, 1, 1, 2, 2, 0}};
  network::Ties ties{graph};
  OnDemand<people::Isolation> isolation{
      [this] { return people::isolation(ties, std::vector<float>(4, 1.0F), 16.0, 0.725F); }};
  Columns table{columns, {{"30", "", "41", "17", "x", "8"}, {"b", "a", "b", "", "a", "b"}}};

  Few() {
    people.resize(6);
    people.loneliness = {0.5F, 0.1F, 0.3F, 0.3F, 0.9F, 0.2F};
  }
  Everybody everybody() const { return {people, graph.community, ties, ties, isolation, table, {1, 0}}; }
};

}  // namespace

TEST_CASE("each comparison holds below, at and above its value as it is written") {
  const std::array<std::pair<const char*, std::array<bool, 3>>, 6> expected{{{"<", {true, false, false}},
                                                                             {"<=", {true, true, false}},
                                                                             {"==", {false, true, false}},
                                                                             {"!=", {true, false, true}},
                                                                             {">=", {false, true, true}},
                                                                             {">", {false, false, true}}}};
  for (const auto& [sign, holds] : expected) {
    CAPTURE(sign);
    const Condition condition = read(std::string("[\"loneliness ") + sign + " 0.5\"]").front();
    CHECK(condition.holds(0.4) == holds[0]);
    CHECK(condition.holds(0.5) == holds[1]);
    CHECK(condition.holds(0.6) == holds[2]);
    CHECK(condition.text == std::string("loneliness ") + sign + " 0.5");
  }
}

TEST_CASE("a condition asks for the person's own value of its variable") {
  const Few few;
  const Condition condition = read("[loneliness > 0.25]", Scope::state).front();
  std::vector<bool> holds_for;
  for (PersonId p = 0; p < 6; ++p) holds_for.push_back(condition.holds(few.people, p));
  CHECK(holds_for == std::vector<bool>{true, false, true, true, true, false});
  CHECK(holds(condition, few.everybody()) == holds_for);
  const Condition word = read("[town != a]").front();
  CHECK(holds(word, few.everybody()) == std::vector<bool>{true, false, true, true, false, true});
  // A column is 0 for everybody where nobody has it.
  CHECK_FALSE(read("[craving > 0]", Scope::state).front().holds(few.people, 0));
  CHECK(holds(read("[craving >= 0]").front(), few.everybody()) == std::vector<bool>(6, true));
}

TEST_CASE(
    "what nobody can have is refused, alone or together with what comes before it, and what somebody can is not") {
  const auto is_refused = [](const std::string& list) {
    try {
      return read(list).empty();
    } catch (const config::InvalidScenario&) {
      return true;
    }
  };
  for (const char* list : {"[loneliness > 1]", "[loneliness < 0]", "[loneliness == 1.5]", "[degree < 0]",
                           "[loneliness > 0.5, loneliness <= 0.5]", "[tone >= 0.3, tone < 0.3]",
                           "[isolation_score > 30]", "[tone == 0.2, tone == 0.3]"}) {
    CAPTURE(list);
    CHECK(is_refused(list));
  }
  for (const char* list : {"[loneliness >= 1]", "[loneliness <= 0]", "[degree > 1000000]", "[tone != 0]",
                           "[loneliness >= 0.5, loneliness <= 0.5]", "[tone > 0.3, distress < 0.3]",
                           "[isolation_score >= 30]", "[age > 3, age < 3]"}) {
    CAPTURE(list);
    CHECK_FALSE(is_refused(list));
  }
}

TEST_CASE("numbers from ties are those of a count by hand") {
  const Few few;
  CHECK(numbers(few.everybody(), "degree") == std::vector<double>{4, 1, 1, 1, 1, 0});
  CHECK(numbers(few.everybody(), "ties.close") == std::vector<double>{2, 1, 1, 0, 0, 0});
  CHECK(numbers(few.everybody(), "ties.support") == std::vector<double>{1, 1, 0, 0, 0, 0});
  CHECK(numbers(few.everybody(), "centrality") == std::vector<double>{6, 0, 0, 0, 0, 0});
  const auto position = numbers(few.everybody(), "layer_position");
  CHECK(position[0] == Approx((0.95 + 0.73 + 0.567 + 0.319) / 4.0));
  CHECK(position[2] == Approx(0.73));
  CHECK(position[5] == 0.0);
  const auto ages = numbers(few.everybody(), "age");
  CHECK(ages[0] == 30.0);
  CHECK(std::isnan(ages[1]));
  CHECK(std::isnan(ages[4]));
}

TEST_CASE("terciles share people out by value, and equal values by person") {
  CHECK(terciles({3, 1, 2}) == std::vector<std::uint8_t>{2, 0, 1});
  CHECK(terciles({5, 5, 5, 5, 5, 5}) == std::vector<std::uint8_t>{0, 0, 1, 1, 2, 2});
  CHECK(terciles({4, 9, 1, 7, 7, 2, 8}) == std::vector<std::uint8_t>{0, 2, 0, 1, 1, 0, 2});
  CHECK(terciles({1, 2, 3, 4}) == std::vector<std::uint8_t>{0, 0, 1, 2});
}

TEST_CASE("a category is numbered by the order of its values, communities by their own numbers") {
  const Few few;
  const Category town = category(few.everybody(), "town");
  CHECK(town.names == std::vector<std::string>{"", "a", "b"});
  CHECK(town.values == std::vector<std::uint32_t>{2, 1, 2, 0, 1, 2});
  const Category community = category(few.everybody(), "community");
  CHECK(community.names == std::vector<std::string>{"0", "1", "2"});
  CHECK(community.values == few.graph.community);
  CHECK(category(few.everybody(), "loneliness_tercile").values == std::vector<std::uint32_t>{2, 0, 1, 1, 2, 0});
  CHECK(is_category("town", columns));
  CHECK(is_category("tone_tercile", columns));
  CHECK_FALSE(is_category("tone", columns));
  CHECK_FALSE(is_category("height_tercile", columns));
}

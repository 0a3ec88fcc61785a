#include "engine/variables_of.hpp"

#include <catch2/catch.hpp>

using namespace kith;

namespace {

struct Apple {
  std::string name;
  double grams;
};
using Basket = std::vector<Apple>;

}  // namespace

TEST_CASE("the variables of a table and the values of a row follow from one list, in its order") {
  VariablesOf<Basket> variables;
  variables.add("weight", "g", "weight of the apple", {"apple"},
                [](const Basket& basket) { return each(basket, [](const Apple& apple) { return apple.grams; }); });
  variables.add(
      "kind", "1", "kind of the apple", {"apple"},
      [](const Basket& basket) { return std::vector<std::int8_t>(basket.size(), 1); },
      flags_of(std::vector<std::string>{"cox", "pippin"}));
  variables.add("name", "", "its name", {"apple"},
                [](const Basket& basket) { return each(basket, [](const Apple& apple) { return apple.name; }); });
  TableSpec basket;
  basket.name = "basket";
  basket.variables.push_back({"first", "1", "what was there", ValueType::float32, {}});
  const TableSpec table = variables.in(basket);
  REQUIRE(table.variables.size() == 4);
  CHECK(table.name == "basket");
  CHECK(table.variables[0].name == "first");
  CHECK(table.variables[1].name == "weight");
  CHECK(table.variables[1].unit == "g");
  CHECK(table.variables[1].long_name == "weight of the apple");
  CHECK(table.variables[1].dimensions == std::vector<std::string>{"apple"});
  CHECK(table.variables[2].flags == Flags{{0, "cox"}, {1, "pippin"}});

  const TableRow row = variables.row("basket", 3, 24.0, Basket{{"a", 90.0}, {"b", 110.0}});
  CHECK(row.table == "basket");
  CHECK(row.replicate == 3);
  CHECK(row.coordinate == 24.0);
  REQUIRE(row.values.size() == 3);
  CHECK(row.values[0] == Values(std::vector<double>{90.0, 110.0}));
  CHECK(row.values[1] == Values(std::vector<std::int8_t>{1, 1}));
  CHECK(row.values[2] == Values(std::vector<std::string>{"a", "b"}));
}

TEST_CASE("the type of a variable is that of its values") {
  VariablesOf<int> variables;
  variables.add("a", "", "", {}, [](int) { return std::vector<float>{}; });
  variables.add("b", "", "", {}, [](int) { return std::vector<double>{}; });
  variables.add("c", "", "", {}, [](int) { return std::vector<std::int8_t>{}; });
  variables.add("d", "", "", {}, [](int) { return std::vector<std::int32_t>{}; });
  variables.add("e", "", "", {}, [](int) { return std::vector<std::int64_t>{}; });
  variables.add("f", "", "", {}, [](int) { return std::vector<std::string>{}; });
  const std::vector<ValueType> expected{ValueType::float32, ValueType::float64, ValueType::int8,
                                        ValueType::int32,   ValueType::int64,   ValueType::text};
  CHECK(each(variables.in({}).variables, [](const Variable& variable) { return variable.type; }) == expected);
}

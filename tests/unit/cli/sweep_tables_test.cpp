#include "cli/sweep_tables.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "io/values.hpp"

using kith::TableSpec;
using kith::Values;
using kith::ValueType;
using kith::cli::KeepingSink;
using kith::cli::KeptTable;
using kith::sweep::RowsKept;
using Doubles = std::vector<double>;
using Floats = std::vector<float>;

namespace {

/// Two virtual studies, a variable that changes with time and group, one that does not, and a list of another length each time.
TableSpec population() {
  return {.name = "population",
          .long_name = "means",
          .dimensions = {{"replicate", "virtual study", "", std::vector<std::int32_t>{0, 1}},
                         {"time", "time", "h", Doubles{}},
                         {"group", "group", "", std::vector<std::string>{"a", "b"}},
                         {"entry", "entry", "", std::vector<std::int64_t>{}}},
          .growing = "time",
          .variables = {{"mean", "", "mean", ValueType::float32, {"replicate", "time", "group"}},
                        {"size", "", "people", ValueType::float32, {"replicate", "group"}},
                        {"list", "", "who", ValueType::float32, {"replicate", "time", "entry"}}}};
}

KeptTable kept(RowsKept rows) {
  KeepingSink sink({"population"}, rows);
  sink.declare(population());
  sink.declare({.name = "other", .long_name = "", .dimensions = {}, .growing = "", .variables = {}});
  sink.write({"population", 1, 24.0, {Floats{5, 6}, Floats{7, 8}, Floats{1, 2, 3}}});
  sink.write({"population", 0, 24.0, {Floats{1, 2}, Floats{3, 4}, Floats{}}});
  sink.write({"other", 0, 0.0, {}});
  sink.write({"population", 0, 48.0, {Floats{10, 20}, Floats{}, Floats{4}}});
  sink.write({"population", 1, 72.0, {Floats{50, 60}, Floats{}, Floats{}}});
  const std::vector<KeptTable> tables = sink.take();
  REQUIRE(tables.size() == 1);
  return tables.front();
}

std::vector<std::string> names(const std::vector<kith::TableDimension>& dimensions) {
  std::vector<std::string> all;
  for (const auto& dimension : dimensions) all.push_back(dimension.name);
  return all;
}

}  // namespace

TEST_CASE("of a table that grows with time the last row is kept, and what does not change stays") {
  const KeptTable table = kept(RowsKept::last);
  CHECK(table.spec.growing == "run");
  CHECK(names(table.spec.dimensions) == std::vector<std::string>{"run", "replicate", "group"});
  REQUIRE(table.spec.variables.size() == 2);  // the list is left out
  CHECK(table.spec.variables[0].dimensions == std::vector<std::string>{"run", "replicate", "group"});
  CHECK(table.values[0] == Values{Floats{10, 20, 50, 60}});
  CHECK(table.values[1] == Values{Floats{3, 4, 7, 8}});
}

TEST_CASE("all rows are kept along the time, and a study that did not write at one has nothing there") {
  const KeptTable table = kept(RowsKept::all);
  CHECK(names(table.spec.dimensions) == std::vector<std::string>{"run", "replicate", "time", "group"});
  CHECK(table.spec.dimensions[2].coordinate == Values{Doubles{24, 48, 72}});
  CHECK(table.spec.variables[0].dimensions == std::vector<std::string>{"run", "replicate", "time", "group"});
  CHECK(table.spec.variables[1].dimensions == std::vector<std::string>{"run", "replicate", "group"});
  const auto& means = std::get<Floats>(table.values[0]);
  REQUIRE(means.size() == 12);
  CHECK(Floats(means.begin(), means.begin() + 4) == Floats{1, 2, 10, 20});
  CHECK(std::isnan(means[4]));
  CHECK(Floats(means.begin() + 6, means.begin() + 8) == Floats{5, 6});
  CHECK(std::isnan(means[8]));
  CHECK(Floats(means.begin() + 10, means.end()) == Floats{50, 60});
  CHECK(table.values[1] == Values{Floats{3, 4, 7, 8}});
}

TEST_CASE("a value that changes with time and is not in the last row is missing") {
  KeepingSink sink({"population"}, RowsKept::last);
  sink.declare(population());
  sink.write({"population", 0, 24.0, {Floats{5, 6}, Floats{7, 8}, Floats{}}});
  sink.write({"population", 0, 48.0, {Floats{}, Floats{}, Floats{}}});
  const std::vector<Values> values = sink.take().front().values;
  CHECK(std::isnan(std::get<Floats>(values[0])[0]));
  CHECK(std::get<Floats>(values[1])[0] == 7);
}

TEST_CASE("a virtual study that the table lists and that wrote nothing has missing values") {
  KeepingSink sink({"population"}, RowsKept::last);
  sink.declare(population());
  sink.write({"population", 1, 24.0, {Floats{5, 6}, Floats{7, 8}, Floats{}}});
  const auto means = std::get<Floats>(sink.take().front().values[0]);
  REQUIRE(means.size() == 4);
  CHECK(std::isnan(means[0]));
  CHECK(means[2] == 5);
}

TEST_CASE("factors are numbers where all runs have numbers in one unit, and else words") {
  kith::sweep::Design design;
  design.factors.resize(3);
  design.factors[0].key = "dose";
  design.factors[1].key = "mixed";
  design.factors[2].key = "named";
  design.factors[2].values = {"[1, 2]", "[3, 4]"};
  design.factors[2].names = {"1 mg", "3 mg"};
  design.rows = {{"25 mg", "1 d", "[1, 2]"}, {"50 mg", "2 h", "[3, 4]"}};
  const kith::cli::FactorColumns columns(design);
  CHECK(columns.variables()[0].unit == "mg");
  CHECK(columns.variables()[1].type == ValueType::text);
  CHECK(columns.variables()[2].unit == "mg");
  CHECK(columns.of_run(1) == std::vector<Values>{Doubles{50}, std::vector<std::string>{"2 h"}, Doubles{3}});
}

#include "models/record/trends.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace kith;

namespace {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

/// A table like `population` with two groups.
TableSpec small_table() {
  TableSpec table;
  table.dimensions = {{"group", "", "", std::vector<std::string>{"all", "few"}}};
  for (const std::string_view name : Trends::variables)
    table.variables.push_back({std::string(name), "1", "", ValueType::float32, {"group"}});
  return table;
}

TableRow row_of(double hours, float all, float few) {
  TableRow row{"population", 0, hours, {}};
  for (std::size_t k = 0; k < Trends::variables.size(); ++k) row.values.emplace_back(std::vector<float>{all, few});
  return row;
}

}  // namespace

TEST_CASE("a trend knows the first, the last, the least and the greatest value, and when they were") {
  Trends trends(small_table());
  trends.add(row_of(0.0, 0.5F, missing));
  trends.add(row_of(24.0, 0.25F, 1.0F));
  trends.add(row_of(48.0, 0.75F, 2.0F));
  trends.add(row_of(72.0, 0.25F, missing));
  const Trend& all = trends.of("loneliness", 0);
  CHECK(all.first == 0.5);
  CHECK(all.last == 0.25);
  CHECK(all.least == 0.25);
  CHECK(all.least_at == 24.0);
  CHECK(all.most == 0.75);
  CHECK(all.most_at == 48.0);
  CHECK(trends.hours() == 72.0);
  CHECK(trends.groups() == std::vector<std::string>{"all", "few"});
}

TEST_CASE("a trend passes over missing values") {
  Trends trends(small_table());
  CHECK(std::isnan(trends.of("connection", 1).first));
  trends.add(row_of(0.0, 0.5F, missing));
  trends.add(row_of(24.0, 0.5F, 1.0F));
  trends.add(row_of(48.0, 0.5F, missing));
  CHECK(trends.of("connection", 1).first == 1.0);
  CHECK(trends.of("connection", 1).last == 1.0);
  CHECK_THROWS_AS(trends.of("mood", 0), std::out_of_range);
}

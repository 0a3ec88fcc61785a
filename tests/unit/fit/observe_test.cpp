#include "fit/observe.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/error.hpp"

using namespace kith;
using namespace kith::fit;

namespace {

/// Two virtual studies; g of two measures against one arm, and connection in three rows of time.
struct TwoStudies : MemorySink {
  TwoStudies();
};
TwoStudies::TwoStudies() {
  MemorySink& sink = *this;
  sink.declare({.name = "effects",
                .long_name = "effects",
                .dimensions = {{"replicate", "", "", std::vector<std::int32_t>{0, 1}},
                               {"measure", "", "", std::vector<std::string>{"diary", "messages"}},
                               {"contrast", "", "", std::vector<std::string>{"a - b"}}},
                .growing = "",
                .variables = {{"g", "1", "", ValueType::float64, {"replicate", "measure", "contrast"}},
                              {"n", "1", "", ValueType::int32, {"replicate", "measure", "contrast"}}}});
  sink.declare({.name = "population",
                .long_name = "population",
                .dimensions = {{"replicate", "", "", std::vector<std::int32_t>{0, 1}}, {"time", "", "h", Values{}}},
                .growing = "time",
                .variables = {{"connection", "", "", ValueType::float32, {"replicate", "time"}}}});
  sink.write({"effects", 0, 0.0, {std::vector<double>{-0.1, -0.3}, std::vector<std::int32_t>{20, 18}}});
  sink.write({"effects", 1, 0.0, {std::vector<double>{-0.2, -0.6}, std::vector<std::int32_t>{20, 20}}});
  sink.declare({.name = "cells",
                .long_name = "cells",
                .dimensions = {{"replicate", "", "", std::vector<std::int32_t>{0}},
                               {"row", "", "", std::vector<std::string>{"upper", "lower"}},
                               {"column", "", "", std::vector<std::string>{"a", "b", "c"}}},
                .growing = "",
                .variables = {{"value", "1", "", ValueType::float64, {"replicate", "row", "column"}}}});
  sink.write({"cells", 0, 0.0, {std::vector<double>{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}}});
  for (const std::uint32_t replicate : {0U, 1U}) {
    for (const int hour : {24, 48, 72})
      sink.write({"population", replicate, static_cast<double>(hour), {std::vector<float>{static_cast<float>(hour)}}});
  }
}

Observable at(const std::string& measure) {
  return {
      .name = "o", .mean_of = {}, .experiment = 0, .table = "effects", .column = "g", .where = {{"measure", measure}}};
}

std::string refusal_of(const Observable& o) {
  try {
    observe(o, TwoStudies());
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::invalid_scenario);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("an observable is the mean, or the spread, of one entry over the virtual studies") {
  Observable o = at("messages");
  CHECK(observe(o, TwoStudies()) == Approx(-0.45));
  o.over_replicates = Observable::Replicates::sd;
  CHECK(observe(o, TwoStudies()) == Approx(0.3 / std::sqrt(2.0)));
  o = at("diary");
  CHECK(observe(o, TwoStudies()) == Approx(-0.15));
  o.column = "n";
  CHECK(observe(o, TwoStudies()) == Approx(20.0));
}

TEST_CASE("an entry of two dimensions is where its row and its column meet") {
  Observable o = at("");
  o.table = "cells";
  o.column = "value";
  const std::vector<std::string> columns{"a", "b", "c"};
  for (std::size_t k = 0; k < columns.size(); ++k) {
    o.where = {{"row", "upper"}, {"column", columns[k]}};
    CHECK(observe(o, TwoStudies()) == Approx(1.0 + static_cast<double>(k)));
    o.where = {{"column", columns[k]}, {"row", "lower"}};
    CHECK(observe(o, TwoStudies()) == Approx(4.0 + static_cast<double>(k)));
  }
}

TEST_CASE("of a table that goes on in time an observable takes the last row, or the mean") {
  Observable o{.name = "o", .mean_of = {}, .experiment = 0, .table = "population", .column = "connection", .where = {}};
  CHECK(observe(o, TwoStudies()) == Approx(72.0));
  o.over_time = Observable::Over::mean;
  CHECK(observe(o, TwoStudies()) == Approx(48.0));
}

TEST_CASE("a missing number is told, and never left out of a mean") {
  TwoStudies sink;
  sink.write({"effects", 2, 0.0, {std::vector<double>{std::nan(""), 0.0}, std::vector<std::int32_t>{0, 0}}});
  CHECK(std::isnan(observe(at("diary"), sink)));
}

TEST_CASE("what a result does not have is refused with what it has") {
  CHECK(refusal_of(at("mesages")) ==
        "observable o: measure of effects has no entry \"mesages\" (diary, messages); did you mean \"messages\"?");
  Observable o = at("diary");
  o.table = "effect";
  CHECK(refusal_of(o) ==
        "observable o: the result has no table \"effect\" (effects, population, cells); did you mean \"effects\"?");
  o = at("diary");
  o.column = "change";
  CHECK(refusal_of(o) == "observable o: effects has no column \"change\" (g, n)");
  o.column = "g";
  o.where = {};
  CHECK(refusal_of(o) == "observable o: at: says no entry of the dimension of effects \"measure\" (diary, messages)");
  o.where = {{"measure", "diary"}, {"arm", "a"}};
  CHECK(refusal_of(o) == "observable o: effects has no dimension \"arm\" (measure, contrast)");
}

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>
#include <tuple>

#include "core/parallel.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_text;

namespace {

std::string shipped(const std::string& name) {
  std::ifstream file(KITH_SOURCE_DIR "/scenarios/" + name + ".yaml");
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Everything a run wrote, in an order that does not depend on which replicate was first.
using Written = std::map<std::tuple<std::string, std::uint32_t, double>, std::vector<Values>>;

Written written(const Done& done) {
  Written rows;
  for (const TableRow& row : done.sink->rows()) rows[{row.table, row.replicate, row.coordinate}] = row.values;
  return rows;
}

/// The same bits; unlike ==, a missing number equals a missing number.
std::uint64_t digest(const Written& rows) {
  Fingerprint fingerprint;
  for (const auto& [key, values] : rows) {
    fingerprint.add(std::get<0>(key));
    for (const Values& value : values) {
      std::visit(
          [&](const auto& list) {
            using List = std::decay_t<decltype(list)>;
            if constexpr (std::is_same_v<typename List::value_type, std::string>) {
              for (const std::string& text : list) fingerprint.add(text);
            } else {
              fingerprint.add_values(std::span<const typename List::value_type>(list));
            }
          },
          value);
    }
  }
  return fingerprint.value();
}

void check_threads(const std::string& text) {
  set_threads(1);
  const Done alone = run_text(text);
  for (const unsigned count : {2U, 3U, 8U}) {
    set_threads(count);
    const Done together = run_text(text);
    CAPTURE(count);
    CHECK(together.run.fingerprint() == alone.run.fingerprint());
    CHECK(digest(written(together)) == digest(written(alone)));
  }
  set_threads(0);
}

}  // namespace

TEST_CASE("first-steps has the same bits with 1, 2, 3 and 8 threads", "[threaded][golden]") {
  check_threads(shipped("first-steps"));
}

TEST_CASE("several studies, each with a population of its own, have the same bits with 1, 2, 3 and 8 threads",
          "[threaded][golden]") {
  check_threads(R"(
kith: 1
title: Many studies
time: {tick: 6 h, burn_in: 4 d, duration: 6 d}
people: {count: 300}
network: {generate: stochastic_block, within: 6, between: 2}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo], count: 6}, {arms: [placebo, naltrexone], count: 6}]
  washout: 2 d
measures: [{diary: connection}, {probe: loving_messages, at: "day 2 14:00"}]
record: {people: 10, network: true}
replicates: {count: 5, population: new}
)");
}

TEST_CASE("a population of several blocks of people has the same bits with 1, 2, 3 and 8 threads",
          "[threaded][golden]") {
  check_threads(R"(
kith: 1
title: Several blocks
time: {tick: 3 h, burn_in: 1 d, duration: 2 d}
people: {count: 7000}
network: {generate: configuration, mean_ties: 6}
record: {every: 12 h}
)");
}

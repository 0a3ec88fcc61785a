#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using testing::run_text;

namespace {

constexpr std::uint32_t people = 120;

const std::string world = R"(
kith: 1
title: Who is who
time: {tick: 3 h, burn_in: 2 d, duration: 10 d, start: "Mon 08:00"}
network: {generate: stochastic_block, sizes: [25 %, 25 %, 25 %, 25 %], within: 8, between: 2}
measures: [{diary: connection}, {probe: ucla3, at: "day 2 20:00"}]
replicates: 2
seed: identities
trial: {arms: {a b: {drug: placebo, doses: 50 mg, for: 2 d}, b: {drug: placebo, like: a b}},
        sequences: [{arms: [a b, b], count: 6}, {arms: [b, a b], count: 6}], washout: 1 d}
)";

/// A table about people: of person p, class p % 25 and weight 50 + p.
std::string with_table(const ScratchFolder& folder) {
  std::ofstream table(folder / "people.csv");
  table << "id,class,body weight,Größe,arm\n";
  for (std::uint32_t p = 0; p < people; ++p) table << p << ",c" << p % 25 << ',' << 50 + p << ",1.7,left\n";
  return world + "people: {count: 120, columns: {file: " + (folder / "people.csv") + ", id: id}}\n";
}

const TableSpec& spec_of(const MemorySink& sink, const std::string& name) {
  return *std::find_if(sink.specs().begin(), sink.specs().end(), [&](const TableSpec& s) { return s.name == name; });
}

/// A text variable of a table, of one replicate.
std::vector<std::string> texts(const MemorySink& sink, const std::string& table, const std::string& name,
                               std::uint32_t replicate) {
  const auto& variables = spec_of(sink, table).variables;
  const auto v =
      std::find_if(variables.begin(), variables.end(), [&](const Variable& each) { return each.name == name; });
  REQUIRE(v != variables.end());
  CHECK(v->dimensions == std::vector<std::string>{"replicate", "participant"});
  const auto row = std::find_if(sink.rows().begin(), sink.rows().end(), [&](const TableRow& each) {
    return each.table == table && each.replicate == replicate;
  });
  return std::get<std::vector<std::string>>(row->values[static_cast<std::size_t>(v - variables.begin())]);
}

}  // namespace

TEST_CASE("diaries and probes carry the ids of their participants, who carry the columns of the people's table") {
  const ScratchFolder folder;
  const auto done = run_text(with_table(folder), {{"record.by=[class]"}});
  for (const std::uint32_t replicate : {0U, 1U}) {
    const std::vector<std::string> ids = texts(*done.sink, "participants", "id", replicate);
    REQUIRE(ids.size() == 12);
    CHECK(texts(*done.sink, "diary", "id", replicate) == ids);
    CHECK(texts(*done.sink, "probes", "id", replicate) == ids);
    const auto classes = texts(*done.sink, "participants", "class", replicate);
    const auto weights = texts(*done.sink, "participants", "body_weight", replicate);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      CHECK(classes[i] == "c" + std::to_string(std::stoul(ids[i]) % 25));
      CHECK(weights[i] == std::to_string(50 + std::stoul(ids[i])));
    }
    CHECK(texts(*done.sink, "participants", "Gr____e", replicate).front() == "1.7");
    CHECK(texts(*done.sink, "participants", "arm_", replicate).front() == "left");  // "arm" is that of the trial
  }
  for (const Variable& variable : spec_of(*done.sink, "participants").variables) {
    if (variable.name == "Gr____e") CHECK(variable.long_name == "column Größe of the people's table");
  }
}

TEST_CASE("that only the largest groups of many are recorded is said, and else nothing") {
  const ScratchFolder folder;
  const auto said = [&](const std::string& largest) {
    const auto done = run_text(with_table(folder), {{"record.by=[class]"}, {"record.largest=" + largest}});
    return std::count_if(done.run.import_notes.begin(), done.run.import_notes.end(), [](const std::string& note) {
      return note == "Of the 25 values of class, the 20 that most people have are groups (record.largest).";
    });
  };
  CHECK(said("20") == 1);
  CHECK(said("25") == 0);
}

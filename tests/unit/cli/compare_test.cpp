#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/comparable.hpp"
#include "command_line.hpp"

using namespace kith::cli;
using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::write_file;
using Json = nlohmann::json;

namespace {

/// Runs first-steps into a file of the folder, with more words.
std::string run(const ScratchFolder& folder, const std::string& name, Words words = {}) {
  const std::string path = folder / name;
  words.insert(words.begin(), {"run", "first-steps", "-q", "-o", path});
  REQUIRE(invoke(words).status == 0);
  return path;
}

}  // namespace

TEST_CASE("two runs are compared over replicates, B minus A, with what differs in their scenarios") {
  const ScratchFolder folder;
  const std::string a = run(folder, "a.h5", {"--replicates", "3"});
  const std::string b = run(folder, "b.h5", {"--replicates", "3", "--seed", "11"});
  const Outcome outcome = invoke({"compare", a, b});
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  for (const char* part :
       {"what differs\n", "seed", "population at the end\n", "connection", "0.01", "B − A", "unpaired"})
    CHECK(contains(outcome.out, part));
  CHECK_FALSE(contains(outcome.out, "variance reduction"));
  const Json json = Json::parse(invoke({"compare", a, b, "--json"}).out);
  const Json& row = json["tables"][1]["rows"][0];
  CHECK(row[0]["text"] == "connection");
  CHECK(row[3]["value"].get<double>() == Approx(row[2]["value"].get<double>() - row[1]["value"].get<double>()));
}

TEST_CASE("runs of the same people and chance are paired when asked") {
  const ScratchFolder folder;
  const std::string a = run(folder, "a.h5", {"--replicates", "2"});
  const std::string b = run(folder, "b.h5", {"--replicates", "2", "--theory", "none"});
  CHECK(contains(invoke({"compare", a, b}).out, "--paired compares"));
  const Outcome outcome = invoke({"compare", a, b, "--paired"});
  CHECK(outcome.status == 0);
  for (const char* part : {"theory.name", "variance reduction", "0 exactly", "× 4"}) CHECK(contains(outcome.out, part));
  CHECK(contains(invoke({"compare", a, a}).out, "The scenarios do not differ."));
}

TEST_CASE("runs that cannot be paired are refused with the keys that say why") {
  const ScratchFolder folder;
  const std::string a = run(folder, "a.h5", {"--replicates", "2"});
  const std::string b = run(folder, "b.h5", {"--seed", "5", "--set", "people.count=90", "--set", "time.days=4"});
  const Outcome outcome = invoke({"compare", a, b, "--paired"});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, "cannot be paired: they differ in people.count, replicates.count, seed\n"));
  CHECK(invoke({"compare", a, b}).status == 0);
}

TEST_CASE("runs whose scenarios have different keys are refused with the keys of both") {
  const ScratchFolder folder;
  const std::string a = run(folder, "a.h5");
  write_file(folder / "own.yaml", "kith: 1\ntitle: Own\narms: {placebo: {doses: [1 mg]}, other: {doses: [1 mg]}}\n");
  const std::string b = folder / "b.h5";
  REQUIRE(invoke({"run", folder / "own.yaml", "-q", "-o", b}).status == 0);
  const Outcome outcome = invoke({"compare", a, b});
  CHECK(outcome.status == 2);
  CHECK(contains(outcome.err, "a.h5: arms.naltrexone.doses\n"));
  CHECK(contains(outcome.err, "b.h5: arms.placebo.doses, arms.other.doses\n"));
}

TEST_CASE("what is no result, is missing or stopped early is not compared") {
  const ScratchFolder folder;
  const std::string a = run(folder, "a.h5");
  CHECK(invoke({"compare", a, folder / "missing.h5"}).status == 1);
  write_file(folder / "text.h5", "no result");
  CHECK(invoke({"compare", a, folder / "text.h5"}).status == 1);
  CHECK(invoke({"compare", a}).status == 2);
  REQUIRE(invoke({"run", "first-steps", "-q", "-o", folder / "part.h5", "--set", "time.fails_on=2"}).status == 1);
  const Outcome partial = invoke({"compare", a, folder / "part.h5"});
  CHECK(partial.status == 2);
  CHECK(contains(partial.err, "is not complete"));
}

TEST_CASE("a key that a differing choice brings is a difference, any other key of one side an obstacle") {
  const Leaves a{{"title", "One"}, {"theory.name", "botsa"}, {"theory.gain", "0.1"}, {"network.generate", "layers"}};
  const Leaves b{{"title", "Two"}, {"theory.name", "none"}, {"network.generate", "layers"}, {"network.extra", "1"}};
  const ScenarioDifference found = difference(a, b);
  REQUIRE(found.changed.size() == 3);
  CHECK(found.changed[2].key == "theory.gain");
  CHECK(found.changed[2].a == "0.1");
  CHECK_FALSE(found.changed[2].b.has_value());
  CHECK(found.only_a.empty());
  CHECK(found.only_b == std::vector<std::string>{"network.extra"});
  CHECK(keys_against_pairing(found).empty());
  CHECK(keys_against_pairing(difference({{"seed", "1"}}, {{"seed", "2"}})) == std::vector<std::string>{"seed"});
}

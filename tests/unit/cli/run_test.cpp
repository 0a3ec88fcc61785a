#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "command_line.hpp"

using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::FakeApplication;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::read_file;
using kith::testing::write_file;
using Json = nlohmann::json;

TEST_CASE("run prints title, summary, seed, tables, notes, warnings and fingerprint") {
  const Outcome outcome = invoke({"run", "first-steps", "--seed", "2016"});
  CHECK(outcome.status == 0);
  for (const char* part : {"First steps\n", "200 people", "seed 2016\n", "diary (1–7)", "−0.14", "fitted to nothing",
                           "Warning: this model has no science", "fingerprint "}) {
    INFO(part);
    CHECK(contains(outcome.out, part));
  }
  CHECK(contains(outcome.err, "nothing written; add -o OUT.h5"));
  CHECK(contains(outcome.err, "took "));
}

TEST_CASE("two runs print the same on standard output, another seed does not") {
  const std::string first = invoke({"run", "first-steps"}).out;
  CHECK(first == invoke({"run", "first-steps"}).out);
  CHECK(first != invoke({"run", "first-steps", "--seed", "2"}).out);
}

TEST_CASE("a quiet run writes nothing to standard error") {
  const Outcome outcome = invoke({"run", "first-steps", "--quiet"});
  CHECK(outcome.err.empty());
  CHECK(outcome.out == invoke({"run", "first-steps"}).out);
}

TEST_CASE("run as JSON is one object with all that the tables say") {
  const Outcome outcome = invoke({"run", "first-steps", "--json", "--seed", "18446744073709551615"});
  CHECK(outcome.status == 0);
  const Json result = Json::parse(outcome.out);
  CHECK(result["title"] == "First steps");
  CHECK(result["seed"] == 18446744073709551615U);
  CHECK(result["fingerprint"].get<std::string>().size() == 16);
  CHECK(result["output"].is_null());
  CHECK(result["seconds"] >= 0.0);
  CHECK(result["notes"].size() == 1);
  CHECK(result["warnings"].size() == 1);
  const Json& table = result["tables"][0];
  CHECK(table["columns"] == Json({"", "naltrexone", "placebo"}));
  CHECK(table["rows"][1][1] == Json({{"text", "−0.14"}, {"value", -0.14}}));
  CHECK(table["rows"][1][2]["value"].is_null());  // not a number
}

TEST_CASE("a seed may be any text") {
  for (const char* seed : {"heart of \"gold\"", "007", "a: b", "back\\slash", "- x", "true", "~"}) {
    INFO(seed);
    const Outcome outcome = invoke({"run", "first-steps", "--seed", seed});
    CHECK(outcome.status == 0);
    CHECK(outcome.err.find("error") == std::string::npos);
  }
  const ScratchFolder folder;
  REQUIRE(invoke({"run", "first-steps", "--seed", "heart of \"gold\"", "-o", folder / "a.h5"}).status == 0);
  CHECK(Json::parse(invoke({"info", folder / "a.h5", "--json"}).out)["seed_text"] == "heart of \"gold\"");
}

TEST_CASE("options change the scenario, the last --set wins") {
  const Outcome outcome =
      invoke({"run", "first-steps", "--theory", "none", "--set", "people.count=5", "--set", "people.count=6"});
  CHECK(contains(outcome.out, "6 people"));
  CHECK(contains(outcome.out, "theory none"));
}

TEST_CASE("a result is written, with where it comes from") {
  const ScratchFolder folder;
  const std::string path = folder / "my result.h5";
  const Outcome outcome = invoke({"run", "naltrexone-crossover", "-o", path, "--set", "time.days=4"});
  REQUIRE(outcome.status == 0);
  CHECK(contains(outcome.err, "wrote " + path));
  const Json info = Json::parse(invoke({"info", path, "--json"}).out);
  CHECK(info["title"] == "Naltrexone crossover");
  CHECK(info["state"] == "complete");
  CHECK(contains(outcome.out, info["fingerprint"].get<std::string>()));
  CHECK(contains(info["provenance"]["command_line"], "-o '" + path + "' --set time.days=4"));
  CHECK(contains(info["provenance"]["scenario"], "title: Naltrexone crossover"));
  CHECK(contains(info["provenance"]["scenario_resolved"], "days: 4"));
  CHECK(info["scenario_hash"].get<std::string>().size() == 16);
  REQUIRE(info["tables"].size() == 1);
  CHECK(info["tables"][0]["dimensions"][0]["size"] == 2);
  CHECK(info["tables"][0]["dimensions"][1]["last"] == 96.0);
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  CHECK(files == 1);
}

TEST_CASE("an existing output is refused before anything is computed, and replaced with --force") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  write_file(path, "precious");
  const int runs = FakeApplication::runs;
  const Outcome refused = invoke({"run", "first-steps", "-o", path});
  CHECK(refused.status == 6);
  CHECK(contains(refused.err, "--force"));
  CHECK(FakeApplication::runs == runs);
  CHECK(read_file(path) == "precious");
  const Outcome forced = invoke({"run", "first-steps", "-o", path, "--force"});
  CHECK(forced.status == 6);
  CHECK(contains(forced.err, "is no result of Kith"));
  CHECK(FakeApplication::runs == runs);
  CHECK(read_file(path) == "precious");
  std::filesystem::remove(path);
  CHECK(invoke({"run", "first-steps", "-o", path}).status == 0);
  CHECK(invoke({"run", "first-steps", "-o", path}).status == 6);
  CHECK(invoke({"run", "first-steps", "-o", path, "--force"}).status == 0);
  CHECK(invoke({"info", path}).status == 0);
}

TEST_CASE("the scenario, a folder, a device and standard output are no outputs, whatever is forced") {
  const ScratchFolder folder;
  const std::string scenario = folder / "my.yaml";
  write_file(scenario, "kith: 1\ntitle: Mine\n");
  CHECK(invoke({"run", scenario, "-o", scenario, "--force"}).status == 6);
  CHECK(read_file(scenario) == "kith: 1\ntitle: Mine\n");
  CHECK(invoke({"run", scenario, "-o", folder.path(), "--force"}).status == 6);
  CHECK(invoke({"run", scenario, "-o", "/dev/null", "--force"}).status == 6);
  CHECK(invoke({"run", scenario, "-o", "-"}).status == 2);
  CHECK(invoke({"run", scenario, "-o", folder / "no/such/folder.h5"}).status == 6);
}

TEST_CASE("a failing run keeps what was computed and says how to see it") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  const Outcome outcome = invoke({"run", "first-steps", "-o", path, "--set", "time.fails_on=3", "--seed", "two words"});
  CHECK(outcome.status == 1);
  CHECK(contains(outcome.err, "person 7 fell over"));
  CHECK(contains(outcome.err,
                 "to see it: kith replay first-steps --set time.fails_on=3 --seed 'two words' --replicate 0"));
  CHECK(contains(outcome.err, path + ".parts"));
  CHECK_FALSE(std::filesystem::exists(path));

  const Outcome info = invoke({"info", path});
  CHECK(info.status == 0);
  CHECK(contains(info.out, "partial: "));
  CHECK(contains(info.out, "fell over"));
  CHECK(contains(info.out, "time 2 (to 48 h)"));
  const Outcome again = invoke({"run", "first-steps", "-o", path});
  CHECK(again.status == 0);
  CHECK(contains(again.err, "note: " + path + ".parts held what an earlier run had saved"));
  CHECK(invoke({"info", folder / "out-earlier.h5"}).status == 0);
  CHECK_FALSE(std::filesystem::exists(path + ".parts"));
}

TEST_CASE("an interval between saves longer than any time is refused, and the longest works") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  for (const char* time : {"300y", "1e300 a", "201 a"}) {
    const Outcome refused = invoke({"run", "first-steps", "-o", path, "--save-every", time});
    CHECK(refused.status == 2);
    CHECK(contains(refused.err, "200 years"));
  }
  CHECK(invoke({"run", "first-steps", "-o", path, "--save-every", "200a", "--set", "time.pause=0.1 s"}).status == 0);
}

TEST_CASE("a failing run without an output writes nothing and ends with exit status 1") {
  const Outcome outcome = invoke({"run", "first-steps", "--set", "time.fails_on=1"});
  CHECK(outcome.status == 1);
  CHECK(contains(outcome.err, "nothing was written"));
}

TEST_CASE("one replicate runs alone") {
  const ScratchFolder folder;
  REQUIRE(invoke({"run", "naltrexone-crossover", "--replicate", "1", "-o", folder / "one.h5"}).status == 0);
  const Json info = Json::parse(invoke({"info", folder / "one.h5", "--json"}).out);
  CHECK(info["tables"][0]["dimensions"][0]["size"] == 1);
}

TEST_CASE("a table is exported as CSV, listed, and its name corrected") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  REQUIRE(invoke({"run", "naltrexone-crossover", "-o", path}).status == 0);
  CHECK(contains(invoke({"export", path}).out, "population"));
  const Outcome csv = invoke({"export", path, "--table", "population"});
  CHECK(csv.status == 0);
  CHECK(csv.out.starts_with("replicate,time,connection\n0,24,0.501\n"));
  CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 1 + 2 * 3);
  CHECK(csv.out == invoke({"export", path, "--table", "population", "--csv", "-"}).out);

  const std::string file = folder / "out.csv";
  CHECK(invoke({"export", path, "--table", "population", "--csv", file}).status == 0);
  CHECK(read_file(file) == csv.out);
  CHECK(invoke({"export", path, "--table", "population", "--csv", file}).status == 6);
  const Outcome wrong = invoke({"export", path, "--table", "popluation"});
  CHECK(wrong.status == 2);
  CHECK(contains(wrong.err, "did you mean population?"));
  CHECK(invoke({"export", path, "--csv", file, "--force"}).status == 2);
}

TEST_CASE("info tells title, state, seed, version and each variable with its long name") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  REQUIRE(invoke({"run", "first-steps", "--seed", "5", "-o", path}).status == 0);
  const Outcome info = invoke({"info", path});
  CHECK(info.status == 0);
  for (const char* part :
       {"First steps\n", "complete", "seed         5\n", "population: means over people", "felt connection"}) {
    INFO(part);
    CHECK(contains(info.out, part));
  }
}

TEST_CASE("info refuses what is no result") {
  const ScratchFolder folder;
  write_file(folder / "text.h5", "hello");
  for (const std::string& path : {folder / "text.h5", folder / "absent.h5"}) {
    const Outcome outcome = invoke({"info", path});
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, path));
  }
}

#include "cli/side_by_side.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "command_line.hpp"

using kith::Report;
using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::FakeApplication;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::write_file;
using Json = nlohmann::json;

TEST_CASE("several theories run side by side: one report, a row of each under the other, alike rows once") {
  const Report first{.title = "t",
                     .tables = {{"A", {"", "x"}, {{{"row", {}}, {"1", 1.0}}, {{"same", {}}, {"7", 7.0}}}},
                                {"B", {"", "y"}, {{{"row", {}}, {"5", 5.0}}}}},
                     .notes = {"both", "first"},
                     .warnings = {"careful"}};
  const Report second{.title = "t",
                      .tables = {{"A", {"", "x"}, {{{"row", {}}, {"2", 2.0}}, {{"same", {}}, {"7", 7.0}}}},
                                 {"B", {"", "z"}, {{{"row", {}}, {"6", 6.0}}}}},
                      .notes = {"both", "second"},
                      .warnings = {"careful"}};
  const Report all = kith::cli::joined({"botsa", "none"}, {first, second});
  REQUIRE(all.tables.size() == 3);  // B has other columns under none
  REQUIRE(all.tables[0].rows.size() == 3);
  CHECK(all.tables[0].rows[0][0].text == "row · botsa");
  CHECK(all.tables[0].rows[0][1].value == 1.0);
  CHECK(all.tables[0].rows[1][0].text == "row · none");
  CHECK(all.tables[0].rows[1][1].value == 2.0);
  CHECK(all.tables[0].rows[2][0].text == "same · all");
  CHECK(all.tables[1].rows[0][0].text == "row · botsa");
  CHECK(all.tables[2].rows[0][0].text == "row · none");
  CHECK(all.notes == std::vector<std::string>{"both", "first", "second"});
  CHECK(all.warnings.size() == 1);
}

TEST_CASE("the option --theory takes all or a list, and each theory keeps to itself") {
  const int before = FakeApplication::runs;
  const Outcome all = invoke({"run", "first-steps", "--theory", "all", "--json"});
  CHECK(all.status == 0);
  CHECK(FakeApplication::runs == before + 2);
  const Json result = Json::parse(all.out);
  CHECK(contains(result["summary"].get<std::string>(), "side by side: botsa, none"));
  const std::string both = result["fingerprint"];
  CHECK(both == Json::parse(invoke({"run", "first-steps", "--theory", "botsa,none", "--json"}).out)["fingerprint"]);
  CHECK(both != Json::parse(invoke({"run", "first-steps", "--json"}).out)["fingerprint"]);
  CHECK(both !=
        Json::parse(
            invoke({"run", "first-steps", "--theory", "none,botsa", "--json", "--seed", "3"}).out)["fingerprint"]);
}

TEST_CASE("a theory that does not exist, or stands twice, is refused with the nearest name and nothing is run") {
  const int before = FakeApplication::runs;
  const Outcome unknown = invoke({"run", "first-steps", "--theory", "botsa,nine"});
  CHECK(unknown.status == 2);
  CHECK(contains(unknown.err, "\"nine\""));
  CHECK(contains(unknown.err, "did you mean none?"));
  const Outcome twice = invoke({"run", "first-steps", "--theory", "none,none"});
  CHECK(twice.status == 2);
  CHECK(contains(twice.err, "none stands there twice"));
  CHECK(invoke({"run", "first-steps", "--theory", "botsa,"}).status == 2);
  CHECK(FakeApplication::runs == before);
}

TEST_CASE("a run side by side that fails tells the command that repeats the one that failed") {
  const Outcome failed = invoke({"run", "first-steps", "--theory", "all", "--set", "time.fails_on=2"});
  CHECK(failed.status == 1);
  CHECK(contains(failed.err, "to see it: kith replay first-steps --set time.fails_on=2"));
  CHECK_FALSE(contains(failed.err, "--theory all"));
}

TEST_CASE("the tables of several theories are in one file, each under its name, with what each changes") {
  const ScratchFolder folder;
  const std::string path = folder / "all.h5";
  CHECK(invoke({"run", "first-steps", "--theory", "all", "-o", path}).status == 0);
  const std::string shown = invoke({"info", path}).out;
  for (const char* table : {"population_botsa", "population_none"}) CHECK(contains(shown, table));
  CHECK(contains(invoke({"info", path, "--json"}).out, "tables *_none: theory=none"));
}

TEST_CASE("the table of signs is asked for with people and theories") {
  CHECK(invoke({"evidence", "--signs", "--people", "5"}).status == 2);
  CHECK(contains(invoke({"evidence", "--signs", "--theory", "nine"}).err, "did you mean none?"));
  const Outcome signs = invoke({"evidence", "--signs", "--theory", "none", "--people", "50", "--json"});
  CHECK(signs.status == 0);
  const Json result = Json::parse(signs.out);
  CHECK(result["tables"][0]["rows"][0][1]["value"] == 50.0);
  CHECK(result["tables"][0]["rows"][0][1]["text"] == "none");
}

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/results.hpp"
#include "command_line.hpp"
#include "plot/forest.hpp"

using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::read_file;
using kith::testing::write_file;
using namespace kith::cli;
using namespace kith::plot;
using Json = nlohmann::json;

TEST_CASE("evidence takes the shipped experiments, or files, under the theories that are named") {
  const Outcome shipped = invoke({"evidence", "--json"});
  CHECK(shipped.status == 0);
  const Json cells = Json::parse(shipped.out)["tables"].back();
  REQUIRE(cells["rows"].size() == 2);
  CHECK(cells["rows"][0][0]["text"] == "evidence/tomova_2020");
  CHECK(cells["rows"][1][2]["text"] == "kith run evidence/tomova_2020 --set theory=none");
  const ScratchFolder folder;
  const std::string mine = folder / "mine.yaml";
  write_file(mine, "kith: 1\ntitle: Mine\n");
  const Outcome own = invoke({"evidence", mine, "first-steps", "--theory", "none", "--replicates", "7", "--json"});
  CHECK(own.status == 0);
  const Json rows = Json::parse(own.out)["tables"].back()["rows"];
  REQUIRE(rows.size() == 2);
  CHECK(contains(rows[0][2]["text"], "mine.yaml --set theory=none --replicates 7"));
  CHECK_FALSE(contains(own.out, "recovered"));
  CHECK(contains(invoke({"evidence", "--recover"}).out, "recovered"));
  CHECK(contains(invoke({"evidence"}).out, "fingerprint 0123456789abcdef"));
}

TEST_CASE("evidence takes the same file once, however it is named, and all theories beside a named one") {
  const ScratchFolder folder;
  const std::string mine = folder / "mine.yaml";
  write_file(mine, "kith: 1\ntitle: Mine\n");
  const std::string again = folder.path() + "/./mine.yaml";
  const Outcome twice = invoke({"evidence", mine, again, "--theory", "none,all", "--json"});
  REQUIRE(twice.status == 0);
  CHECK(Json::parse(twice.out)["tables"].back()["rows"].size() == 2);
  CHECK(invoke({"evidence", mine, "--theory", "none,none"}).status == 2);
}

TEST_CASE("a result of many experiments is not replayed as a run, and its page tells the command that made it") {
  if (!has_result_files()) return;
  const ScratchFolder folder;
  const std::string result = folder / "e.h5";
  REQUIRE(invoke({"evidence", "-o", result}).status == 0);
  const Outcome again = invoke({"replay", result});
  CHECK(again.status == 2);
  CHECK(contains(again.err, "is a result of kith evidence"));
  CHECK(contains(again.err, "to see it again: kith evidence -o " + result));
  const std::string page = folder / "e.html";
  REQUIRE(invoke({"report", result, "-o", page}).status == 0);
  CHECK_FALSE(contains(read_file(page), "kith replay"));
  CHECK(contains(read_file(page), "kith evidence -o"));
}

TEST_CASE("evidence refuses what does not go together, and tells the mistakes of a file") {
  CHECK(invoke({"evidence", "--signs", "first-steps"}).status == 2);
  CHECK(invoke({"evidence", "--signs", "--recover"}).status == 2);
  CHECK(invoke({"evidence", "--people", "50"}).status == 2);
  CHECK(invoke({"evidence", "--replicates", "1"}).status == 2);
  CHECK(invoke({"evidence", "--theory", "nine"}).status == 2);
  CHECK(invoke({"evidence", "nowhere.yaml"}).status == 3);
  const ScratchFolder folder;
  const std::string wrong = folder / "wrong.yaml";
  write_file(wrong, "kith: 1\ntitel: Mine\n");
  const Outcome refused = invoke({"evidence", wrong});
  CHECK(refused.status == 3);
  CHECK(contains(refused.err, ":2:1: error"));
}

TEST_CASE("evidence writes a file of results and a drawing, and overwrites nothing") {
  const ScratchFolder folder;
  const std::string result = folder / "e.h5";
  const std::string plot = folder / "e.svg";
  CHECK(invoke({"evidence", "-o", result, "--plot", plot}).status == 0);
  CHECK(contains(read_file(plot), "A forest &lt;of fakes&gt;"));
  CHECK(contains(invoke({"info", result}).out, "evidence"));
  CHECK(contains(invoke({"info", result, "--json"}).out, "0123456789abcdef"));
  CHECK(invoke({"evidence", "-o", result}).status == 6);
  CHECK(invoke({"evidence", "--plot", plot}).status == 6);
  CHECK(invoke({"evidence", "-o", result, "--plot", plot, "--force"}).status == 0);
}

TEST_CASE(
    "a forest plot draws squares with intervals, diamonds, arrows, rings, and heads where an interval leaves the "
    "axis") {
  Forest forest{.title = "F", .notes = {"g"}, .limit = 1.0, .panels = {"p"}, .rows = {}, .tones = {"published"}};
  const auto count = [&](const std::string& part) {
    const std::string svg = forest_svg(forest);
    std::size_t number = 0;
    for (std::size_t at = svg.find(part); at != std::string::npos; at = svg.find(part, at + 1)) ++number;
    return number;
  };
  const std::size_t bare = count("<line");
  const std::size_t rects = count("<rect");
  forest.rows = {{.label = "a heading"}, {.label = "a", .cells = {{.direction = -1}}}};
  CHECK(count("<polygon") == 1);
  CHECK(count("<line") == bare + 1);
  CHECK(count("<rect") == rects);  // no estimate is invented for a direction
  forest.rows = {{.label = "a", .cells = {{.direction = 0}}}};
  CHECK(count("<circle") == 1);
  CHECK(count("<line") == bare);
  forest.rows = {{.label = "a", .cells = {{.point = ForestPoint{.value = 0.5, .low = 0.2, .high = 0.8}}}}};
  CHECK(count("<rect") == rects + 1);
  CHECK(count("<polygon") == 0);
  forest.rows[0].cells[0].point->inner = {0.4, 0.6};
  CHECK(count("<rect") == rects + 2);
  forest.rows[0].cells[0].band = 0.1;
  CHECK(count("\"b5\"") == 1);
  forest.rows = {{.label = "a", .cells = {{.point = ForestPoint{.value = 0.5, .low = -1.2, .high = 1.8}}}}};
  CHECK(count("<polygon") == 2);
  forest.rows = {
      {.label = "a", .cells = {{.point = ForestPoint{.value = 0.5, .low = 0.2, .high = 0.8}}}, .is_summary = true}};
  CHECK(count("<polygon") == 1);
  CHECK(count("<rect") == rects);
}

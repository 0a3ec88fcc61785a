#include <catch2/catch.hpp>
#include <filesystem>

#include "demo.hpp"

using kith::config::Document;
using kith::config::InvalidScenario;
using kith::config::Section;

namespace {
const std::string valid = "kith: 1\ntime: {duration: 22 d}\nnetwork: {generate: layers}\n";
}

TEST_CASE("values arrive in canonical units") {
  const demo::Scenario s = demo::read_text(
      "kith: 1\nseed: 9223372036854775807\nreplicates: 1e3\ntime: {duration: 22 d, tick: 15 min, start: Tue 07:30}\n"
      "network: {generate: small_world, rewiring: 10 %}\n"
      "trial: {arms: {b: {drug: x, doses: 50 mg}, a: {drug: 5, doses: [0.025 g, 50 mg]}}}\nmeasures: [{at: 21:00}]\n");
  CHECK(s.seed == 9223372036854775807);
  CHECK(s.replicates == 1000);
  CHECK(s.duration == 528.0);
  CHECK(s.tick == 0.25);
  CHECK(s.start == 31.5);
  CHECK(s.rewiring == 0.1);
  REQUIRE(s.arms.size() == 2);
  CHECK(s.arms[0].name == "b");  // the order of the file
  CHECK(s.arms[0].doses == std::vector<double>{50.0});
  CHECK(s.arms[1].doses == std::vector<double>{25.0, 50.0});
  CHECK(s.arms[1].drug == "5");
  CHECK(s.times == std::vector<double>{21.0});
}

TEST_CASE("overrides change, add, append and expand the short form") {
  CHECK(demo::read_text(valid, {"people.count=7"}).count == 7);
  CHECK(demo::read_text(valid + "people: {count: 5}\n", {"people.count=7", "people.count=8"}).count == 8);
  CHECK(demo::read_text(valid + "measures: [{at: \"08:00\"}]\n", {"measures.1.at=09:00"}).times ==
        std::vector<double>{8.0, 9.0});
  CHECK(demo::read_text(valid, {"measures.0={at: \"10:00\"}"}).times == std::vector<double>{10.0});
  const demo::Scenario s = demo::read_text(valid + "theory: none\n", {"theory.approach_gain=0.7"});
  CHECK(s.theory == "none");
  CHECK(s.gain == 0.7);
  CHECK(demo::read_text(valid + "theory: {approach_gain: 0.7}\n", {"theory=none"}).gain == 0.2);
}

TEST_CASE("of an item that is addressed by its name the place is told") {
  const auto answer = [](const std::string& path) -> std::string {
    try {
      Document document =
          Document::from_text("events: [{name: rain}, {name: snow}, {at: 2 d}]\n", "s.yaml", {{path + "=1 d"}});
      document.root().list({.key = "events", .doc = "What happens."}, [](Section& event) {
        event.text({.key = "name", .fallback = "", .doc = "Its name."});
        event.text({.key = "at", .fallback = "", .doc = "When."});
      });
      document.check();
    } catch (const InvalidScenario& error) {
      return print(error.mistakes().front());
    }
    return "";
  };
  CHECK(answer("events.snow.at").find("write events.1: it is called \"snow\"") != std::string::npos);
  CHECK(answer("events.hail.at").find("events has no item \"hail\"") != std::string::npos);
  CHECK(answer("events.0.at").empty());
}

TEST_CASE("a value or a list in place of a mapping stands for the key that takes it") {
  const auto tables = [](const std::string& text, const std::vector<kith::config::Override>& changes = {}) {
    Document document = Document::from_text("keep: " + text + "\n", "s.yaml", changes);
    Section keep = document.root().section({.key = "keep", .doc = "What is kept."}, "tables");
    std::vector<std::string> all = keep.texts({.key = "tables", .fallback = "[c]", .doc = "Names."});
    all.push_back(keep.text({.key = "rows", .fallback = "last", .doc = "Which."}));
    return all;
  };
  using Texts = std::vector<std::string>;
  CHECK(tables("[a, b]") == Texts{"a", "b", "last"});
  CHECK(tables("a") == Texts{"a", "last"});
  CHECK(tables("{tables: [a], rows: all}") == Texts{"a", "all"});
  CHECK(tables("{rows: all}") == Texts{"c", "all"});
  CHECK(tables("[a, b]", {{"keep=[d]"}}) == Texts{"d", "last"});
}

TEST_CASE("the resolved scenario shows every value and marks the defaults") {
  std::string resolved;
  demo::read_text(valid + "people: {count: 100, users: 30 %}\n", {}, &resolved);
  CHECK(resolved.find("  users: 0.3\n") != std::string::npos);
  CHECK(resolved.find("  tick: 1 h  # default\n") != std::string::npos);
  CHECK(resolved.find("  duration: 22 d\n") != std::string::npos);
  CHECK(resolved.find("measures: []  # default\n") != std::string::npos);
}

TEST_CASE("files are found from the scenario's folder, those of --set from the working folder") {
  const std::string text = "kith: 1\ntime: {duration: 22 d}\nnetwork: {file: a.csv}\n";
  Document document = Document::from_text(text, "s.yaml", {}, "/data");
  CHECK(demo::read(document.root()).file == "/data/a.csv");
  Document changed = Document::from_text(text, "s.yaml", {{"network.file=b.csv"}}, "/data");
  CHECK(demo::read(changed.root()).file == "b.csv");
  const std::string absolute = (std::filesystem::current_path() / "b.csv").string();
  CHECK(changed.resolved().find(absolute) != std::string::npos);
}

TEST_CASE("a wrong specification is an error of the programmer") {
  Document document = Document::from_text(valid, "s.yaml");
  Section root = document.root();
  CHECK_THROWS_AS(root.number({.key = "x", .unit = "h", .fallback = "1 mg"}), std::logic_error);
  CHECK_THROWS_AS(root.number({.key = "x", .fallback = "2", .max = "1"}), std::logic_error);
  CHECK_THROWS_AS(root.number({.key = "x", .unit = "furlong"}), std::invalid_argument);
}

TEST_CASE("an invalid scenario ends with exit status 3 and counts its mistakes") {
  try {
    demo::read_text("kith: 2\ntime: {}\nnetwork: {generate: layers}\n");
    FAIL("no mistake was found");
  } catch (const InvalidScenario& error) {
    CHECK(error.kind() == kith::ErrorKind::invalid_scenario);
    CHECK(error.mistakes().size() == 2);
    CHECK(std::string(error.what()).ends_with("2 mistakes"));
  }
}

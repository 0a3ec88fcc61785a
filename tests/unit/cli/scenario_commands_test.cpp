#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "command_line.hpp"

using kith::ScratchFolder;
using kith::testing::contains;
using kith::testing::invoke;
using kith::testing::Outcome;
using kith::testing::read_file;
using kith::testing::write_file;
using Json = nlohmann::json;

TEST_CASE("list shows each shipped scenario and problem with its title") {
  const Outcome outcome = invoke({"list"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out ==
        "first-steps           First steps\nnaltrexone-crossover  Naltrexone crossover\n"
        "evidence/tomova_2020  First steps\nfits/small            A small problem\n");
}

TEST_CASE("new copies a scenario with its comments, names its schema, and overwrites nothing") {
  const ScratchFolder folder;
  const std::string path = folder / "my.yaml";
  const Outcome first = invoke({"new", "first-steps", "-o", path});
  CHECK(first.status == 0);
  CHECK(contains(first.err, "with a schema beside it: kith schema --draft 7 > " + (folder / "kith.schema.json")));
  const std::string text = read_file(path);
  CHECK(text == "# yaml-language-server: $schema=kith.schema.json\n# $schema: kith.schema.json\n" +
                    invoke({"new", "first-steps"}).out);
  CHECK(contains(text, "# choice"));

  write_file(path, "mine");
  const Outcome refused = invoke({"new", "first-steps", "-o", path});
  CHECK(refused.status == 6);
  CHECK(contains(refused.err, "--force"));
  CHECK(read_file(path) == "mine");
  CHECK(invoke({"new", "first-steps", "-o", path, "--force"}).status == 0);
  CHECK(read_file(path) == text);

  CHECK(invoke({"new", "first-steps", "-o", folder / "no/such/folder.yaml"}).status == 6);
  CHECK(invoke({"new", "first-steps", "-o", "-"}).out == invoke({"new", "first-steps"}).out);
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  CHECK(files == 1);  // no temporary file stays
}

TEST_CASE("new copies a calibration problem and says what comes next") {
  const ScratchFolder folder;
  const std::string path = folder / "my.yaml";
  const Outcome outcome = invoke({"new", "fits/small", "-o", path});
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.err, "next: kith fit " + path));
  CHECK(contains(outcome.err, "kith schema fit --draft 7 > " + (folder / "fit.schema.json")));
  CHECK(read_file(path).starts_with("# yaml-language-server: $schema=fit.schema.json\n"));
  CHECK(contains(invoke({"validate", path}).out, "1 parameter estimated from 1 measurement"));
}

TEST_CASE("explain tells the keys of calibration problems, and one of them in full") {
  const Outcome all = invoke({"explain", "fit"});
  CHECK(all.status == 0);
  for (const char* key : {"parameters.*.bounds", "observables.*.less_control", "measurements.[].diaries", "seed"})
    CHECK(contains(all.out, key));
  const Outcome one = invoke({"explain", "fit", "diaries"});
  CHECK(one.status == 0);
  CHECK(contains(one.out, "A CSV with the columns person, day, arm and rating."));
  const Outcome sweep = invoke({"explain", "sweep", "samples"});
  CHECK(sweep.status == 0);
  CHECK(contains(sweep.out, "How many trajectories."));
  CHECK(contains(invoke({"explain", "sweep", "sampels"}).err, "no key of the design of a sweep is called \"sampels\""));
  const Outcome none = invoke({"explain", "fit", "diarys"});
  CHECK(none.status == 2);
  CHECK(contains(none.err, "did you mean measurements.[].diaries"));
}

TEST_CASE("new suggests the nearest scenario") {
  const Outcome outcome = invoke({"new", "first-step"});
  CHECK(outcome.status == 2);
  CHECK(contains(outcome.err, "did you mean first-steps?"));
}

TEST_CASE("a file of ties given as a scenario is answered with the way to look at it") {
  const ScratchFolder folder;
  for (const std::string name : {"school.net", "ties.csv", "ties.csv.gz"}) {
    const std::string path = folder / name;
    write_file(path, "*Vertices 2\n*Edges\n1 2\n");
    for (const std::string command : {"run", "validate", "network"}) {
      const Outcome outcome = invoke({command, path});
      CHECK(outcome.status == 3);
      CHECK(contains(outcome.err, "kith network real-network --set network.file=" + path + "\n"));
    }
  }
  CHECK(contains(invoke({"run", folder / "none.csv"}).err, "no such file"));
  const std::string odd = folder / "scenario.netting";
  write_file(odd, "a: [");
  CHECK_FALSE(contains(invoke({"run", odd}).err, "real-network"));
}

TEST_CASE("validate says that a scenario is valid") {
  const Outcome outcome = invoke({"validate", "first-steps"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with("first-steps: valid\n"));
  CHECK(outcome.err.empty());
}

TEST_CASE("validate tells what the study knows before it runs, and what is wrong then") {
  const Outcome right = invoke({"validate", "first-steps"});
  CHECK(contains(right.out, "  Everybody can take part.\nWarning: this model has no science\n"));
  const Json result = Json::parse(invoke({"validate", "first-steps", "--json"}).out);
  CHECK(result["notes"] == Json{"Everybody can take part."});
  CHECK(result["warnings"] == Json{"this model has no science"});
  const Outcome wrong = invoke({"validate", "first-steps", "--set", "people.count=13"});
  CHECK(wrong.status == 3);
  CHECK(contains(wrong.err, "first-steps:4:1: error: nobody can take part (13 people are too few) take 14"));
  CHECK_FALSE(contains(invoke({"validate", "first-steps", "--resolved"}).out, "Everybody"));
}

TEST_CASE("validate shows all mistakes at once, each with its place, and exit status 3") {
  const ScratchFolder folder;
  const std::string path = folder / "bad.yaml";
  write_file(path, "kith: 1\ntitle: Bad\npeople: {cuont: 5}\ntime: {days: 0}\n");
  const Outcome outcome = invoke({"validate", path});
  CHECK(outcome.status == 3);
  CHECK(outcome.out.empty());
  CHECK(contains(outcome.err, path + ":3:10: error: "));
  CHECK(contains(outcome.err, path + ":4:14: error: "));
  CHECK(contains(outcome.err, "^"));

  const Outcome for_programs = invoke({"validate", path, "--json"});
  CHECK(for_programs.status == 3);
  CHECK(for_programs.err.empty());
  const Json result = Json::parse(for_programs.out);
  CHECK(result["valid"] == false);
  REQUIRE(result["mistakes"].size() == 2);
  CHECK(result["mistakes"][0]["line"] == 3);
  CHECK(result["mistakes"][1]["column"] == 14);
}

TEST_CASE("the resolved scenario is valid and resolves to itself") {
  const ScratchFolder folder;
  const std::string path = folder / "resolved.yaml";
  const Outcome first = invoke({"validate", "first-steps", "--resolved", "--set", "time.days=9"});
  CHECK(first.status == 0);
  CHECK(contains(first.out, "days: 9"));
  write_file(path, first.out);
  const Outcome second = invoke({"validate", path, "--resolved"});
  CHECK(second.status == 0);
  CHECK(contains(second.out, "days: 9"));
  const Json result = Json::parse(invoke({"validate", path, "--json", "--resolved"}).out);
  CHECK(result["valid"] == true);
  CHECK(result["resolved"] == second.out);
}

TEST_CASE("changes on the command line are checked like the scenario") {
  CHECK(invoke({"validate", "first-steps", "--set", "people.count=0"}).status == 3);
  CHECK(invoke({"validate", "first-steps", "--set", "nonsense"}).status == 3);
  CHECK(invoke({"validate", "first-steps", "--replicates", "many"}).status == 3);
  const Outcome outcome = invoke({"validate", "first-steps", "--theory", "bosta"});
  CHECK(outcome.status == 3);
  CHECK(contains(outcome.err, "botsa"));
}

TEST_CASE("a missing file that resembles a shipped scenario says so") {
  for (const char* name : {"first-step", "first-steps.yaml", "no/such/folder/first-steps.yml"}) {
    INFO(name);
    const Outcome outcome = invoke({"validate", name});
    CHECK(outcome.status == 3);
    CHECK(contains(outcome.err, "kith new first-steps"));
  }
  const Outcome other = invoke({"validate", "utterly-different.yaml"});
  CHECK(other.status == 3);
  CHECK_FALSE(contains(other.err, "kith new"));
}

TEST_CASE("a file wins over a shipped scenario of the same name, a folder does not") {
  const ScratchFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  write_file("first-steps", "kith: 1\ntitle: Mine\n");
  const Outcome mine = invoke({"run", "first-steps"});
  std::filesystem::remove("first-steps");
  std::filesystem::create_directory("first-steps");
  const Outcome shipped = invoke({"run", "first-steps"});
  std::filesystem::current_path(before);
  CHECK(contains(mine.out, "Mine"));
  CHECK(contains(shipped.out, "First steps"));
}

TEST_CASE("explain finds a key by path, by filled-in or left-out free names, and by its end") {
  for (const char* word : {"arms.*.doses", "arms.naltrexone.doses", "arms.doses", "doses"}) {
    INFO(word);
    const Outcome outcome = invoke({"explain", word});
    CHECK(outcome.status == 0);
    CHECK(contains(outcome.out, "arms.*.doses"));
    CHECK(contains(outcome.out, "Doses in order."));
    CHECK(contains(outcome.out, "mg"));
    CHECK_FALSE(contains(outcome.out, "people.count"));
  }
}

TEST_CASE("explain lists what lies below a key, and the keys that end alike") {
  const Outcome part = invoke({"explain", "people"});
  CHECK(part.status == 0);
  CHECK(contains(part.out, "The population."));
  CHECK(contains(part.out, "people.count"));
  const Outcome several = invoke({"explain", "count"});
  CHECK(several.status == 0);
  CHECK(contains(several.out, "people.count"));
  CHECK(contains(several.out, "replicates.count"));
}

TEST_CASE("explain prints every key that takes a value as one table in Markdown") {
  const Outcome outcome = invoke({"explain", "--markdown"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with("| key | default | range | mark | meaning | source |\n|---|---|---|---|---|---|\n"));
  CHECK(contains(outcome.out, "| `people.count` | "));
  CHECK_FALSE(contains(outcome.out, "| `people` | "));
  CHECK(invoke({"explain", "people", "--markdown"}).status == 2);
}

TEST_CASE("explain knows drugs and theories, and overviews all of it") {
  CHECK(contains(invoke({"explain", "naltrexone"}).out, "Half-life 4 h."));
  const std::string botsa = invoke({"explain", "botsa"}).out;
  CHECK(botsa.find("low opioid tone") == botsa.rfind("low opioid tone"));
  const Outcome all = invoke({"explain"});
  CHECK(all.status == 0);
  for (const char* word : {"people", "theory", "naltrexone", "botsa"}) CHECK(contains(all.out, word));
}

TEST_CASE("explain suggests the nearest word") {
  for (const auto& [word, wanted] : {std::pair{"naltrexon", "naltrexone"}, {"people.cuont", "people.count"}}) {
    const Outcome outcome = invoke({"explain", word});
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, std::string("did you mean ") + wanted + "?"));
  }
}

TEST_CASE("schema prints a JSON Schema") {
  const Outcome outcome = invoke({"schema"});
  CHECK(outcome.status == 0);
  const Json schema = Json::parse(outcome.out);
  CHECK(contains(schema["$schema"].get<std::string>(), "2020-12"));
  CHECK(schema["properties"].contains("people"));

  Json older = Json::parse(invoke({"schema", "--draft", "7"}).out);
  CHECK(older["$schema"] == "http://json-schema.org/draft-07/schema#");
  older["$schema"] = schema["$schema"];
  CHECK(older == schema);
  const Outcome unknown = invoke({"schema", "--draft", "4"});
  CHECK(unknown.status == 2);
  CHECK(contains(unknown.err, "write --draft 7, or --draft 2020-12"));
  CHECK(invoke({"schema", "--draft", "2020-12"}).out == outcome.out);
  CHECK(Json::parse(invoke({"schema", "fit"}).out)["title"] == "Kith calibration problem");
  CHECK(Json::parse(invoke({"schema", "design"}).out)["title"] == "Kith design of a sweep");
  CHECK(invoke({"schema", "scenario"}).out == outcome.out);
  CHECK(
      contains(invoke({"schema", "sweep"}).err, "write kith schema scenario, kith schema design, or kith schema fit"));
}

TEST_CASE("network measures a scenario's network, for people and for programs") {
  const Outcome table = invoke({"network", "first-steps", "--set", "people.count=12"});
  CHECK(table.status == 0);
  CHECK(contains(table.out, "Network of First steps"));
  CHECK(contains(table.out, "ties of a person, median"));
  CHECK(contains(table.out, "The ring was closed."));

  const Outcome json = invoke({"network", "first-steps", "--set", "people.count=12", "--json"});
  const Json measures = Json::parse(json.out);
  CHECK(measures["people"] == 12);
  CHECK(measures["ties"] == 12);
  CHECK(measures["mean_degree"] == 2.0);
  CHECK(measures["components"] == 1);
  CHECK(measures["mean_path"].get<double>() == Approx(36.0 / 11.0));  // (2·(1+2+3+4+5) + 6)/11
  CHECK(measures["assortativity"].is_null());                         // everybody has two ties
}

TEST_CASE("what is doubtful is said by validate and network, and is a mistake under --strict") {
  const std::vector<std::string> doubtful{"first-steps", "--set", "people.count=17"};
  const auto with = [&](const std::string& command, const std::vector<std::string>& more) {
    std::vector<std::string> words{command};
    words.insert(words.end(), doubtful.begin(), doubtful.end());
    words.insert(words.end(), more.begin(), more.end());
    return invoke(words);
  };
  for (const std::string command : {"validate", "network"}) {
    INFO(command);
    const Outcome said = with(command, {});
    CHECK(said.status == 0);
    CHECK(contains(said.out, "Warning: seventeen people bring bad luck"));
    CHECK(contains(with(command, {"--json"}).out, "seventeen people"));
    CHECK(invoke({command, "first-steps", "--strict"}).status == 0);
  }
  for (const std::string command : {"validate", "network", "run"}) {
    INFO(command);
    const Outcome refused = with(command, {"--strict"});
    CHECK(refused.status == 3);
    CHECK(contains(refused.err, "1 warning, and --strict takes it for a mistake:\n  seventeen people bring bad luck"));
  }
  CHECK(with("run", {"-q"}).status == 0);
}

TEST_CASE("network writes the columns of people") {
  const ScratchFolder folder;
  CHECK(invoke({"network", "first-steps", "--set", "people.count=3", "-o", folder / "x.csv"}).status == 0);
  CHECK(contains(read_file(folder / "x.csv"), ",source_age,target_age\n"));
  CHECK(invoke({"network", "first-steps", "--set", "people.count=3", "-o", folder / "x.graphml"}).status == 0);
  CHECK(contains(read_file(folder / "x.graphml"), "<node id=\"0\"><data key=\"p0\">40</data></node>"));
}

TEST_CASE("network keeps a copy in the format of the name, and replaces no file unless told to") {
  const ScratchFolder folder;
  const std::string graphml = folder / "ring.graphml";
  const std::string csv = folder / "ring.csv";
  CHECK(invoke({"network", "first-steps", "--set", "people.count=3", "-o", graphml}).status == 0);
  CHECK(contains(read_file(graphml), "<edge source=\"0\" target=\"2\">"));
  CHECK(invoke({"network", "first-steps", "--set", "people.count=3", "-o", csv}).status == 0);
  CHECK(contains(read_file(csv), "source,target,"));
  write_file(csv, "mine");
  CHECK(invoke({"network", "first-steps", "-o", csv}).status == 6);
  CHECK(read_file(csv) == "mine");
  CHECK(invoke({"network", "first-steps", "--set", "people.count=3", "-o", csv, "--force"}).status == 0);
  CHECK(contains(read_file(csv), "source,target,"));
  const Outcome unknown = invoke({"network", "first-steps", "-o", folder / "ring.dot"});
  CHECK(unknown.status == 2);
  CHECK(contains(unknown.err, ".graphml or .csv"));
}

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "config/reference.hpp"
#include "config/schema.hpp"
#include "demo.hpp"

using kith::config::Document;
using kith::config::Entry;

namespace {

std::vector<Entry> entries() {
  Document document = Document::describe();
  demo::read(document.root());
  return document.entries();
}

Entry entry(const std::string& path) {
  const std::vector<Entry> found = find_entries(entries(), path);
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace

TEST_CASE("a key is explained with all that its specification says") {
  CHECK(explain(entry("time.tick")) ==
        "time.tick\n"
        "  meaning    Length of one step.\n"
        "  type       number, a time, computed in h\n"
        "  range      more than 0 h, at most 1 d\n"
        "  default    1 h\n"
        "  mark       assumed\n"
        "  source     15 min to 6 h give the same result");
  CHECK(explain(entry("network.generate")) ==
        "network.generate\n"
        "  meaning    Kind of network.\n"
        "  type       choice\n"
        "  default    none, one of its alternatives must be given\n"
        "  options    layers       Dunbar's layers.\n"
        "             small_world  Watts-Strogatz.");
  CHECK(entry("network.rewiring").only_with == "network.generate = small_world");
}

TEST_CASE("a word finds the keys it names") {
  CHECK(entry("trial.arms.naltrexone.doses").path == "trial.arms.*.doses");
  CHECK(entry("measures.0.at").path == "measures.[].at");
  CHECK(entry("doses").path == "trial.arms.*.doses");
  CHECK(find_entries(entries(), "nothing").empty());
  CHECK(nearest_path(entries(), "people.cuont") == "people.count");
  CHECK(nearest_path(entries(), "dosses") == "trial.arms.*.doses");
}

TEST_CASE("an optional key without default and an alternative are not required") {
  CHECK(!entry("people.score").required);
  CHECK(!entry("network.file").required);
  CHECK(entry("time.duration").required);
}

TEST_CASE("the JSON Schema accepts what the reader accepts and refuses what it can see") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("kith_schema_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "schema.json") << json_schema(entries());
  std::string resolved;
  const std::string text =
      "kith: 1\ntime: {duration: 22 d}\nnetwork: {generate: small_world, rewiring: 10 %}\ntheory: none\n"
      "people: {users: 0.5, columns: age, score: 3}\nmeasures: [{at: \"9:00\"}, {scale: 1..7}]\n"
      "trial: {arms: {a: {drug: x, doses: [25 mg, 0.05 g]}, b: {drug: placebo, doses: 5 mg}}}\n";
  demo::read_text(text, {}, &resolved);
  std::ofstream(folder / "valid.yaml") << text;
  std::ofstream(folder / "resolved.yaml") << resolved;
  const std::string script = std::string(KITH_SOURCE_DIR) + "/tests/unit/config/check_schema.py";
  const std::string mistakes = std::string(KITH_SOURCE_DIR) + "/tests/unit/config/mistakes";
  const std::string command = "/usr/bin/python3 '" + script + "' '" + folder.string() + "' '" + mistakes + "'";
  CHECK(std::system(command.c_str()) == 0);
  std::filesystem::remove_all(folder);
}

TEST_CASE("names are offered where their key stands, and others are wrong in a document without names of its own") {
  using Json = nlohmann::json;
  const std::vector<std::string> library{"naltrexone", "placebo"};
  const std::vector<kith::config::Names> names{{"drug", library, "drugs"}, {"hormone", {"oxytocin"}, "hormones"}};
  const Json schema = Json::parse(json_schema(entries(), "Demo", kith::config::Draft::seven, names));
  CHECK(schema["title"] == "Demo");
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  const Json plain = Json::parse(json_schema(entries(), "Demo", kith::config::Draft::seven));
  REQUIRE(schema["allOf"].size() == plain.value("allOf", Json::array()).size() + 1);  // no key is called hormone
  const Json& names_of_drugs = schema["allOf"].back();
  CHECK(names_of_drugs["if"] == Json{{"required", {"drugs"}}});
  const auto at_drug = [](const Json& document) {
    return document["properties"]["trial"]["properties"]["arms"]["additionalProperties"]["properties"]["drug"];
  };
  CHECK(at_drug(names_of_drugs["else"]) == Json{{"enum", library}});
  const Json offered = at_drug(names_of_drugs["then"]);
  CHECK(offered == Json{{"anyOf", {{{"enum", library}}, {{"type", "string"}}}}});
}

TEST_CASE("the schema offers the keys of a variant with it alone, with all that is known of them") {
  using Json = nlohmann::json;
  const Json network = Json::parse(json_schema(entries(), "Demo", kith::config::Draft::seven))["properties"]["network"];
  CHECK(network["properties"]["rewiring"] == true);
  CHECK(network["properties"]["generate"]["enum"] == Json{"layers", "small_world"});
  int offers = 0;
  int forbids = 0;
  for (const Json& one : network["allOf"]) {
    const bool is_of_lattice = one["if"].value("/properties/generate/const"_json_pointer, "") == "small_world";
    if (one.contains("then") && one["then"].value("properties", Json::object()).contains("rewiring")) {
      CHECK(is_of_lattice);
      CHECK(one["if"]["required"] == Json{"generate"});
      CHECK(one["then"]["required"] == Json{"rewiring"});
      CHECK(one["then"]["properties"]["rewiring"]["description"].get<std::string>().starts_with(
          "Share of ties rewired."));
      ++offers;
    }
    if (one.contains("else") && one["else"]["properties"].contains("rewiring")) {
      CHECK(is_of_lattice);
      CHECK(one["else"]["properties"]["rewiring"] == false);
      ++forbids;
    }
  }
  CHECK(offers == 1);
  CHECK(forbids == 1);
}

#include <emscripten/emscripten.h>

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "config/document.hpp"
#include "core/version.hpp"
#include "models/pharmacology/explain.hpp"
#include "models/scenario/scenario.hpp"
#include "models/study/run.hpp"
#include "tables.hpp"

/// What a page calls. Texts are UTF-8 and end with 0; an answer is JSON, and holds until the next call, as do the numbers that it points to.
/// What went wrong is {"mistakes": […]} for a scenario, each with its place, or {"error": "…"}.

// clang-format off
EM_JS(void, kith_tell_progress, (double share), { if (Module["progress"]) Module["progress"](share); });
// clang-format on

namespace kith::classroom {
namespace {

/// The last answer and the tables that it points to.
struct Answer {
  MemorySink sink;
  std::vector<std::unique_ptr<Table>> tables;
  std::string text;
};
std::unique_ptr<Answer> last;

const char* told(const Json& json) {
  last->text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return last->text.c_str();
}

Json json_of(const config::InvalidScenario& wrong) {
  Json mistakes = Json::array();
  for (const config::Mistake& mistake : wrong.mistakes())
    mistakes.push_back({{"line", mistake.line},
                        {"column", mistake.column},
                        {"width", mistake.width},
                        {"problem", mistake.problem},
                        {"why", mistake.why},
                        {"suggestion", mistake.suggestion},
                        {"text", config::print(mistake)}});
  return {{"mistakes", std::move(mistakes)}};
}

/// Begins a new answer, made by `make`.
template <class Make>
const char* answer(const Make& make) {
  last = std::make_unique<Answer>();
  try {
    return told(make());
  } catch (const config::InvalidScenario& wrong) {
    return told(json_of(wrong));
  } catch (const std::exception& problem) {
    return told({{"error", problem.what()}});
  }
}

/// A scenario that was read, and what it was read from.
struct Read {
  config::Document document;
  Scenario scenario;
};

Read read(const char* yaml, const Json& settings) {
  std::vector<config::Override> overrides;
  for (const Json& set : settings.value("set", Json::array())) overrides.push_back({set.get<std::string>()});
  config::Document document = config::Document::from_text(yaml, settings.value("name", "scenario.yaml"), overrides);
  Scenario scenario = read_scenario(document.root());
  document.check([](config::Section root) { read_scenario(root); });
  return {std::move(document), std::move(scenario)};
}

Json json_of(const Scenario& scenario) {
  return {{"title", scenario.title},           {"theory", scenario.theory.name},
          {"people", scenario.traits.count},   {"seed", std::to_string(scenario.seed)},
          {"replicates", scenario.replicates}, {"hours", scenario.time.duration}};
}

Json json_of(const Scenario& scenario, const RunResult& result, const std::vector<std::string>& wanted) {
  Json all = json_of(scenario);
  all["fingerprint"] = result.fingerprint();
  all["warnings"] = result.warnings;
  all["tables"] = Json::object();
  for (const TableSpec& spec : last->sink.specs()) {
    if (std::find(wanted.begin(), wanted.end(), spec.name) == wanted.end()) continue;
    last->tables.push_back(std::make_unique<Table>(spec, last->sink.rows()));
    all["tables"][spec.name] = last->tables.back()->json();
  }
  return all;
}

Json explained(const std::string& word) {
  for (const pharmacology::Drug& drug : pharmacology::library()) {
    if (drug.name == word) return {{"text", pharmacology::explain(drug)}};
  }
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (kind->name == word)
      return {{"claim", kind->claim}, {"equations", kind->equations}, {"published", kind->published},
              {"ours", kind->ours},   {"source", kind->source},       {"fitted", kind->fitted}};
  }
  config::Document document = config::Document::describe();
  read_scenario(document.root());
  Json texts = Json::array();
  for (const config::Entry& entry : config::find_entries(document.entries(), word))
    texts.push_back(config::explain(entry));
  return {{"keys", std::move(texts)}};
}

}  // namespace
}  // namespace kith::classroom

using namespace kith::classroom;  // NOLINT(google-build-using-namespace): the calls below belong to C

extern "C" {

/// {version, commit}
EMSCRIPTEN_KEEPALIVE const char* kith_version() {
  return answer([] { return Json{{"version", kith::build_info().version}, {"commit", kith::build_info().commit}}; });
}

/// `kith explain WORD`: {text} of a drug, the claim and more of a theory, or {keys} of a scenario.
EMSCRIPTEN_KEEPALIVE const char* kith_explain(const char* word) {
  return answer([&] { return explained(word); });
}

/// Reads a scenario: {title, theory, people, seed, replicates, hours, resolved}. `settings`: {set: ["a.b=value"], name: "my.yaml"}.
EMSCRIPTEN_KEEPALIVE const char* kith_validate(const char* yaml, const char* settings) {
  return answer([&] {
    const Read all = read(yaml, Json::parse(settings));
    Json told = json_of(all.scenario);
    told["resolved"] = all.document.resolved();
    return told;
  });
}

/// Runs a scenario: what `kith_validate` tells, and {fingerprint, warnings, tables}. `settings`, further: {tables: ["diary"], replicate: 3}.
EMSCRIPTEN_KEEPALIVE const char* kith_run(const char* yaml, const char* settings) {
  return answer([&] {
    const Json asked = Json::parse(settings);
    const Read all = read(yaml, asked);
    kith::RunOptions options;
    options.progress = [](double share, std::string_view) { kith_tell_progress(share); };
    if (asked.contains("replicate")) options.only_replicate = asked["replicate"].get<std::uint32_t>();
    const kith::RunResult result = kith::run(all.scenario, options, last->sink);
    return json_of(all.scenario, result, asked.value("tables", std::vector<std::string>{}));
  });
}
}

#include "cli/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "config/flat.hpp"
#include "core/shell.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

/// A text as a YAML scalar that is read as just this text.
std::string yaml_scalar(const std::string& text) {
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

bool is_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_directory(status);
}

const ShippedScenario* find(const std::vector<ShippedScenario>& scenarios, const std::string& name) {
  const auto found =
      std::find_if(scenarios.begin(), scenarios.end(), [&](const ShippedScenario& each) { return each.name == name; });
  return found == scenarios.end() ? nullptr : &*found;
}

std::vector<std::string> names_of(const std::vector<ShippedScenario>& scenarios) {
  std::vector<std::string> names;
  names.reserve(scenarios.size());
  for (const ShippedScenario& scenario : scenarios) names.emplace_back(scenario.name);
  return names;
}

/// Throws when a missing file looks like a shipped scenario.
void suggest_shipped(const std::vector<ShippedScenario>& scenarios, const std::string& path) {
  std::string stem = fs::path(path).filename().string();
  const bool is_yaml = stem.ends_with(".yaml") || stem.ends_with(".yml");
  if (is_yaml) stem = fs::path(stem).stem().string();
  const std::string near = nearest(stem, names_of(scenarios));
  if (near.empty()) return;
  throw Error(
      ErrorKind::invalid_scenario,
      fmt::format("there is no file {}, but a shipped scenario is called {}: use that name, or make a copy with "
                  "kith new {} -o {}",
                  path, near, near, shell_quoted(is_yaml ? path : near + ".yaml")));
}

/// Throws where a file is named like one of ties: people try to run it, and the reader of scenarios would find odd mistakes in it.
void refuse_ties(const std::string& path) {
  static constexpr std::array endings{".csv",   ".tsv", ".net", ".gml", ".graphml", ".adjlist",
                                      ".metis", ".mtx", ".dot", ".gv",  ".gexf",    ".edges"};
  std::string_view name = path;
  if (name.ends_with(".gz")) name.remove_suffix(3);
  if (std::none_of(endings.begin(), endings.end(), [&](std::string_view each) { return name.ends_with(each); })) return;
  throw Error(
      ErrorKind::invalid_scenario,
      fmt::format("{} is no scenario by its name, but a table or a network: a scenario is a YAML file, which names it "
                  "as network.file (or people.columns.file); try kith network real-network --set {}",
                  path, shell_quoted("network.file=" + path)));
}

}  // namespace

config::Document open(const std::vector<ShippedScenario>& scenarios, const ScenarioChoice& choice) {
  if (choice.kept)
    return config::Document::from_text(choice.kept->text, choice.name, choice.overrides(), choice.kept->folder);
  if (choice.name != "-" && !is_file(choice.name)) {
    if (const ShippedScenario* shipped = find(scenarios, choice.name)) {
      return config::Document::from_text(std::string(shipped->text), choice.name, choice.overrides());
    }
    std::error_code error;
    if (!fs::exists(choice.name, error)) suggest_shipped(scenarios, choice.name);
  }
  if (is_file(choice.name)) refuse_ties(choice.name);
  return config::Document::from_file(choice.name, choice.overrides());
}

void ScenarioChoice::add_to(Options& options) {
  options.argument(name, "SCENARIO", "A file, \"-\" for standard input, or the name of a shipped scenario (kith list).",
                   Options::Need::required);
  add_changes_to(options);
  options.flag(strict, "--strict", "Take every warning but those of extrapolation for a mistake: end with status 3.");
}

void ScenarioChoice::add_changes_to(Options& options) {
  options.options(assignments, "--set", "KEY=VALUE", "Change a key: --set people.count=500. May be repeated.");
  options.option(seed, "--seed", "SEED", "A number or any text: all chance follows from it.");
  options.option(replicates, "--replicates", "N", "How many times the study is done.");
  options.option(theory, "--theory", "THEORY",
                 "Run under this theory; `kith run` also takes several, as a,b, or all of them: all.");
}

std::vector<config::Override> ScenarioChoice::overrides() const {
  std::vector<config::Override> result;
  for (const std::string& assignment : assignments) result.push_back({assignment});
  if (seed) result.push_back({"seed=" + yaml_scalar(*seed)});
  if (replicates) result.push_back({"replicates.count=" + *replicates});
  if (theory) result.push_back({"theory.name=" + *theory});
  return result;
}

std::vector<std::string> ScenarioChoice::words() const {
  std::vector<std::string> result{name};
  const auto add = [&](std::string_view option, const std::string& value) {
    result.emplace_back(option);
    result.push_back(value);
  };
  for (const std::string& assignment : assignments) add("--set", assignment);
  if (seed) add("--seed", *seed);
  if (replicates) add("--replicates", *replicates);
  if (theory) add("--theory", *theory);
  return result;
}

LoadedScenario load(const Application& application, const ScenarioChoice& choice) {
  return load(application, open(application.scenarios(), choice));
}

void refuse_other_kinds(config::Document& document, std::string_view wanted) {
  struct Kind {
    const char* key;
    const char* what;
    const char* command;
    const char* output;
  };
  static constexpr std::array<Kind, 3> kinds{{{"kith", "a scenario", "run", "OUT.h5"},
                                              {"sweep", "the design of a sweep", "sweep", "FOLDER"},
                                              {"fit", "a calibration problem", "fit", "OUT.yaml"}}};
  if (document.root().has(wanted)) return;
  const auto own = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.key == wanted; });
  for (const Kind& kind : kinds) {
    if (!document.root().has(kind.key)) continue;
    throw Error(ErrorKind::invalid_scenario,
                fmt::format("{} is {}, not {}\n  kith {} {} -o {}", document.name(), kind.what, own->what, kind.command,
                            shell_quoted(document.name()), kind.output));
  }
}

LoadedScenario load(const Application& application, config::Document document) {
  refuse_other_kinds(document, "kith");
  std::unique_ptr<Study> study = application.read(document.root());
  document.check([&](config::Section root) { application.read(std::move(root)); });
  return {.document = std::move(document), .study = std::move(study)};
}

Survey surveyed(LoadedScenario& scenario) {
  Survey survey = scenario.study->survey(scenario.document.root());
  scenario.document.check();
  return survey;
}

std::vector<std::string> inputs_of(const ScenarioChoice& choice, const LoadedScenario& scenario) {
  std::vector<std::string> inputs{choice.name};
  const fs::path folder = fs::path(choice.name).parent_path();
  for (const auto& [key, value] : config::leaves(scenario.document.resolved())) {
    inputs.push_back(value);
    inputs.push_back((folder / value).string());
  }
  return inputs;
}

void refuse_warnings(const ScenarioChoice& choice, const std::vector<std::string>& warnings) {
  if (!choice.strict || warnings.empty()) return;
  std::string all;
  for (const std::string& warning : warnings) all += "\n  " + warning;
  throw Error(ErrorKind::invalid_scenario,
              fmt::format("{}, and --strict takes {} for {}:{}",
                          warnings.size() == 1 ? "1 warning" : fmt::format("{} warnings", warnings.size()),
                          warnings.size() == 1 ? "it" : "them", warnings.size() == 1 ? "a mistake" : "mistakes", all));
}

const ShippedScenario& find_shipped(const std::vector<ShippedScenario>& scenarios, const std::string& name) {
  for (const ShippedScenario& scenario : scenarios) {
    if (scenario.name == name) return scenario;
  }
  const std::string near = nearest(name, names_of(scenarios));
  throw Error(ErrorKind::usage,
              fmt::format("no scenario called \"{}\" ships with kith{}\n  kith list shows all of them", name,
                          near.empty() ? "" : fmt::format(": did you mean {}?", near)));
}

std::string title_of(const ShippedScenario& text) {
  config::Document document = config::Document::from_text(std::string(text.text), std::string(text.name));
  return document.root().text({.key = "title", .fallback = "", .doc = "What it is."});
}

}  // namespace kith::cli

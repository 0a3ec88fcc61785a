#include "cli/ro_crate.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "io/hdf5_access.hpp"
#include "io/result_attributes.hpp"
#include "io/table_file.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Adds a text that is known.
void add(Json& entity, const char* key, const std::string& text) {
  if (!text.empty()) entity[key] = text;
}

Json reference(const Json& entity) { return {{"@id", entity.at("@id")}}; }

Json program_of(const io::RunAttributes& attributes) {
  Json program{{"@id", "#kith"}, {"@type", "SoftwareApplication"}, {"name", "Kith"}};
  add(program, "softwareVersion", attributes.kith_version);
  add(program, "identifier", attributes.git_commit);
  add(program, "softwareRequirements", attributes.provenance.libraries);
  return program;
}

Json scenario_of(const io::RunAttributes& attributes) {
  Json scenario{{"@id", "#scenario"}, {"@type", "CreativeWork"}, {"encodingFormat", "application/yaml"}};
  add(scenario, "name", attributes.title);
  add(scenario, "identifier", attributes.scenario_hash);
  add(scenario, "text", attributes.provenance.scenario_resolved);
  return scenario;
}

/// The files of the result: one, or what a run that has not ended has so far in its folder.
std::vector<Json> files_of(const io::ResultFile& result) {
  std::vector<Json> files;
  for (const std::string& path : result.files()) {
    const fs::path absolute = fs::absolute(path);
    const fs::path folder = absolute.parent_path().filename();
    const bool is_part = folder.extension() == ".parts";
    std::error_code ignored;
    Json file{{"@id", (is_part ? folder / absolute.filename() : absolute.filename()).string()},
              {"@type", "File"},
              {"name", absolute.filename().string()},
              {"encodingFormat", "application/x-hdf5"},
              {"contentSize", std::to_string(fs::file_size(absolute, ignored))}};
    add(file, "identifier", result.attribute("fingerprint"));
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

std::string ro_crate(const io::ResultFile& result) {
  const io::RunAttributes attributes = io::read_attributes(io::open_file(result.files().front()));
  const Json program = program_of(attributes);
  const std::vector<Json> files = files_of(result);
  std::vector<Json> read{scenario_of(attributes)};
  read.push_back(
      {{"@id", "#seed"}, {"@type", "PropertyValue"}, {"name", "seed"}, {"value", std::to_string(attributes.seed)}});
  if (attributes.inputs) {
    for (const auto& [name, bytes] : *attributes.inputs)
      read.push_back({{"@id", "#input-" + std::to_string(read.size() - 1)},
                      {"@type", "CreativeWork"},
                      {"name", name},
                      {"contentSize", std::to_string(bytes->size())}});
  }
  const bool is_whole = result.state() == io::FileState::complete;
  Json action{
      {"@id", "#run"}, {"@type", "CreateAction"}, {"name", attributes.title}, {"instrument", reference(program)}};
  add(action, "description", attributes.provenance.command_line);
  add(action, "startTime", attributes.provenance.start);
  add(action, "endTime", attributes.provenance.end);
  action["actionStatus"] = {
      {"@id", std::string("http://schema.org/") + (is_whole ? "Completed" : "Active") + "ActionStatus"}};
  for (const Json& each : read) action["object"].push_back(reference(each));
  for (const Json& each : files) action["result"].push_back(reference(each));
  Json root{{"@id", "./"}, {"@type", "Dataset"}, {"conformsTo", {{"@id", "https://w3id.org/ro/wfrun/process/0.5"}}}};
  root["name"] = attributes.title;
  root["description"] = "A simulation by Kith: " + attributes.title;
  add(root, "datePublished", attributes.provenance.end);
  add(root, "citation", attributes.citation);
  root["hasPart"] = action["result"];
  root["mentions"] = reference(action);
  Json graph{{{"@id", "ro-crate-metadata.json"},
              {"@type", "CreativeWork"},
              {"conformsTo", {{"@id", "https://w3id.org/ro/crate/1.1"}}},
              {"about", {{"@id", "./"}}}},
             root,
             {{"@id", "https://w3id.org/ro/wfrun/process/0.5"},
              {"@type", "CreativeWork"},
              {"name", "Process Run Crate"},
              {"version", "0.5"}},
             action,
             program};
  for (const Json& each : read) graph.push_back(each);
  for (const Json& each : files) graph.push_back(each);
  return Json{{"@context", "https://w3id.org/ro/crate/1.1/context"}, {"@graph", graph}}.dump(
      2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace kith::cli

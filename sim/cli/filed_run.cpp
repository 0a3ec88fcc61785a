#include "cli/filed_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "cli/provenance.hpp"
#include "cli/results.hpp"
#include "cli/side_by_side.hpp"
#include "core/paths.hpp"
#include "io/checkpoint.hpp"
#include "io/checksum.hpp"
#include "io/parts.hpp"
#include "io/pieces.hpp"
#include "io/result_file.hpp"
#include "io/table_file.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

std::optional<std::uint32_t> number_in(const std::string& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void refuse_many(const std::string& path, const std::vector<std::string>& tables, const std::string& command) {
  const std::string maker = maker_of_many(tables, command);
  if (maker.empty()) return;
  throw Error(
      ErrorKind::usage,
      fmt::format("{} is a result of {}, and kith replay, resume and branch take that of a single run\n  to see "
                  "it again: {}",
                  path, maker, command));
}

FiledRun described(const io::RunAttributes& attributes, const std::string& path) {
  const io::Provenance& provenance = attributes.provenance;
  if (provenance.scenario_resolved.empty()) {
    throw Error(ErrorKind::failed, path +
                                       " does not hold the scenario of one run, so it cannot be run again "
                                       "(kith info " +
                                       path + " shows what it is)");
  }
  if (attributes.scenario_hash != scenario_hash(provenance.scenario_resolved))
    throw Error(ErrorKind::damaged, "the scenario in " + path + " is not the one that it was made with");
  FiledRun run;
  run.program = build_text(attributes.kith_version, attributes.git_commit);
  run.fingerprint = attributes.fingerprint;
  run.scenario_hash = attributes.scenario_hash;
  run.scenario = {provenance.scenario_resolved, provenance.folder};
  run.branchings = read_branchings(provenance.branchings);
  run.theories = provenance.theories;
  run.only_replicate = number_in(provenance.replicate);
  if (attributes.inputs) run.inputs = *attributes.inputs;
  return run;
}

}  // namespace

std::string maker_of_many(const std::vector<std::string>& tables, const std::string& command) {
  const auto has = [&](const char* table) { return std::find(tables.begin(), tables.end(), table) != tables.end(); };
  // What was left of a run that failed may have no table yet.
  if (has("evidence") || command.starts_with("kith evidence ")) return "kith evidence";
  if (has("effects_at_draws") || command.find(" --draws") != std::string::npos) return "kith run --draws";
  return "";
}

bool is_filed_run(const std::string& path) {
  std::error_code ignored;
  const std::string file = followed(path);
  return fs::exists(io::parts_folder(file), ignored) || fs::is_directory(path, ignored) || io::is_hdf5(file);
}

FiledRun filed_run(const std::string& path) {
  const std::string file = followed(path);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    std::vector<std::string> notes;
    if (const auto checkpoint = io::newest_checkpoint(file, notes)) {
      FiledRun run = described(checkpoint->attributes, path);
      run.run_id = checkpoint->run_id;
      run.has_inputs = true;
      return run;
    }
  }
  const io::ResultFile result(file);
  const io::RunAttributes attributes = io::read_attributes(io::open_file(result.files().front()));
  refuse_many(path, result.tables(), attributes.provenance.command_line);
  FiledRun run = described(attributes, path);
  run.run_id = result.attribute("run_id");
  run.is_complete = result.state() == io::FileState::complete;
  run.has_inputs = fs::is_regular_file(file, ignored);
  if (run.is_complete) run.tables = table_checksums(file);
  return run;
}

std::map<std::string, std::string> table_checksums(const std::string& path) {
  std::map<std::string, std::string> checksums;
  const io::Handle file = io::open_file(path);
  for (const std::string& table : io::table_names(file)) checksums[table] = io::kept_checksum(file, table);
  return checksums;
}

LoadedScenario load(const Application& application, const FiledRun& run, const std::string& path) {
  ScenarioChoice choice;
  choice.name = "the scenario in " + path;
  choice.kept = run.scenario;
  if (run.theories.empty())
    return with_past(application, load(application, choice), run.branchings, run.scenario.folder);
  choice.theory = run.theories;
  return load_side_by_side(application, choice);
}

}  // namespace kith::cli

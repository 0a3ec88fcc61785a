#include "cli/filed_run.hpp"

#include <fmt/format.h>

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
  FiledRun run = described(io::read_attributes(io::open_file(result.files().front())), path);
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

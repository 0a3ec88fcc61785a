#include "cli/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>

#include "cli/page_parts.hpp"
#include "cli/provenance.hpp"
#include "config/document.hpp"
#include "config/flat.hpp"
#include "core/units.hpp"

namespace kith::cli {

namespace {

using config::Entry;

/// The scenario of a result, read, and the document that it lives in.
struct KeptStudy {
  config::Document document;
  std::unique_ptr<Study> study;
};

KeptStudy study_of(const Session& session, const io::ResultFile& result) {
  const std::string resolved = kept_text(result, "scenario_resolved");
  if (resolved.empty() || !kept_text(result, "theories").empty())
    throw Error(ErrorKind::usage,
                result.files().front() + " does not hold the scenario of one run, so there is none to describe");
  config::Document document =
      config::Document::from_text(resolved, "the scenario of this result", {}, kept_text(result, "folder"));
  std::unique_ptr<Study> study = session.application.read(document.root());
  document.check();
  return {std::move(document), std::move(study)};
}

/// Whether a resolved value is a default as it is written: shares are resolved to plain numbers.
bool is_same(const std::string& value, const std::string& fallback) {
  if (value == fallback) return true;
  if (!fallback.ends_with('%')) return false;
  const std::optional<double> resolved = parse_number(value);
  const std::optional<double> percent = parse_number(fallback.substr(0, fallback.find_last_not_of(" %") + 1));
  return resolved && percent && std::abs(*resolved - 0.01 * *percent) < 1e-12;
}

/// "a | b" would end a cell.
std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

/// The entry of a key: of several variants' the one whose variant the scenario has ("theory.name = botsa").
std::optional<Entry> entry_of(const std::vector<Entry>& entries, const std::string& path,
                              const std::map<std::string, std::string>& values) {
  const std::vector<Entry> found = config::find_entries(entries, path);
  for (const Entry& entry : found) {
    const std::size_t equals = entry.only_with.find(" = ");
    if (equals == std::string::npos) continue;
    const auto value = values.find(entry.only_with.substr(0, equals));
    if (value != values.end() && value->second == entry.only_with.substr(equals + 3)) return entry;
  }
  if (found.empty()) return std::nullopt;
  return found.front();
}

void write_text(const Session& session, const std::string& text, const std::string& name, Existing existing,
                const std::vector<std::string>& inputs) {
  OutputFile file(name, existing, inputs);
  file.stream() << text;
  file.finish();
  *session.console.err.stream << fmt::format("wrote {}\n", name);
}

}  // namespace

std::string parameter_table(const Session& session, const std::string& resolved) {
  config::Document reference = config::Document::describe();
  session.application.read(reference.root());
  const auto leaves = config::leaves(resolved);
  const std::map<std::string, std::string> values(leaves.begin(), leaves.end());
  std::string text = "| key | value | default | mark | meaning | source |\n|---|---|---|---|---|---|\n";
  for (const auto& [path, value] : leaves) {
    const std::optional<Entry> entry = entry_of(reference.entries(), path, values);
    if (!entry) {
      text += fmt::format("| `{}` | {} | | scenario | | |\n", path, cell(value));
      continue;
    }
    const bool is_default = entry->has_fallback && is_same(value, entry->fallback);
    text += fmt::format(
        "| `{}` | {} | {} | {} | {} | {} |\n", path, cell(value), is_default ? "the same" : cell(entry->fallback),
        is_default ? config::name(entry->mark) : "scenario", cell(entry->doc), is_default ? cell(entry->source) : "");
  }
  return text;
}

void write_protocol(const Session& session, const io::ResultFile& result, const std::string& name, Existing existing) {
  const KeptStudy kept = study_of(session, result);
  const std::string text = kept.study->protocol(
      "Every key of this scenario. Marks: *published* (a published number), *fitted* (to what the source says), "
      "*assumed* (with a range), *choice* (no claim about the world), *scenario* (given by this scenario in place of "
      "the default).\n\n" +
      parameter_table(session, kept_text(result, "scenario_resolved")));
  write_text(session, text, name, existing, result.files());
}

void write_methods(const Session& session, const io::ResultFile& result, const std::string& name, Existing existing) {
  const KeptStudy kept = study_of(session, result);
  const MethodsText methods =
      kept.study->methods(build_text(result.attribute("kith_version"), result.attribute("git_commit")));
  const std::string references = std::filesystem::path(name).replace_extension(".bib").string();
  write_text(session, methods.text, name, existing, result.files());
  write_text(session, methods.bibtex, references, existing, result.files());
}

}  // namespace kith::cli

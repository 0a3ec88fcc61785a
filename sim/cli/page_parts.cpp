#include "cli/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "cli/filed_run.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/sweep_extent.hpp"
#include "core/shell.hpp"

namespace kith::cli {

namespace {

constexpr std::size_t most_bytes = 5'000'000;  ///< of a page

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::string kept_text(const io::ResultFile& result, const std::string& name) {
  for (const auto& [own, text] : result.provenance()) {
    if (own == name) return text;
  }
  return "";
}

std::optional<Report> kept_report(const io::ResultFile& result) {
  const std::string text = kept_text(result, "report");
  if (text.empty()) return std::nullopt;
  return read_report(text);
}

std::string seed_of(const io::ResultFile& result) {
  if (is_sweep(result)) return "";
  const std::string text = result.attribute("seed_text");
  return result.attribute("seed") + (text.empty() ? "" : fmt::format(" (from \"{}\")", text));
}

std::vector<std::string> alerts_of(const io::ResultFile& result) {
  std::vector<std::string> all;
  if (result.state() == io::FileState::partial) {
    const std::string reason = result.attribute("stop_reason");
    all.push_back(fmt::format("this result is partial: {}. All below is of what there was by then.",
                              reason.empty() ? "the run was killed or goes on" : reason));
    if (!result.missing_segments().empty())
      all.push_back(fmt::format("{} of its segments are missing.", result.missing_segments().size()));
  }
  return all;
}

figures::PagePart cautions_part(const io::ResultFile& result) {
  figures::PagePart part{.id = "cautions", .title = "What to be careful about"};
  part.is_list = true;
  part.paragraphs = lines_of(result.attribute("warnings"));
  if (part.paragraphs.empty()) {
    const bool is_of_many = !maker_of_many(result.tables(), kept_text(result, "command_line")).empty();
    part.paragraphs.emplace_back(is_of_many
                                     ? "Warnings of single runs are not kept here; the command of a run prints them."
                                     : "The run gave no warnings.");
  }
  part.paragraphs.emplace_back(
      "All of it is a simulation: it shows what follows from a theory, not what is true of people.");
  return part;
}

figures::PagePart origin_part(const io::ResultFile& result, const std::string& path) {
  figures::PagePart part{.id = "origin", .title = "How to see it again, and where it comes from"};
  const auto fact = [&](const char* name, const std::string& value) {
    if (!value.empty()) part.facts.emplace_back(name, value);
  };
  fact("fingerprint", result.attribute("fingerprint"));
  fact("seed", seed_of(result));
  fact("scenario", result.attribute("scenario_hash"));
  fact("kith", build_text(result.attribute("kith_version"), result.attribute("git_commit")));
  fact("started", kept_text(result, "start"));
  fact("ended", kept_text(result, "end"));
  fact("file", std::filesystem::path(path).filename().string());
  fact("to cite", result.attribute("citation"));
  part.paragraphs.emplace_back(
      "The same version, scenario and seed give the same bits on any machine and any number of threads; the "
      "fingerprint shows that they did.");
  const std::string resolved = kept_text(result, "scenario_resolved");
  const std::string command = kept_text(result, "command_line");
  const bool is_of_one = !resolved.empty() && maker_of_many(result.tables(), command).empty();
  const std::string theories = kept_text(result, "theories");
  if (is_of_one && result.state() == io::FileState::complete)
    part.texts.emplace_back("To run it again from the file alone, and compare every bit:",
                            "kith replay " + shell_quoted(path));
  if (!command.empty()) part.texts.emplace_back("The command that made it:", command);
  if (is_of_one) {
    part.texts.emplace_back(
        "To run it from this page alone, save the last text below as scenario.yaml, and type:",
        "kith run scenario.yaml -o again.h5" + (theories.empty() ? "" : " --theory " + shell_quoted(theories)));
    part.texts.emplace_back("The scenario's file, without what the command changes, as --set does:",
                            kept_text(result, "scenario"));
    part.texts.emplace_back("What ran: the same with those changes, and with every default filled in:", resolved);
  }
  return part;
}

void write_page(const Session& session, const figures::Page& page, const std::string& name, Existing existing,
                const std::vector<std::string>& inputs) {
  std::string html = html_of(page);
  for (const std::size_t rows : {std::size_t{100}, std::size_t{20}}) {
    if (html.size() > most_bytes) html = html_of(page, rows);
  }
  OutputFile file(name, existing, inputs);
  file.stream() << html;
  file.finish();
  *session.console.err.stream << fmt::format("wrote {}\n", name);
}

}  // namespace kith::cli

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/figures_of.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/provenance.hpp"
#include "cli/results.hpp"
#include "config/document.hpp"
#include "core/shell.hpp"
#include "figures/effects.hpp"
#include "figures/page.hpp"

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

std::string kept_text(const io::ResultFile& result, const std::string& name) {
  for (const auto& [own, text] : result.provenance()) {
    if (own == name) return text;
  }
  return "";
}

/// What the scenario says in words; empty where this version cannot read it.
std::vector<std::string> question(const Session& session, const io::ResultFile& result, std::string& summary) {
  const std::string resolved = kept_text(result, "scenario_resolved");
  if (resolved.empty()) return {};
  try {
    config::Document document = config::Document::from_text(resolved, "scenario", {}, kept_text(result, "folder"));
    const std::unique_ptr<Study> study = session.application.read(document.root());
    document.check();
    summary = study->summary();
    return study->in_words();
  } catch (const std::exception&) {
    return {};  // of another version, or of several scenarios: the page says that there are no words
  }
}

std::vector<std::string> alerts(const io::ResultFile& result) {
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

figures::PagePart asked(const io::ResultFile& result, std::vector<std::string> words) {
  figures::PagePart part{.id = "asked", .title = "What was asked"};
  part.is_list = true;
  if (words.empty())
    words.emplace_back(
        kept_text(result, "scenario_resolved").empty()
            ? "This result does not hold its scenario, so what was asked is not known."
            : "This version of Kith cannot tell the scenario of this result in words; it stands below as "
              "it was written.");
  part.paragraphs = std::move(words);
  return part;
}

figures::PagePart found(const io::ResultFile& result) {
  figures::PagePart part{.id = "found", .title = "What came out"};
  part.tables = figures::effect_tables(result);
  if (part.tables.empty()) {
    part.paragraphs.emplace_back("This result has no trial with outcomes; how people fared is in the figures.");
    return part;
  }
  part.paragraphs.emplace_back(
      "Means over the virtual studies. Differences: with the interval that one study of this size has. g: with the "
      "interval of the mean over the studies. Significant: share of studies with p < 0.05, with its exact interval.");
  part.paragraphs.emplace_back(
      "Own effect: the difference without noise and chance, which no real study can see: each participant against "
      "their "
      "own twin, the same person with the same chance in a world without treatment. It tells what is true in this "
      "model; "
      "the difference tells what a study of this size would see of it.");
  return part;
}

figures::PagePart cautions(const io::ResultFile& result) {
  figures::PagePart part{.id = "cautions", .title = "What to be careful about"};
  part.is_list = true;
  part.paragraphs = lines_of(result.attribute("warnings"));
  if (part.paragraphs.empty()) part.paragraphs.emplace_back("The run gave no warnings.");
  part.paragraphs.emplace_back(
      "All of it is a simulation: it shows what follows from a theory, not what is true of people.");
  return part;
}

/// "kith run scenario.yaml --set …": what was typed, and what needs nothing but this file.
figures::PagePart origin(const io::ResultFile& result, const std::string& path) {
  figures::PagePart part{.id = "origin", .title = "Where it comes from, and how to see it again"};
  const auto fact = [&](const char* name, const std::string& value) {
    if (!value.empty()) part.facts.emplace_back(name, value);
  };
  fact("fingerprint", result.attribute("fingerprint"));
  const std::string seed_text = result.attribute("seed_text");
  fact("seed", result.attribute("seed") + (seed_text.empty() ? "" : fmt::format(" (from \"{}\")", seed_text)));
  fact("scenario", result.attribute("scenario_hash"));
  fact("kith", build_text(result.attribute("kith_version"), result.attribute("git_commit")));
  fact("started", kept_text(result, "start"));
  fact("ended", kept_text(result, "end"));
  fact("file", std::filesystem::path(path).filename().string());
  fact("to cite", result.attribute("citation"));
  part.paragraphs.emplace_back(
      "The same version, scenario and seed give the same bits on any machine and any number of threads; the "
      "fingerprint "
      "shows that they did.");
  const std::string command = kept_text(result, "command_line");
  if (!command.empty()) part.texts.emplace_back("The command that made it:", command);
  const std::string resolved = kept_text(result, "scenario_resolved");
  if (!resolved.empty()) {
    part.texts.emplace_back(
        "To run it again from this page alone, save the second text below as scenario.yaml, and type:",
        "kith run scenario.yaml -o again.h5");
    part.texts.emplace_back("The scenario as it was written:", kept_text(result, "scenario"));
    part.texts.emplace_back("The same with every default filled in:", resolved);
  }
  return part;
}

figures::Page page_of(const Session& session, const io::ResultFile& result, const std::string& path) {
  figures::Page page;
  page.title = result.attribute("title").empty() ? path : result.attribute("title");
  std::vector<std::string> words = question(session, result, page.subtitle);
  page.alerts = alerts(result);
  page.export_command = "kith export " + shell_quoted(path);
  figures::PagePart drawn{.id = "figures", .title = "Figures"};
  figures::PagePart absent{.id = "absent", .title = "What this result does not hold"};
  absent.is_list = true;
  for (const figures::Definition& definition : session.application.figures()) {
    figures::Drawn figure = draw_of(session, result, definition);
    if (figure.figure)
      drawn.figures.push_back(std::move(*figure.figure));
    else
      absent.paragraphs.push_back(fmt::format("{}: {}", definition.title, figure.missing));
  }
  page.parts.push_back(asked(result, std::move(words)));
  page.parts.push_back(found(result));
  page.parts.push_back(cautions(result));
  if (!drawn.figures.empty()) page.parts.push_back(std::move(drawn));
  if (!absent.paragraphs.empty()) page.parts.push_back(std::move(absent));
  page.parts.push_back(origin(result, path));
  return page;
}

/// "out.html" beside "out.h5", and beside the folder "out.h5.parts".
std::string default_output(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  for (const std::string_view ending : {".parts", ".h5"}) {
    if (path.ends_with(ending)) path.resize(path.size() - ending.size());
  }
  return path + ".html";
}

}  // namespace

ExitCode report_result(const Session& session, const Words& words) {
  Options options(
      {.command = "report",
       .summary = "Writes one page about a result, with its figures: it needs no network, and works on paper.",
       .examples = {{"kith run first-steps -o out.h5 --force && kith report out.h5 --force", "writes out.html"}}});
  std::string path;
  std::optional<std::string> output;
  bool force = false;
  options.argument(path, "OUT.h5", "A result, or the folder OUT.h5.parts of a stopped run.", Options::Need::required);
  options.option(output, "-o,--output", "FILE", "The page; OUT.html if not given.");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  const io::ResultFile result(path);
  figures::check_tables(result, session.application.figures());
  const figures::Page page = page_of(session, result, path);
  std::string html = html_of(page);
  for (const std::size_t rows : {std::size_t{100}, std::size_t{20}}) {
    if (html.size() > most_bytes) html = html_of(page, rows);
  }
  const std::string name = output.value_or(default_output(path));
  OutputFile file(name, force ? Existing::replace : Existing::keep, result.files());
  file.stream() << html;
  file.finish();
  *session.console.err.stream << fmt::format("wrote {}\n", name);
  return ExitCode::done;
}

}  // namespace kith::cli

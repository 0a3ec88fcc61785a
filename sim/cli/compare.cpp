#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/comparison.hpp"
#include "cli/figures_of.hpp"
#include "cli/options.hpp"
#include "cli/page_parts.hpp"
#include "cli/provenance.hpp"
#include "cli/report_text.hpp"
#include "core/shell.hpp"
#include "figures/grid.hpp"
#include "figures/side_by_side.hpp"

namespace kith::cli {

namespace {

using Side = ComparedResult;

struct Request {
  std::string a;
  std::string b;
  ComparedPart part = {};
  std::optional<std::string> page = {};
  bool wants_json = false;
  bool force = false;
};

ScenarioDifference checked_difference(const Request& request, const Side& a, const Side& b) {
  ScenarioDifference found = difference(a.leaves, b.leaves);
  if (!found.only_a.empty() || !found.only_b.empty()) {
    std::string text = "the runs cannot be compared: their scenarios have different keys";
    if (!found.only_a.empty()) text += fmt::format("\n  only in {}: {}", a.path, listed(found.only_a));
    if (!found.only_b.empty()) text += fmt::format("\n  only in {}: {}", b.path, listed(found.only_b));
    throw Error(ErrorKind::usage, text);
  }
  const std::vector<std::string> against = keys_against_pairing(found);
  if (request.part.is_paired && !against.empty()) {
    throw Error(ErrorKind::usage,
                fmt::format("the runs cannot be paired: they differ in {}\n  pairs are the same people with the same "
                            "chance; leave --paired out, or run both with the same values",
                            listed(against)));
  }
  return found;
}

std::string or_nothing(const std::optional<std::string>& value) { return value ? *value : "(not there)"; }

Report report_of(const Session& session, const Request& request, const Side& a, const Side& b,
                 const ScenarioDifference& found) {
  Report report;
  report.title = fmt::format("{} (A) and {} (B)", a.path, b.path);
  ReportTable changed{"what differs", {"", "A", "B"}, {}};
  for (const ChangedKey& key : found.changed)
    changed.rows.push_back({{key.key, {}}, {or_nothing(key.a), {}}, {or_nothing(key.b), {}}});
  if (changed.rows.empty()) report.notes.emplace_back("The scenarios do not differ.");
  if (!changed.rows.empty()) report.tables.push_back(std::move(changed));
  const Comparison comparison(session, request.part, a, b);
  const auto both_have = [&](const char* table) {
    return figures::has_table(a.file, table) && figures::has_table(b.file, table);
  };
  if (both_have("effects")) {
    for (ReportTable& table : comparison.effects()) report.tables.push_back(std::move(table));
  }
  if (both_have("population")) report.tables.push_back(comparison.population());
  if (request.part.is_paired) {
    report.notes.emplace_back(
        "Over replicates, each with itself: paired t-test. Variance reduction: variance of the unpaired difference "
        "over "
        "that of the paired one; so many times the replicates would be needed without pairs.");
  } else {
    report.notes.emplace_back("Over replicates, unpaired: Welch's t-test.");
    if (keys_against_pairing(found).empty())
      report.notes.emplace_back(
          "Both runs share seed, people and network: --paired compares replicate with replicate.");
  }
  return report;
}

/// The same as a page, with the curves of both.
figures::Page page_of(const Session& session, const Request& request, const Side& a, const Side& b,
                      const Report& report) {
  figures::Page page;
  page.title = report.title;
  page.subtitle = fmt::format("A: {} · B: {}", a.file.attribute("title"), b.file.attribute("title"));
  page.export_command = "kith export " + shell_quoted(a.path);
  figures::PagePart found{.id = "found", .title = "What differs"};
  found.tables = report.tables;
  found.notes = report.notes;
  figures::PagePart drawn{.id = "figures", .title = "Both over time"};
  const std::vector<figures::Side> sides{{"A", &a.file}, {"B", &b.file}};
  for (const figures::Definition& definition : session.application.figures()) {
    if (definition.kind != figures::Kind::over_time) continue;
    figures::Drawn figure = figures::draw_side_by_side(sides, definition, {request.part.group}, mean_of(session));
    if (figure.figure) drawn.figures.push_back(std::move(*figure.figure));
  }
  if (drawn.figures.empty()) drawn.paragraphs.emplace_back("There is nothing that both results have over time.");
  figures::PagePart origin{.id = "origin", .title = "How to see it again"};
  origin.facts = {{"A", fmt::format("{}, fingerprint {}", a.path, a.file.attribute("fingerprint"))},
                  {"B", fmt::format("{}, fingerprint {}", b.path, b.file.attribute("fingerprint"))}};
  for (const Side* side : {&a, &b})
    origin.texts.emplace_back(fmt::format("The command that made {}:", side == &a ? "A" : "B"),
                              kept_text(side->file, "command_line"));
  origin.texts.emplace_back("The command that made this page:", shell_command(session.arguments));
  page.parts = {std::move(found), std::move(drawn), std::move(origin)};
  return page;
}

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "compare",
       .summary = "Compares two runs whose scenarios have the same keys: B minus A, over replicates.",
       .examples = {{"kith run first-steps -o a.h5 --force && kith run first-steps --theory none -o b.h5 --force "
                     "&& kith compare a.h5 b.h5 --paired",
                     "the same people and chance under two theories"},
                    {"kith run first-steps -o a.h5 --force && kith run first-steps --seed 2 -o b.h5 --force "
                     "&& kith compare a.h5 b.h5 --report ab.html --force",
                     "the same as a page, with the curves of both"}}});
  std::optional<std::string> group;
  options.argument(request.a, "A.h5", "A result.", Options::Need::required);
  options.argument(request.b, "B.h5", "Another result.", Options::Need::required);
  options.flag(request.part.is_paired, "--paired",
               "Replicate against replicate; needs the same seed, people and network.");
  options.option(group, "--group", "GROUP", "Which group of people to compare; \"all\" is the default.");
  options.option(request.part.day, "--day", "D",
                 "Compare the population after D days, or over a range of them (10..20), not at the end.");
  options.option(request.page, "--report", "FILE", "Also write a page with the tables and the curves of both.");
  options.flag(request.force, "--force", "Replace the file of --report when it exists.");
  options.flag(request.wants_json, "--json", "Print one JSON object instead of tables.");
  if (!options.parse(words, session.console.out)) return false;
  if (group) request.part.group = *group;
  return true;
}

}  // namespace

ExitCode compare_runs(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  const Side a(request.a);
  const Side b(request.b);
  const Report report = report_of(session, request, a, b, checked_difference(request, a, b));
  if (request.page) {
    std::vector<std::string> inputs = a.file.files();
    inputs.insert(inputs.end(), b.file.files().begin(), b.file.files().end());
    write_page(session, page_of(session, request, a, b, report), *request.page,
               request.force ? Existing::replace : Existing::keep, inputs);
  }
  show(report, session.console.out, request.wants_json);
  return ExitCode::done;
}

}  // namespace kith::cli

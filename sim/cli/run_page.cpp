#include <fmt/format.h>

#include <map>

#include "cli/figures_of.hpp"
#include "cli/filed_run.hpp"
#include "cli/page_parts.hpp"
#include "cli/scenario.hpp"
#include "cli/side_by_side.hpp"
#include "core/shell.hpp"
#include "figures/effects.hpp"
#include "figures/in_short.hpp"
#include "figures/side_by_side.hpp"

namespace kith::cli {

namespace {

using figures::PagePart;

/// What the scenario says in words; empty where this version cannot read it.
std::vector<std::string> question(const Session& session, const io::ResultFile& result, std::string& summary) {
  const std::string resolved = kept_text(result, "scenario_resolved");
  if (resolved.empty()) return {};
  ScenarioChoice choice;
  choice.name = "scenario";
  choice.kept = KeptScenario{resolved, kept_text(result, "folder")};
  if (const std::string theories = kept_text(result, "theories"); !theories.empty()) choice.theory = theories;
  try {
    const LoadedScenario scenario =
        choice.theory ? load_side_by_side(session.application, choice) : load(session.application, choice);
    summary = scenario.study->summary();
    return scenario.study->in_words();
  } catch (const std::exception&) {
    return {};  // of another version: the page says that there are no words
  }
}

/// What the trial came to under each theory; what is the same under all of them, who took part, once.
void add_theories(const io::ResultFile& result, PagePart& part) {
  const std::vector<figures::Side> theories = figures::theories_of(result);
  std::map<std::string, std::size_t> times;
  std::vector<figures::InShort> all;
  for (const figures::Side& theory : theories) {
    all.push_back(figures::in_short(result, theory.suffix));
    for (const std::string& sentence : all.back().sentences) ++times[sentence];
  }
  for (std::size_t t = 0; t < theories.size(); ++t) {
    const std::string under = fmt::format("Under {}: ", theories[t].name);
    for (const std::string& sentence : all[t].sentences) {
      const bool is_of_all = times[sentence] == theories.size();
      if (!is_of_all || t == 0) part.paragraphs.push_back((is_of_all ? "" : under) + sentence);
    }
    if (all[t].table.rows.empty()) continue;
    part.tables.push_back(std::move(all[t].table));
    part.tables.back().title.insert(0, under);
  }
}

PagePart short_part(const io::ResultFile& result, const std::vector<figures::Definition>& definitions,
                    const std::string& path) {
  PagePart part{.id = "short", .title = "In short"};
  part.is_list = true;
  figures::InShort found = figures::in_short(result);
  part.paragraphs = std::move(found.sentences);
  if (!found.table.rows.empty()) part.tables.push_back(std::move(found.table));
  add_theories(result, part);
  for (std::string& sentence : figures::ends_in_short(result, definitions))
    part.paragraphs.push_back(std::move(sentence));
  if (part.paragraphs.empty()) return part;
  const std::string command = kept_text(result, "command_line");
  const std::string quoted = shell_quoted(path);
  const bool is_of_many = !maker_of_many(result.tables(), command).empty();
  part.paragraphs.emplace_back(
      "All of it is a simulation of what a theory says. What was fitted, and so was put in, stands under What was "
      "asked.");
  part.paragraphs.push_back(
      fmt::format("To see it again: {}; kith report {} makes this page.{}",
                  is_of_many ? command : "kith replay " + quoted + " runs it again and compares the bits", quoted,
                  is_of_many ? "" : " How to do so without the file stands at the end."));
  return part;
}

PagePart asked_part(const io::ResultFile& result, std::vector<std::string> words) {
  PagePart part{.id = "asked", .title = "What was asked"};
  part.is_list = true;
  if (words.empty()) {
    words.emplace_back(
        kept_text(result, "scenario_resolved").empty()
            ? "This result does not hold its scenario, so what was asked is not known."
            : "This version of Kith cannot tell the scenario of this result in words; it stands below as "
              "it was written.");
  }
  part.paragraphs = std::move(words);
  return part;
}

/// What the terminal printed; of a result that does not hold that, what its tables tell.
PagePart found_part(const io::ResultFile& result, bool is_of_trial) {
  PagePart part{.id = "found", .title = "What came out"};
  if (std::optional<Report> printed = kept_report(result)) {
    part.tables = std::move(printed->tables);
    part.notes = std::move(printed->notes);
    if (!is_of_trial)
      part.paragraphs.emplace_back(
          "This result has no trial with outcomes; how people fared is here and in the figures.");
    return part;
  }
  part.tables = figures::effect_tables(result);
  if (ReportTable flow = figures::flow_table(result); !flow.rows.empty()) part.tables.push_back(std::move(flow));
  part.paragraphs.emplace_back(
      part.tables.empty()
          ? "This result does not hold what the terminal printed of it, and has no trial with outcomes; how people "
            "fared is in the figures."
          : "This result does not hold what the terminal printed of it; what stands here is from its tables of "
            "effects. Means over the virtual studies. Differences: with the interval that one study of this size has. "
            "g: with the interval of the mean over the studies. Significant: share of studies with p < 0.05, with its "
            "exact interval. Own effect: the difference without noise and chance.");
  return part;
}

}  // namespace

figures::Page run_page(const Session& session, const io::ResultFile& result, const std::string& path) {
  const bool is_of_experiments = figures::subject_of(result) == figures::Subject::experiments;
  const bool is_of_many = !maker_of_many(result.tables(), kept_text(result, "command_line")).empty();
  figures::Page page;
  page.title = result.attribute("title").empty() ? path : result.attribute("title");
  std::vector<std::string> words = question(session, result, page.subtitle);
  if (is_of_experiments) {
    page.subtitle.clear();  // of one of the experiments
    words = {"Published experiments, each run under every theory: does the theory find what was found?"};
  } else if (is_of_many && !words.empty()) {
    words.emplace_back(
        "So the scenario says. Here some of its parameters were drawn anew for each run, those that were fitted among "
        "them perhaps: which, and from where, stands under What came out.");
  }
  page.alerts = alerts_of(result);
  page.export_command = "kith export " + shell_quoted(path);
  PagePart drawn{.id = "figures", .title = "Figures"};
  PagePart absent{.id = "absent", .title = "What this result does not hold"};
  absent.is_list = true;
  const bool has_sides = !figures::theories_of(result).empty();
  if (has_sides)
    absent.paragraphs.emplace_back(
        "All other figures: they are drawn of a result under one theory (kith run --theory NAME).");
  if (is_of_many && !is_of_experiments)
    absent.paragraphs.emplace_back(
        "How people fared: of runs with drawn parameters the effects are kept, not the course of each; the same run "
        "without --draws has it.");
  for (const figures::Definition& definition : session.application.figures()) {
    if (is_of_many && !is_of_experiments) break;
    if (definition.subject != figures::subject_of(result)) continue;
    if (has_sides && !figures::is_drawn_side_by_side(definition)) continue;
    figures::Drawn figure = draw_of(session, result, definition);
    if (figure.figure)
      drawn.figures.push_back(std::move(*figure.figure));
    else
      absent.paragraphs.push_back(fmt::format("{}: {}", definition.title, figure.missing));
  }
  PagePart in_short = short_part(result, session.application.figures(), path);
  const bool is_of_trial = !in_short.paragraphs.empty();
  if (is_of_trial) page.parts.push_back(std::move(in_short));
  page.parts.push_back(asked_part(result, std::move(words)));
  page.parts.push_back(found_part(result, is_of_trial || is_of_experiments || is_of_many));
  page.parts.push_back(cautions_part(result));
  if (!drawn.figures.empty()) page.parts.push_back(std::move(drawn));
  if (!absent.paragraphs.empty()) page.parts.push_back(std::move(absent));
  page.parts.push_back(origin_part(result, path));
  return page;
}

}  // namespace kith::cli

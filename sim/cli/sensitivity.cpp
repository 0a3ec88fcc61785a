#include <fmt/format.h>

#include <optional>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/partial_dependence.hpp"
#include "cli/report_text.hpp"
#include "cli/sweep_outcomes.hpp"

namespace kith::cli {

namespace {

struct Request {
  std::string path;
  std::vector<std::string> outcomes;
  std::optional<std::string> drawing;
  bool wants_partial = false;
  bool wants_json = false;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "sensitivity",
       .summary = "What an outcome of a merged sweep depends on: Sobol indices, or elementary effects (Morris).",
       .examples = {{"kith sweep sobol.yaml -o s -q && kith merge s -o s.h5 && kith sensitivity s.h5 --of "
                     "population.connection",
                     "of a design with design: sobol"},
                    {"kith sweep sobol.yaml -o s -q && kith merge s -o s.h5 && kith sensitivity s.h5 --partial --of "
                     "population.connection --svg s.svg",
                     "how the outcome goes with each factor, of any design"}}});
  options.argument(request.path, "ALL.h5", "What `kith merge` wrote of a design with design: sobol or morris.",
                   Options::Need::required);
  options.options(request.outcomes, "--of", "TABLE.VARIABLE",
                  "The outcome, its mean over virtual studies; effects.own unless told. May be repeated.");
  options.flag(request.wants_partial, "--partial",
               "Instead: the mean outcome at each value of a factor, over all values of the others; for any design.");
  options.option(request.drawing, "--svg", "FILE", "With --partial: draw it there too, in place of an older drawing.");
  options.flag(request.wants_json, "--json", "Print one JSON object instead of tables.");
  if (!options.parse(words, session.console.out)) return false;
  if (request.drawing && !request.wants_partial) throw Error(ErrorKind::usage, "--svg belongs to --partial");
  return true;
}

std::vector<Outcome> outcomes_of(const Request& request, const io::ResultFile& file) {
  return varying_outcomes(file, request.outcomes.empty() ? std::vector<std::string>{"effects.own"} : request.outcomes);
}

Report report_of(const Request& request, const io::ResultFile& file, const sweep::Design& design) {
  if (indices_note(design).empty()) {
    throw Error(ErrorKind::usage,
                fmt::format("the runs of a {} do not tell what goes with which factor\n  sweep with design: sobol "
                            "(indices) or design: morris (elementary effects); --partial shows the means of any design",
                            design.kind));
  }
  Report report;
  report.title = design.title;
  for (const Outcome& outcome : outcomes_of(request, file)) report.tables.push_back(*indices_table(design, outcome));
  if (report.tables.empty()) report.notes.emplace_back("Nothing varies between the runs.");
  report.notes.push_back(indices_note(design));
  return report;
}

Report partial_report(const Request& request, const io::ResultFile& file, const sweep::Design& design) {
  std::vector<DependenceOf> all;
  for (const Outcome& outcome : outcomes_of(request, file)) all.push_back(dependence_of(file, design, outcome));
  Report report;
  report.title = design.title;
  for (const DependenceOf& dependence : all) {
    for (ReportTable& table : dependence_tables(dependence)) report.tables.push_back(std::move(table));
  }
  if (all.empty()) {
    report.notes.emplace_back("Nothing varies between the runs.");
    return report;
  }
  report.notes.emplace_back(dependence_note);
  if (request.drawing) {
    OutputFile drawing(*request.drawing, Existing::replace, {request.path});
    drawing.stream() << dependence_svg(design.title, all);
    drawing.finish();
  }
  return report;
}

}  // namespace

ExitCode show_sensitivity(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  const io::ResultFile file(request.path);
  const std::optional<sweep::Design> design = design_in(file, request.path);
  if (!design)
    throw Error(ErrorKind::usage, request.path + " is no merged sweep\n  kith merge FOLDER -o ALL.h5 makes one");
  const Report report =
      request.wants_partial ? partial_report(request, file, *design) : report_of(request, file, *design);
  show(report, session.console.out, request.wants_json);
  return ExitCode::done;
}

}  // namespace kith::cli

#include "cli/cli.hpp"
#include "cli/documents.hpp"
#include "cli/options.hpp"
#include "cli/page_parts.hpp"
#include "cli/sweep_extent.hpp"
#include "figures/figure.hpp"

namespace kith::cli {

namespace {

/// "out.html" beside "out.h5", and beside the folder "out.h5.parts".
std::string default_output(std::string path, const std::string& ending_of_output) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  for (const std::string_view ending : {".parts", ".h5"}) {
    if (path.ends_with(ending)) path.resize(path.size() - ending.size());
  }
  return path + ending_of_output;
}

}  // namespace

ExitCode report_result(const Session& session, const Words& words) {
  Options options(
      {.command = "report",
       .summary =
           "Writes one page about a result, a merged sweep or kith evidence's result, with its figures: it needs "
           "no network, and works on paper.",
       .examples = {{"kith run first-steps -o out.h5 --force && kith report out.h5 --force", "writes out.html"},
                    {"kith sweep sobol.yaml -o s -q && kith merge s -o s.h5 && kith report s.h5 --of "
                     "population.connection",
                     "what an outcome of a sweep depends on"},
                    {"kith run first-steps -o out.h5 --force && kith report out.h5 --odd --force",
                     "the model of that scenario by the ODD protocol: out-odd.md"},
                    {"kith run first-steps -o out.h5 --force && kith report out.h5 --methods --force",
                     "a methods paragraph, and what it cites: out-methods.md and out-methods.bib"}}});
  std::string path;
  std::optional<std::string> output;
  std::vector<std::string> outcomes;
  bool wants_protocol = false;
  bool wants_methods = false;
  bool force = false;
  options.argument(path, "OUT.h5", "A result, or the folder OUT.h5.parts of a stopped run.", Options::Need::required);
  options.option(output, "-o,--output", "FILE", "The page, or the document; OUT.html if not given.");
  options.options(outcomes, "--of", "TABLE.VARIABLE",
                  "Of a sweep: the outcome, its mean over virtual studies. May be repeated.");
  options.flag(
      wants_protocol, "--odd",
      "Instead: the ODD protocol of this scenario in Markdown, with the submodels that it has and its numbers.");
  options.flag(wants_methods, "--methods",
               "Instead: a methods paragraph in Markdown that cites, and beside it the references (BibTeX).");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  if (wants_protocol && wants_methods) throw Error(ErrorKind::usage, "--odd and --methods: one at a time");
  const Existing existing = force ? Existing::replace : Existing::keep;
  const io::ResultFile result(path);
  if (wants_protocol || wants_methods) {
    if (!outcomes.empty()) throw Error(ErrorKind::usage, "--of goes with a page, not with --odd or --methods");
    const std::string name = output.value_or(default_output(path, wants_protocol ? "-odd.md" : "-methods.md"));
    (wants_protocol ? write_protocol : write_methods)(session, result, name, existing);
    return ExitCode::done;
  }
  if (!outcomes.empty() && !is_sweep(result))
    throw Error(ErrorKind::usage, path + " is no merged sweep, so --of says nothing: leave it out");
  figures::check_tables(result, session.application.figures());
  const figures::Page page = is_sweep(result) ? sweep_page(result, path, outcomes) : run_page(session, result, path);
  write_page(session, page, output.value_or(default_output(path, ".html")), existing, result.files());
  return ExitCode::done;
}

}  // namespace kith::cli

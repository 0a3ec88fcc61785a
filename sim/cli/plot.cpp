#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/drawing_file.hpp"
#include "cli/figures_of.hpp"
#include "cli/options.hpp"
#include "core/shell.hpp"

namespace kith::cli {

namespace {

const figures::Definition& find_definition(const std::vector<figures::Definition>& all, const std::string& name) {
  std::vector<std::string> names;
  for (const figures::Definition& definition : all) {
    if (definition.name == name) return definition;
    names.push_back(definition.name);
  }
  const std::string near = nearest(name, names);
  throw Error(ErrorKind::usage,
              fmt::format("there is no chart {}: {}", name,
                          near.empty() ? "kith plot --list names them" : fmt::format("did you mean {}?", near)));
}

/// All charts; with a result, whether it has what they need.
void list_charts(const Session& session, const std::optional<std::string>& path) {
  const std::vector<figures::Definition> all = session.application.figures();
  std::size_t width = 0;
  for (const figures::Definition& definition : all) width = std::max(width, definition.name.size());
  std::optional<io::ResultFile> result;
  if (path) result.emplace(*path);
  if (result) figures::check_tables(*result, all);
  const Channel& out = session.console.out;
  for (const figures::Definition& definition : all) {
    if (result && definition.subject != figures::subject_of(*result)) continue;
    std::string text = definition.title;
    if (result) {
      const figures::Drawn drawn = draw_of(session, *result, definition);
      if (!drawn.figure) text += " (not here: " + drawn.missing + ")";
    }
    *out.stream << fmt::format("{:<{}}  {}\n", definition.name, width, wrapped(text, out.width, width + 2));
  }
}

void write_chart(const Session& session, const std::string& path, const std::string& chart, const std::string& output,
                 Existing existing) {
  if (!output.ends_with(".png") && !output.ends_with(".svg"))
    throw Error(ErrorKind::usage, fmt::format("-o {}: a chart is written as .svg or .png", output));
  const figures::Definition definition = find_definition(session.application.figures(), chart);
  const io::ResultFile result(path);
  figures::check_tables(result, {definition});
  const figures::Drawn drawn = draw_of(session, result, definition);
  if (!drawn.figure)
    throw Error(ErrorKind::usage, fmt::format("{} cannot be drawn of {}: {}\n  kith plot {} --list tells what can",
                                              chart, path, drawn.missing, shell_quoted(path)));
  const std::string svg = as_one(*drawn.figure).svg();
  OutputFile file(output, existing, result.files());
  write_drawing(svg, output, file);
  file.finish();
  for (const std::string& note : drawn.figure->notes) *session.console.err.stream << note << '\n';
  *session.console.err.stream << fmt::format("wrote {}\n", output);
}

}  // namespace

ExitCode plot_chart(const Session& session, const Words& words) {
  Options options(
      {.command = "plot",
       .summary = "Draws one chart of a result, as SVG or PNG.",
       .examples = {{"kith plot --list", "which charts there are"},
                    {"kith run first-steps -o out.h5 --force && kith plot out.h5 --list", "which of them a result has"},
                    {"kith run first-steps -o out.h5 --force && kith plot out.h5 connection -o connection.svg --force",
                     "one of them"}}});
  std::string path;
  std::string chart;
  std::optional<std::string> output;
  bool wants_list = false;
  bool force = false;
  options.argument(path, "OUT.h5", "A result, or the folder OUT.h5.parts of a stopped run.", Options::Need::optional);
  options.argument(chart, "CHART", "Which chart; --list names them.", Options::Need::optional);
  options.option(output, "-o,--output", "FILE", "Where to draw it: FILE.svg or FILE.png.");
  options.flag(wants_list, "--list", "List the charts; with a result, say which it has.");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  if (wants_list) {
    if (!chart.empty() || output) throw Error(ErrorKind::usage, "--list goes with a result alone, or with nothing");
    list_charts(session, path.empty() ? std::nullopt : std::optional(path));
    return ExitCode::done;
  }
  if (path.empty() || chart.empty())
    throw Error(ErrorKind::usage,
                "plot needs a result and a chart: kith plot OUT.h5 CHART -o FILE.svg\n"
                "  kith plot OUT.h5 --list tells which charts there are");
  if (!output) throw Error(ErrorKind::usage, "plot needs a file to draw to: add -o FILE.svg, or -o FILE.png");
  write_chart(session, path, chart, *output, force ? Existing::replace : Existing::keep);
  return ExitCode::done;
}

}  // namespace kith::cli

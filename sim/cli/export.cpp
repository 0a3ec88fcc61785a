#include <fmt/format.h>

#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "io/result_file.hpp"

namespace kith::cli {

namespace {

/// Throws when there is no such table; "network/end" names a table and one of its dimensions.
void check_table(const io::ResultFile& result, const std::string& table) {
  const std::string name = table.substr(0, table.find('/'));
  const std::vector<std::string> tables = result.tables();
  std::string all;
  for (const std::string& each : tables) {
    if (each == name) return;
    all += (all.empty() ? "" : ", ") + each;
  }
  const std::string near = nearest(name, tables);
  throw Error(ExitCode::usage,
              fmt::format("there is no table {}: {}", name,
                          near.empty() ? "the tables are " + all : fmt::format("did you mean {}?", near)));
}

}  // namespace

ExitCode export_table(const Session& session, const Words& words) {
  Options options(
      {.command = "export",
       .summary = "Writes a table of a result as CSV: one row for each index of its dimensions.",
       .examples = {{"kith run first-steps -o out.h5 --force && kith export out.h5 --table population --csv -",
                     "to standard output"},
                    {"kith run first-steps -o out.h5 --force && kith export out.h5", "which tables there are"}}});
  std::string path;
  std::optional<std::string> table;
  std::optional<std::string> csv;
  bool force = false;
  options.argument(path, "OUT.h5", "A result, or the folder OUT.h5.parts of a stopped run.", Options::Need::required);
  options.option(table, "--table", "TABLE", "Which table; without it, the tables are listed.");
  options.option(csv, "--csv", "FILE", "Where to write; \"-\", the default, is standard output.");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  const io::ResultFile result(path);
  if (!table) {
    if (csv)
      throw Error(ExitCode::usage,
                  "--csv needs a table: add --table TABLE (kith export " + shell_quoted(path) + " lists them)");
    for (const std::string& name : result.tables()) {
      *session.console.out.stream << fmt::format("{:<14}  {}\n", name, result.spec(name).long_name);
    }
    return ExitCode::done;
  }
  check_table(result, *table);
  if (!csv || *csv == "-") {
    io::export_csv(result, *table, *session.console.out.stream);
    return ExitCode::done;
  }
  OutputFile file(*csv, force ? Existing::replace : Existing::keep);
  io::export_csv(result, *table, file.stream());
  file.finish();
  *session.console.err.stream << fmt::format("wrote {}\n", *csv);
  return ExitCode::done;
}

}  // namespace kith::cli

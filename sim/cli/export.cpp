#include <fmt/format.h>

#include <charconv>
#include <ostream>
#include <utility>

#include "cli/cli.hpp"
#include "cli/network_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/tie_log.hpp"
#include "io/result_file.hpp"
#include "network/exchange.hpp"

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
  throw Error(ErrorKind::usage,
              fmt::format("there is no table {}: {}", name,
                          near.empty() ? "the tables are " + all : fmt::format("did you mean {}?", near)));
}

/// What is asked of the log of ties.
struct NetworkWish {
  bool network = false;
  std::optional<std::uint32_t> day;
  std::optional<std::string> days;  ///< "60,120"
  std::optional<std::uint32_t> replicate;
  std::optional<std::string> output;
  bool graphml = false;
};

std::pair<std::uint32_t, std::uint32_t> two_days(const std::string& text) {
  const std::size_t comma = text.find(',');
  const auto number = [&](const std::string& part) {
    std::uint32_t day = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), day);
    if (error != std::errc{} || end != part.data() + part.size())
      throw Error(ErrorKind::usage, fmt::format("--diff wants two days, e.g. 60,120, not \"{}\"", text));
    return day;
  };
  if (comma == std::string::npos) return {number(""), 0};
  return {number(text.substr(0, comma)), number(text.substr(comma + 1))};
}

void check_wish(const NetworkWish& wish, bool wants_table) {
  if (wish.network && wants_table) throw Error(ErrorKind::usage, "--network and --table are two things; ask for one");
  if (wish.network && wish.day.has_value() == wish.days.has_value())
    throw Error(ErrorKind::usage,
                "--network needs a day: add --day 120, or --diff 60,120 for what changed between two");
  if (!wish.network && (wish.day || wish.days || wish.replicate || wish.output || wish.graphml))
    throw Error(ErrorKind::usage, "--day, --diff, --replicate, --output and --graphml go with --network");
  if (wish.graphml && wish.days)
    throw Error(ErrorKind::usage, "--graphml goes with --day; --diff writes what changed as CSV");
}

/// Writes to the file, or to standard output where there is none.
template <class F>
void write_to(const Session& session, const io::ResultFile& result, const std::optional<std::string>& path,
              Existing existing, F&& write) {
  if (!path || *path == "-") {
    write(*session.console.out.stream);
    return;
  }
  OutputFile file(*path, existing, result.files());
  write(file.stream());
  file.finish();
  *session.console.err.stream << fmt::format("wrote {}\n", *path);
}

void export_network(const Session& session, const io::ResultFile& result, const NetworkWish& wish, Existing existing) {
  const std::uint32_t replicate = wish.replicate.value_or(0);
  for (const std::string& table : result.tables()) {
    if (table == "tie_events") result.check(table);
  }
  if (wish.days) {
    const auto [from, to] = two_days(*wish.days);
    const network::Graph before = network_at(result, replicate, 24.0 * from);
    const network::Graph after = network_at(result, replicate, 24.0 * to);
    write_to(session, result, wish.output, existing,
             [&](std::ostream& out) { write_differences(before, after, out); });
    return;
  }
  const bool is_file = wish.output && *wish.output != "-";
  const WriteNetwork write = wish.graphml ? network::export_graphml
                             : is_file    ? network_format(*wish.output)
                                          : network::export_csv;
  const network::Graph graph = network_at(result, replicate, 24.0 * *wish.day);
  write_to(session, result, wish.output, existing, [&](std::ostream& out) { write(graph, out); });
}

}  // namespace

ExitCode export_table(const Session& session, const Words& words) {
  Options options(
      {.command = "export",
       .summary =
           "Writes a table of a result as CSV, one row for each index of its dimensions; or, where ties live, the "
           "network of any day.",
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
  NetworkWish wish;
  options.flag(wish.network, "--network", "The network of a day instead, from the log of ties (record.tie_events).");
  options.option(wish.day, "--day", "DAY", "Which day, counted from the start of the measured time.");
  options.option(wish.days, "--diff", "DAY,DAY", "Instead of one day: the ties that changed between two.");
  options.option(wish.replicate, "--replicate", "N", "Which virtual study; 0 unless told.");
  options.option(wish.output, "-o,--output", "FILE", "Where to write the network: FILE.graphml or FILE.csv.");
  options.flag(wish.graphml, "--graphml", "Write GraphML, whatever the file is called, and on standard output.");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  check_wish(wish, table || csv);
  const Existing existing = force ? Existing::replace : Existing::keep;
  const io::ResultFile result(path);
  if (wish.network) {
    export_network(session, result, wish, existing);
    return ExitCode::done;
  }
  if (!table) {
    if (csv)
      throw Error(ErrorKind::usage,
                  "--csv needs a table: add --table TABLE (kith export " + shell_quoted(path) + " lists them)");
    for (const std::string& name : result.tables()) {
      *session.console.out.stream << fmt::format("{:<14}  {}\n", name, result.spec(name).long_name);
    }
    return ExitCode::done;
  }
  check_table(result, *table);
  result.check(table->substr(0, table->find('/')));
  write_to(session, result, csv, existing, [&](std::ostream& out) { io::export_csv(result, *table, out); });
  return ExitCode::done;
}

}  // namespace kith::cli

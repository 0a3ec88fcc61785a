#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/memory.hpp"
#include "cli/results.hpp"
#include "config/document.hpp"

namespace kith::cli {

namespace {

/// `{}`: how to keep a result, where this build can.
constexpr std::string_view welcome =
    R"(Kith simulates the brain opioid theory of social attachment: people with an opioid
tone live on a social network, some of them take a drug that blocks it, and
Kith shows how connected and how isolated everybody becomes.

Try:
  kith run first-steps                          a small trial, in a second
  kith run naltrexone-crossover{}
  kith new first-steps -o my.yaml               a commented scenario to change

More:
  kith list                   what ships         kith explain botsa   what it means
  kith --help                 all commands       kith run --help      one of them
)";

ExitCode dispatch(const Session& session) {
  const Words& words = session.arguments;
  if (words.empty()) {
    *session.console.out.stream << fmt::format(welcome, has_result_files()
                                                            ? " -o out.h5       the founding trial, kept for xarray"
                                                            : "                 the founding trial");
    return ExitCode::done;
  }
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") return print_help(session, {words.begin() + 1, words.end()});
  if (first == "--version" || first == "-V") return print_version(session, {words.begin() + 1, words.end()});
  if (first.size() > 1 && first.front() == '-') {
    throw Error(ErrorKind::usage, fmt::format("the command comes before its options, and {} comes first\n"
                                              "  e.g. kith run first-steps {}",
                                              first, first));
  }
  return find_command(first).run(session, {words.begin() + 1, words.end()});
}

/// Prints what went wrong and gives the exit status for it.
ExitCode report_failure(const Console& console, const std::exception& failure) {
  const auto print = [&](std::string_view message) {
    *console.err.stream << styled(console.err, Style::error, "kith: ") << message << '\n';
  };
  if (const auto* invalid = dynamic_cast<const config::InvalidScenario*>(&failure)) {
    *console.err.stream << invalid->what() << '\n';
    return exit_code(invalid->kind());
  }
  print(reason_of(failure));
  const auto* error = dynamic_cast<const Error*>(&failure);
  return error != nullptr ? exit_code(error->kind()) : ExitCode::failed;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> list{
        {"run", "run a scenario, print its result, keep it in a file", run_scenario},
        {"list", "the shipped scenarios", list_scenarios},
        {"new", "a commented copy of a shipped scenario to start from", new_scenario},
        {"validate", "all mistakes of a scenario at once", validate_scenario},
        {"explain", "what a key, a drug or a theory means, and where its default comes from", explain_word},
        {"schema", "JSON Schema of a scenario, for editors", print_schema},
        {"evidence", "published experiments under every theory, and the signs that each predicts", weigh_evidence},
        {"fit", "parameters estimated from what was measured", fit_problem},
        {"lesson", "the classroom's lessons in the terminal", teach},
        {"network", "a scenario's network: its measures, and a copy as GraphML or CSV", show_network},
    };
    if (!has_result_files()) list.front().summary = "run a scenario, print its result";
    for (const Command& command : commands_on_results()) list.push_back(command);
    list.push_back({"replay", "a result once more, bit for bit; or one person at one moment of a run", replay_run});
    list.push_back({"completion", "what makes a shell complete kith's words", print_completion});
    list.push_back({"help", "what a command takes; its manual page", print_help});
    list.push_back({"version", "what this kith was built from", print_version});
    return list;
  }();
  return all;
}

const Command& find_command(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const std::string near = nearest(name, names);
  throw Error(ErrorKind::usage, fmt::format("kith has no command \"{}\"{}\n  kith --help lists all commands", name,
                                            near.empty() ? "" : fmt::format(": did you mean \"{}\"?", near)));
}

int run_command_line(const Application& application, const Words& arguments, const Console& console) {
  ExitCode code = ExitCode::failed;
  try {
    code = dispatch({application, console, arguments});
  } catch (const std::exception& failure) {
    console.out.stream->flush();
    code = report_failure(console, failure);
  }
  if (!console.out.stream->flush() && code == ExitCode::done && !has_lost_its_reader(console.out)) {
    *console.err.stream << "kith: standard output cannot be written (is the disk full?)\n";
    code = ExitCode::output;
  }
  return static_cast<int>(code);
}

int run_command_line(const Application& application, int argc, char** argv) {
  occupy_standard_streams();
  std::signal(SIGXFSZ, SIG_IGN);  // a file at its largest size is then a failed write, like a full disk
  const Words arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return run_command_line(application, arguments, standard_console());
}

}  // namespace kith::cli

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/application.hpp"
#include "cli/console.hpp"
#include "cli/exit_code.hpp"
#include "core/error.hpp"

/// The commands, one file each. A command gets the words after its name, throws kith::Error for what it cannot do, and
/// returns the exit status otherwise.
namespace kith::cli {

/// What every command works with.
struct Session {
  const Application& application;
  Console console;
  std::vector<std::string> arguments;  ///< the whole command line, without the name of the program
};

using Words = std::vector<std::string>;

struct Command {
  std::string_view name;
  std::string_view summary;  ///< for the list of commands
  ExitCode (*run)(const Session& session, const Words& words);
};

const std::vector<Command>& commands();
/// Throws kith::Error(ErrorKind::usage) with the nearest name.
const Command& find_command(const std::string& name);

ExitCode list_scenarios(const Session& session, const Words& words);
ExitCode new_scenario(const Session& session, const Words& words);
ExitCode validate_scenario(const Session& session, const Words& words);
ExitCode explain_word(const Session& session, const Words& words);
ExitCode print_schema(const Session& session, const Words& words);
ExitCode run_scenario(const Session& session, const Words& words);
ExitCode teach(const Session& session, const Words& words);
ExitCode verify_scenario(const Session& session, const Words& words);
ExitCode check_result(const Session& session, const Words& words);
ExitCode resume_run(const Session& session, const Words& words);
ExitCode replay_run(const Session& session, const Words& words);
ExitCode branch_run(const Session& session, const Words& words);
ExitCode weigh_evidence(const Session& session, const Words& words);
ExitCode fit_problem(const Session& session, const Words& words);
ExitCode show_network(const Session& session, const Words& words);
ExitCode show_info(const Session& session, const Words& words);
ExitCode export_table(const Session& session, const Words& words);
ExitCode sweep_design(const Session& session, const Words& words);
ExitCode merge_sweep(const Session& session, const Words& words);
ExitCode show_sensitivity(const Session& session, const Words& words);
ExitCode plot_chart(const Session& session, const Words& words);
ExitCode report_result(const Session& session, const Words& words);
ExitCode compare_runs(const Session& session, const Words& words);
ExitCode print_completion(const Session& session, const Words& words);
ExitCode print_help(const Session& session, const Words& words);
ExitCode print_version(const Session& session, const Words& words);

/// The same as `run_command_line`, writing where `console` says.
int run_command_line(const Application& application, const Words& arguments, const Console& console);

}  // namespace kith::cli

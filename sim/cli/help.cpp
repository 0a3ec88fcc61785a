#include "cli/help.hpp"

#include <fmt/format.h>

#include <ostream>
#include <sstream>

#include "cli/options.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string overview(std::size_t width) {
  std::string text =
      "Kith, an agent-based simulator of the brain opioid theory of social attachment\n\n"
      "Usage: kith COMMAND [OPTIONS]\n\n";
  for (const Command& command : commands()) text += fmt::format("  {:<13}{}\n", command.name, command.summary);
  std::string statuses;
  for (const auto& [code, meaning] : exit_codes)
    statuses += fmt::format("{}{} {}", statuses.empty() ? "" : "; ", static_cast<int>(code), meaning);
  constexpr std::size_t widest = 100;
  const std::string more = fmt::format("kith COMMAND --help tells about one of them. Exit status: {}.", statuses);
  text += fmt::format("\n{}\n\n", wrapped(more, std::min(width, widest)));
  text +=
      "Examples:\n"
      "  kith run first-steps\n"
      "      run a shipped scenario\n"
      "  kith run --help\n"
      "      everything that `run` can do\n";
  return text;
}

}  // namespace

Json description_of(const Session& session, const Command& command) {
  std::ostringstream text;
  Session asked{session.application, session.console, session.arguments};
  asked.console.out = {.stream = &text};
  command.run(asked, {std::string(wants_description)});
  Json description = Json::parse(text.str());
  description["summary"] = command.summary;
  return description;
}

ExitCode print_help(const Session& session, const Words& words) {
  Options options({.command = "help",
                   .summary = "Tells what kith, or one of its commands, takes: as text, as a manual page, or as JSON.",
                   .examples = {{"kith help run", "the same as kith run --help"},
                                {"kith help --man run > kith-run.1", "its manual page"},
                                {"kith help --json", "all commands with all that they take"}}});
  std::string name;
  bool wants_page = false;
  bool wants_json = false;
  options.argument(name, "COMMAND", "Which command; kith itself if not given.", Options::Need::optional);
  options.flag(wants_page, "--man", "Print a manual page, which man -l shows.");
  options.flag(wants_json, "--json", "Print one JSON object.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  std::ostream& out = *session.console.out.stream;
  if (wants_page && wants_json) throw Error(ErrorKind::usage, "--man and --json do not go together");
  if (name.empty()) {
    if (wants_page) {
      out << manual_page();
    } else if (wants_json) {
      Json all = Json::array();
      for (const Command& command : commands()) all.push_back(description_of(session, command));
      Json statuses = Json::array();
      for (const auto& [code, meaning] : exit_codes)
        statuses.push_back({{"status", static_cast<int>(code)}, {"meaning", meaning}});
      out << Json{{"commands", all}, {"exit_statuses", statuses}}.dump(2) << '\n';
    } else {
      out << overview(session.console.out.width);
    }
    return ExitCode::done;
  }
  const Command& command = find_command(name);
  if (!wants_page && !wants_json) return command.run(session, {"--help"});
  const Json description = description_of(session, command);
  out << (wants_page ? manual_page(description) : description.dump(2) + '\n');
  return ExitCode::done;
}

}  // namespace kith::cli

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/candidates.hpp"
#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/shell_texts.hpp"

namespace kith::cli {

namespace {

/// "bash|fish|zsh"
std::string shells() {
  std::string names;
  for (const auto& [name, text] : shell_texts) names += (names.empty() ? "" : "|") + std::string(name);
  return names;
}

/// For the shells: a line a word, with its meaning after a tab.
void offer(const Candidates& found, std::ostream& out) {
  for (const Candidate& each : found.words) {
    std::string meaning = each.meaning.substr(0, each.meaning.find('\n'));
    std::replace(meaning.begin(), meaning.end(), '\t', ' ');
    out << each.word << '\t' << meaning << '\n';
  }
  if (found.or_file) out << ":files\n";
}

}  // namespace

ExitCode print_completion(const Session& session, const Words& words) {
  // Whatever stands after it is what somebody writes, --help among it.
  if (!words.empty() && words.front() == "words") {
    offer(candidates(session, {words.begin() + 1, words.end()}), *session.console.out.stream);
    return ExitCode::done;
  }
  Options options({.command = "completion",
                   .summary =
                       "Prints what makes a shell complete commands, options, scenarios, keys, drugs and theories. "
                       "An installed kith has it in place. The shells ask `kith completion words WORD...`, "
                       "which lists what may stand in place of the last word.",
                   .examples = {{"kith completion bash > kith.bash", "then: source kith.bash"},
                                {"kith completion words run first-steps --the", "what a shell is told"}}});
  std::string shell;
  options.argument(shell, shells(), "Which shell.", Options::Need::required);
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  for (const auto& [name, text] : shell_texts) {
    if (name != shell) continue;
    *session.console.out.stream << text;
    return ExitCode::done;
  }
  throw Error(ErrorKind::usage,
              fmt::format("there is no completion for the shell \"{}\" (there is {})", shell, shells()));
}

}  // namespace kith::cli

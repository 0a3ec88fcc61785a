#include <fmt/format.h>

#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "cli/side_by_side.hpp"
#include "cli/stop.hpp"
#include "core/parallel.hpp"

namespace kith::cli {
ExitCode weigh_evidence(const Session& session, const Words& words) {
  Options options(
      {.command = "evidence",
       .summary = "What each theory predicts, by simulation in the same people with the same draws.",
       .examples = {{"kith evidence --signs", "which way each theory says that things move"},
                    {"kith evidence --signs --theory botsa,none --people 300", "two theories, fewer people"}}});
  bool signs = false;
  options.flag(signs, "--signs", "The table of signs, with magnitudes and intervals.");
  std::optional<std::string> theory;
  options.option(theory, "--theory", "NAMES", "Theories with commas between; all if not given.");
  std::optional<std::uint32_t> people;
  options.option(people, "--people", "N", "How many people live in each world; 4000 if not given.");
  std::optional<std::uint32_t> count;
  options.option(count, "--threads", "N", "Threads; 0, the default, takes what the machine grants.");
  bool json = false;
  options.flag(json, "--json", "Print one JSON object instead of tables.");
  bool quiet = false;
  options.flag(quiet, "-q,--quiet", "No progress.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  if (!signs) throw Error(ErrorKind::usage, "say what to show: kith evidence --signs");
  if (people && *people < 20) throw Error(ErrorKind::usage, fmt::format("--people {}: takes at least 20", *people));
  SignRequest request{.people = people.value_or(4000)};
  if (theory) request.theories = named_theories(*theory, session.application.theories());
  set_threads(count.value_or(0));
  const StopRequests stop_requests;
  ProgressDisplay display(session.console.err);
  request.progress = [&](double share, std::string_view what) {
    StopRequests::check();
    if (!quiet) display.report(share, what);
  };
  const Report report = session.application.signs(request);
  display.clear();
  std::ostream& out = *session.console.out.stream;
  out << (json ? print_json(report) + "\n" : print_report(report, session.console.out)) << std::flush;
  return ExitCode::done;
}

}  // namespace kith::cli

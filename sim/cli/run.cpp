#include <fmt/format.h>

#include <csignal>
#include <optional>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/draws.hpp"
#include "cli/memory.hpp"
#include "cli/output_file.hpp"
#include "cli/provenance.hpp"
#include "cli/results.hpp"
#include "cli/running.hpp"
#include "cli/side_by_side.hpp"
#include "cli/stop.hpp"
#include "core/inputs.hpp"

namespace kith::cli {

namespace {

/// What the command line asks for.
struct Request {
  ScenarioChoice scenario;
  std::optional<std::string> output;
  std::optional<std::uint32_t> replicate;
  std::optional<std::string> draws;
  std::optional<std::uint32_t> draw_count;
  RunManner manner;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Help help{.command = "run",
            .summary = "Runs a scenario and prints its result. Nothing is written unless -o names a file.",
            .examples = {{"kith run first-steps", "the smallest trial"},
                         {"kith run first-steps -o first.h5 --seed 7 --force", "another seed, kept in a file"},
                         {"kith run first-steps --set people.count=300 --theory none --json",
                          "two changes, printed for a program"},
                         {"kith run first-steps --theory all", "the same study under every theory, side by side"}}};
  if (!has_result_files()) {
    help.summary = "Runs a scenario and prints its result.";
    help.examples[1] = {"kith run first-steps --seed 7", "another seed"};
  }
  Options options(std::move(help));
  request.scenario.add_to(options);
  options.option(request.output, "-o,--output", "FILE", "Write the result to this HDF5 file.");
  options.option(request.replicate, "--replicate", "K", "Run replicate K (from 0) alone.");
  options.option(
      request.draws, "--draws", "FILE|prior",
      "Run at draws of the parameters, of a posterior that kith fit wrote or of every assumption's documented "
      "range (prior), and tell chance and parameters apart.");
  options.option(request.draw_count, "--draw-count", "N", "With --draws: so many; 20 if not given.");
  request.manner.add_to(
      options,
      "Replace an existing result, and discard what an earlier run left; run even where memory seems too small.");
  if (!has_result_files()) {
    for (const char* name : {"--output", "--force", "--save-every", "--checkpoint-every", "--max-hours", "--stop-at"})
      options.hide(name);
  }
  return options.parse(words, session.console.out);
}

void check_output(const Request& request) {
  const RunManner& manner = request.manner;
  const std::optional<std::string> of_files = manner.save_every         ? std::optional("--save-every")
                                              : manner.checkpoint_every ? std::optional("--checkpoint-every")
                                              : manner.max_hours        ? std::optional("--max-hours")
                                              : manner.stop_at          ? std::optional("--stop-at")
                                                                        : std::nullopt;
  if (!has_result_files() && (request.output || of_files)) refuse_results();
  if (!request.output) {
    if (!of_files) return;
    throw Error(ErrorKind::usage, *of_files + " says how to write a file, and no file is named: add -o OUT.h5");
  }
  check_result_name(*request.output, request.scenario.name);
}

void check_draws(const Request& request) {
  if (!request.draws) {
    if (request.draw_count) throw Error(ErrorKind::usage, "--draw-count goes with --draws");
    return;
  }
  const RunManner& manner = request.manner;
  if (request.replicate || names_several_theories(request.scenario) || manner.save_every || manner.checkpoint_every ||
      manner.max_hours || manner.live)
    throw Error(
        ErrorKind::usage,
        "--draws runs all virtual studies under one theory, in one go: leave out --replicate, a list of theories, "
        "--save-every, --checkpoint-every, --max-hours and --live");
  if (request.draw_count && (*request.draw_count < 2 || *request.draw_count > 10'000))
    throw Error(ErrorKind::usage, "--draw-count: from 2 to 10000");
}

/// The command that shows a moment of the run, without what does not change its numbers.
std::string replay_command(const Request& request) {
  Words words{"replay"};
  ScenarioChoice scenario = request.scenario;
  if (names_several_theories(scenario)) scenario.theory.reset();  // each run adds its own
  for (const std::string& word : scenario.words()) words.push_back(word);
  return shell_command(words);
}

}  // namespace

ExitCode run_scenario(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  check_output(request);
  check_draws(request);
  // A reader of the tables who leaves must not end a run that writes a file.
  if (request.output) std::signal(SIGPIPE, SIG_IGN);
  request.manner.apply();
  std::optional<InputStore> inputs;  // what the file keeps of them is what the run reads
  if (request.output) inputs.emplace();
  if (request.draws)
    return run_draws(
        session, request.manner,
        {.scenario = request.scenario, .what = *request.draws, .count = request.draw_count, .output = request.output});
  const bool has_several = names_several_theories(request.scenario);
  LoadedScenario scenario = has_several ? load_side_by_side(session.application, request.scenario)
                                        : load(session.application, request.scenario);
  if (!request.manner.force) check_memory(scenario.study->memory_needed(request.replicate), granted_memory());
  if (request.scenario.strict) refuse_warnings(request.scenario, surveyed(scenario).doubts);
  const StopRequests stop_requests;  // no signal leaves a half-made output behind
  std::unique_ptr<KeptResult> kept;
  if (request.output) {
    const KeepOptions options{.path = *request.output,
                              .replace = request.manner.force,
                              .save_every = request.manner.save_seconds(),
                              .theories = has_several ? *request.scenario.theory : "",
                              .only_replicate = request.replicate};
    kept = keep_result(options, session, scenario);
  }
  RunSettings settings{.theories = has_several ? *request.scenario.theory : "",
                       .only_replicate = request.replicate,
                       .replay = replay_command(request),
                       .checkpoint_every = request.manner.checkpoint_seconds()};
  ScenarioRun(session, request.manner, std::move(settings), scenario, std::move(kept), request.output).execute();
  return ExitCode::done;
}

}  // namespace kith::cli

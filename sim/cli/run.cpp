#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/memory.hpp"
#include "cli/progress.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "cli/results.hpp"
#include "cli/side_by_side.hpp"
#include "cli/stop.hpp"
#include "core/parallel.hpp"
#include "core/units.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t most_threads = 1024;

/// What the command line asks for.
struct Request {
  ScenarioChoice scenario;
  std::optional<std::string> output;
  std::optional<std::string> save_every;
  std::optional<std::uint32_t> replicate;
  std::optional<std::uint32_t> threads;
  bool quiet = false;
  bool json = false;
  bool force = false;
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
  options.flag(
      request.force, "--force",
      "Replace an existing result, and discard what an earlier run left; run even where memory seems too small.");
  options.option(request.save_every, "--save-every", "TIME",
                 "How often rows are saved while the run goes on, so that a kill loses no more: 10s, 1min.");
  options.option(request.replicate, "--replicate", "K", "Run replicate K (from 0) alone.");
  options.option(request.threads, "--threads", "N",
                 "Threads, at most 1024; 0, the default, takes what the machine grants.");
  options.flag(request.quiet, "-q,--quiet", "No progress and no messages.");
  options.flag(request.json, "--json", "Print one JSON object instead of tables.");
  if (!has_result_files()) {
    for (const char* name : {"--output", "--force", "--save-every"}) options.hide(name);
  }
  return options.parse(words, session.console.out);
}

/// Seconds between two saves, where they are given.
std::optional<double> save_interval(const Request& request) {
  if (!request.save_every) return std::nullopt;
  const Quantity time = parse_quantity(*request.save_every, Dimension::time);
  if (!time.value) {
    throw Error(ErrorKind::usage, fmt::format("--save-every {}: {}{}", *request.save_every, time.problem,
                                              time.suggestion.empty() ? "" : ", " + time.suggestion));
  }
  if (*time.value <= 0.0) {
    throw Error(ErrorKind::usage, fmt::format("--save-every {}: must be more than 0 s", *request.save_every));
  }
  constexpr double seconds_per_hour = 3600.0;
  return *time.value * seconds_per_hour;
}

void check_threads(std::uint32_t threads) {
  if (threads <= most_threads) return;
  throw Error(ErrorKind::usage, fmt::format("--threads {}: at most {}, and more than the machine has processors only "
                                            "cost time",
                                            threads, most_threads));
}

void check_output(const Request& request) {
  if (!has_result_files() && (request.output || request.save_every)) refuse_results();
  if (!request.output) {
    if (!request.save_every) return;
    throw Error(ErrorKind::usage, "--save-every says how to write a file, and no file is named: add -o OUT.h5");
  }
  if (request.output->empty() || *request.output == "-") {
    throw Error(ErrorKind::usage, "an HDF5 file cannot be written to standard output: name a file after -o");
  }
  std::error_code problem;
  // The longest name that stands for it while it is written.
  static_cast<void>(fs::status(*request.output + ".tmp-4194304", problem));
  if (problem == std::errc::filename_too_long)
    throw Error(ErrorKind::output, *request.output + " cannot be written (its name is too long)");
  std::error_code ignored;
  const fs::file_status status = fs::status(*request.output, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw Error(ErrorKind::output, *request.output + " is a folder or a device: name a file");
  }
  if (fs::equivalent(*request.output, request.scenario.name, ignored)) {
    throw Error(ErrorKind::output, *request.output + " is the scenario itself: choose another name for the output");
  }
}

/// The command that repeats the run, without what does not change its numbers.
std::string replay_command(const Request& request) {
  Words words{"run"};
  ScenarioChoice scenario = request.scenario;
  if (names_several_theories(scenario)) scenario.theory.reset();  // each run adds its own
  for (const std::string& word : scenario.words()) words.push_back(word);
  return shell_command(words);
}

/// One run, from a checked scenario to its printed result.
class Run {
 public:
  Run(const Session& session, const Request& request, LoadedScenario& scenario)
      : session_(session),
        request_(request),
        study_(*scenario.study),
        seed_text_(seed_text(scenario.document.resolved())) {
    if (!request.output) return;
    const KeepOptions options{.path = *request.output, .replace = request.force, .save_every = save_interval(request)};
    kept_ = keep_result(options, session, scenario);
  }

  void execute() {
    if (!request_.json) print_header();
    print_notes();
    const double start = ProgressDisplay::steady_seconds();
    const Report report = compute();
    std::exception_ptr unwritten;
    try {
      write_result(report);
    } catch (const std::exception&) {
      unwritten = std::current_exception();  // the tables are worth printing all the same
    }
    print_result(report, ProgressDisplay::steady_seconds() - start, unwritten == nullptr);
    if (unwritten) std::rethrow_exception(unwritten);
  }

 private:
  std::ostream& out() const { return *session_.console.out.stream; }
  std::ostream& err() const { return *session_.console.err.stream; }

  void print_header() const {
    out() << styled(session_.console.out, Style::strong, study_.title()) << '\n'
          << wrapped(study_.summary(), session_.console.out.width) << "\nseed " << study_.seed();
    if (!seed_text_.empty()) out() << fmt::format(" (from \"{}\")", seed_text_);
    out() << '\n' << std::flush;
  }

  /// Prints what the file of the result has to say.
  void print_notes(ProgressDisplay* display = nullptr) const {
    if (!kept_ || request_.quiet) return;
    for (const std::string& note : kept_->take_notes()) {
      if (display != nullptr) display->clear();
      err() << "note: " << note << '\n' << std::flush;
    }
  }

  Report compute() {
    ProgressDisplay display(session_.console.err);
    const auto progress = [&](double share, std::string_view what) {
      StopRequests::check();
      if (request_.quiet) return;
      print_notes(&display);
      display.report(share, what);
    };
    NoSink nowhere;
    StoppableSink sink(kept_ ? kept_->sink() : nowhere);
    try {
      return study_.run(
          {.only_replicate = request_.replicate, .replay = replay_command(request_), .progress = progress}, sink);
    } catch (const std::exception& failure) {
      display.clear();
      // After a stop, other threads may have failed because of it.
      const std::string reason = StopRequests::requested() ? StopRequests::reason() : reason_of(failure);
      const auto* error = dynamic_cast<const Error*>(&failure);
      const ErrorKind kind = error != nullptr && !StopRequests::requested() ? error->kind() : ErrorKind::failed;
      throw Error(kind, kept_ ? reason + "\n  " + kept_->abandon(reason) : reason + "\n  nothing was written");
    }
  }

  void write_result(const Report& report) {
    if (kept_) kept_->finish(study_.fingerprint(), report.warnings);
  }

  void print_result(const Report& report, double seconds, bool is_written) const {
    if (request_.json) {
      const RunOutcome outcome{.title = study_.title(),
                               .summary = study_.summary(),
                               .seed = study_.seed(),
                               .fingerprint = study_.fingerprint(),
                               .output = is_written ? request_.output : std::nullopt,
                               .seconds = seconds};
      out() << print_json(outcome, report) << '\n' << std::flush;
    } else {
      out() << print_report(report, session_.console.out) << "\nfingerprint " << study_.fingerprint() << '\n'
            << std::flush;
    }
    if (request_.quiet || !is_written) return;
    if (!has_result_files()) {
      err() << fmt::format("took {}\n", print_seconds(seconds));
      return;
    }
    std::error_code ignored;
    err() << (request_.output ? fmt::format("wrote {} ({:.1f} MB)", *request_.output,
                                            static_cast<double>(fs::file_size(*request_.output, ignored)) / 1e6)
                              : "nothing written; add -o OUT.h5 to keep the result")
          << fmt::format("; took {}\n", print_seconds(seconds));
  }

  const StopRequests stop_requests_;  // first, so that no signal leaves a half-made output behind
  const Session& session_;
  const Request& request_;
  Study& study_;
  std::string seed_text_;
  std::unique_ptr<KeptResult> kept_;
};

}  // namespace

ExitCode run_scenario(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  check_output(request);
  save_interval(request);  // a mistake shows before the scenario is read
  // A reader of the tables who leaves must not end a run that writes a file.
  if (request.output) std::signal(SIGPIPE, SIG_IGN);
  check_threads(request.threads.value_or(0));
  set_threads(request.threads.value_or(0));
  LoadedScenario scenario = names_several_theories(request.scenario)
                                ? load_side_by_side(session.application, request.scenario)
                                : load(session.application, request.scenario);
  if (!request.force) check_memory(scenario.study->memory_needed(request.replicate), granted_memory());
  if (request.scenario.strict) refuse_warnings(request.scenario, surveyed(scenario).doubts);
  Run(session, request, scenario).execute();
  return ExitCode::done;
}

}  // namespace kith::cli

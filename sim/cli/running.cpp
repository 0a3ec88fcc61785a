#include "cli/running.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "cli/memory.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "core/audit.hpp"
#include "core/parallel.hpp"
#include "core/shell.hpp"
#include "core/units.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t most_threads = 1024;
constexpr double seconds_per_hour = 3600.0;
constexpr double longest = 1e9;  // [s] thirty years: a later moment means never

std::chrono::steady_clock::duration duration_of(double seconds) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(std::min(seconds, longest)));
}

/// A time of an option ("10s", "1min") in seconds.
std::optional<double> seconds_of(std::string_view option, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const Quantity time = parse_quantity(*text, Dimension::time);
  if (!time.value) {
    throw Error(ErrorKind::usage, fmt::format("{} {}: {}{}", option, *text, time.problem,
                                              time.suggestion.empty() ? "" : ", " + time.suggestion));
  }
  if (*time.value <= 0.0) throw Error(ErrorKind::usage, fmt::format("{} {}: must be more than 0 s", option, *text));
  return *time.value * seconds_per_hour;
}

}  // namespace

void RunSettings::visit(State& state) {
  state("theories", theories);
  state("only replicate", only_replicate);
  state("replay", replay);
  state("checkpoint every", checkpoint_every);
}

void RunManner::add_to(Options& options, const std::string& force_means) {
  options.flag(force, "--force", force_means);
  options.option(save_every, "--save-every", "TIME",
                 "How often rows are saved while the run goes on, so that a kill loses no more of them: 10s, 1min.");
  options.option(
      checkpoint_every, "--checkpoint-every", "TIME",
      "How often (real time: 10min, 1h) all that the run needs to go on is saved, so that kith resume goes on from "
      "there, whatever ends the run.");
  options.option(max_hours, "--max-hours", "H",
                 "End after so many hours of real time, with exit status 75; kith resume goes on.");
  options.option(
      stop_at, "--stop-at", "TIME",
      "End when a virtual study has come to this time of the scenario (37d), with exit status 75; kith resume "
      "goes on.");
  options.option(threads, "--threads", "N", "Threads, at most 1024; 0, the default, takes what the machine grants.");
  options.flag(
      audit, "--audit",
      "Check after each tick that all state is possible: end where it is not, with the command that shows it.");
  options.flag(live, "--live",
               "Show curves and counts while it runs, once a second; in a terminal q stops as Ctrl-C does, and the "
               "space bar pauses.");
  options.flag(quiet, "-q,--quiet", "No progress and no messages.");
  options.flag(json, "--json", "Print one JSON object instead of tables.");
}

void RunManner::apply() const {
  save_seconds();
  checkpoint_seconds();
  most_seconds();
  stop_hours();
  if (live && quiet) throw Error(ErrorKind::usage, "--live shows what -q leaves out: take one of the two");
  const std::uint32_t wanted = threads.value_or(0);
  if (wanted > most_threads) {
    throw Error(ErrorKind::usage, fmt::format("--threads {}: at most {}, and more than the machine has processors only "
                                              "cost time",
                                              wanted, most_threads));
  }
  set_threads(wanted);
  set_audited(audit);
}

std::optional<double> RunManner::save_seconds() const { return seconds_of("--save-every", save_every); }

std::optional<double> RunManner::checkpoint_seconds() const {
  return seconds_of("--checkpoint-every", checkpoint_every);
}

std::optional<double> RunManner::most_seconds() const {
  if (!max_hours) return std::nullopt;
  const std::optional<double> hours = parse_number(*max_hours);
  if (!hours || !(*hours > 0.0))
    throw Error(ErrorKind::usage,
                fmt::format("--max-hours {}: a number of hours above 0 is needed, like 0.5", *max_hours));
  return *hours * seconds_per_hour;
}

std::optional<double> RunManner::stop_hours() const {
  const auto seconds = seconds_of("--stop-at", stop_at);
  return seconds ? std::optional(*seconds / seconds_per_hour) : std::nullopt;
}

ScenarioRun::ScenarioRun(const Session& session, const RunManner& manner, RunSettings settings,
                         const LoadedScenario& scenario, std::unique_ptr<KeptResult> kept,
                         std::optional<std::string> output)
    : session_(&session),
      manner_(&manner),
      settings_(std::move(settings)),
      scenario_(&scenario),
      kept_(std::move(kept)),
      output_(std::move(output)),
      start_(std::chrono::steady_clock::now()),
      next_checkpoint_(start_ + duration_of(settings_.checkpoint_every.value_or(longest))) {
  if (const auto seconds = manner.most_seconds()) end_ = start_ + duration_of(*seconds);
  stop_hours_ = manner.stop_hours();
}

void ScenarioRun::execute(State* saved) {
  if (!manner_->json) print_header();
  print_notes();
  ProgressDisplay display(session_->console.err);
  const auto progress = [this, &display](double share, std::string_view what) {
    if (manner_->quiet) return;
    if (live_) return live_->report(share, what);
    print_notes(&display);
    display.report(share, what);
  };
  Sink& rows = sink();
  if (manner_->live) live_ = std::make_unique<Live>(session_->console.err, *courses_);
  try {
    running_ =
        scenario_->study->begin({.only_replicate = settings_.only_replicate,
                                 .replay = settings_.replay,
                                 .progress = progress,
                                 .goes_on = [this] { return goes_on(); },
                                 .look = stop_hours_ ? Look([this](const Glance& glance) { look(glance); }) : Look()},
                                rows);
    if (saved != nullptr) running_->visit(*saved);
    advance();
  } catch (const std::exception& failure) {
    end_display(display);
    fail(failure);
  }
  end_display(display);
  if (is_to_stop() && !is_done_) stop();
  std::exception_ptr unwritten;
  Report report;
  try {
    report = running_->finish();
  } catch (const std::exception& failure) {
    fail(failure);
  }
  try {
    if (kept_) kept_->finish(running_->fingerprint(), report);
  } catch (const std::exception&) {
    unwritten = std::current_exception();  // the tables are worth printing all the same
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  print_result(report, seconds, unwritten == nullptr);
  if (unwritten) std::rethrow_exception(unwritten);
}

/// Where the rows go; curves that a person will see are read on the way.
Sink& ScenarioRun::sink() {
  Sink& last = kept_ ? kept_->sink() : nowhere_;
  if (!manner_->live && (manner_->json || !session_->console.out.is_terminal)) return last;
  courses_ = std::make_unique<Courses>(session_->application.figures(), last);
  return *courses_;
}

void ScenarioRun::end_display(ProgressDisplay& display) {
  display.clear();
  if (live_) live_->finish();
}

bool ScenarioRun::goes_on() const {
  if (live_) live_->wait_while_paused();
  return !is_to_stop() && (!kept_ || std::chrono::steady_clock::now() < next_checkpoint_);
}

void ScenarioRun::look(const Glance& glance) {
  if (glance.world == "treated" && glance.hours >= *stop_hours_ && !glance.has_failed) has_come_there_ = true;
}

bool ScenarioRun::is_to_stop() const {
  return StopRequests::requested() || has_come_there_ || (end_ && std::chrono::steady_clock::now() >= *end_);
}

/// Advances until all is done or the run is to stop, with a checkpoint whenever one is due.
void ScenarioRun::advance() {
  while (!(is_done_ = advance_once()) && !is_to_stop()) save();
}

bool ScenarioRun::advance_once() {
  try {
    return running_->advance();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::stopped) return false;
    throw;
  }
}

void ScenarioRun::save() {
  if (!kept_) return;
  const Moment begin = std::chrono::steady_clock::now();
  kept_->checkpoint([this](State& state) {
    settings_.visit(state);
    running_->visit(state);
  });
  if (!settings_.checkpoint_every) return;
  const Moment end = std::chrono::steady_clock::now();
  next_checkpoint_ = end + std::max(duration_of(*settings_.checkpoint_every), end - begin);  // half of the time at most
}

std::string ScenarioRun::stop_reason() const {
  if (StopRequests::requested()) return StopRequests::reason();
  if (has_come_there_) return fmt::format("stopped at {}, as --stop-at says", *manner_->stop_at);
  return fmt::format("stopped after {} h, as --max-hours says", *manner_->max_hours);
}

void ScenarioRun::stop() {
  const std::string reason = stop_reason();
  if (!kept_) throw Error(ErrorKind::failed, reason + "\n  nothing was written");
  try {
    save();
    kept_->pack(reason);
  } catch (const std::exception& failure) {
    const auto* error = dynamic_cast<const Error*>(&failure);
    throw Error(error != nullptr ? error->kind() : ErrorKind::failed,
                fmt::format("{}; {}\n  {}", reason, reason_of(failure), kept_->abandon(reason)));
  }
  throw Error(ErrorKind::stopped,
              fmt::format("{}; all so far is in {}\n  to go on: {}", reason, *output_, resume_command()));
}

void ScenarioRun::fail(const std::exception& failure) {
  const auto* error = dynamic_cast<const Error*>(&failure);
  const std::string reason = reason_of(failure);
  if (error != nullptr && error->kind() == ErrorKind::stopped && kept_) {
    // Before anything new was done: what there was stays as it is.
    kept_->abandon(stop_reason());
    throw Error(ErrorKind::stopped, fmt::format("{}\n  to go on: {}", stop_reason(), resume_command()));
  }
  throw Error(error != nullptr ? error->kind() : ErrorKind::failed,
              reason + "\n  " + (kept_ ? kept_->abandon(reason) : "nothing was written"));
}

std::string ScenarioRun::resume_command() const {
  Words words{"resume", *output_};
  const auto add = [&words](const char* option, const std::optional<std::string>& value) {
    if (value) words.insert(words.end(), {option, *value});
  };
  add("--save-every", manner_->save_every);
  add("--checkpoint-every", manner_->checkpoint_every);
  add("--max-hours", manner_->max_hours);
  if (manner_->threads) add("--threads", std::to_string(*manner_->threads));
  return shell_command(words);
}

void ScenarioRun::print_header() const {
  const Study& study = *scenario_->study;
  const std::string seed_words = seed_text(scenario_->document.resolved());
  out() << styled(session_->console.out, Style::strong, study.title()) << '\n'
        << wrapped(study.summary(), session_->console.out.width) << "\nseed " << study.seed();
  if (!seed_words.empty()) out() << fmt::format(" (from \"{}\")", seed_words);
  out() << '\n' << std::flush;
}

void ScenarioRun::print_notes(ProgressDisplay* display) const {
  if (!kept_ || manner_->quiet) return;
  for (const std::string& note : kept_->take_notes()) {
    if (display != nullptr) display->clear();
    err() << "note: " << note << '\n' << std::flush;
  }
}

void ScenarioRun::print_result(const Report& report, double seconds, bool is_written) const {
  const Study& study = *scenario_->study;
  if (manner_->json) {
    const RunOutcome outcome{.title = study.title(),
                             .summary = study.summary(),
                             .seed = study.seed(),
                             .fingerprint = running_->fingerprint(),
                             .output = is_written ? output_ : std::nullopt,
                             .seconds = seconds};
    out() << print_json(outcome, report) << '\n' << std::flush;
  } else {
    out() << print_report(report, session_->console.out);
    if (courses_ && session_->console.out.is_terminal) {
      const std::string curves = sparklines(courses_->courses(), session_->console.out.width);
      if (!curves.empty()) out() << '\n' << curves;
    }
    out() << "\nfingerprint " << running_->fingerprint() << '\n' << std::flush;
  }
  if (manner_->quiet || !is_written) return;
  if (!has_result_files()) {
    err() << fmt::format("took {}\n", print_seconds(seconds));
    return;
  }
  std::error_code ignored;
  err() << (output_ ? fmt::format("wrote {} ({:.1f} MB)", *output_,
                                  static_cast<double>(fs::file_size(*output_, ignored)) / 1e6)
                    : "nothing written; add -o OUT.h5 to keep the result")
        << fmt::format("; took {}\n", print_seconds(seconds));
}

}  // namespace kith::cli

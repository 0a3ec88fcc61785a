#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <ostream>
#include <span>

#include "cli/cli.hpp"
#include "cli/drawing_file.hpp"
#include "cli/fit_problem.hpp"
#include "cli/fit_report.hpp"
#include "cli/fit_runs.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "cli/stop.hpp"
#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "core/version.hpp"
#include "fit/kept.hpp"
#include "fit/solve.hpp"

namespace kith::cli {

namespace {

struct Request {
  std::string problem;
  std::optional<std::string> output;
  std::optional<std::string> plot;
  std::optional<std::string> check;
  std::optional<std::uint32_t> data_sets;
  std::optional<std::uint32_t> threads;
  bool force = false;
  bool json = false;
  bool quiet = false;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "fit",
       .summary =
           "Estimates parameters from what was measured: solves a problem, shows how well the measurements tell each "
           "parameter, and writes a file that scenarios take with `fitted:`.",
       .examples = {{"kith fit fits/small -o small.yaml --plot small.svg",
                     "a problem that ships; the same command goes on after a stop"},
                    {"kith fit fits/small --check sbc --data-sets 2", "whether its posteriors hold what they claim"}}});
  options.argument(request.problem, "PROBLEM", "A file, or the name of a problem that ships (kith list).",
                   Options::Need::required);
  options.option(request.output, "-o,--output", "FILE",
                 "Write the estimates, and draws of the posterior, to this YAML file. Simulations are kept beside it "
                 "until it is done.");
  options.option(request.plot, "--plot", "FILE",
                 "Draw the posterior: each parameter by itself, and each two together; FILE.svg or FILE.png.");
  options.option(request.check, "--check", "sbc",
                 "Instead: simulation-based calibration, the rank test of the posteriors (Talts 2018).");
  options.option(request.data_sets, "--data-sets", "N", "With --check: so many data sets; 100 if not given.");
  options.flag(request.force, "--force", "Replace existing files, and begin anew.");
  options.option(request.threads, "--threads", "N", "Threads; 0, the default, takes what the machine grants.");
  options.flag(request.json, "--json", "Print one JSON object instead of tables.");
  options.flag(request.quiet, "-q,--quiet", "No progress.");
  return options.parse(words, session.console.out);
}

void check(const Request& request) {
  if (request.check && *request.check != "sbc")
    throw Error(ErrorKind::usage, fmt::format("--check {}: there is one check, sbc", *request.check));
  if (request.check && request.output)
    throw Error(ErrorKind::usage, "--check writes no file: leave -o out, and redirect the table or --json");
  if (request.check && request.plot) throw Error(ErrorKind::usage, "--check draws nothing: leave --plot out");
  if (request.data_sets && !request.check) throw Error(ErrorKind::usage, "--data-sets goes with --check sbc");
  if (request.data_sets && (*request.data_sets < 2 || *request.data_sets > 100'000))
    throw Error(ErrorKind::usage, "--data-sets: from 2 to 100000");
}

/// The simulations of a fit on the disk, as long as it is not done.
class Store {
 public:
  Store(const Request& request, const std::string& problem_hash)
      : kept_(problem_hash), saved_at_(ProgressDisplay::steady_seconds()) {
    if (!request.output) return;
    path_ = *request.output + ".kept";
    if (request.force) std::filesystem::remove(path_);
    std::ifstream stream(path_, std::ios::binary);
    if (!stream) return;
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    try {
      kept_.read(std::as_bytes(std::span(text.data(), text.size())));
    } catch (const Error& error) {
      throw Error(error.kind(),
                  fmt::format("{} cannot be gone on with ({})\n  --force begins anew", path_, error.what()));
    }
  }

  fit::KeptSimulations& kept() { return kept_; }
  const std::string& path() const { return path_; }
  void save_now_and_then() {
    constexpr double seconds = 10.0;
    const std::scoped_lock lock(mutex_);
    if (ProgressDisplay::steady_seconds() - saved_at_ < seconds) return;
    save_locked();
  }
  void save() {
    const std::scoped_lock lock(mutex_);
    save_locked();
  }
  void remove() const {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }

 private:
  void save_locked() {
    saved_at_ = ProgressDisplay::steady_seconds();
    if (path_.empty() || kept_.size() == 0) return;
    OutputFile file(path_, Existing::replace);
    const std::vector<std::byte> bytes = kept_.bytes();
    for (const std::byte byte : bytes) file.stream().put(static_cast<char>(byte));
    file.finish();
  }

  fit::KeptSimulations kept_;
  std::string path_;
  std::mutex mutex_;
  double saved_at_;
};

class Fit {
 public:
  Fit(const Session& session, const Request& request, const LoadedProblem& loaded)
      : session_(session),
        request_(request),
        loaded_(loaded),
        runs_(session, loaded.problem),
        display_(session.console.err),
        store_(request, loaded.hash + " " + std::string(build_info().commit)) {}

  void execute() {
    const StopRequests stop_requests;
    const Existing existing = request_.force ? Existing::replace : Existing::keep;
    const std::vector<std::string> inputs{request_.problem};
    std::optional<OutputFile> output;
    if (request_.output) output.emplace(*request_.output, existing, inputs);
    std::optional<OutputFile> plot;
    if (request_.plot) plot.emplace(*request_.plot, existing, inputs);
    const fit::Problem& problem = loaded_.problem;
    Report report;
    try {
      if (request_.check) {
        report = calibration_report(problem, calibrate());
      } else {
        const fit::Observe observe = [this](const auto& point, std::uint64_t number) {
          return simulate(point, number);
        };
        const fit::Solution solution =
            problem.root ? fit::solve_root(problem, observe) : fit::solve_abc(problem, observe);
        report = fit_report(problem, solution);
        if (output) output->stream() << config::print(estimates_of(problem, solution, made(solution)));
        if (plot) write_drawing(plot::pairs_svg(pairs_of(problem, solution)), *request_.plot, *plot);
      }
    } catch (const std::exception&) {
      display_.clear();
      tell_of_stop();
      throw;
    }
    display_.clear();
    if (output) output->finish();
    if (plot) plot->finish();
    store_.remove();
    std::ostream& out = *session_.console.out.stream;
    if (request_.json)
      out << print_json(report) << '\n';
    else
      out << print_report(report, session_.console.out);
    out << std::flush;
    for (const auto& written : {request_.output, request_.plot}) {
      if (written && !request_.quiet) *session_.console.err.stream << "wrote " << *written << '\n';
    }
  }

 private:
  std::uint32_t budget() const {
    const fit::Problem& problem = loaded_.problem;
    return problem.root ? problem.root->simulations : problem.abc->simulations;
  }

  fit::Simulated simulate(const std::vector<double>& point, std::uint64_t number) {
    StopRequests::check();
    if (const auto known = store_.kept().find(point, number)) return *known;
    fit::Simulated simulated = runs_.simulate(point, number);
    store_.kept().add(point, number, simulated);
    store_.save_now_and_then();
    if (!request_.quiet) {
      const auto done = static_cast<double>(store_.kept().size());
      display_.report(std::min(1.0, done / budget()), fmt::format("{:.0f} simulations", done));
    }
    return simulated;
  }

  fit::Calibration calibrate() {
    const fit::Problem& problem = loaded_.problem;
    if (!problem.abc)
      throw Error(ErrorKind::usage,
                  "--check sbc checks posteriors, and this problem's method has none: use method: abc");
    std::atomic<std::uint64_t> done{0};
    const std::uint32_t sets = request_.data_sets.value_or(100);
    const fit::Observe observe = [&](const auto& point, std::uint64_t number) {
      StopRequests::check();
      fit::Simulated simulated = runs_.simulate(point, number);
      const std::uint64_t count = ++done;
      if (!request_.quiet)
        display_.report(std::min(1.0, static_cast<double>(count) / (static_cast<double>(sets) * budget())),
                        fmt::format("{} simulations", count));
      return simulated;
    };
    return fit::check_calibration(fit::priors_of(problem), fit::targets_of(problem), *problem.abc, problem.seed,
                                  fit::simulator_of(problem, observe), sets);
  }

  std::vector<std::string> made(const fit::Solution& solution) const {
    Fingerprint values;
    for (const fit::Solved& one : solution.parameters) {
      values.add(std::string_view(one.parameter->key));
      values.add_values<double>(std::vector{one.value, one.low, one.high});
      values.add_values<double>(one.draws);
    }
    return {fmt::format("by kith {}, commit {}, on {}", build_info().version, build_info().commit, utc_now()),
            fmt::format("from the problem {}, hash {}", request_.problem, loaded_.hash),
            fmt::format("hash of the values {}", values.text()),
            fmt::format("{} simulations, {} of which failed", solution.simulations, solution.failed)};
  }

  /// Saves what there is of a fit that does not end.
  void tell_of_stop() {
    if (store_.path().empty() || store_.kept().size() == 0) return;
    store_.save();
    if (request_.quiet) return;
    *session_.console.err.stream << fmt::format("{} simulations are kept in {}; the same command goes on\n",
                                                store_.kept().size(), store_.path());
  }

  const Session& session_;
  const Request& request_;
  const LoadedProblem& loaded_;
  FitRuns runs_;
  ProgressDisplay display_;
  Store store_;
};

}  // namespace

ExitCode fit_problem(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  check(request);
  set_threads(request.threads.value_or(0));
  const LoadedProblem loaded = load_problem(session.application, request.problem);
  Fit(session, request, loaded).execute();
  return ExitCode::done;
}

}  // namespace kith::cli

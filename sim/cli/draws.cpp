#include "cli/draws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <ostream>

#include "cli/assumed_ranges.hpp"
#include "cli/draws_report.hpp"
#include "cli/fit_problem.hpp"
#include "cli/memory.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "config/estimates.hpp"
#include "config/flat.hpp"
#include "core/distributions.hpp"
#include "core/fingerprint.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "core/shell.hpp"

namespace kith::cli {

namespace {

constexpr std::uint32_t usual_count = 20;

/// The draws as changes of the scenario, and where they come from.
struct Drawn {
  std::vector<std::string> keys;
  std::vector<std::vector<std::string>> assignments;  ///< [draws]
  std::string from;                                   ///< one sentence
  std::vector<std::string> warnings = {};             ///< of what they come from
};

/// Whether the scenario stays one with another value of the key: what belongs to something that it does not have is no assumption of it.
bool can_be_drawn(const Application& application, ScenarioChoice choice, const AssumedRange& range) {
  try {
    choice.assignments.push_back(range.assignment(0.3));
    load(application, choice);
    return true;
  } catch (const config::InvalidScenario&) {
    return false;
  }
}

Drawn drawn_from_ranges(const Session& session, const ScenarioChoice& choice, const LoadedScenario& scenario,
                        std::uint32_t count) {
  config::Document reference = config::Document::describe();
  session.application.read(reference.root());
  std::vector<AssumedRange> ranges = assumed_ranges(reference.entries(), scenario.document.resolved());
  std::erase_if(ranges, [&](const AssumedRange& range) { return !can_be_drawn(session.application, choice, range); });
  if (ranges.empty())
    throw Error(ErrorKind::usage, "--draws prior: no key of this scenario is an assumption with a documented range");
  Drawn drawn;
  for (const AssumedRange& range : ranges) drawn.keys.push_back(range.key);
  for (std::uint32_t draw = 0; draw < count; ++draw) {
    drawn.assignments.emplace_back();
    for (std::uint32_t k = 0; k < ranges.size(); ++k) {
      // In each key one draw from each of `count` slices, in an order of its own.
      std::vector<std::uint32_t> slices(count);
      for (std::uint32_t i = 0; i < count; ++i) slices[i] = i;
      const WorldKey world{scenario.study->seed(), 0};
      Stream order = Draws(world, "order of draws").at(k, 0);
      shuffle(order, std::span(slices));
      Stream place = Draws(world, "place of a draw").at(k, draw, 0);
      drawn.assignments.back().push_back(ranges[k].assignment((slices[draw] + uniform(place)) / count));
    }
  }
  drawn.from =
      fmt::format("{} assumptions of this scenario, each over its documented range, all at once", ranges.size());
  return drawn;
}

Drawn drawn_from_file(const LoadedScenario& scenario, const std::string& path, std::optional<std::uint32_t> wanted) {
  config::Document file = config::Document::from_file(path);
  if (is_problem(file))
    throw Error(
        ErrorKind::usage,
        fmt::format("--draws {}: this is a problem, which has no draws yet\n  first: kith fit {} -o fitted.yaml; "
                    "then --draws fitted.yaml",
                    path, shell_quoted(path)));
  const config::Estimates estimates = config::read_estimates(file.root());
  file.check([](config::Section root) { config::read_estimates(std::move(root)); });
  if (estimates.draws() == 0)
    throw Error(ErrorKind::usage, fmt::format("--draws {}: the file has no draws\n  kith fit writes them", path));
  if (wanted.value_or(0) > estimates.draws())
    throw Error(ErrorKind::usage, fmt::format("--draw-count {}: {} has {} draws", *wanted, path, estimates.draws()));
  const auto leaves = config::leaves(scenario.document.resolved());
  for (const auto& condition : estimates.when) {
    const auto& [key, value] = condition;
    const auto found =
        std::find_if(leaves.begin(), leaves.end(), [&](const auto& leaf) { return leaf.first == condition.first; });
    if (found == leaves.end() || found->second != value)
      throw Error(ErrorKind::usage,
                  fmt::format("--draws {}: it is for {} = {}, and here that is {}\n  add --set {}={}", path, key, value,
                              found == leaves.end() ? "not there" : found->second, key, value));
  }
  Drawn drawn;
  for (const config::Estimate& one : estimates.values) drawn.keys.push_back(one.key);
  const std::size_t most = std::min<std::size_t>(wanted.value_or(usual_count), estimates.draws());
  for (std::size_t draw = 0; draw < most; ++draw)
    drawn.assignments.push_back(estimates.assignments(draw * estimates.draws() / most));
  drawn.from = fmt::format("{} draws of the posterior in {}", most, path);
  for (const config::Estimate& one : estimates.values) {
    if (!one.is_settled()) drawn.warnings.push_back(fmt::format("--draws {}: {} is {}", path, one.key, one.found));
  }
  return drawn;
}

void check(const LoadedScenario& scenario) {
  for (const auto& [path, value] : config::leaves(scenario.document.resolved())) {
    if (path == "replicates.count" && value == "1")
      throw Error(ErrorKind::usage,
                  "--draws needs virtual studies to tell chance from parameters: add --replicates 20");
  }
}

class DrawsRun {
 public:
  DrawsRun(const Session& session, const RunManner& manner, const DrawsRequest& request)
      : session_(session), manner_(manner), request_(request), display_(session.console.err) {}

  /// [draws] what the studies at each draw found.
  std::vector<EffectsAtDraw> execute(const Drawn& drawn) {
    std::vector<EffectsAtDraw> found(drawn.assignments.size());
    std::atomic<std::size_t> done{0};
    for_each_block(
        found.size(),
        [&](std::size_t k, std::size_t /*end*/) {
          StopRequests::check();
          found[k] = run(drawn.assignments[k]);
          const std::size_t count = ++done;
          if (!manner_.quiet)
            display_.report(static_cast<double>(count) / static_cast<double>(found.size()),
                            fmt::format("{} of {} draws", count, found.size()));
        },
        1);
    display_.clear();
    return found;
  }

 private:
  EffectsAtDraw run(const std::vector<std::string>& assignments) const {
    ScenarioChoice choice = request_.scenario;
    choice.assignments.insert(choice.assignments.end(), assignments.begin(), assignments.end());
    Words words{"run"};
    for (const std::string& word : choice.words()) words.push_back(word);
    const LoadedScenario scenario = load(session_.application, choice);
    MemorySink sink;
    const std::unique_ptr<RunningStudy> running =
        scenario.study->begin({.only_replicate = {},
                               .replay = shell_command(words),
                               .progress = [](double /*share*/, std::string_view /*what*/) { StopRequests::check(); }},
                              sink);
    running->advance();
    running->finish();
    EffectsAtDraw found = effects_at_draw(sink);
    found.assignments = assignments;
    found.fingerprint = running->fingerprint();
    return found;
  }

  const Session& session_;
  const RunManner& manner_;
  const DrawsRequest& request_;
  ProgressDisplay display_;
};

}  // namespace

ExitCode run_draws(const Session& session, const RunManner& manner, const DrawsRequest& request) {
  LoadedScenario scenario = load(session.application, request.scenario);
  check(scenario);
  if (!manner.force) check_memory(scenario.study->memory_needed({}), granted_memory());
  if (request.scenario.strict) refuse_warnings(request.scenario, surveyed(scenario).doubts);
  const Drawn drawn = request.what == "prior"
                          ? drawn_from_ranges(session, request.scenario, scenario, request.count.value_or(usual_count))
                          : drawn_from_file(scenario, request.what, request.count);
  const StopRequests stop_requests;
  std::unique_ptr<KeptResult> kept;
  if (request.output)
    kept = keep_result({.path = *request.output, .replace = manner.force, .save_every = {}}, session, scenario);
  std::vector<EffectsAtDraw> found;
  try {
    found = DrawsRun(session, manner, request).execute(drawn);
    if (kept) write_draws(drawn.keys, found, kept->sink());
  } catch (const std::exception& failure) {
    if (kept) kept->abandon(reason_of(failure));
    throw;
  }
  Fingerprint all;
  for (const EffectsAtDraw& one : found) all.add(std::string_view(one.fingerprint));
  Report report = draws_report(scenario.study->title(), drawn.keys, drawn.from, found);
  report.warnings = drawn.warnings;
  for (std::string& warning : surveyed(scenario).warnings) report.warnings.push_back(std::move(warning));
  if (kept) kept->finish(all.text(), report);
  std::ostream& out = *session.console.out.stream;
  if (manner.json) {
    out << print_json(report) << '\n' << std::flush;
  } else {
    out << print_report(report, session.console.out) << "\nfingerprint " << all.text() << '\n' << std::flush;
  }
  return ExitCode::done;
}

}  // namespace kith::cli

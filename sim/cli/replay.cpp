#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/filed_run.hpp"
#include "cli/memory.hpp"
#include "cli/options.hpp"
#include "cli/person_watch.hpp"
#include "cli/progress.hpp"
#include "cli/provenance.hpp"
#include "cli/results.hpp"
#include "cli/running.hpp"
#include "cli/side_by_side.hpp"
#include "cli/stop.hpp"
#include "cli/work_folder.hpp"
#include "core/inputs.hpp"
#include "core/version.hpp"

namespace kith::cli {

namespace {

/// What the command line asks for.
struct Request {
  ScenarioChoice source;
  std::optional<std::uint32_t> person;
  std::optional<std::string> tick;
  std::optional<std::string> world;
  std::optional<std::uint32_t> replicate;
  std::optional<std::uint32_t> threads;
  bool quiet = false;

  bool is_about_a_person() const { return person || tick || world; }
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "replay",
       .summary =
           "Runs a result again from what is in the file alone, its scenario and the files that this named, and "
           "compares all bits: exit status 0 where they are the same, 5 where not. With --person and --tick it stops "
           "there and prints that person's state instead, also of a run that failed, or of a scenario.",
       .examples = {{"kith run first-steps -o out.h5 --force -q && kith replay out.h5", "the same bits once more"},
                    {"kith replay first-steps --person 17 --tick 2", "person 17 in the third tick of the trial"}}});
  options.argument(request.source.name, "OUT.h5", "A result; with --person also a scenario, as for kith run.",
                   Options::Need::required);
  options.option(request.person, "--person", "P", "Print the state of person P, by the number that messages give.");
  options.option(request.tick, "--tick", "T",
                 "Before and after tick T, counted from 0 at the start of the measured time; below 0 in the burn-in.");
  options.option(request.world, "--world", "WORLD",
                 "In this world of a virtual study: treated (unless given), twin, 'attachment path' or 'path of use'.");
  options.option(request.replicate, "--replicate", "K", "In virtual study K, from 0; 0 unless given.");
  request.source.add_changes_to(options);
  options.option(request.threads, "--threads", "N", "Threads; 0, the default, takes what the machine grants.");
  options.flag(request.quiet, "-q,--quiet", "No progress.");
  return options.parse(words, session.console.out);
}

Tick tick_in(const std::string& text) {
  Tick tick = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), tick);
  if (error != std::errc{} || end != text.data() + text.size())
    throw Error(ErrorKind::usage, fmt::format("--tick {}: a whole number is needed, like 35 or -12", text));
  return tick;
}

Moment moment_of(const Request& request) {
  if (!request.person || !request.tick)
    throw Error(ErrorKind::usage, "--person and --tick belong together: whose state, and when");
  return {.replicate = request.replicate.value_or(0),
          .world = request.world.value_or("treated"),
          .person = *request.person,
          .tick = tick_in(*request.tick)};
}

/// What is run again, and the files that it reads.
struct Source {
  std::optional<FiledRun> filed;
  std::optional<InputStore> inputs;
  std::optional<LoadedScenario> scenario;
};

/// The scenario of a result for a look at a person, under one theory.
LoadedScenario load_one(const Application& application, const FiledRun& run, const ScenarioChoice& changes) {
  if (!run.theories.empty() && changes.words().size() == 1) {
    throw Error(ErrorKind::usage, fmt::format("{} holds runs under several theories ({}): add --theory NAME",
                                              changes.name, run.theories));
  }
  ScenarioChoice choice = changes;
  choice.name = "the scenario in " + changes.name;
  choice.kept = run.scenario;
  return with_past(application, load(application, choice), run.branchings, run.scenario.folder);
}

void refuse_changes(const ScenarioChoice& choice) {
  if (choice.words().size() > 1)
    throw Error(ErrorKind::usage,
                "a result is run again as it was: --set, --seed, --replicates and --theory go with a "
                "scenario (kith branch changes a run)");
}

void open(Source& source, const Request& request, const Application& application) {
  const std::string& name = request.source.name;
  if (!is_filed_run(name)) {
    source.inputs.emplace();
    source.scenario = names_several_theories(request.source) ? load_side_by_side(application, request.source)
                                                             : load(application, request.source);
    return;
  }
  if (!request.is_about_a_person()) refuse_changes(request.source);
  source.filed = filed_run(name);
  source.inputs.emplace(source.filed->inputs,
                        source.filed->has_inputs ? InputStore::Disk::closed : InputStore::Disk::read);
  source.scenario = request.is_about_a_person() ? load_one(application, *source.filed, request.source)
                                                : load(application, *source.filed, name);
}

Progress progress_on(ProgressDisplay& display, bool is_quiet) {
  return [&display, is_quiet](double share, std::string_view what) {
    if (!is_quiet) display.report(share, what);
  };
}

/// Runs to the moment and prints it. What fails there fails again, after that.
void show_person(const Session& session, const Request& request, const LoadedScenario& scenario) {
  PersonWatch watch(moment_of(request));
  const Moment& moment = watch.moment();
  NoSink nowhere;
  ProgressDisplay display(session.console.err);
  std::exception_ptr failure;
  try {
    const auto running =
        scenario.study->begin({.only_replicate = moment.replicate,
                               .replay = shell_command(session.arguments),
                               .progress = progress_on(display, request.quiet),
                               .goes_on = [&] { return !watch.is_over() && !StopRequests::requested(); },
                               .look = [&](const Glance& glance) { watch.look(glance); }},
                              nowhere);
    running->advance();
  } catch (const Error& error) {
    if (!watch.has_failed()) throw;
    failure = std::current_exception();
  }
  display.clear();
  StopRequests::check();
  if (!watch.is_over()) {
    throw Error(ErrorKind::usage,
                fmt::format("tick {} is not in world {} of virtual study {} of this run{}", moment.tick,
                            moment.is_in_burn_in() ? "burn-in" : moment.world, moment.replicate,
                            moment.is_in_burn_in() && moment.replicate > 0
                                ? ": where all share a population, the burn-in is that of study 0"
                                : ""));
  }
  if (watch.after().empty())
    throw Error(ErrorKind::usage, fmt::format("there is no person {}: they are counted from 0", moment.person));
  *session.console.out.stream << fmt::format(
      "person {}, virtual study {}, world {}, tick {} (hour {} on)\n\n{}", moment.person, moment.replicate,
      moment.is_in_burn_in() ? "burn-in" : moment.world, moment.tick,
      watch.has_failed() ? watch.hours_after() : watch.hours_before(), table_of(watch));
  if (failure) std::rethrow_exception(failure);
}

/// What a run came to.
struct Bits {
  std::string fingerprint;
  std::map<std::string, std::string> tables;
};

Bits run_again(const Session& session, const Request& request, const FiledRun& filed, const LoadedScenario& scenario) {
  const WorkFolder folder("replay");
  const auto kept = keep_result({.path = folder.file(),
                                 .replace = false,
                                 .save_every = {},
                                 .theories = filed.theories,
                                 .only_replicate = filed.only_replicate},
                                session, scenario);
  ProgressDisplay display(session.console.err);
  const auto running = scenario.study->begin({.only_replicate = filed.only_replicate,
                                              .replay = shell_command({"replay", request.source.name}),
                                              .progress = progress_on(display, request.quiet),
                                              .goes_on = [] { return !StopRequests::requested(); }},
                                             kept->sink());
  running->advance();
  StopRequests::check();
  const Report report = running->finish();
  Bits bits{running->fingerprint(), {}};
  kept->finish(bits.fingerprint, report);
  bits.tables = table_checksums(folder.file());
  return bits;
}

/// Names of the tables that only one of them has, or that differ.
std::string different_tables(const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b) {
  std::string names;
  const auto add = [&names](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  for (const auto& [table, checksum] : a) {
    const auto there = b.find(table);
    if (there == b.end() || there->second != checksum) add(table);
  }
  for (const auto& [table, checksum] : b) {
    if (a.find(table) == a.end()) add(table);
  }
  return names;
}

ExitCode compare(const Session& session, const Request& request, const FiledRun& filed,
                 const LoadedScenario& scenario) {
  if (!filed.is_complete) {
    throw Error(
        ErrorKind::failed,
        fmt::format("{} is not complete, so there is no fingerprint to compare with: kith resume {} goes on with "
                    "it, and kith replay {} --person P --tick T shows a moment of it",
                    request.source.name, request.source.name, request.source.name));
  }
  const Bits bits = run_again(session, request, filed, scenario);
  const std::string program = build_text(build_info().version, build_info().commit);
  const std::string tables = different_tables(filed.tables, bits.tables);
  const bool is_same = bits.fingerprint == filed.fingerprint && tables.empty();
  std::ostream& out = *session.console.out.stream;
  const auto line = [&out](std::string_view what, const std::string& there, const std::string& here) {
    out << fmt::format("{:<13}{}\n", what, there == here ? there : fmt::format("{}, now {}", there, here));
  };
  line("kith", filed.program, program);
  line("fingerprint", filed.fingerprint, bits.fingerprint);
  out << fmt::format("{:<13}{}\n", "tables",
                     tables.empty() ? fmt::format("all {} the same", bits.tables.size()) : "different: " + tables);
  out << (is_same ? "the same bits\n"
          : filed.program == program
              ? "NOT the same bits, from the same program: kith verify finds out where they part\n"
              : "NOT the same bits: another version of kith may differ\n");
  return is_same ? ExitCode::done : ExitCode::damaged;
}

}  // namespace

ExitCode replay_run(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  RunManner manner;
  manner.threads = request.threads;
  manner.audit = request.is_about_a_person();  // what failed was checked
  manner.apply();
  if (request.is_about_a_person()) static_cast<void>(moment_of(request));
  Source source;
  open(source, request, session.application);
  if (!request.is_about_a_person() && !source.filed)
    throw Error(ErrorKind::usage, request.source.name +
                                      " is no result, so there is nothing to compare with; --person and "
                                      "--tick show a moment of it");
  const StopRequests stop_requests;
  check_memory(source.scenario->study->memory_needed(source.filed ? source.filed->only_replicate : request.replicate),
               granted_memory());
  if (!request.is_about_a_person()) return compare(session, request, *source.filed, *source.scenario);
  show_person(session, request, *source.scenario);
  return ExitCode::done;
}

}  // namespace kith::cli

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include "cli/cli.hpp"
#include "cli/drawing_file.hpp"
#include "cli/memory.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "cli/results.hpp"
#include "cli/side_by_side.hpp"
#include "cli/stop.hpp"
#include "core/parallel.hpp"

namespace kith::cli {

namespace {

/// What the command line asks for.
struct Request {
  std::vector<std::string> files;
  bool signs = false;
  bool recover = false;
  std::optional<std::string> theory;
  std::optional<std::string> own;
  std::optional<std::uint32_t> people;
  std::optional<std::uint32_t> replicates;
  std::optional<std::uint32_t> threads;
  std::optional<std::string> output;
  std::optional<std::string> plot;
  bool force = false;
  bool json = false;
  bool quiet = false;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "evidence",
       .summary = "Holds theories against published experiments: runs each experiment under each theory, tells hits "
                  "and misses, "
                  "and scores them. Or shows which way each theory says that things move.",
       .examples = {{"kith evidence", "all experiments that ship, under all theories"},
                    {"kith evidence evidence/tomova_2020 --theory botsa,none --plot forest.svg",
                     "one of them, under two theories; a file of your own goes the same way"},
                    {"kith evidence --signs", "which way each theory says that things move"},
                    {"kith evidence --signs --theory botsa,none --people 300", "two theories, fewer people"}}});
  options.arguments(request.files, "FILES",
                    "Scenarios that say what was found (kith explain expect); all that ship if none is given.");
  options.option(request.theory, "--theory", "THEORIES",
                 "Theories with commas between; if not given all that ship, and those that the experiments or --own "
                 "write themselves.");
  options.option(
      request.own, "--own", "FILE",
      "Also run all experiments under the theory that this file writes: a scenario with theory: {name: mine, "
      "...}, or this key alone (kith explain mine).");
  options.option(request.replicates, "--replicates", "N",
                 "Virtual studies of each experiment, instead of its own number.");
  options.flag(
      request.recover, "--recover",
      "Also simulate data under each theory and tell which theory scores best: what this evidence can tell apart.");
  options.option(request.output, "-o,--output", "FILE", "Write all cells and effects to this HDF5 file.");
  options.option(request.plot, "--plot", "FILE", "Draw the forest plot to this file, FILE.svg or FILE.png.");
  options.flag(request.force, "--force", "Replace existing files.");
  options.flag(request.signs, "--signs", "The table of signs, with magnitudes and intervals.");
  options.option(request.people, "--people", "N", "With --signs: people in each world; 4000 if not given.");
  options.option(request.threads, "--threads", "N", "Threads; 0, the default, takes what the machine grants.");
  options.flag(request.json, "--json", "Print one JSON object instead of tables.");
  options.flag(request.quiet, "-q,--quiet", "No progress.");
  if (!has_result_files()) options.hide("--output");
  return options.parse(words, session.console.out);
}

void check(const Request& request) {
  if (request.signs && (!request.files.empty() || request.output || request.plot || request.recover ||
                        request.replicates || request.own))
    throw Error(ErrorKind::usage, "--signs goes with --theory, --people, --threads, --json and -q alone");
  if (!request.signs && request.people)
    throw Error(ErrorKind::usage, "--people goes with --signs: the people of an experiment stand in its file");
  if (request.people && *request.people < 20)
    throw Error(ErrorKind::usage, fmt::format("--people {}: takes at least 20", *request.people));
  if (request.replicates && *request.replicates < 2)
    throw Error(ErrorKind::usage, "--replicates: takes at least 2, for their spread is part of a score");
  if (!has_result_files() && request.output) refuse_results();
}

ScenarioChoice choice_of(const Request& request, const std::string& name, const std::string& change) {
  ScenarioChoice choice;
  choice.name = name;
  if (!change.empty()) choice.assignments.push_back(change);
  if (request.replicates) choice.replicates = std::to_string(*request.replicates);
  return choice;
}

/// The files that are named, each once.
std::vector<std::string> file_names(const Session& session, const Request& request) {
  if (request.files.empty()) return session.application.experiments();
  std::vector<std::string> names;
  std::set<std::filesystem::path> known;
  for (const std::string& name : request.files) {
    std::error_code ignored;
    if (known.insert(std::filesystem::weakly_canonical(name, ignored)).second) names.push_back(name);
  }
  return names;
}

std::vector<EvidenceFile> evidence_files(const Session& session, const Request& request) {
  std::vector<EvidenceFile> files;
  for (const std::string& name : file_names(session, request)) {
    files.push_back({name,
                     [&session, &request, name](const std::string& change) {
                       return open(session.application.scenarios(), choice_of(request, name, change));
                     },
                     [&request, name](const std::string& change) {
                       Words words{"run"};
                       for (const std::string& word : choice_of(request, name, change).words()) words.push_back(word);
                       return shell_command(words);
                     }});
  }
  return files;
}

/// The experiments, and the theories that their files write.
struct Read {
  KeptSource source;  ///< all files one after the other, as a file of results tells where it comes from
  std::vector<std::pair<std::string, std::string>> own;  ///< theory and file
};

Read read_files(const Session& session, const std::vector<EvidenceFile>& files) {
  Read read{.source = {.title = "Evidence",
                       .seed = 0,
                       .seed_text = {},
                       .text = {},
                       .resolved = {},
                       .changes = {},
                       .folder = {},
                       .files = {}},
            .own = {}};
  const std::vector<std::string> written = session.application.theories_to_write();
  for (const EvidenceFile& file : files) {
    config::Document document = file.open("");
    const std::unique_ptr<Study> study = session.application.read(document.root());
    document.check([&](config::Section root) { session.application.read(std::move(root)); });
    read.source.text += fmt::format("--- # {}\n{}", file.name, document.text());
    read.source.resolved += fmt::format("--- # {}\n{}", file.name, document.resolved());
    if (std::find(written.begin(), written.end(), study->theory()) != written.end())
      read.own.emplace_back(study->theory(), file.name);
  }
  return read;
}

/// The theories that are asked for; those that somebody writes are among them where somebody does.
std::vector<std::string> theories_of(const Session& session, const Request& request, const Read& read,
                                     const std::optional<OwnTheory>& own) {
  std::vector<std::string> known = session.application.theories();
  const auto add = [&](const std::string& name) {
    if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  };
  if (own) add(own->name);
  for (const auto& [name, file] : read.own) add(name);
  if (!request.theory) return known;
  for (const std::string& name : session.application.theories_to_write()) {
    const bool is_asked_for = ("," + *request.theory + ",").find("," + name + ",") != std::string::npos;
    if (is_asked_for && std::find(known.begin(), known.end(), name) == known.end())
      throw Error(ErrorKind::usage,
                  fmt::format("--theory {}: nobody wrote a theory {}\n  write theory: {{name: {}, ...}} in an "
                              "experiment, or in a file of its own and add --own FILE (kith explain {} tells how)",
                              *request.theory, name, name, name));
  }
  return named_theories(*request.theory, known);
}

/// What is not run although a file says it.
std::vector<std::string> left_out(const Read& read, const std::vector<std::string>& theories) {
  std::vector<std::string> warnings;
  for (const auto& [name, file] : read.own) {
    if (std::find(theories.begin(), theories.end(), name) == theories.end())
      warnings.push_back(fmt::format("{} has a theory of its own, {}, which --theory leaves out", file, name));
  }
  return warnings;
}

void show(const Session& session, const Request& request, Report report, const ReportTable* cells,
          const std::string& fingerprint) {
  std::ostream& out = *session.console.out.stream;
  if (request.json) {
    if (cells != nullptr) report.tables.push_back(*cells);
    out << print_json(report) << '\n' << std::flush;
    return;
  }
  out << print_report(report, session.console.out);
  if (!fingerprint.empty()) out << "\nfingerprint " << fingerprint << '\n';
  out << std::flush;
}

std::optional<OwnTheory> own_theory(const Session& session, const Request& request) {
  if (!request.own) return std::nullopt;
  config::Document document = config::Document::from_file(*request.own);
  return session.application.own_theory(document);
}

void weigh(const Session& session, const Request& request) {
  const StopRequests stop_requests;
  EvidenceRequest asked{.files = evidence_files(session, request),
                        .theories = {},
                        .own = own_theory(session, request),
                        .does_recover = request.recover};
  Read read = read_files(session, asked.files);
  if (asked.own) read.source.changes = fmt::format("{}: {}\n", asked.own->name, asked.own->change);
  asked.theories = theories_of(session, request, read, asked.own);
  const Existing existing = request.force ? Existing::replace : Existing::keep;
  std::optional<OutputFile> plot;
  std::vector<std::string> inputs = request.files;
  if (request.own) inputs.push_back(*request.own);
  if (request.plot) plot.emplace(*request.plot, existing, inputs);
  std::unique_ptr<KeptResult> kept;
  if (request.output)
    kept = keep_result({.path = *request.output, .replace = request.force, .save_every = {}}, session, read.source);
  ProgressDisplay display(session.console.err);
  asked.progress = [&](double share, std::string_view what) {
    StopRequests::check();
    if (!request.quiet) display.report(share, what);
  };
  NoSink nowhere;
  Weighed weighed;
  try {
    weighed = session.application.weigh(asked, kept ? kept->sink() : nowhere);
  } catch (const std::exception& failure) {
    display.clear();
    if (kept) kept->abandon(reason_of(failure));
    throw;
  }
  display.clear();
  for (std::string& warning : left_out(read, asked.theories)) weighed.report.warnings.push_back(std::move(warning));
  if (plot) {
    write_drawing(plot::forest_svg(weighed.forest), *request.plot, *plot);
    plot->finish();
  }
  if (kept) kept->finish(weighed.fingerprint, weighed.report);
  show(session, request, std::move(weighed.report), &weighed.cells, weighed.fingerprint);
}

void show_signs(const Session& session, const Request& request, std::vector<std::string> theories) {
  const StopRequests stop_requests;
  ProgressDisplay display(session.console.err);
  const auto progress = [&](double share, std::string_view what) {
    StopRequests::check();
    if (!request.quiet) display.report(share, what);
  };
  const Report report = session.application.signs(
      {.people = request.people.value_or(4000), .theories = std::move(theories), .progress = progress});
  display.clear();
  show(session, request, report, nullptr, "");
}

}  // namespace

ExitCode weigh_evidence(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  check(request);
  set_threads(request.threads.value_or(0));
  if (!request.signs) {
    weigh(session, request);
    return ExitCode::done;
  }
  std::vector<std::string> theories;
  if (request.theory) theories = named_theories(*request.theory, session.application.theories());
  show_signs(session, request, std::move(theories));
  return ExitCode::done;
}

}  // namespace kith::cli

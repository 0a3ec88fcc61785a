#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/document.hpp"
#include "config/key_change.hpp"
#include "config/section.hpp"
#include "core/state.hpp"
#include "engine/glance.hpp"
#include "engine/report.hpp"
#include "engine/tables.hpp"
#include "figures/definition.hpp"
#include "network/exchange.hpp"
#include "network/graph.hpp"
#include "plot/chart.hpp"
#include "plot/forest.hpp"

/// What the command line needs from a model; the commands themselves know no science.
namespace kith::cli {

/// A scenario compiled into the program.
struct ShippedScenario {
  std::string_view name;
  std::string_view text;
};

/// A text that ships in several languages.
struct ShippedWords {
  std::string_view language;  ///< "en"
  std::string_view text;
};

/// Which curve of a topic is wanted; what is not given is the topic's choice.
struct ChartRequest {
  std::vector<double> doses;           ///< [mg], a curve each
  std::optional<double> every;         ///< from dose to dose [h]
  std::optional<std::uint32_t> count;  ///< doses
};

/// Something besides the keys of a scenario that `kith explain` knows: a drug, a theory.
struct Topic {
  std::string name;
  std::string kind;     ///< "drug", "theory"
  std::string summary;  ///< one line
  std::string text;     ///< all of it
  /// Draws what there is to draw; empty where there is nothing. Throws kith::Error for a request that makes no sense.
  std::function<plot::Chart(const ChartRequest&)> draw = {};
};

/// The state of a population after its burn-in, from which studies start that differ in keys that do not act in it (`change_of`).
using BurntIn = std::vector<std::byte>;

class Study;

/// A study as it was in the first part of a run.
struct PastStudy {
  const Study* study;  ///< of the same application
  double until;        ///< [h] since the start
};

struct StudyOptions {
  std::optional<std::uint32_t> only_replicate;  ///< run this replicate alone
  std::string replay;                           ///< the `kith replay …` of this run, for error messages
  Progress progress;                            ///< may be empty
  /// Asked after each tick of each world, from many threads: no, and the run pauses. Empty: it never does.
  std::function<bool()> goes_on = {};
  bool backwards = false;  ///< begin with the last replicate
  /// Called after each tick of each world, and where one fails. May be empty.
  Look look = {};
  /// What was so before the study became what it is, first things first; they differ in what can change in a run.
  std::vector<PastStudy> past = {};
  /// The first virtual study's population, past its burn-in; null: it has a burn-in of its own. A study that starts from one cannot be
  /// written down (`visit`).
  std::shared_ptr<const BurntIn> burnt_in = {};
};

/// A study that runs, and can pause between ticks and go on in another process.
class RunningStudy {
 public:
  virtual ~RunningStudy() = default;
  /// Declares its tables to the sink, runs, and writes the rows, until all is done or `goes_on` says no; gives whether all is done.
  /// While a network is made there are no ticks: then `interrupt()` (core/interrupt.hpp) ends it with kith::Error of the kind
  /// `stopped`. What was done before stays good in both cases.
  virtual bool advance() = 0;
  /// What the study came to. Once, after all is done.
  virtual Report finish() = 0;
  /// Sixteen hexadecimal digits over the final state of all replicates. Call after `finish`.
  virtual std::string fingerprint() const = 0;
  /// All that it needs to go on, besides scenario and options. Read into a study that has not begun, it declares the tables; the
  /// rows written before are not written again.
  virtual void visit(State& state) = 0;
};

/// The network of the first virtual study at its start.
struct NetworkAtStart {
  network::Graph graph;
  network::PersonValues columns;      ///< of the table about people
  std::vector<std::string> notes;     ///< what reading files found, one sentence each
  std::vector<std::string> warnings;  ///< what is doubtful in them
};

/// What is known of a study that has not been run.
struct Survey {
  std::vector<std::string> notes;     ///< what its files hold and who can take part, one sentence each
  std::vector<std::string> warnings;  ///< what a reader of its results will have to know
  std::vector<std::string>
      doubts;  ///< those that another scenario or file would mend: what makes it doubtful that this is meant
};

/// A table that runs can have.
struct StudyTable {
  std::string name;
  std::string needs;  ///< what a scenario without it lacks: "a trial"; "" where its runs have the table
};

/// Paragraphs in Markdown, and the BibTeX entries of what they cite.
struct MethodsText {
  std::string text;
  std::string bibtex;
};

/// A scenario that has been read and checked, ready to run.
class Study {
 public:
  virtual ~Study() = default;
  virtual std::string title() const = 0;
  virtual std::uint64_t seed() const = 0;
  /// One line: people, days, virtual studies, theory.
  virtual std::string summary() const = 0;
  /// What it asks, a sentence each: who, on which network, what they get, what is measured, under which theory, and what was fitted.
  virtual std::vector<std::string> in_words() const = 0;
  /// The model that it runs under, by the ODD protocol, in Markdown; `parameters` is its section about these.
  virtual std::string protocol(const std::string& parameters) const = 0;
  /// How it was done, for the methods section of a paper; `version` is that of Kith.
  virtual MethodsText methods(const std::string& version) const = 0;
  /// The name of the theory under which it is.
  virtual std::string theory() const = 0;
  /// The `key=value` that puts it under another theory, with that theory's defaults and the terms that it has; "" where it is under that.
  virtual std::string change_to(std::string_view theory) const = 0;
  virtual NetworkAtStart network() const = 0;
  /// What `run` takes at its peak [bytes], estimated: the truth up to about twice as much.
  virtual std::uint64_t memory_needed(std::optional<std::uint32_t> only_replicate) const = 0;
  /// Reads the files that a run would read and draws its people, but runs nothing. Mistakes that show only then are noted in the
  /// section, of the same document that the study was read from.
  virtual Survey survey(config::Section root) const = 0;
  /// The tables that runs can have, and whether those of this study do.
  virtual std::vector<StudyTable> tables() const = 0;
  /// The burn-in of the first virtual study. Of the options it takes `replay` and `progress`.
  virtual BurntIn burn_in(const StudyOptions& options) const = 0;
  /// The study ready to run; it and the sink outlive what is given.
  virtual std::unique_ptr<RunningStudy> begin(const StudyOptions& options, Sink& sink) const = 0;
};

/// What `kith evidence --signs` asks for.
struct SignRequest {
  std::uint32_t people = 4000;
  std::vector<std::string> theories = {};  ///< empty: all
  Progress progress = {};                  ///< may be empty
};

/// A scenario that says what a published experiment found, to be opened as often as it is run.
struct EvidenceFile {
  std::string name;
  std::function<config::Document(const std::string& change)>
      open;                                                       ///< with this `key=value` changed; "" changes nothing
  std::function<std::string(const std::string& change)> command;  ///< that runs it so
};

/// A theory that somebody wrote in a file.
struct OwnTheory {
  std::string name;
  std::string change;  ///< the `key=value` that puts a scenario under it
};

/// What `kith evidence` asks for.
struct EvidenceRequest {
  std::vector<EvidenceFile> files;
  std::vector<std::string> theories;
  std::optional<OwnTheory> own = {};  ///< in place of those of this name that experiments write themselves
  bool does_recover = false;          ///< also tell which theories the experiments can tell apart
  Progress progress = {};             ///< may be empty
};

/// Experiments under theories.
struct Weighed {
  Report report;
  ReportTable cells;  ///< one row a cell, for programs
  plot::Forest forest;
  std::string fingerprint;  ///< sixteen hexadecimal digits over all runs
};

enum class Pairing { paired, unpaired };

/// Two lists of numbers compared, b − a. NaN where there are too few numbers.
struct Contrast {
  double mean_a = 0.0, mean_b = 0.0;
  double difference = 0.0;
  double low = 0.0, high = 0.0;     ///< 95 % confidence interval of the difference
  double p = 1.0;                   ///< two-sided
  double variance_reduction = 0.0;  ///< of pairs: variance of the unpaired difference over that of the paired one
};

class Application {
 public:
  virtual ~Application() = default;
  virtual std::vector<ShippedScenario> scenarios() const = 0;
  /// Reads a scenario; mistakes are noted in the section's document, which the caller checks before using the study.
  virtual std::unique_ptr<Study> read(config::Section root) const = 0;
  virtual std::vector<Topic> topics() const = 0;
  /// What a file describes besides the keys of a scenario: the drugs of a scenario, or a drug alone. Throws InvalidScenario for
  /// its mistakes.
  virtual std::vector<Topic> topics_of(config::Document& document) const = 0;
  /// What a change of a key (as in `--set`) means to a run of its scenario.
  virtual config::KeyChange change_of(std::string_view key) const = 0;
  /// The theories that say something by themselves.
  virtual std::vector<std::string> theories() const = 0;
  /// Those of which each scenario writes what they say.
  virtual std::vector<std::string> theories_to_write() const { return {}; }
  /// The theory that a file writes: a scenario, or `theory:` alone. Throws InvalidScenario for its mistakes.
  virtual OwnTheory own_theory(config::Document& document) const = 0;
  /// Which way each theory says that things move.
  virtual Report signs(const SignRequest& request) const = 0;
  /// Names of the shipped scenarios that say what a published experiment found.
  virtual std::vector<std::string> experiments() const = 0;
  /// The words of the classroom, of each language a JSON object (classroom/words); its lessons are the scenarios lessons/….
  virtual std::vector<ShippedWords> words() const { return {}; }
  /// The calibration problems that ship.
  virtual std::vector<ShippedScenario> problems() const = 0;
  /// Runs experiments under theories, and scores these. Declares the tables of the result to the sink, and writes them. Throws
  /// InvalidScenario for the mistakes of a file.
  virtual Weighed weigh(const EvidenceRequest& request, Sink& sink) const = 0;
  /// What can be drawn of a result, in the order of a report.
  virtual std::vector<figures::Definition> figures() const = 0;
  /// Pairs (or numbers) that are NaN are left out. Paired lists have the same length.
  virtual Contrast contrast(std::span<const double> a, std::span<const double> b, Pairing pairing) const = 0;
};

/// The whole command line; returns the exit status.
int run_command_line(const Application& application, int argc, char** argv);

}  // namespace kith::cli

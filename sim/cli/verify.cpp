#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <ostream>
#include <span>
#include <tuple>

#include "cli/cli.hpp"
#include "cli/filed_run.hpp"
#include "cli/memory.hpp"
#include "cli/options.hpp"
#include "cli/results.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/work_folder.hpp"
#include "config/flat.hpp"
#include "core/audit.hpp"
#include "core/fingerprint.hpp"
#include "core/granted_memory.hpp"
#include "core/inputs.hpp"
#include "core/parallel.hpp"
#include "io/checkpoint.hpp"

namespace kith::cli {

namespace {

/// One way to run the scenario.
struct Variant {
  std::string name;
  unsigned threads = 1;
  bool has_file = true;
  bool is_backwards = false;
  std::optional<double> save_every = {};  ///< [s]
  std::uint64_t pauses = 0;               ///< checkpoints, evenly over the run
  bool is_resumed = false;                ///< each goes on in a fresh study, from the file
  std::vector<std::string> changes = {};  ///< of the scenario, in what is recorded: its tables are others
};

/// What a run came to.
struct Bits {
  std::string fingerprint;
  std::map<std::string, std::string> tables;  ///< their checksums
  std::uint64_t ticks = 0;                    ///< of all worlds
};

/// Digests of the pieces of a world's state, by number of their names.
using Columns = std::vector<std::pair<std::uint32_t, std::uint64_t>>;
/// Hours, replicate, world.
using Moment = std::tuple<double, std::uint32_t, std::string>;

/// The columns of all worlds after each tick.
class Trace {
 public:
  void add(Moment moment, const std::function<void(State&)>& visit);
  /// "replicate 0, world treated, after 35 h: connection"; "" where all is the same.
  std::string first_difference(const Trace& other) const;

 private:
  class Digests;
  std::uint32_t number_of(const std::string& name);
  static std::string different_column(const Columns& a, const Columns& b, const std::vector<std::string>& names);

  std::mutex mutex_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t> numbers_;
  std::map<Moment, Columns> moments_;
};

class Trace::Digests final : public State {
 public:
  std::size_t count(std::string_view name, std::size_t now) override {
    add(name, std::as_bytes(std::span(&now, 1)));
    return now;
  }
  const std::vector<std::pair<std::string, Fingerprint>>& all() const { return all_; }

 protected:
  void bytes(std::string_view name, std::span<std::byte> piece) override { add(name, piece); }

 private:
  /// The values of a public column for the next tick come after those of this one.
  void add(std::string_view name, std::span<const std::byte> piece) {
    const std::string own = name == "next" && !all_.empty() ? all_.back().first + ", next" : std::string(name);
    if (all_.empty() || all_.back().first != own) all_.emplace_back(own, Fingerprint());
    all_.back().second.add(piece);
  }
  std::vector<std::pair<std::string, Fingerprint>> all_;
};

std::uint32_t Trace::number_of(const std::string& name) {
  const auto [found, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(name);
  return found->second;
}

void Trace::add(Moment moment, const std::function<void(State&)>& visit) {
  Digests digests;
  visit(digests);
  const std::scoped_lock lock(mutex_);
  Columns& columns = moments_[std::move(moment)];
  columns.clear();
  for (const auto& [name, digest] : digests.all()) columns.emplace_back(number_of(name), digest.value());
}

std::string Trace::different_column(const Columns& a, const Columns& b, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i].second != b[i].second) return names[a[i].first];
  }
  return a.size() == b.size() ? "" : "the number of pieces";
}

std::string Trace::first_difference(const Trace& other) const {
  for (const auto& [moment, columns] : moments_) {
    const auto there = other.moments_.find(moment);
    if (there == other.moments_.end()) continue;
    const std::string column = different_column(columns, there->second, names_);
    if (column.empty()) continue;
    const auto& [hours, replicate, world] = moment;
    return fmt::format("replicate {}, world {}, tick that ends at hour {}: {}", replicate, world, hours, column);
  }
  return "";
}

/// Runs one variant.
class VariantRun {
 public:
  VariantRun(const Session& session, const ScenarioChoice& choice, const Variant& variant, std::uint64_t ticks,
             Trace* trace)
      : session_(&session), variant_(&variant), ticks_in_all_(ticks) {
    ScenarioChoice changed = choice;
    changed.assignments.insert(changed.assignments.end(), variant.changes.begin(), variant.changes.end());
    scenario_ = std::make_unique<LoadedScenario>(load(session.application, changed));
    options_.backwards = variant.is_backwards;
    options_.goes_on = [this] { return ++ticks_ < next_pause_ && !StopRequests::requested(); };
    if (trace == nullptr) return;
    options_.look = [trace](const Glance& glance) {
      trace->add({glance.hours, glance.replicate, glance.world}, glance.visit);
    };
  }

  Bits run() {
    set_threads(variant_->threads);
    if (variant_->has_file) kept_ = keep_result(keep_options(), *session_, *scenario_);
    running_ = scenario_->study->begin(options_, sink());
    for (std::uint64_t pause = 1;; ++pause) {
      next_pause_ = pause <= variant_->pauses
                        ? std::max<std::uint64_t>(1, ticks_in_all_ * pause / (variant_->pauses + 1))
                        : never;
      const bool is_done = running_->advance();
      StopRequests::check();
      if (is_done) break;
      kept_->checkpoint([this](State& state) { running_->visit(state); });
      if (variant_->is_resumed) go_on_from_file();
    }
    const Report report = running_->finish();
    Bits bits{.fingerprint = running_->fingerprint(), .tables = {}, .ticks = ticks_};
    if (!kept_) return bits;
    kept_->finish(bits.fingerprint, report);
    bits.tables = table_checksums(folder_.file());
    return bits;
  }

 private:
  static constexpr std::uint64_t never = std::uint64_t{1} << 62;

  KeepOptions keep_options() const {
    return {.path = folder_.file(), .replace = false, .save_every = variant_->save_every};
  }
  Sink& sink() { return kept_ ? kept_->sink() : nowhere_; }

  void go_on_from_file() {
    running_.reset();
    kept_.reset();
    std::vector<std::string> notes;
    checkpoint_ = io::newest_checkpoint(folder_.file(), notes);
    if (!checkpoint_) throw Error(ErrorKind::damaged, "the checkpoint just made cannot be read: " + notes.front());
    StateReader saved(checkpoint_->state());
    kept_ = resume_result(keep_options(), *checkpoint_, saved);
    running_ = scenario_->study->begin(options_, sink());
    running_->visit(saved);
  }

  const Session* session_;
  const Variant* variant_;
  std::uint64_t ticks_in_all_;
  std::unique_ptr<LoadedScenario> scenario_;
  StudyOptions options_;
  std::atomic<std::uint64_t> ticks_ = 0;
  std::atomic<std::uint64_t> next_pause_ = never;
  WorkFolder folder_{"verify"};
  NoSink nowhere_;
  std::optional<io::Checkpoint> checkpoint_;
  std::unique_ptr<KeptResult> kept_;
  std::unique_ptr<RunningStudy> running_;
};

std::vector<Variant> variants_of(const std::string& resolved, unsigned most_threads) {
  std::vector<Variant> all{{.name = "1 thread"}, {.name = "2 threads", .threads = 2}};
  if (most_threads > 2) all.push_back({.name = fmt::format("{} threads", most_threads), .threads = most_threads});
  all.push_back({.name = "stopped half-way, gone on from the file", .threads = 2, .pauses = 1, .is_resumed = true});
  all.push_back({.name = "four checkpoints", .threads = 2, .pauses = 4});
  all.push_back({.name = "--save-every 1ms", .threads = 2, .save_every = 0.001});
  all.push_back({.name = "last replicate first", .threads = 1, .is_backwards = true});
  all.push_back({.name = "no output", .threads = 2, .has_file = false});
  const auto leaves = config::leaves(resolved);
  const auto value_of = [&leaves](std::string_view key) {
    const auto found = std::find_if(leaves.begin(), leaves.end(), [&](const auto& leaf) { return leaf.first == key; });
    return found == leaves.end() ? std::string() : found->second;
  };
  if (!value_of("record.every").empty() && !value_of("time.duration").empty())
    all.push_back(
        {.name = "recorded at the end only", .threads = 2, .changes = {"record.every=" + value_of("time.duration")}});
  return all;
}

/// Names of the tables that differ.
std::string different_tables(const Bits& a, const Bits& b) {
  std::string names;
  for (const auto& [table, checksum] : a.tables) {
    const auto there = b.tables.find(table);
    if (there == b.tables.end() || there->second != checksum) names += (names.empty() ? "" : ", ") + table;
  }
  return names;
}

std::string digest_of(const Bits& bits) {
  if (bits.tables.empty()) return "–";
  Fingerprint all;
  for (const auto& [table, checksum] : bits.tables) {
    all.add(std::string_view(table));
    all.add(std::string_view(checksum));
  }
  return all.text();
}

/// Runs both variants again, looks at each tick, and says where they part.
std::string where_they_part(const Session& session, const ScenarioChoice& choice, const Variant& a, const Variant& b,
                            std::uint64_t ticks) {
  Trace first;
  Trace second;
  VariantRun(session, choice, a, ticks, &first).run();
  VariantRun(session, choice, b, ticks, &second).run();
  const std::string place = first.first_difference(second);
  return place.empty() ? "run again, no tick differed: chance that does not follow from the seed, or a race" : place;
}

}  // namespace

ExitCode verify_scenario(const Session& session, const Words& words) {
  Options options(
      {.command = "verify",
       .summary = "Proves on a scenario that how it is run changes no bit of it: runs it about ten times, on different "
                  "threads, stopped and gone on, saved more and less often, checks after each tick that all state is "
                  "possible, and compares the fingerprints of its final "
                  "state and of its tables. Exit status 5, with the first tick and column that differ, when they do.",
       .examples = {{"kith verify first-steps --replicates 2", "the proof on a small trial"}}});
  ScenarioChoice choice;
  choice.add_to(options);
  std::optional<std::uint32_t> most_threads;
  options.option(most_threads, "--threads", "N",
                 "The most threads that are tried; what the machine grants unless given.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  std::ostream& out = *session.console.out.stream;
  set_audited(true);
  const InputStore inputs;  // every run reads the same
  const StopRequests stop_requests;
  const LoadedScenario scenario = load(session.application, choice);
  check_memory(scenario.study->memory_needed({}), granted_memory());
  const std::vector<Variant> variants =
      variants_of(scenario.document.resolved(), most_threads.value_or(granted_threads()));

  out << fmt::format("{:<42}{:<20}{:<20}{}\n", "", "fingerprint", "tables", "same") << std::flush;
  std::optional<Bits> reference;
  const Variant* different = nullptr;
  for (const Variant& variant : variants) {
    const Bits bits = VariantRun(session, choice, variant, reference ? reference->ticks : 0, nullptr).run();
    if (!reference) reference = bits;
    const bool has_same_tables = !variant.has_file || !variant.changes.empty();
    const bool is_same =
        bits.fingerprint == reference->fingerprint && (has_same_tables || bits.tables == reference->tables);
    out << fmt::format("{:<42}{:<20}{:<20}{}\n", variant.name, bits.fingerprint,
                       variant.changes.empty() ? digest_of(bits) : "–", is_same ? "yes" : "NO")
        << std::flush;
    if (is_same || different != nullptr) continue;
    different = &variant;
    if (const std::string tables = different_tables(bits, *reference); !tables.empty() && !has_same_tables)
      out << "  tables that differ: " << tables << '\n';
  }
  if (different == nullptr) return ExitCode::done;
  out << fmt::format("\n{} and {} part first at\n  {}\n", variants.front().name, different->name,
                     where_they_part(session, choice, variants.front(), *different, reference->ticks));
  return ExitCode::damaged;
}

}  // namespace kith::cli

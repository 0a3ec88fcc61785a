#include "cli/sweep_cost.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <set>

#include "cli/report_text.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_request.hpp"
#include "cli/sweep_run.hpp"
#include "core/distributions.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

/// Processor time of this process so far [s].
double processor_seconds() {
  struct rusage used {};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// A line of /proc/self/status in kB, as bytes; 0 where there is none.
std::uint64_t memory_line(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kilobytes = 0;
    if (word == name && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

/// From here on the largest memory of the process is counted anew.
void forget_largest_memory() { std::ofstream("/proc/self/clear_refs") << "5"; }

/// A folder of files that nobody keeps.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / fmt::format("kith-pilot-{}", static_cast<long>(getpid()))) {
    fs::create_directories(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

/// [bytes] of a sweep's files with these runs.
double size_of(const Session& session, const LoadedDesign& loaded, std::vector<RunRecord> records,
               const std::string& path) {
  SweepFolder folder(path, loaded.design, loaded.document.resolved(), loaded.scenario.document.text());
  folder.keep(session, loaded.design, FactorColumns(loaded.design), std::move(records));
  double bytes = 0.0;
  for (const std::string& file : folder.files()) bytes += static_cast<double>(fs::file_size(file));
  return bytes;
}

/// Whether a number of a table is the same in all pilots.
template <class Value>
bool is_common(const std::vector<RunRecord>& pilots, std::size_t table, std::size_t variable, std::size_t place,
               Value value) {
  return std::all_of(pilots.begin(), pilots.end(), [&](const RunRecord& pilot) {
    if (table >= pilot.tables.size() || variable >= pilot.tables[table].values.size()) return false;
    const auto* all = std::get_if<std::vector<Value>>(&pilot.tables[table].values[variable]);
    if (all == nullptr || place >= all->size()) return false;
    return (*all)[place] == value || (std::isnan((*all)[place]) && std::isnan(value));
  });
}

/// A record like those of other runs: what differs between pilots differs in this one too, by up to a percent, so that such records are
/// packed like the sweep's and not like copies.
RunRecord another(const std::vector<RunRecord>& pilots, std::uint64_t run) {
  RunRecord result = pilots[run % pilots.size()];
  result.run = run;
  Stream stream = Draws({0, 0}, "sweep.pilot").at(static_cast<std::uint32_t>(run), 0);
  for (char& digit : result.fingerprint) digit = "0123456789abcdef"[uniform_below(stream, 16)];
  const auto vary = [&](std::size_t t, std::size_t v, auto& all) {
    using Value = typename std::decay_t<decltype(all)>::value_type;
    if constexpr (std::is_floating_point_v<Value>) {
      for (std::size_t k = 0; k < all.size(); ++k) {
        if (!is_common(pilots, t, v, k, all[k])) all[k] *= static_cast<Value>(1.0 + 0.01 * uniform(stream));
      }
    }
  };
  for (std::size_t t = 0; t < result.tables.size(); ++t) {
    for (std::size_t v = 0; v < result.tables[t].values.size(); ++v)
      std::visit([&](auto& all) { vary(t, v, all); }, result.tables[t].values[v]);
  }
  return result;
}

/// A run that stands for others.
struct Pilot {
  std::uint64_t run = 0;
  std::uint64_t needs = 0;  ///< memory, estimated [bytes]
  double own_seconds = 0.0;
  double burn_in_seconds = 0.0;  ///< where it is shared
};

/// Some runs with the memory that each needs, from the least on.
std::vector<Pilot> candidates(const Application& application, const sweep::Design& design) {
  constexpr std::uint64_t most = 100;
  const std::uint64_t runs = design.rows.size();
  const std::uint64_t count = std::min(runs, most);
  std::vector<Pilot> found;
  for (std::uint64_t k = 0; k < count; ++k) {
    const std::uint64_t run = count == 1 ? 0 : k * (runs - 1) / (count - 1);
    try {
      const LoadedScenario scenario = load(application, choice_of(design, run));
      found.push_back({run, scenario.study->memory_needed(std::nullopt)});
    } catch (const config::InvalidScenario&) {  // it will fail, and cost nothing
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Pilot& a, const Pilot& b) { return a.needs < b.needs; });
  return found;
}

/// What the pilots, sorted by need, make of a run that needs so much.
double between(const std::vector<Pilot>& pilots, std::uint64_t needs, double Pilot::*seconds) {
  if (pilots.front().needs == pilots.back().needs) {
    double sum = 0.0;
    for (const Pilot& pilot : pilots) sum += pilot.*seconds;
    return sum / static_cast<double>(pilots.size());
  }
  std::size_t k = 1;
  while (k + 1 < pilots.size() && pilots[k].needs < needs) ++k;
  const Pilot& a = pilots[k - 1];
  const Pilot& b = pilots[k];
  if (a.needs == b.needs) return 0.5 * (a.*seconds + b.*seconds);
  const double share = static_cast<double>(needs - a.needs) / static_cast<double>(b.needs - a.needs);
  return a.*seconds + share * (b.*seconds - a.*seconds);
}

/// The entry of a coordinate in words.
std::string entry(const Values& coordinate, std::size_t index) {
  if (const auto* names = std::get_if<std::vector<std::string>>(&coordinate)) return (*names)[index];
  return fmt::format("{:g}", io::as_doubles(coordinate)[index]);
}

/// Where in a table a value stands, after run and replicate.
std::string place_in(const TableSpec& spec, const Variable& variable, std::size_t index) {
  std::string text;
  for (std::size_t d = variable.dimensions.size(); d-- > 2;) {  // the last dimension changes fastest
    const auto dimension =
        std::find_if(spec.dimensions.begin(), spec.dimensions.end(),
                     [&](const TableDimension& each) { return each.name == variable.dimensions[d]; });
    const std::size_t size = io::size(dimension->coordinate);
    text = fmt::format("{}{}{}", entry(dimension->coordinate, index % size), text.empty() ? "" : " · ", text);
    index /= size;
  }
  return text;
}

double deviation_of(const std::vector<double>& values, std::size_t place, std::size_t places) {
  const std::size_t replicates = values.size() / places;
  double mean = 0.0;
  double squares = 0.0;
  for (std::size_t r = 0; r < replicates; ++r) mean += values[r * places + place] / static_cast<double>(replicates);
  for (std::size_t r = 0; r < replicates; ++r) squares += std::pow(values[r * places + place] - mean, 2);
  return replicates > 1 ? std::sqrt(squares / static_cast<double>(replicates - 1))
                        : std::numeric_limits<double>::quiet_NaN();
}

bool is_by_replicate(const Variable& variable) {
  return variable.type != ValueType::text && variable.dimensions.size() > 1 && variable.dimensions[1] == "replicate";
}

void add_chance(std::vector<ChanceOf>& chance, const KeptTable& kept, std::size_t v) {
  const Variable& variable = kept.spec.variables[v];
  if (!is_by_replicate(variable)) return;
  const std::vector<double> values = io::as_doubles(kept.values[v]);
  const std::size_t replicates = io::size(kept.spec.dimensions[1].coordinate);
  if (replicates == 0) return;
  const std::size_t places = values.size() / replicates;
  for (std::size_t place = 0; place < places; ++place) {
    const std::string name = place_in(kept.spec, variable, place);
    auto known = std::find_if(chance.begin(), chance.end(), [&](const ChanceOf& each) { return each.place == name; });
    if (known == chance.end()) known = chance.insert(chance.end(), {name, replicates, 0.0});
    const double deviation = deviation_of(values, place, places);
    if (!(deviation <= known->deviation)) known->deviation = deviation;
  }
}

/// All that virtual studies tell apart, TABLE.VARIABLE each.
std::vector<std::string> outcomes_of(const std::vector<RunRecord>& records) {
  std::set<std::string> found;
  for (const RunRecord& record : records) {
    for (const KeptTable& kept : record.tables) {
      for (const Variable& variable : kept.spec.variables) {
        if (is_by_replicate(variable)) found.insert(kept.spec.name + "." + variable.name);
      }
    }
  }
  return {found.begin(), found.end()};
}

std::vector<ChanceOf> chance_of(const std::vector<RunRecord>& records, const std::string& outcome) {
  std::vector<ChanceOf> chance;
  for (const RunRecord& record : records) {
    for (const KeptTable& kept : record.tables) {
      for (std::size_t v = 0; v < kept.spec.variables.size(); ++v) {
        if (kept.spec.name + "." + kept.spec.variables[v].name == outcome) add_chance(chance, kept, v);
      }
    }
  }
  return chance;
}

class Pilots {
 public:
  Pilots(const Session& session, const LoadedDesign& loaded, const SharedBurnIn& burn_in)
      : session_(&session),
        loaded_(&loaded),
        shares_(burn_in.is_shared() && burn_in.burn_ins() < loaded.design.rows.size()) {}

  void carry_out(std::vector<Pilot>& pilots) {
    for (Pilot& pilot : pilots) {
      forget_largest_memory();
      const std::uint64_t before = memory_line("VmRSS:");
      // Short runs are done again until a clock can tell; the first of them also pays for what the process sets up once.
      constexpr double long_enough = 1.0;
      constexpr int most = 20;
      std::vector<Pilot> times;
      double sum = 0.0;
      for (int k = 0; k < most && (k < 2 || sum < long_enough) && sum < 10.0 * long_enough; ++k) {
        times.push_back(once(pilot));
        sum += times.back().own_seconds + times.back().burn_in_seconds;
      }
      if (times.size() > 1) times.erase(times.begin());
      for (const Pilot& time : times) {
        pilot.own_seconds += time.own_seconds / static_cast<double>(times.size());
        pilot.burn_in_seconds += time.burn_in_seconds / static_cast<double>(times.size());
      }
      // Against the start: what a pilot leaves behind unused, the next one takes.
      const std::uint64_t largest = memory_line("VmHWM:");
      base_ = base_ == 0 ? before : std::min(base_, before);
      run_memory_ = std::max(run_memory_, largest > base_ ? largest - base_ : 0);
    }
  }

  std::uint64_t base() const { return base_; }
  std::uint64_t run_memory() const { return run_memory_; }
  bool shares() const { return shares_; }
  const std::vector<RunRecord>& records() const { return records_; }

 private:
  Pilot once(const Pilot& pilot) {
    Pilot time;
    std::shared_ptr<const BurntIn> burnt_in;
    double start = processor_seconds();
    if (shares_) {
      const LoadedScenario scenario = load(session_->application, choice_of(loaded_->design, pilot.run));
      burnt_in = std::make_shared<const BurntIn>(scenario.study->burn_in(
          {.only_replicate = {}, .replay = "", .progress = [](double, std::string_view) { StopRequests::check(); }}));
      time.burn_in_seconds = processor_seconds() - start;
      start = processor_seconds();
    }
    RunRecord record =
        cli::carry_out(session_->application, loaded_->design, pilot.run, burnt_in, [] { StopRequests::check(); });
    time.own_seconds = processor_seconds() - start;
    if (record.is_failed)
      throw Error(ErrorKind::failed, fmt::format("run {}, a pilot, failed: {}{}{}", record.run, record.message,
                                                 record.command.empty() ? "" : "\n  ", record.command));
    const bool is_new =
        std::none_of(records_.begin(), records_.end(), [&](const RunRecord& other) { return other.run == record.run; });
    if (is_new) records_.push_back(std::move(record));
    return time;
  }

  const Session* session_;
  const LoadedDesign* loaded_;
  bool shares_;
  std::uint64_t base_ = 0;
  std::uint64_t run_memory_ = 0;
  std::vector<RunRecord> records_;
};

/// What the files take, on disk and of the memory of a process that writes them: of one with a run, and one with many.
void add_files(SweepCost& cost, const Session& session, const LoadedDesign& loaded,
               const std::vector<RunRecord>& pilots) {
  constexpr std::uint64_t many = 40;
  std::vector<RunRecord> records;
  const std::uint64_t count = std::min(many, cost.runs);
  for (std::uint64_t run = 0; run < count; ++run) records.push_back(another(pilots, run));
  const Scratch scratch;
  forget_largest_memory();
  const std::uint64_t before = memory_line("VmRSS:");
  const double one = size_of(session, loaded, {pilots.front()}, scratch / "one");
  const double all = count > 1 ? size_of(session, loaded, std::move(records), scratch / "all") : one;
  const std::uint64_t largest = memory_line("VmHWM:");
  cost.kept_memory += largest > before ? largest - before : 0;
  cost.bytes_of_run = count > 1 ? std::max(0.0, (all - one) / static_cast<double>(count - 1)) : 0.0;
  cost.bytes_of_file = std::max(0.0, one - cost.bytes_of_run);
}

}  // namespace

double SweepCost::wall_seconds(std::uint64_t shards, unsigned threads) const {
  return std::max(core_seconds / (static_cast<double>(shards) * threads), run_seconds);
}

std::uint64_t SweepCost::memory(unsigned threads) const {
  return kept_memory + run_memory * std::min<std::uint64_t>(threads, runs);
}

std::uint64_t SweepCost::files(std::uint64_t shards, unsigned threads) const {
  const double wall = wall_seconds(shards, threads);
  const double between = wall * static_cast<double>(shards) / static_cast<double>(std::max(runs, shards));
  std::uint64_t of_process = 0;
  double now = 0.0;
  do {  // a file is closed when the run that is on its way then ends
    const double next = save_every.value_or(seconds_of_next_file(now));
    now += between > 0.0 ? between * std::ceil(next / between) : next;
    ++of_process;
  } while (now < wall && of_process * shards < runs);
  return std::min(of_process * shards, runs);
}

double SweepCost::disk(std::uint64_t shards, unsigned threads) const {
  return static_cast<double>(runs) * bytes_of_run + static_cast<double>(files(shards, threads)) * bytes_of_file;
}

SweepCost measure_cost(const Session& session, const LoadedDesign& loaded, const SharedBurnIn& burn_in,
                       const std::string& outcome) {
  const StopRequests stop_requests;
  const sweep::Design& design = loaded.design;
  const std::vector<Pilot> all = candidates(session.application, design);
  std::vector<Pilot> pilots{all.front()};
  if (all.size() > 2) pilots.push_back(all[all.size() / 2]);
  if (all.size() > 1) pilots.push_back(all.back());
  Pilots done(session, loaded, burn_in);
  done.carry_out(pilots);

  SweepCost cost;
  cost.runs = design.rows.size();
  cost.burn_ins = burn_in.burn_ins();
  cost.pilots = pilots.size();
  const double shares = done.shares() ? static_cast<double>(cost.burn_ins) / static_cast<double>(cost.runs) : 0.0;
  double sum = 0.0;
  for (const Pilot& each : all)
    sum += between(pilots, each.needs, &Pilot::own_seconds) +
           shares * between(pilots, each.needs, &Pilot::burn_in_seconds);
  cost.core_seconds = sum / static_cast<double>(all.size()) * static_cast<double>(cost.runs);
  for (const Pilot& pilot : pilots)
    cost.run_seconds = std::max(cost.run_seconds, pilot.own_seconds + pilot.burn_in_seconds);
  cost.run_memory = done.run_memory();
  cost.kept_memory = done.base();
  add_files(cost, session, loaded, done.records());
  cost.outcome = outcome;
  cost.outcomes = outcomes_of(done.records());
  cost.chance = chance_of(done.records(), outcome);
  return cost;
}

}  // namespace kith::cli

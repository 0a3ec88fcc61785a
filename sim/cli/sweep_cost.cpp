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

#include "cli/report_text.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_run.hpp"
#include "core/parallel.hpp"
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

void add_chance(std::vector<ChanceOf>& chance, const KeptTable& kept, std::size_t v) {
  const Variable& variable = kept.spec.variables[v];
  if (variable.type == ValueType::text || variable.dimensions.size() < 2 || variable.dimensions[1] != "replicate")
    return;
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
      const std::uint64_t largest = memory_line("VmHWM:");
      base_ = base_ == 0 ? before : std::min(base_, before);
      run_memory_ = std::max(run_memory_, largest > before ? largest - before : 0);
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
      throw Error(ErrorKind::failed,
                  fmt::format("run {}, a pilot, failed: {}\n  {}", record.run, record.message, record.command));
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

}  // namespace

double SweepCost::wall_seconds(std::uint64_t shards, unsigned threads) const {
  const double at_once = static_cast<double>(shards) * threads;
  return std::max(core_seconds / std::min(at_once, static_cast<double>(runs)), run_seconds);
}

std::uint64_t SweepCost::memory(unsigned threads) const {
  return kept_memory + run_memory * std::min<std::uint64_t>(threads, runs);
}

double SweepCost::disk(std::uint64_t shards, unsigned threads) const {
  constexpr double seconds_of_file = 10.0;  // --save-every
  const double files =
      static_cast<double>(shards) * std::max(1.0, std::ceil(wall_seconds(shards, threads) / seconds_of_file));
  return static_cast<double>(runs) * bytes_of_run + std::min(files, static_cast<double>(runs)) * bytes_of_file;
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
  const Scratch scratch;
  const std::vector<RunRecord>& records = done.records();  // each different, so that they are packed like others
  const double one = size_of(session, loaded, {records.front()}, scratch / "one");
  const double all_of_them = records.size() > 1 ? size_of(session, loaded, records, scratch / "all") : 0.0;
  const auto further = static_cast<double>(records.size() - 1);
  cost.bytes_of_run = records.size() > 1 ? std::max(0.0, (all_of_them - one) / further) : 0.0;
  cost.bytes_of_file = std::max(0.0, one - cost.bytes_of_run);
  cost.outcome = outcome;
  cost.chance = chance_of(records, outcome);
  return cost;
}

}  // namespace kith::cli

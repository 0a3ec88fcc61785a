#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bench.hpp"
#include "cli/design_check.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_run.hpp"
#include "core/parallel.hpp"
#include "models/application/application.hpp"

namespace kith::bench {
namespace {

namespace fs = std::filesystem;

/// 500 people for 30 days, burn-in included, each run with another tone.
std::string design_file(std::uint64_t runs) {
  const std::string path = fmt::format("design-{}.yaml", runs);
  std::ofstream(path) << fmt::format(
      "sweep: 1\ntitle: Reach\nscenario: first-steps\nset: [people.count=500, time.burn_in=20 d, replicates.count=1]\n"
      "factors: [{{key: people.opioid_tone.median, from: 0.05, to: 0.3, steps: {}}}]\n",
      runs);
  return path;
}

/// Takes what a run writes, and keeps nothing.
class NoSink final : public Sink {
  RowsWanted wanted(const std::string& /*table*/) const override { return RowsWanted::none; }
  void declare(const TableSpec& /*spec*/) override {}
  void write(TableRow /*row*/) override {}
};

/// The runs of a design one after the other, from the reading of each scenario to its end, without a sweep around them.
void run_alone(const std::string& design_path) {
  const KithApplication application;
  const cli::LoadedDesign loaded = load_design(application, config::Document::from_file(design_path));
  for (std::uint64_t run = 0; run < loaded.design.rows.size(); ++run) {
    const cli::LoadedScenario scenario = load(application, cli::choice_of(loaded.design, run));
    NoSink sink;
    const auto running = scenario.study->begin({.only_replicate = {}, .replay = "", .progress = {}}, sink);
    running->advance();
    running->finish();
  }
}

/// Wall time of one process of one thread over that of two that each do half, at once.
double gain_of_two(const std::string& design) {
  const std::string kith = (fs::read_symlink("/proc/self/exe").parent_path() / "kith").string();
  const auto wall = [](const std::string& command) {
    const Stopwatch watch;
    if (std::system(("set -e; " + command).c_str()) != 0) throw std::runtime_error(command);
    return watch.wall();
  };
  const auto sweep = [&](const std::string& rest) {
    return fmt::format("{} sweep {} --threads 1 -q {} >/dev/null", kith, design, rest);
  };
  const double one = wall(sweep("-o one"));
  return one / wall(sweep("-o two --shard 1/2") + " & " + sweep("-o two --shard 2/2") + "; wait $!");
}

/// A folder of so many runs, each with the tables that a run keeps unless told otherwise, as a process of twenty runs a second writes it.
void fill(const std::string& path, const std::string& design_path) {
  constexpr std::uint64_t runs_of_file = 200;
  const KithApplication application;
  std::ostringstream out;
  const cli::Session session{application, {.out = {.stream = &out}, .err = {.stream = &out}}, {}};
  const cli::LoadedDesign loaded = load_design(application, config::Document::from_file(design_path));
  const cli::RunRecord one = carry_out(application, loaded.design, 0, nullptr, [] {});
  cli::SweepFolder folder(path, loaded.design, loaded.document.resolved(), loaded.scenario.document.text());
  const cli::FactorColumns factors(loaded.design);
  const std::uint64_t runs = loaded.design.rows.size();
  for (std::uint64_t first = 0; first < runs; first += runs_of_file) {
    std::vector<cli::RunRecord> records;
    for (std::uint64_t run = first; run < std::min(runs, first + runs_of_file); ++run) {
      records.push_back(one);
      records.back().run = run;
    }
    folder.keep(session, loaded.design, factors, std::move(records));
  }
}

/// Eight runs that differ in what is given, after 28 days of burn-in, for 22 days in one world, or in two where each has its untreated
/// twin. CPU with one burn-in over CPU with one each; alone, the days that are left make 0.51 (one world) or 0.66 (two).
double share_with_shared_burn_in(bool has_twin) {
  const auto cpu = [&](const std::string& kind) {
    const std::string name = fmt::format("{}-{}", kind, has_twin);
    std::ofstream(name + ".yaml") << fmt::format(
        "sweep: 1\ntitle: Shares\nscenario: first-steps\nburn_in: {}\nkeep: [effects]\n"
        "set: [people.count=1000, time.burn_in=28 d, time.duration=22 d, replicates.count=1, trial.twin={}]\n"
        "factors: [{{key: trial.arms.naltrexone.doses, values: ['[10 mg, 10 mg]', '[20 mg, 20 mg]', '[30 mg, 30 mg]', "
        "'[40 mg, 40 mg]', '[50 mg, 50 mg]', '[60 mg, 60 mg]', '[70 mg, 70 mg]', '[80 mg, 80 mg]']}}]\n",
        kind, has_twin);
    const Stopwatch watch;
    invoke({"sweep", name + ".yaml", "-o", name, "-q", "--threads", "1"});
    return watch.cpu();
  };
  const double fresh = cpu("fresh");
  return cpu("shared") / fresh;
}

}  // namespace

std::vector<Part> shared_burn_in() {
  set_threads(1);
  return {{"one world: shared over fresh, CPU", share_with_shared_burn_in(false), "1", 0.6},
          {"the days alone", (28.0 + 8 * 22.0) / (8 * 50.0), "1"},
          {"with a twin: shared over fresh, CPU", share_with_shared_burn_in(true), "1", 0.7},
          {"the days alone", (28.0 + 8 * 44.0) / (8 * 72.0), "1"}};
}

std::vector<Part> sweep_overhead() {
  constexpr std::uint64_t runs = 200;
  set_threads(1);
  const std::string design = design_file(runs);
  invoke({"sweep", design, "-o", "warm", "-q", "--only", "0", "--threads", "1"});
  const Stopwatch alone;
  run_alone(design);
  const double alone_cpu = alone.cpu();
  largest_memory();
  const Stopwatch sweep;
  invoke({"sweep", design, "-o", "sweep", "-q", "--threads", "1"});
  const double sweep_cpu = sweep.cpu();
  const double memory = largest_memory();
  invoke({"sweep", design_file(3 * runs), "-o", "more", "-q", "--threads", "1"});
  return {{fmt::format("{} runs alone, CPU", runs), alone_cpu, "s"},
          {"as a sweep, CPU", sweep_cpu, "s"},
          {"more than alone", 100.0 * (sweep_cpu / alone_cpu - 1.0), "%", 3.0},
          {"memory of the sweep", memory, "MB"},
          {"more with three times the runs", largest_memory() - memory, "MB", 5.0},
          {"one process over two shards, wall", gain_of_two(design), "times"}};
}

std::vector<Part> sweep_files() {
  const std::string few = design_file(10'000);
  const std::string many = design_file(100'000);
  fill("few", few);
  const Stopwatch merging;
  invoke({"merge", "few", "-o", "few.h5"});
  const double merged = merging.wall();
  const double merged_cpu = merging.cpu();
  fill("many", many);
  const Stopwatch looking;
  invoke({"sweep", many, "-o", "many", "-q"});
  const double looked = looking.wall();
  return {{"merge of 10,000 runs, wall", merged, "s", 30.0},
          {"the same, CPU", merged_cpu, "s"},
          {"what is missing of 100,000 runs, wall", looked, "s", 2.0},
          {"the same, CPU", looking.cpu(), "s"},
          {"size of the 100,000 runs",
           [] {
             double bytes = 0.0;
             for (const auto& file : fs::directory_iterator("many/runs"))
               bytes += static_cast<double>(file.file_size());
             return bytes / 1e6;
           }(),
           "MB"}};
}

}  // namespace kith::bench

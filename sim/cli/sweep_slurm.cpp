#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>

#include "cli/sweep_cost.hpp"
#include "core/shell.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

/// The value of a line "MaxArraySize = 1001" of `scontrol show config`; nothing where there is no such program or line.
std::optional<std::uint64_t> slurm_limit(const std::string& name) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen("scontrol show config 2>/dev/null", "r"), pclose);
  if (!pipe) return std::nullopt;
  std::array<char, 1024> line{};
  while (fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
    std::istringstream words(line.data());
    std::string key;
    std::string equals;
    std::uint64_t value = 0;
    if (words >> key >> equals >> value && key == name && equals == "=") return value;
  }
  return std::nullopt;
}

struct Array {
  std::uint64_t tasks = 1;
  std::string limit;  ///< a sentence on what limits it
};

/// The tasks of the array: of about an hour each, but at least eight where there are so many runs. An index is below MaxArraySize. Where
/// tasks share a burn-in, each has one more of its own: that takes less time than waiting for one task to do all its runs.
Array array_of(const SweepCost& cost, const SlurmWish& wish) {
  constexpr std::uint64_t usual = 1001;  // Slurm's own default
  const std::optional<std::uint64_t> found = slurm_limit("MaxArraySize");
  const std::uint64_t most = std::max<std::uint64_t>(1, found.value_or(usual));
  const std::string limit = found ? fmt::format("MaxArraySize of this cluster is {}", most)
                                  : fmt::format("there is no scontrol here; Slurm's own MaxArraySize is {}", most);
  if (wish.tasks && *wish.tasks > most)
    throw Error(ErrorKind::usage,
                fmt::format("--tasks {}: {}, so an array has at most {} tasks\n  each task does a share of the runs; "
                            "leave --tasks out",
                            *wish.tasks, limit, most));
  constexpr double seconds_of_task = 3600.0;
  constexpr std::uint64_t least = 8;
  const auto by_time = static_cast<std::uint64_t>(std::ceil(cost.core_seconds / wish.threads / seconds_of_task));
  const std::uint64_t wanted = wish.tasks ? *wish.tasks : std::max(by_time, least);
  return {std::clamp<std::uint64_t>(wanted, 1, std::min(most, cost.runs)), limit};
}

/// "HH:MM:00": twice the time expected, ten minutes at least.
std::string time_limit(double seconds) {
  const auto minutes = static_cast<std::uint64_t>(std::max(10.0, std::ceil(2.0 * seconds / 60.0 + 2.0)));
  return fmt::format("{:02}:{:02}:00", minutes / 60, minutes % 60);
}

/// [MB] half as much again as expected, in steps of 64.
std::uint64_t memory_limit(std::uint64_t bytes) {
  const auto megabytes = static_cast<std::uint64_t>(std::ceil(1.5 * static_cast<double>(bytes) / 1e6)) + 64;
  return (megabytes + 63) / 64 * 64;
}

std::string this_program() {
  std::error_code problem;
  const fs::path path = fs::read_symlink("/proc/self/exe", problem);
  return problem ? "kith" : path.string();
}

/// {0} name, {1} last index, {2} threads, {3} MB, {4} time, {5} folder, {6} program, {7} design, {8} working folder, {9} about it,
/// {10} merged file, {11} more options.
constexpr const char* script = R"(#!/bin/bash
# {9}
# Send it with: bash SCRIPT. The same script, sent again, does only what is missing.
set -euo pipefail
cd {8}
mkdir -p {5}

array=$(sbatch --parsable <<'TASK'
#!/bin/bash
#SBATCH --job-name={0}
#SBATCH --array=0-{1}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task={2}
#SBATCH --mem={3}M
#SBATCH --time={4}
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output={5}/task-%A_%a.txt
export HDF5_USE_FILE_LOCKING=FALSE
{6} sweep {7} -o {5} --shard slurm --threads {2}{11} -q &
child=$!
trap 'kill -TERM "$child" 2>/dev/null || true' TERM
status=0
wait "$child" || status=$?
if kill -0 "$child" 2>/dev/null; then  # the signal came during the wait: what is done is being written
  status=0
  wait "$child" || status=$?
fi
# 75: stopped at the time limit, and goes on. Above 128: killed; that is tried three times.
if [[ $status == 75 ]] || {{ ((status > 128)) && ((${{SLURM_RESTART_COUNT:-0}} < 3)); }}; then
  scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_$SLURM_ARRAY_TASK_ID"
fi
exit "$status"
TASK
)

merge=$(sbatch --parsable --dependency="afterany:$array" <<'TASK'
#!/bin/bash
#SBATCH --job-name={0}-merge
#SBATCH --ntasks=1
#SBATCH --mem={3}M
#SBATCH --time=00:30:00
#SBATCH --output={5}/merge-%j.txt
export HDF5_USE_FILE_LOCKING=FALSE
{6} merge {5} -o {10} --force
TASK
)
echo "array $array, then merge $merge into {10}"
)";

}  // namespace

std::string slurm_script(const SweepCost& cost, const SlurmWish& wish) {
  const Array array = array_of(cost, wish);
  const double wall = cost.wall_seconds(array.tasks, wish.threads);
  const std::uint64_t memory = cost.memory(wish.threads);
  std::string name = fs::path(wish.folder).lexically_normal().filename().string();
  if (name.empty()) name = "kith-sweep";
  std::error_code ignored;
  const std::string about =
      fmt::format("{} runs as {} task{} of about {:.1f} min and {} MB each; {}", cost.runs, array.tasks,
                  array.tasks == 1 ? "" : "s", wall / 60.0, (memory + 999'999) / 1'000'000, array.limit);
  std::string options;
  for (const std::string& word : wish.options) options += " " + shell_quoted(word);
  const std::string merged = (fs::path(wish.folder).parent_path() / (name + ".h5")).string();
  return fmt::format(script, shell_quoted(name), array.tasks - 1, wish.threads, memory_limit(memory), time_limit(wall),
                     shell_quoted(wish.folder), shell_quoted(this_program()), shell_quoted(wish.design),
                     shell_quoted(fs::current_path(ignored).string()), about, shell_quoted(merged), options);
}

}  // namespace kith::cli

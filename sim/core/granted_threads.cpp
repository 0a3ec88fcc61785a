#include "core/granted_threads.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>

#include "core/cgroup.hpp"
#include "core/parallel.hpp"

#ifdef __linux__
#include <sched.h>
#endif

namespace kith {
namespace detail {
namespace {

/// The smaller of two numbers of processors, of which 0 means "not limited".
unsigned tighter(unsigned a, unsigned b) {
  if (a == 0 || b == 0) return std::max(a, b);
  return std::min(a, b);
}

/// A quota of `quota` in every `period` microseconds, in processors; "max" and −1 are no quota.
unsigned processors(const std::string& quota, const std::string& period) {
  double used = 0.0;
  double whole = 0.0;
  try {
    used = std::stod(quota);
    whole = std::stod(period);
  } catch (const std::exception&) {
    return 0;
  }
  if (!(used > 0.0) || !(whole > 0.0) || used / whole > 1e6) return 0;
  const double share = used / whole;
  const auto whole_processors = static_cast<unsigned>(share);
  return whole_processors + (share > whole_processors ? 1u : 0u);
}

std::string first_word(std::istream& stream) {
  std::string word;
  stream >> word;
  return word;
}

unsigned limit_of(const std::filesystem::path& group) {
  std::ifstream version2(group / "cpu.max");
  if (version2) {
    const std::string quota = first_word(version2);
    return processors(quota, first_word(version2));
  }
  std::ifstream quota(group / "cpu.cfs_quota_us");
  std::ifstream period(group / "cpu.cfs_period_us");
  return processors(first_word(quota), first_word(period));
}

unsigned affinity_processors() {
#ifdef __linux__
  for (std::size_t size = 1024; size <= (1u << 20); size *= 4) {
    cpu_set_t* set = CPU_ALLOC(size);
    if (set == nullptr) return 0;
    const std::size_t bytes = CPU_ALLOC_SIZE(size);
    CPU_ZERO_S(bytes, set);
    const bool done = sched_getaffinity(0, bytes, set) == 0;
    const int count = done ? CPU_COUNT_S(bytes, set) : 0;
    CPU_FREE(set);
    if (done) return static_cast<unsigned>(count);
  }
#endif
  return 0;
}

}  // namespace

unsigned cgroup_processors(const std::filesystem::path& root, std::string_view cgroup) {
  unsigned limit = 0;
  for_each_cgroup(root, cgroup, "cpu",
                  [&](const std::filesystem::path& group) { limit = tighter(limit, limit_of(group)); });
  return limit;
}

unsigned slurm_processors(const char* text) {
  unsigned count = 0;
  if (text == nullptr) return 0;
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, count);
  return error == std::errc{} && stop == end ? count : 0;
}

}  // namespace detail

unsigned granted_threads() {
  unsigned count = std::thread::hardware_concurrency();
  count = detail::tighter(count, detail::affinity_processors());
  count = detail::tighter(count, detail::cgroup_processors("/sys/fs/cgroup", detail::own_cgroup()));
  count = detail::tighter(count, detail::slurm_processors(std::getenv("SLURM_CPUS_PER_TASK")));
  return std::max(count, 1u);
}

}  // namespace kith

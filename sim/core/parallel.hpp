#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ids.hpp"

namespace kith {

/// People per block of the parallel loops. It decides the last bits of every sum: changing it changes fingerprints.
inline constexpr std::size_t block_size = 2048;

/// Threads that the loops use; 0 asks for what the machine, the cgroup or Slurm grants. Call before the first loop.
void set_threads(unsigned count);
unsigned threads();

/// What `set_threads(0)` gives: the least of the hardware, the affinity mask, the cgroup's quota and SLURM_CPUS_PER_TASK.
unsigned granted_threads();

/// An error in a loop over people. Of several, the one of the lowest person is thrown.
class PersonError : public Error {
 public:
  PersonError(PersonId person, const std::string& message) : Error(ErrorKind::failed, message), person_(person) {}
  PersonId person() const { return person_; }

 private:
  PersonId person_;
};

namespace detail {
/// Runs task(0) … task(count − 1), in any order and on any thread. If tasks throw, the lowest index's exception is rethrown.
void run_tasks(std::size_t count, const std::function<void(std::size_t)>& task);
}  // namespace detail

/// Calls f(begin, end) for each block of `size` items of 0 … n − 1, in parallel. f must go through its items in ascending
/// order and write only what belongs to them.
template <class F>
void for_each_block(std::size_t n, F&& f, std::size_t size = block_size) {
  const std::size_t blocks = (n + size - 1) / size;
  detail::run_tasks(blocks, [&](std::size_t block) { f(block * size, std::min(n, (block + 1) * size)); });
}

/// Adds up f(begin, end) over the blocks, always in block order, so the result does not depend on the threads.
template <class T, class F>
T sum(std::size_t n, F&& f) {
  std::vector<T> parts((n + block_size - 1) / block_size);
  for_each_block(n, [&](std::size_t begin, std::size_t end) { parts[begin / block_size] = f(begin, end); });
  T total{};
  for (const T& part : parts) total += part;
  return total;
}

}  // namespace kith

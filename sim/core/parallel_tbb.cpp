#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>

#include "core/parallel.hpp"

namespace kith {
namespace {

/// The threads of the process and the limit that lets TBB start more of them than there are processors.
struct Pool {
  explicit Pool(unsigned count)
      : limit(tbb::global_control::max_allowed_parallelism, count), arena(static_cast<int>(count)), size(count) {}
  tbb::global_control limit;
  tbb::task_arena arena;
  unsigned size;
};

std::mutex& pool_mutex() {
  static std::mutex mutex;
  return mutex;
}

std::shared_ptr<Pool>& pool_slot() {
  static std::shared_ptr<Pool> slot;
  return slot;
}

std::shared_ptr<Pool> pool() {
  const std::scoped_lock lock(pool_mutex());
  if (!pool_slot()) pool_slot() = std::make_shared<Pool>(granted_threads());
  return pool_slot();
}

/// Keeps the exception of the lowest index. Tasks below it still run, since one of them may throw too; so the exception
/// that surfaces does not depend on who was first.
class LowestFailure {
 public:
  bool passed_by(std::size_t index) const { return index > lowest_.load(std::memory_order_relaxed); }
  void keep(std::size_t index, std::exception_ptr exception) {
    const std::scoped_lock lock(mutex_);
    if (index >= lowest_.load(std::memory_order_relaxed)) return;
    lowest_.store(index, std::memory_order_relaxed);
    exception_ = std::move(exception);
  }
  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::atomic<std::size_t> lowest_{std::numeric_limits<std::size_t>::max()};
  std::mutex mutex_;
  std::exception_ptr exception_;
};

}  // namespace

void set_threads(unsigned count) {
  auto fresh = std::make_shared<Pool>(count == 0 ? granted_threads() : count);
  const std::scoped_lock lock(pool_mutex());
  pool_slot().swap(fresh);
}

unsigned threads() { return pool()->size; }

namespace detail {

void run_tasks(std::size_t count, const std::function<void(std::size_t)>& task) {
  const std::shared_ptr<Pool> current = count > 1 ? pool() : nullptr;
  if (!current || current->size == 1) {
    for (std::size_t index = 0; index < count; ++index) task(index);
    return;
  }
  LowestFailure failure;
  const auto guarded = [&](std::size_t index) {
    if (failure.passed_by(index)) return;
    try {
      task(index);
    } catch (...) {
      failure.keep(index, std::current_exception());
    }
  };
  // Isolated: a thread that waits for the blocks of one replicate must not start another replicate meanwhile.
  current->arena.execute([&] {
    tbb::this_task_arena::isolate(
        [&] { tbb::parallel_for(std::size_t{0}, count, guarded, tbb::simple_partitioner()); });
  });
  failure.rethrow();
}

}  // namespace detail

}  // namespace kith

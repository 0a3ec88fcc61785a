// A program with a data race inside for_each_block, which the thread sanitizer must report. With the argument `clean`
// the same program has none.

#include <atomic>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "core/parallel.hpp"

namespace {

/// Waits until two blocks run at the same time, so that two threads do take part. Relaxed on purpose: the counter must
/// not order the accesses of the threads. Gives up after ten seconds.
bool meet(std::atomic<int>& arrived) {
  using std::chrono::steady_clock;
  const auto deadline = steady_clock::now() + std::chrono::seconds(10);
  arrived.fetch_add(1, std::memory_order_relaxed);
  while (arrived.load(std::memory_order_relaxed) < 2) {
    if (steady_clock::now() > deadline) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const bool racy = argc == 2 && std::string_view(argv[1]) == "racy";
  kith::set_threads(2);
  std::atomic<int> arrived = 0;
  std::atomic<int> alone = 0;
  long shared = 0;
  long own[2] = {0, 0};
  kith::for_each_block(
      2,
      [&](std::size_t begin, std::size_t) {
        if (!meet(arrived)) alone.fetch_add(1, std::memory_order_relaxed);
        ++(racy ? shared : own[begin]);
      },
      1);
  if (alone > 0) {
    std::puts("the two blocks never ran at the same time");
    return 1;
  }
  std::printf("%ld\n", shared + own[0] + own[1]);
  return 0;
}

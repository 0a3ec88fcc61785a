#include "core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using kith::block_size;
using kith::for_each_block;

namespace {

/// Sets the number of threads for one test and asks for the machine's number afterwards.
class Threads {
 public:
  explicit Threads(unsigned count) { kith::set_threads(count); }
  ~Threads() { kith::set_threads(0); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
};

constexpr unsigned thread_counts[] = {1, 2, 3, 8};

std::string person_error(std::size_t people, const std::vector<std::size_t>& bad, std::atomic<std::size_t>& visited) {
  try {
    for_each_block(
        people,
        [&](std::size_t begin, std::size_t end) {
          for (std::size_t person = begin; person < end; ++person) {
            for (const std::size_t one : bad) {
              if (person != one) continue;
              if (one == bad.front())
                std::this_thread::sleep_for(std::chrono::microseconds(200));  // the lowest comes last
              throw kith::PersonError(static_cast<kith::PersonId>(person), "person " + std::to_string(person));
            }
            if (person < bad.front()) ++visited;
          }
        },
        16);
  } catch (const kith::PersonError& error) {
    CHECK(error.kind() == kith::ErrorKind::failed);
    return std::to_string(error.person()) + ": " + error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("Every item is visited exactly once, for any size and number of threads", "[threaded]") {
  for (const unsigned count : thread_counts) {
    const Threads threads(count);
    for (const std::size_t n :
         {std::size_t{0}, std::size_t{1}, block_size - 1, block_size, block_size + 1, 10 * block_size + 7}) {
      std::vector<int> visits(n, 0);
      for_each_block(n, [&](std::size_t begin, std::size_t end) {
        REQUIRE(begin < end);
        REQUIRE(begin % block_size == 0);
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      CHECK(std::count(visits.begin(), visits.end(), 1) == static_cast<std::ptrdiff_t>(n));
    }
  }
}

TEST_CASE("An empty sum is zero", "[threaded]") {
  CHECK(kith::sum<double>(0, [](std::size_t, std::size_t) { return 1.0; }) == 0.0);
}

TEST_CASE("The lowest person's error is the one that is thrown, whoever is first", "[threaded]") {
  for (const unsigned count : thread_counts) {
    const Threads threads(count);
    for (int repeat = 0; repeat < 50; ++repeat) {
      std::atomic<std::size_t> visited{0};
      REQUIRE(person_error(2000, {700, 701, 900, 1999}, visited) == "700: person 700");
      REQUIRE(visited == 700);  // everybody below was still simulated
    }
  }
}

TEST_CASE("A loop works again after an error", "[threaded]") {
  const Threads threads(3);
  std::atomic<std::size_t> visited{0};
  CHECK(person_error(100, {0}, visited) == "0: person 0");
  CHECK(person_error(100, {1000}, visited) == "no error");
}

TEST_CASE("Errors of any type pass through the loop, also out of a loop within a loop", "[threaded]") {
  for (const unsigned count : thread_counts) {
    const Threads threads(count);
    const auto run = [] {
      for_each_block(
          8,
          [](std::size_t outer, std::size_t) {
            for_each_block(
                8,
                [outer](std::size_t inner, std::size_t) {
                  if (outer >= 3 && inner >= 2)
                    throw std::out_of_range(std::to_string(outer) + "/" + std::to_string(inner));
                },
                1);
          },
          1);
    };
    CHECK_THROWS_WITH(run(), "3/2");
    CHECK_THROWS_AS(run(), std::out_of_range);
  }
}

#ifndef KITH_SERIAL

TEST_CASE("The number of threads is what was set, and 0 asks for what is granted", "[threaded]") {
  for (const unsigned count : thread_counts) {
    const Threads threads(count);
    CHECK(kith::threads() == count);
  }
  kith::set_threads(0);
  CHECK(kith::threads() == kith::granted_threads());
}

TEST_CASE("Threads work at the same time, never more than were set", "[threaded]") {
  const Threads threads(3);
  std::atomic<int> now{0};
  std::atomic<int> most{0};
  for_each_block(
      60,
      [&](std::size_t, std::size_t) {
        const int running = ++now;
        for (int seen = most; seen < running && !most.compare_exchange_weak(seen, running);) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        --now;
      },
      1);
  CHECK(most >= 2);
  CHECK(most <= 3);
}

TEST_CASE("A thread that waits for the blocks of one replicate does not start another", "[threaded]") {
  const Threads threads(4);
  std::atomic<int> deepest{0};
  for (std::size_t replicates = 5; replicates < 40;
       ++replicates) {  // uneven ends leave threads to help and others to wait
    for_each_block(
        replicates,
        [&](std::size_t, std::size_t) {
          static thread_local int depth = 0;
          ++depth;
          for (int seen = deepest; seen < depth && !deepest.compare_exchange_weak(seen, depth);) {
          }
          for_each_block(
              8,
              [](std::size_t block, std::size_t) {
                std::this_thread::sleep_for(std::chrono::microseconds(block * block));
              },
              1);
          --depth;
        },
        1);
  }
  CHECK(deepest == 1);
}

TEST_CASE("Loops started by threads of the caller's own share the pool", "[threaded]") {
  const Threads threads(2);
  std::atomic<std::size_t> items{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&items] {
      for (int repeat = 0; repeat < 20; ++repeat) {
        for_each_block(
            100, [&](std::size_t begin, std::size_t end) { items += end - begin; }, 7);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  CHECK(items == 4u * 20u * 100u);
}

#endif

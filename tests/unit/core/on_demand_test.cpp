#include "core/on_demand.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

#include "core/parallel.hpp"

using kith::OnDemand;

TEST_CASE("A value is worked out when it is first asked for, and once, whoever asks", "[threaded]") {
  std::atomic<int> made = 0;
  const OnDemand<std::vector<int>> value([&] {
    ++made;
    std::vector<int> all(5 * kith::block_size);
    kith::for_each_block(all.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) all[i] = static_cast<int>(i);
    });
    return all;
  });
  CHECK(made == 0);
  std::atomic<int> right = 0;
  kith::set_threads(4);
  kith::for_each_block(
      64, [&](std::size_t begin, std::size_t) { right += value.get().at(begin) == static_cast<int>(begin) ? 1 : 0; },
      1);
  kith::set_threads(0);
  CHECK(right == 64);
  CHECK(made == 1);
  CHECK(&value.get() == &value.get());
}

TEST_CASE("A value that could not be worked out is tried again") {
  int tries = 0;
  const OnDemand<int> value([&] { return ++tries == 1 ? throw std::runtime_error("not yet") : tries; });
  CHECK_THROWS_AS(value.get(), std::runtime_error);
  CHECK(value.get() == 2);
  CHECK(value.get() == 2);
}

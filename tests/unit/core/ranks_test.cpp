#include "core/ranks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/random.hpp"

using namespace kith;

namespace {

/// Values of both signs, close together and far apart, a third of them the same.
std::vector<float> values(std::size_t count) {
  Stream stream = Draws(WorldKey{1, 0}, "ranks").at(7, 0);
  std::vector<float> all;
  for (std::size_t k = 0; k < count; ++k) {
    const float unit = static_cast<float>(stream() >> 8) * 0x1p-24F;
    all.push_back(k % 3 == 0 ? 0.25F : k % 3 == 1 ? unit : (unit - 0.5F) * 1e6F);
  }
  return all;
}

}  // namespace

TEST_CASE("values of a rank are those of the values in order, of few and of many, on any number of threads",
          "[threaded]") {
  for (const std::size_t count : {1U, 2U, 1000U, 8191U, 8192U, 262145U, 700001U}) {
    CAPTURE(count);
    const std::vector<float> all = values(count);
    std::vector<float> ordered = all;
    std::sort(ordered.begin(), ordered.end());
    std::vector<std::size_t> ranks;
    for (std::size_t k = 0; k <= 10; ++k) ranks.push_back(k * (count - 1) / 10);
    const std::vector<float> found = at_ranks(all, ranks);
    REQUIRE(found.size() == ranks.size());
    for (std::size_t k = 0; k < ranks.size(); ++k) CHECK(found[k] == ordered[ranks[k]]);
  }
}

TEST_CASE("where all values are the same, or are both zeros, they have every rank") {
  for (const float value : {0.0F, -2.5F}) {
    std::vector<float> all(300000, value);
    for (std::size_t k = 0; k < all.size(); k += 2) all[k] = value == 0.0F ? -0.0F : value;
    const std::vector<std::size_t> ranks{0, 150000, 299999};
    for (const float found : at_ranks(all, ranks)) CHECK(found == value);
  }
}

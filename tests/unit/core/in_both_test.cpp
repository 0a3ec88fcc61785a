#include "core/in_both.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "core/random.hpp"

using namespace kith;

TEST_CASE("what is in both of two ascending lists is found, however long they are and wherever it stands") {
  Stream stream = Draws(WorldKey{3, 0}, "in both").at(1, 0);
  std::size_t found = 0;
  std::size_t tried = 0;
  for (const std::size_t long_one : {0U, 1U, 2U, 5U, 30U, 200U}) {
    for (int k = 0; k < 200; ++k, ++tried) {
      // A number from a range in which about every other pair of lists has one in both.
      std::vector<std::uint32_t> a(1 + stream() % 6), b(long_one);
      const auto range = static_cast<std::uint32_t>(a.size() * b.size() * 3 / 2 + 2);
      for (auto* const list : {&a, &b}) {
        for (std::uint32_t& number : *list) number = stream() % range;
        std::sort(list->begin(), list->end());
      }
      const bool expected = std::any_of(a.begin(), a.end(),
                                        [&](std::uint32_t it) { return std::find(b.begin(), b.end(), it) != b.end(); });
      found += expected ? 1U : 0U;
      CHECK(any_in_both(a, b) == expected);
      CHECK(any_in_both(b, a) == expected);
    }
  }
  CHECK(found > tried / 5);
  CHECK(found < tried * 4 / 5);
}

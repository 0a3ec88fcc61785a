#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "io/checksum.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;

namespace {

const Values no_float = std::vector<float>{std::numeric_limits<float>::quiet_NaN()};

std::uint64_t sum_of(const std::vector<float>& values, const Sizes& sizes) {
  return sum_of_box(values, Sizes(sizes.size(), 0), sizes, sizes, no_float);
}

}  // namespace

TEST_CASE("The sum of a whole is the sum of its boxes, however it is cut") {
  const Sizes sizes{3, 4, 5};
  std::vector<float> values(60);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.5F * static_cast<float>(i % 17);
  const std::uint64_t whole = sum_of(values, sizes);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::uint64_t sum = 0;
    for (Size k = 0; k < sizes[axis]; ++k) {
      Sizes start(3, 0);
      Sizes count = sizes;
      start[axis] = k;
      count[axis] = 1;
      std::vector<float> box;
      for (Size a = 0; a < count[0]; ++a)
        for (Size b = 0; b < count[1]; ++b)
          for (Size c = 0; c < count[2]; ++c)
            box.push_back(values[((start[0] + a) * 4 + start[1] + b) * 5 + start[2] + c]);
      sum += sum_of_box(box, start, count, sizes, no_float);
    }
    CHECK(sum == whole);
  }
}

TEST_CASE("A changed bit, an exchange and a shift change the sum, and what is missing does not") {
  const std::vector<float> values{1, 2, 3, 4, 5, 6};
  const std::uint64_t sum = sum_of(values, {2, 3});
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::vector<float> changed = values;
    changed[i] = std::nextafter(changed[i], 9.0F);
    CHECK(sum_of(changed, {2, 3}) != sum);
  }
  std::vector<float> exchanged = values;
  std::swap(exchanged[1], exchanged[4]);
  CHECK(sum_of(exchanged, {2, 3}) != sum);
  CHECK(sum_of_box(values, {1, 0}, {2, 3}, {3, 3}, no_float) != sum);
  CHECK(sum_of({0, 0}, {2}) != sum_of({0, -0.0F}, {2}));
  const float none = std::numeric_limits<float>::quiet_NaN();
  CHECK(sum_of({none, none, none}, {3}) == 0);
  CHECK(sum_of({1, none, 2}, {3}) == sum_of({1}, {1}) + sum_of_box(std::vector<float>{2}, {2}, {1}, {3}, no_float));
  const Values names = std::vector<std::string>{"a", "", "b"};
  CHECK(sum_of_box(names, {0}, {3}, {3}, std::vector<std::string>{""}) !=
        sum_of_box(std::vector<std::string>{"b", "", "a"}, {0}, {3}, {3}, std::vector<std::string>{""}));
}

TEST_CASE("Every table keeps the checksum that reading it gives, in a result, a merged one, and in segments") {
  const ScratchFolder folder;
  write_sample({folder / "whole.h5"});
  write_sample(hasty(folder / "merged.h5"));
  {
    ResultWriter writer(hasty(folder / "parts.h5"), sample::attributes());
    sample::declare(writer);
    sample::write(writer);
  }
  for (const char* name : {"whole.h5", "merged.h5", "parts.h5"}) {
    CHECK_NOTHROW(ResultFile(folder / name).check());
  }
  const Handle whole = open_file(folder / "whole.h5");
  const Handle merged = open_file(folder / "merged.h5");
  for (const std::string& table : ResultFile(folder / "whole.h5").tables()) {
    CHECK(kept_checksum(whole, table) == kept_checksum(merged, table));
    CHECK(kept_checksum(whole, table) == read_checksum(whole, table));
  }
}

#include <catch2/catch.hpp>

#include "io/hdf5_access.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;

namespace {

using Ints = std::vector<std::int32_t>;

/// A table of two replicates and two steps with a variable along each way that they can lie.
TableSpec table() {
  return {"t",
          "",
          {{"replicate", "", "", Ints{0, 1}}, {"time", "", "h", {}}, {"person", "", "", Ints{1, 2}}},
          "time",
          {{"count", "1", "", ValueType::int32, {"replicate", "time", "person"}, {}},
           {"sequence", "1", "", ValueType::int32, {"replicate", "person"}, {}},
           {"kind", "1", "", ValueType::int8, {"person"}, {{0, "kin"}, {1, "friend"}}}}};
}

bool names_fill(const std::string& path, const std::string& variable) {
  const Handle file = open_file(path);
  return has_attribute(open_dataset(open_group(file, "t"), variable), "_FillValue");
}

/// Writes the rows of `replicates`, the values of the last being `last`.
void write(const WriterOptions& options, std::uint32_t replicates, std::int32_t last) {
  ResultWriter writer(options, {});
  writer.declare(table());
  for (std::uint32_t r = 0; r < replicates; ++r) {
    for (const double hours : {0.0, 24.0})
      writer.write(
          {"t", r, hours, {Ints{1, r + 1 == replicates ? last : 2}, Ints{5, 6}, std::vector<std::int8_t>{0, 1}}});
  }
  writer.finish();
}

}  // namespace

TEST_CASE("integers that are all there have no fill value, those of which some are missing do") {
  const ScratchFolder folder;
  for (const bool by_segments : {false, true}) {
    const std::string path = folder / (by_segments ? "segments.h5" : "memory.h5");
    const WriterOptions options = by_segments ? hasty(path) : WriterOptions{path};
    write({.path = path, .force = true, .buffer_bytes = options.buffer_bytes}, 2, 7);
    CHECK_FALSE(names_fill(path, "count"));
    CHECK_FALSE(names_fill(path, "kind"));  // written again with each row
    CHECK_FALSE(names_fill(path, "sequence"));
    write({.path = path, .force = true, .buffer_bytes = options.buffer_bytes}, 2,
          std::numeric_limits<std::int32_t>::lowest());
    CHECK(names_fill(path, "count"));
    write({.path = path, .force = true, .buffer_bytes = options.buffer_bytes}, 1, 7);  // the other replicate is missing
    CHECK(names_fill(path, "count"));
    CHECK(names_fill(path, "sequence"));
    CHECK_FALSE(names_fill(path, "kind"));
  }
}

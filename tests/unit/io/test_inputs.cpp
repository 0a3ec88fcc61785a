#include <algorithm>
#include <catch2/catch.hpp>

#include "core/error.hpp"
#include "io/checkpoint.hpp"
#include "io/checksum.hpp"
#include "io/inputs.hpp"
#include "io/parts.hpp"
#include "io/pieces.hpp"
#include "io/table_file.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;

TEST_CASE("The files that a scenario names are kept in results and checkpoints, byte by byte, and are no table") {
  const ScratchFolder folder;
  const InputFiles inputs{{"scenario/ties.csv", std::make_shared<const std::string>("anna,ben\n")},
                          {"/empty", std::make_shared<const std::string>()},
                          {"binary.gz", std::make_shared<const std::string>(std::string("\x1f\x8b\0\xff", 4))}};
  RunAttributes attributes = sample::attributes();
  attributes.inputs = std::make_shared<const InputFiles>(inputs);
  const auto are_same = [&](const InputFiles& read) {
    return read.size() == inputs.size() && std::all_of(read.begin(), read.end(), [&](const auto& one) {
             return inputs.count(one.first) == 1 && *inputs.at(one.first) == *one.second;
           });
  };
  const std::string path = folder / "out.h5";
  {
    ResultWriter writer(hasty(path), attributes);
    sample::declare(writer);
    sample::write(writer);
    writer.checkpoint([](kith::State&) {});
    std::vector<std::string> notes;
    const auto checkpoint = newest_checkpoint(path, notes);
    REQUIRE(checkpoint);
    CHECK(are_same(*checkpoint->attributes.inputs));
    for (const std::string& segment : segments_in(parts_folder(path))) CHECK(read_inputs(open_file(segment)).empty());
    writer.finish();
  }
  const Handle file = open_file(path);
  CHECK(are_same(read_inputs(file)));
  for (const std::string& table : table_names(file)) CHECK(table != inputs_group);
  check_texts(file);
  const RunAttributes read = read_attributes(file);
  CHECK(read.title == attributes.title);
  CHECK(read.seed == attributes.seed);
  CHECK(named_texts(read.provenance) == named_texts(attributes.provenance));
}

#include <catch2/catch.hpp>
#include <sstream>

#include "support/results.hpp"

using namespace kith;
using namespace kith::io;

TEST_CASE("CSV has names for categories, shortest numbers and empty fields for what is missing") {
  const ScratchFolder folder;
  write_sample({folder / "out.h5"});
  const ResultFile result(folder / "out.h5");
  CHECK(csv(result, "participants")
            .starts_with("replicate,participant,id,sequence,age\n"
                         "0,1,0-ann,naltrexone first,20\n"
                         "0,2,0-bob,placebo first,30\n"
                         "0,3,0-zoë,naltrexone first,40\n"
                         "0,4,,,\n"));
  CHECK(csv(result, "effects").find("0,connection,naltrexone − placebo,-0.2\n") != std::string::npos);
  CHECK(csv(result, "diary").find("2,4,2,27,45\n") != std::string::npos);
  const std::string shapes = message_of([&] { csv(result, "network"); }, ErrorKind::usage);
  CHECK(shapes.find("\n  --table network/tie: target, closeness") != std::string::npos);
  CHECK(csv(result, "network/tie").starts_with("tie,target,closeness\n0,1,0\n1,2,0\n"));
  const std::string guess = message_of([&] { csv(result, "populaton"); }, ErrorKind::usage);
  CHECK(guess.find("did you mean population?") != std::string::npos);
}

TEST_CASE("CSV spreads a variable with more dimensions than the others over columns, and quotes what needs it") {
  const ScratchFolder folder;
  ResultWriter writer({folder / "out.h5"}, {});
  writer.declare({"t",
                  "",
                  {{"group", "", "", std::vector<std::string>{"a,b", "say \"c\""}},
                   {"quantile", "", "1", std::vector<double>{0.1, 0.9}},
                   {"layer", "", "1", std::vector<std::int32_t>{1, 2}}},
                  "",
                  {{"mean", "1", "", ValueType::float32, {"group"}, {}},
                   {"sd", "1", "", ValueType::float32, {"group"}, {}},
                   {"q", "1", "", ValueType::float32, {"group", "quantile"}, {}},
                   {"ties", "1", "", ValueType::float32, {"group", "layer"}, {}}}});
  using F = std::vector<float>;
  writer.write({"t", 0, 0, {F{1, 2}, F{0.1f, 0.2f}, F{3, 4, 5, 6}, F{7, 8, 9, 10}}});
  writer.finish();
  CHECK(csv(ResultFile(folder / "out.h5"), "t") ==
        "group,mean,sd,q[quantile=0.1],q[quantile=0.9],ties[layer=1],ties[layer=2]\n"
        "\"a,b\",1,0.1,3,4,7,8\n\"say \"\"c\"\"\",2,0.2,5,6,9,10\n");
}

TEST_CASE("CSV of a table larger than a block has every row once, in order") {
  const ScratchFolder folder;
  constexpr int people = 1000;
  constexpr int steps = 100;  // 100,000 rows: several blocks
  std::vector<std::int64_t> ids(people);
  for (int p = 0; p < people; ++p) ids[static_cast<std::size_t>(p)] = p;
  ResultWriter writer({folder / "out.h5"}, {});
  writer.declare({"t",
                  "",
                  {{"time", "", "h", {}}, {"person", "", "", ids}},
                  "time",
                  {{"x", "1", "", ValueType::int32, {"time", "person"}, {}}}});
  for (int step = 0; step < steps; ++step) {
    std::vector<std::int32_t> row(people);
    for (int p = 0; p < people; ++p) row[static_cast<std::size_t>(p)] = step * people + p;
    writer.write({"t", 0, static_cast<double>(step), {row}});
  }
  writer.finish();
  std::istringstream lines(csv(ResultFile(folder / "out.h5"), "t"));
  std::string line;
  std::getline(lines, line);
  int expected = 0;
  bool same = true;
  while (std::getline(lines, line)) {
    same &= line == std::to_string(expected / people) + "," + std::to_string(expected % people) + "," +
                        std::to_string(expected);
    ++expected;
  }
  CHECK(same);
  CHECK(expected == people * steps);
}

TEST_CASE("CSV writes whole numbers whole and categories as they are spelled, and both read back to the same bits") {
  const ScratchFolder folder;
  ResultWriter writer({folder / "out.h5"}, {});
  writer.declare({"t",
                  "",
                  {{"row", "", "", std::vector<std::int64_t>{0, 1, 2, 3}}},
                  "",
                  {{"x", "1", "", ValueType::float64, {"row"}, {}},
                   {"arm", "1", "", ValueType::int8, {"row"}, {{0, "naltrexone 50 mg"}, {1, "a_b"}}},
                   {"plain", "1", "", ValueType::int8, {"row"}, {{0, "a_b"}, {1, "c"}}}}});
  writer.write({"t",
                0,
                0,
                {std::vector<double>{100000, -3e6, 1e300, -0.0}, std::vector<std::int8_t>{0, 1, 0, -1},
                 std::vector<std::int8_t>{0, 1, 1, 0}}});
  writer.finish();
  CHECK(csv(ResultFile(folder / "out.h5"), "t") ==
        "row,x,arm,plain\n0,100000,naltrexone 50 mg,a_b\n1,-3000000,a_b,c\n2,1e+300,naltrexone 50 mg,c\n3,-0,,a_b\n");
}

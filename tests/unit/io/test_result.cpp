#include <catch2/catch.hpp>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <sstream>
#include <thread>

#include "support/results.hpp"

using namespace kith;
using namespace kith::io;
namespace fs = std::filesystem;

namespace {

/// Every value of every table as text, so that results can be compared.
std::string everything(const ResultFile& result) {
  std::ostringstream text;
  for (const auto& table : result.tables()) {
    for (const auto& stored : result.layout(table).variables()) {
      if (stored.axes.empty()) continue;
      text << table << '\n';
      const std::string axis = result.spec(table).dimensions[stored.axes.back()].name;
      export_csv(result, table + "/" + axis, text);
    }
  }
  return text.str();
}

}  // namespace

TEST_CASE("A short run saves no segments, and nothing but its complete result is left") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  {
    ResultWriter writer({path}, sample::attributes());
    sample::declare(writer);
    sample::write(writer);
    CHECK(segments_in(parts_folder(path)).empty());
    CHECK_FALSE(fs::exists(path));
    writer.finish();
  }
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
  const ResultFile result(path);
  CHECK(result.state() == FileState::complete);
  CHECK(result.attribute("title") == sample::attributes().title);
  CHECK(result.attribute("seed") == "18000000000000000000");
  CHECK(result.attribute("warnings") == "first warning\nsecond warning");
  CHECK(result.provenance().front().second == sample::attributes().provenance.scenario);
  CHECK(result.tables() ==
        std::vector<std::string>{"population", "participants", "diary", "effects", "people", "network", "tie_events"});
}

TEST_CASE("Of a result one table can be read alone, and its file closed in between") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  write_sample({path});
  const std::string variable = ResultFile(path).spec("diary").variables.front().name;
  const Values expected = ResultFile(path).read("diary", variable);
  const auto is_open = [&path] {
    for (const auto& link : fs::directory_iterator("/proc/self/fd")) {
      std::error_code gone;
      if (fs::read_symlink(link, gone) == fs::canonical(path)) return true;
    }
    return false;
  };
  const ResultFile diary(path, ResultFile::Checked::small_files, "diary");
  CHECK(diary.tables() == std::vector<std::string>{"diary"});
  CHECK_THROWS_AS(diary.spec("population"), Error);
  CHECK(is_open());
  diary.release();
  CHECK_FALSE(is_open());
  CHECK(diary.read("diary", variable) == expected);
  CHECK(is_open());
}

TEST_CASE("A result merged from segments is the same as one written whole") {
  const ScratchFolder folder;
  write_sample({folder / "whole.h5"});
  write_sample(hasty(folder / "merged.h5"));
  const std::string whole = everything(ResultFile(folder / "whole.h5"));
  CHECK(whole.size() > 2000);
  CHECK((everything(ResultFile(folder / "merged.h5")) == whole));
}

TEST_CASE("Parts that a stopped run left read as the same tables, in state partial") {
  const ScratchFolder folder;
  write_sample({folder / "whole.h5"});
  const std::string path = folder / "stopped.h5";
  {
    ResultWriter writer(hasty(path), sample::attributes());
    sample::declare(writer);
    sample::write(writer);
    CHECK(writer.abandon("asked to stop").find(path + ".parts") != std::string::npos);
  }
  CHECK_FALSE(fs::exists(path));
  const ResultFile parts(path);  // finds the parts
  CHECK(parts.files().size() > 5);
  CHECK(parts.state() == FileState::partial);
  CHECK(parts.attribute("stop_reason") == "asked to stop");
  CHECK(parts.tables() == ResultFile(folder / "whole.h5").tables());
  CHECK((everything(parts) == everything(ResultFile(folder / "whole.h5"))));
  CHECK(check_file(path + ".parts").state == FileState::partial);
}

TEST_CASE("A stopped run keeps the rows written before it stopped and no others") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  {
    ResultWriter writer({path}, sample::attributes());
    writer.declare(sample::population(3));
    for (int step = 0; step < 3; ++step) writer.write(sample::population_row(1, step));
    // its destructor abandons
  }
  const ResultFile parts(path);
  CHECK(csv(parts, "population") ==
        "replicate,time,group,connection,since_contact,components,group_size\n"
        "1,0,all,100,0,1,200\n1,0,treated,101,0.5,1,35\n"
        "1,24,all,110,0.1,2,200\n1,24,treated,111,0.5,2,35\n"
        "1,48,all,120,0.2,3,200\n1,48,treated,121,0.5,3,35\n");
}

TEST_CASE("A replicate that stopped early leaves missing values, and other cadences are joined in time") {
  const ScratchFolder folder;
  for (const std::size_t buffer : {std::size_t{600}, std::size_t{1} << 20}) {
    WriterOptions options;
    options.path = folder / (std::to_string(buffer) + ".h5");
    options.buffer_bytes = buffer;
    ResultWriter writer(options, {});
    TableSpec spec{"t",
                   "",
                   {{"replicate", "", "", std::vector<std::int64_t>{4, 7}}, {"time", "", "h", {}}},
                   "time",
                   {{"x", "1", "", ValueType::int32, {"replicate", "time"}, {}}}};
    writer.declare(spec);
    for (const double t : {0.0, 2.0}) writer.write({"t", 7, t, {std::vector<std::int32_t>{70 + static_cast<int>(t)}}});
    for (const double t : {0.0, 1.0, 3.0}) writer.write({"t", 4, t, {std::vector<std::int32_t>{static_cast<int>(t)}}});
    writer.finish();
    CHECK(csv(ResultFile(options.path), "t") ==
          "replicate,time,x\n4,0,0\n4,1,1\n4,2,\n4,3,3\n7,0,70\n7,1,\n7,2,72\n7,3,\n");
  }
}

TEST_CASE("Where names are long, a segment waits for as many rows as are worth repeating them") {
  const ScratchFolder folder;
  WriterOptions options;
  options.path = folder / "out.h5";
  options.buffer_bytes = 600;
  ResultWriter writer(options, {});
  constexpr std::size_t people = 2000;
  std::vector<std::string> names;
  for (std::size_t p = 0; p < people; ++p) names.push_back(std::string(96, 'a') + std::to_string(1000 + p));
  writer.declare({"people",
                  "",
                  {{"time", "", "h", {}}, {"person", "", "", names}},
                  "time",
                  {{"x", "1", "", ValueType::float32, {"time", "person"}, {}}}});
  const auto write = [&](int from, int to) {
    for (int t = from; t < to; ++t)
      writer.write({"people", 0, static_cast<double>(t), {std::vector<float>(people, static_cast<float>(t))}});
  };
  write(0, 60);  // 480 KB, and the names have 260
  CHECK(segments_in(parts_folder(options.path)).empty());
  write(60, 300);  // no more than a quarter of the buffer of 2.1 MB is in memory and due
  std::size_t segments = 0;
  for (int k = 0; k < 500 && segments == 0; ++k) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    segments = segments_in(parts_folder(options.path)).size();
  }
  CHECK(segments >= 1);
  writer.finish();
  const ResultFile result(options.path);
  CHECK(std::get<std::vector<float>>(result.read("people", "x", {299, 1999}, {1, 1})) == std::vector<float>{299.0F});
}

TEST_CASE("A box of a variable is the part of the whole that it names, from parts as from a file") {
  const ScratchFolder folder;
  write_sample({folder / "whole.h5"});
  {
    ResultWriter writer(hasty(folder / "parts.h5"), sample::attributes());
    sample::declare(writer);
    sample::write(writer);
  }
  for (const char* name : {"whole.h5", "parts.h5"}) {
    const ResultFile result(folder / name);
    const Values box = result.read("population", "connection", {1, 1, 0}, {2, 2, 1});
    CHECK(std::get<std::vector<float>>(box) == std::vector<float>{110, 120, 210, 220});
    const Values ids = result.read("participants", "id", {1, 2}, {1, 2});
    CHECK(std::get<std::vector<std::string>>(ids) == std::vector<std::string>{"1-zoë", ""});
    CHECK(std::get<std::vector<std::int32_t>>(result.read("network", "target", {3}, {3})) ==
          std::vector<std::int32_t>{0, 1, 0});
    CHECK(std::get<std::vector<std::int64_t>>(result.read("network", "tie_count")) ==
          std::vector<std::int64_t>{4, 2, 4});
  }
}

TEST_CASE("Tables of nothing are written and read") {
  const ScratchFolder folder;
  ResultWriter writer({folder / "out.h5"}, {});
  TableSpec spec = sample::population(2);
  spec.dimensions[2].coordinate = std::vector<std::string>{};  // no group
  writer.declare(spec);
  TableSpec unwritten = sample::population(2);
  unwritten.name = "unwritten";
  writer.declare(unwritten);
  writer.finish();
  const ResultFile result(folder / "out.h5");
  CHECK(csv(result, "population") == "replicate,time,group,connection,since_contact,components,group_size\n");
  CHECK(result.shape("unwritten").sizes == Sizes{2, 0, 2});
}

TEST_CASE("An interval between saves that no clock can hold leaves the writer at rest") {
  const ScratchFolder folder;
  WriterOptions options;
  options.path = folder / "out.h5";
  options.save_every_seconds = 1e300;
  ResultWriter writer(options, {});
  writer.declare(sample::population(1));
  writer.write(sample::population_row(0, 0));
  const std::clock_t before = std::clock();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 0.1);
  CHECK(segments_in(parts_folder(options.path)).empty());
  writer.finish();
  CHECK(ResultFile(options.path).shape("population").sizes[1] == 1);
}

TEST_CASE("Rows wait for the disk no longer than they should") {
  const ScratchFolder folder;
  WriterOptions options;
  options.path = folder / "out.h5";
  options.save_every_seconds = 0.05;
  ResultWriter writer(options, {});
  writer.declare(sample::population(1));
  writer.write(sample::population_row(0, 0));
  for (int i = 0; i < 100 && segments_in(parts_folder(options.path)).empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(segments_in(parts_folder(options.path)).size() == 1);
}

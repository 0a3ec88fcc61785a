#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/error.hpp"
#include "io/durable.hpp"
#include "io/result_file.hpp"
#include "io/result_writer.hpp"
#include "support/sample_run.hpp"
#include "support/scratch_folder.hpp"

using namespace kith;
using namespace kith::io;
namespace fs = std::filesystem;

namespace {

/// Saves after every few rows.
WriterOptions hasty(const std::string& path) {
  WriterOptions options;
  options.path = path;
  options.buffer_bytes = 2048;
  return options;
}

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

std::string csv(const ResultFile& result, const std::string& table) {
  std::ostringstream text;
  export_csv(result, table, text);
  return text.str();
}

std::string message_of(const std::function<void()>& act, ExitCode code) {
  try {
    act();
  } catch (const Error& error) {
    CHECK(static_cast<int>(error.code()) == static_cast<int>(code));
    return error.what();
  }
  return "nothing was thrown";
}

void write_sample(const WriterOptions& options) {
  ResultWriter writer(options, sample::attributes());
  sample::declare(writer);
  sample::write(writer);
  writer.finish();
}

}  // namespace

TEST_CASE("A short run makes no parts folder and its result is complete") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  {
    ResultWriter writer({path}, sample::attributes());
    sample::declare(writer);
    sample::write(writer);
    CHECK_FALSE(fs::exists(parts_folder(path)));
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
  CHECK(parts.files() > 5);
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

TEST_CASE("CSV has names for categories, shortest numbers and empty fields for what is missing") {
  const ScratchFolder folder;
  write_sample({folder / "out.h5"});
  const ResultFile result(folder / "out.h5");
  CHECK(csv(result, "participants")
            .starts_with("replicate,participant,id,sequence,age\n"
                         "0,1,0-ann,naltrexone_first,20\n"
                         "0,2,0-bob,placebo_first,30\n"
                         "0,3,0-zoë,naltrexone_first,40\n"
                         "0,4,,,\n"));
  CHECK(csv(result, "effects").find("0,connection,naltrexone − placebo,-0.2\n") != std::string::npos);
  CHECK(csv(result, "diary").find("2,4,2,27,45\n") != std::string::npos);
  const std::string shapes = message_of([&] { csv(result, "network"); }, ExitCode::usage);
  CHECK(shapes.find("network/tie") != std::string::npos);
  CHECK(csv(result, "network/tie").starts_with("tie,target,closeness\n0,1,0\n1,2,0\n"));
  const std::string guess = message_of([&] { csv(result, "populaton"); }, ExitCode::usage);
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

TEST_CASE("An existing result is refused before anything is computed, and replaced with force only by a complete one") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  write_sample({path});
  const std::string message = message_of([&] { ResultWriter writer({path}, {}); }, ExitCode::output);
  CHECK(message == path + " exists; choose another name, or replace it with --force");
  WriterOptions forced = hasty(path);
  forced.force = true;
  ResultWriter writer(forced, {});
  sample::declare(writer);
  sample::write(writer);
  CHECK(ResultFile(path).attribute("title") == sample::attributes().title);  // the old one is still there
  writer.finish();
  CHECK(ResultFile(path).attribute("title").empty());
}

TEST_CASE("The parts of a killed run are refused with a message that says what they are") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  {
    ResultWriter writer({path}, {});
    writer.declare(sample::population(1));
    writer.write(sample::population_row(0, 0));
  }
  const std::string message = message_of([&] { ResultWriter writer({path}, {}); }, ExitCode::output);
  CHECK(message.find("a run that was killed") != std::string::npos);
  CHECK(message.find("--force") != std::string::npos);
  WriterOptions forced;
  forced.path = path;
  forced.force = true;
  ResultWriter writer(forced, {});
  CHECK_FALSE(fs::exists(parts_folder(path)));
}

TEST_CASE("A result that appears during the run is not overwritten, and the new one is kept beside it") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  ResultWriter writer({path}, {});
  writer.declare(sample::population(1));
  writer.write(sample::population_row(0, 0));
  std::ofstream(path) << "of someone else";
  const std::string message = message_of([&] { writer.finish(); }, ExitCode::output);
  CHECK(message.find("File exists") != std::string::npos);
  CHECK(fs::file_size(path) == 15);
}

TEST_CASE("A folder that does not exist is refused at once") {
  const std::string message = message_of([] { ResultWriter writer({"/nowhere/at/all/out.h5"}, {}); }, ExitCode::output);
  CHECK(message == "cannot write in /nowhere/at/all (No such file or directory)");
}

TEST_CASE("What is not a result is called so") {
  const ScratchFolder folder;
  std::ofstream(folder / "text.h5") << "hello\n";
  CHECK(message_of([&] { ResultFile file(folder / "text.h5"); }, ExitCode::failed).find("is not an HDF5 file") !=
        std::string::npos);
  CHECK(message_of([&] { ResultFile file(folder / "absent.h5"); }, ExitCode::failed).find("does not exist") !=
        std::string::npos);
  {
    Handle other = create_file(folder / "other.h5");
    other.close("close");
  }
  CHECK(check_file(folder / "other.h5").message.find("it was not written by Kith") != std::string::npos);

  write_sample({folder / "good.h5"});
  CHECK(check_file(folder / "good.h5").state == FileState::complete);
  fs::resize_file(folder / "good.h5", fs::file_size(folder / "good.h5") / 2);
  const FileCheck torn = check_file(folder / "good.h5");
  CHECK(torn.state == FileState::corrupt);
  CHECK(torn.message.find("truncated file") != std::string::npos);
}

TEST_CASE("Rows that contradict their table are refused") {
  const ScratchFolder folder;
  ResultWriter writer({folder / "out.h5"}, {});
  writer.declare(sample::population(2));
  const auto refused = [&](TableRow row) { return message_of([&] { writer.write(row); }, ExitCode::failed); };
  TableRow row = sample::population_row(0, 1);
  writer.write(row);
  CHECK(refused(row).find("written twice, or out of order") != std::string::npos);
  row = sample::population_row(5, 1);
  CHECK(refused(row).find("replicate 5 is not in its list") != std::string::npos);
  row = sample::population_row(0, 2);
  row.values[0] = std::vector<float>{1};
  CHECK(refused(row).find("connection was written with 1 entries instead of 2") != std::string::npos);
  row = sample::population_row(0, 2);
  row.values[0] = std::vector<double>{1, 2};
  CHECK(refused(row).find("another type") != std::string::npos);
  row.table = "absent";
  CHECK(refused(row).find("was not declared") != std::string::npos);
  CHECK(message_of([&] { writer.declare(sample::population(2)); }, ExitCode::failed).find("declared twice") !=
        std::string::npos);
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

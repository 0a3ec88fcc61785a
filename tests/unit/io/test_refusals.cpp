#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "io/hdf5_access.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;
namespace fs = std::filesystem;

TEST_CASE("An existing result is refused before anything is computed, and replaced with force only by a complete one") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  write_sample({path});
  const std::string message = message_of([&] { ResultWriter writer({path}, {}); }, ErrorKind::output);
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
  const std::string message = message_of([&] { ResultWriter writer({path}, {}); }, ErrorKind::output);
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
  const std::string message = message_of([&] { writer.finish(); }, ErrorKind::output);
  CHECK(message.find("File exists") != std::string::npos);
  CHECK(fs::file_size(path) == 15);
}

TEST_CASE("A folder that does not exist is refused at once") {
  const std::string message =
      message_of([] { ResultWriter writer({"/nowhere/at/all/out.h5"}, {}); }, ErrorKind::output);
  CHECK(message == "cannot write in /nowhere/at/all (No such file or directory)");
}

TEST_CASE("What is not a result is called so") {
  const ScratchFolder folder;
  std::ofstream(folder / "text.h5") << "hello\n";
  CHECK(message_of([&] { ResultFile file(folder / "text.h5"); }, ErrorKind::failed).find("is not an HDF5 file") !=
        std::string::npos);
  CHECK(message_of([&] { ResultFile file(folder / "absent.h5"); }, ErrorKind::failed).find("does not exist") !=
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
  const auto refused = [&](TableRow row) { return message_of([&] { writer.write(row); }, ErrorKind::failed); };
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
  CHECK(message_of([&] { writer.declare(sample::population(2)); }, ErrorKind::failed).find("declared twice") !=
        std::string::npos);
}

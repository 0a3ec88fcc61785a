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

TEST_CASE("Force replaces an empty file and a result, and nothing that Kith did not write") {
  const ScratchFolder folder;
  const std::string path = folder / "thesis.pdf";
  std::ofstream(path) << "years of work";
  WriterOptions forced{path};
  forced.force = true;
  const std::string message = message_of([&] { ResultWriter writer(forced, {}); }, ErrorKind::output);
  CHECK(message.find("is no result of Kith") != std::string::npos);
  CHECK(fs::file_size(path) == 13);
  CHECK_FALSE(fs::exists(parts_folder(path)));
  std::ofstream{path}.flush();
  write_sample(forced);
  CHECK(is_result(path));
  write_sample(forced);
}

TEST_CASE("A result that appears during the run is said at the next save, left alone, and the new one put beside it") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  const bool is_forced = GENERATE(false, true);
  if (is_forced) write_sample({path});
  WriterOptions options = hasty(path);
  options.force = is_forced;
  ResultWriter writer(options, {});
  writer.declare(sample::population(1));
  writer.write(sample::population_row(0, 0));
  if (is_forced) fs::remove(path);
  std::ofstream(path) << "of someone else";
  for (int step = 1; step < 100; ++step) writer.write(sample::population_row(0, step));
  const std::string message = message_of([&] { writer.finish(); }, ErrorKind::output);
  const std::vector<std::string> notes = writer.take_notes();
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].find("somebody else made " + path) == 0);
  CHECK(fs::file_size(path) == 15);
  CHECK_FALSE(fs::exists(parts_folder(path)));
  const std::string beside = message.substr(message.rfind(' ') + 1);
  CHECK(ResultFile(beside).state() == FileState::complete);
  CHECK(ResultFile(beside).shape("population").sizes[1] == 100);
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("A symbolic link as output stands for the file that it names") {
  const ScratchFolder folder;
  fs::create_directory(folder / "far");
  fs::create_symlink("far/target.h5", folder / "link.h5");
  ResultWriter writer({folder / "link.h5"}, sample::attributes());
  CHECK(message_of([&] { ResultWriter({folder / "far/target.h5"}, {}); }, ErrorKind::output).find("another run") !=
        std::string::npos);
  sample::declare(writer);
  sample::write(writer);
  writer.finish();
  CHECK(fs::is_symlink(folder / "link.h5"));
  CHECK(fs::is_regular_file(folder / "far/target.h5"));
  CHECK(ResultFile(folder / "link.h5").state() == FileState::complete);
  fs::create_symlink("round.h5", folder / "round.h5");
  CHECK(message_of([&] { ResultWriter({folder / "round.h5"}, {}); }, ErrorKind::output).find("circle") !=
        std::string::npos);
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

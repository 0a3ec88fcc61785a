#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "io/hdf5_access.hpp"
#include "io/parts.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;
namespace fs = std::filesystem;

namespace {

/// Leaves segments of a run that was stopped.
void leave_segments(const std::string& path) {
  ResultWriter writer(hasty(path), sample::attributes());
  sample::declare(writer);
  sample::write(writer);
}

/// The segments of a run, once all are saved that are due.
std::vector<std::string> all_saved(const std::string& path) {
  std::vector<std::string> before;
  for (;;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    std::vector<std::string> now = segments_in(parts_folder(path));
    if (now.size() >= 4 && now == before) return now;
    before = std::move(now);
  }
}

void write_text(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

}  // namespace

TEST_CASE("The name of a segment says which it is, and other names are no segments") {
  const SegmentName name{"0123abcd", 12, 7};
  CHECK(name.text() == "0123abcd-00000012-replicate-7.h5");
  const auto read = read_segment_name(name.text());
  REQUIRE(read);
  CHECK(read->run == "0123abcd");
  CHECK(read->number == 12);
  CHECK(read->replicate == 7);
  for (const char* other :
       {"thesis.h5", "0123abcd-12-replicate-7.h5", "0123abcd-00000012-replicate-7.tmp", "0123abcd-replicate-7.h5",
        "0123ABCD-00000012-replicate-7.h5", "0123abcd-00000012-replicate-.h5", "0123abcd-00000012-replicate-07.h5"}) {
    CHECK_FALSE(read_segment_name(other));
  }
}

TEST_CASE("While a run holds its output no other can take it, forced or not, and afterwards it is free") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  {
    ResultWriter first({path}, {});
    for (const bool force : {false, true}) {
      WriterOptions options{path};
      options.force = force;
      const std::string message = message_of([&] { ResultWriter second(options, {}); }, ErrorKind::output);
      CHECK(message.find("is being written by another run (process " + std::to_string(getpid()) + " on ") !=
            std::string::npos);
    }
    CHECK(owner_of(parts_folder(path))->pid == std::to_string(getpid()));
  }
  CHECK_FALSE(owner_of(parts_folder(path)));
  CHECK_FALSE(fs::exists(parts_folder(path)));
  ResultWriter third({path}, {});
}

TEST_CASE("A lock that a kill left is no obstacle here, and one of another host gives way to force only") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  fs::create_directory(parts_folder(path));
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  write_text(parts_folder(path) + "/lock", std::string("run: 1\nhost: ") + host + "\npid: 1\nstart: 2026-01-01T00:00:00Z\n");
  { ResultWriter writer({path}, {}); }
  fs::create_directory(parts_folder(path));
  write_text(parts_folder(path) + "/lock", "run: 1\nhost: far.example.org\npid: 7\nstart: 2026-01-01T00:00:00Z\n");
  const std::string message = message_of([&] { ResultWriter writer({path}, {}); }, ErrorKind::output);
  CHECK(message.find("process 7 on far.example.org, since 2026-01-01T00:00:00Z") != std::string::npos);
  CHECK(fs::exists(parts_folder(path) + "/lock"));
  WriterOptions forced{path};
  forced.force = true;
  ResultWriter writer(forced, {});
}

TEST_CASE("What an earlier run left is set aside whole under a name that reads, and said") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  for (const char* name : {"out-earlier.h5", "out-earlier-2.h5"}) {
    leave_segments(path);
    const std::size_t segments = segments_in(parts_folder(path)).size();
    write_text(parts_folder(path) + "/0123abcd-00000001-replicate-0.h5.tmp", "torn");
    ResultWriter writer({path}, {});
    const std::vector<std::string> notes = writer.take_notes();
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].find(folder / name) != std::string::npos);
    CHECK(writer.take_notes().empty());
    CHECK(segments_in(parts_folder(path)).empty());
    CHECK(ResultFile(folder / name).files().size() == segments);
    CHECK(check_file(folder / name).state == FileState::partial);
  }
}

TEST_CASE("Force removes what an earlier run left and nothing that is not Kith's") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  leave_segments(path);
  const std::string parts = parts_folder(path);
  fs::create_directories(parts + "/thesis");
  write_text(parts + "/thesis/chapter.h5", "years");
  write_text(parts + "/notes.h5", "of");
  write_text(parts + "/0123ABCD-mine.h5", "work");
  write_text(path + ".tmp-notes", "mine");
  WriterOptions forced = hasty(path);
  forced.force = true;
  write_sample(forced);
  CHECK(ResultFile(path).state() == FileState::complete);
  CHECK(segments_in(parts).empty());
  CHECK_FALSE(fs::exists(parts + "/lock"));
  for (const std::string& mine : {parts + "/thesis/chapter.h5", parts + "/notes.h5", parts + "/0123ABCD-mine.h5",
                                  path + ".tmp-notes"})
    CHECK(fs::exists(mine));
}

TEST_CASE("A result is complete only when each of its segments is there and is what was written") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  ResultWriter writer(hasty(path), sample::attributes());
  sample::declare(writer);
  sample::write(writer);
  const std::vector<std::string> segments = all_saved(path);
  REQUIRE(segments.size() >= 4);
  const auto message_of_finish = [&] { return message_of([&] { writer.finish(); }, ErrorKind::failed); };
  SECTION("segments are gone") {
    fs::remove(segments[1]);
    fs::remove(segments[2]);
    const std::string message = message_of_finish();
    CHECK(message.find("the result is not complete: of the ") == 0);
    CHECK(message.find("number 2 to 3 are gone") != std::string::npos);
    CHECK(message.find("what was computed is in " + parts_folder(path)) != std::string::npos);
    CHECK(ResultFile(path).missing_segments() == std::vector<std::uint64_t>{2, 3});
    CHECK(check_file(path).message.find("segments are missing: number 2, 3") != std::string::npos);
  }
  SECTION("a segment was exchanged for another run's") {
    {
      ResultWriter other(hasty(folder / "other.h5"), sample::attributes());
      sample::declare(other);
      sample::write(other);
    }
    fs::copy_file(segments_in(parts_folder(folder / "other.h5"))[0], segments[0], fs::copy_options::overwrite_existing);
    CHECK(message_of_finish().find("is of another run") != std::string::npos);
  }
  SECTION("a segment was exchanged for another of the same run") {
    fs::copy_file(segments[0], segments[1], fs::copy_options::overwrite_existing);
    CHECK(message_of_finish().find("is not what was written") != std::string::npos);
  }
  SECTION("the folder is gone") {
    fs::remove_all(parts_folder(path));
    CHECK(message_of_finish().find("was removed, or taken by another run") != std::string::npos);
  }
  SECTION("the folder is gone and in other hands") {
    fs::remove_all(parts_folder(path));
    ResultWriter other(hasty(path), sample::attributes());
    sample::declare(other);
    sample::write(other);
    CHECK(message_of_finish().find("was removed, or taken by another run") != std::string::npos);
    other.finish();
    CHECK(check_file(path).state == FileState::complete);
    return;
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("Segments of other runs in the folder are not merged") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  leave_segments(folder / "other.h5");
  ResultWriter writer(hasty(path), sample::attributes());
  writer.declare(sample::population(1));
  for (int step = 0; step < 100; ++step) writer.write(sample::population_row(0, step));
  const std::vector<std::string> others = segments_in(parts_folder(folder / "other.h5"));
  for (const std::string& other : others)
    fs::copy_file(other, parts_folder(path) + "/" + fs::path(other).filename().string());
  const std::string message = message_of([&] { ResultFile both(path); }, ErrorKind::failed);
  CHECK(message.find("holds segments of several runs") != std::string::npos);
  writer.finish();
  CHECK(ResultFile(path).tables() == std::vector<std::string>{"population"});
  CHECK(ResultFile(path).shape("population").sizes[1] == 100);
  CHECK(segments_in(parts_folder(path)).size() == others.size());  // somebody's own: they stay
}

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "io/checkpoint.hpp"
#include "io/checksum.hpp"
#include "io/pieces.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;
namespace fs = std::filesystem;

namespace {

/// All rows of the sample run, in the order in which replicates that go on side by side write them.
std::vector<TableRow> rows_side_by_side() {
  MemorySink sink;
  sample::write(sink);
  std::vector<TableRow> rows = sink.rows();
  std::stable_sort(rows.begin(), rows.end(),
                   [](const TableRow& a, const TableRow& b) { return a.coordinate < b.coordinate; });
  return rows;
}

void write_rows(ResultWriter& writer, const std::vector<TableRow>& rows, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, rows.size()); ++i) writer.write(rows[i]);
}

/// Checksums of all tables, which tell every value, name and dimension.
std::vector<std::string> checksums(const std::string& path) {
  const Handle file = open_file(path);
  std::vector<std::string> all;
  for (const std::string& table : table_names(file)) all.push_back(table + " " + kept_checksum(file, table));
  return all;
}

void note_answer(kith::State& state) {
  int answer = 42;
  state("answer", answer);
}

enum class Left { parts, packed };

/// Writes the rows before `cut` and a checkpoint; then more rows and an end without result, or the result as it is.
void write_until(const std::string& path, const std::vector<TableRow>& rows, std::size_t cut, Left left) {
  ResultWriter writer(hasty(path), sample::attributes());
  sample::declare(writer);
  write_rows(writer, rows, 0, cut / 2);
  writer.checkpoint(note_answer);
  write_rows(writer, rows, cut / 2, cut);
  writer.checkpoint(note_answer);
  if (left == Left::packed) {
    writer.pack("stopped");
  } else {
    write_rows(writer, rows, cut, cut + 7);
  }
}

/// Goes on from the newest checkpoint and writes the rest.
void write_rest(const std::string& path, const std::vector<TableRow>& rows, std::size_t cut) {
  std::vector<std::string> notes;
  const std::optional<Checkpoint> checkpoint = newest_checkpoint(path, notes);
  CAPTURE(notes);
  REQUIRE(checkpoint);
  CHECK(notes.empty());
  StateReader reader(checkpoint->state());
  ResultWriter writer(hasty(path), sample::attributes(), *checkpoint, reader);
  int answer = 0;
  reader("answer", answer);
  CHECK(answer == 42);
  CHECK(reader.is_at_end());
  sample::declare(writer);
  write_rows(writer, rows, cut, rows.size());
  writer.finish();
}

}  // namespace

TEST_CASE("A result that goes on from a checkpoint is the result of a run in one go") {
  const ScratchFolder folder;
  const std::vector<TableRow> rows = rows_side_by_side();
  const std::string straight = folder / "straight.h5";
  {
    ResultWriter writer(hasty(straight), sample::attributes());
    sample::declare(writer);
    write_rows(writer, rows, 0, rows.size());
    writer.finish();
  }
  for (const Left left : {Left::parts, Left::packed}) {
    for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, rows.size() / 3, rows.size() / 2, rows.size()}) {
      CAPTURE(static_cast<int>(left), cut, rows.size());
      const std::string path = folder / "out.h5";
      write_until(path, rows, cut, left);
      CHECK(fs::exists(path) == (left == Left::packed));
      CHECK(fs::exists(parts_folder(path)) == (left == Left::parts));
      if (left == Left::packed) CHECK(ResultFile(path).state() == FileState::partial);
      write_rest(path, rows, cut);
      CHECK(ResultFile(path).state() == FileState::complete);
      CHECK(checksums(path) == checksums(straight));
      CHECK_FALSE(fs::exists(parts_folder(path)));
      fs::remove(path);
    }
  }
}

TEST_CASE("The two newest checkpoints are kept, and where the newest is damaged the one before is taken") {
  const ScratchFolder folder;
  const std::string path = folder / "out.h5";
  const std::vector<TableRow> rows = rows_side_by_side();
  {
    ResultWriter writer(hasty(path), sample::attributes());
    sample::declare(writer);
    for (std::size_t i = 0; i < 5; ++i) {
      write_rows(writer, rows, 4 * i, 4 * i + 4);
      writer.checkpoint(note_answer);
    }
  }
  std::vector<std::string> notes;
  const std::optional<Checkpoint> newest = newest_checkpoint(path, notes);
  REQUIRE(newest);
  CHECK(newest->number == 5);
  CHECK(newest->attributes.provenance.scenario_resolved == sample::attributes().provenance.scenario_resolved);
  std::size_t checkpoints = 0;
  for (const auto& entry : fs::directory_iterator(parts_folder(path)))
    checkpoints += read_checkpoint_name(entry.path().filename().string()) ? 1U : 0U;
  CHECK(checkpoints == 2);

  fs::resize_file(newest->path, fs::file_size(newest->path) / 2);
  const std::optional<Checkpoint> before = newest_checkpoint(path, notes);
  REQUIRE(before);
  CHECK(before->number == 4);
  REQUIRE(notes.size() == 1);
  CHECK(notes.front().find("cannot be used") != std::string::npos);
  fs::remove(newest->path);
  write_rest(path, rows, 16);
  CHECK(ResultFile(path).state() == FileState::complete);
}

TEST_CASE("Where there is no checkpoint there is none") {
  const ScratchFolder folder;
  std::vector<std::string> notes;
  CHECK_FALSE(newest_checkpoint(folder / "nothing.h5", notes));
  const std::string path = folder / "out.h5";
  ResultWriter writer({path}, sample::attributes());
  sample::declare(writer);
  sample::write(writer);
  writer.finish();
  CHECK_FALSE(newest_checkpoint(path, notes));
  CHECK(notes.empty());
}

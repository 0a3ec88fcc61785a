#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/tables.hpp"
#include "io/layout.hpp"
#include "io/result_attributes.hpp"

namespace kith::io {

struct WriterOptions {
  std::string path;                                  ///< OUT.h5
  bool force = false;                                ///< an existing output, or what a killed run left, may go
  double save_every_seconds = 10;                    ///< [s] at most so long a row is in memory only
  std::size_t buffer_bytes = std::size_t{64} << 20;  ///< rows in memory, at most; a writer of rows waits beyond that
};

/// The folder in which a run saves while it goes on: OUT.h5.parts.
std::string parts_folder(const std::string& path);

/// Writes the tables of a run to one HDF5 file that every netCDF-4 reader opens.
///
/// While the run goes on, rows that are due go as *segments*, one a replicate, into `OUT.h5.parts/`: each is written
/// under another name, closed, synced, and renamed, so a kill at any moment leaves whole segments only. Each segment is
/// itself a result, in state "partial". `finish` merges them into OUT.h5 in the same way. A run shorter than
/// `save_every_seconds` makes no parts. Memory does not grow with the length of the run, but for 8 bytes a row in
/// `finish`.
///
/// `write` only checks and keeps the row; one thread writes segments. Its error (disk full …) is thrown by the next
/// `write` or by `finish`.
class ResultWriter : public Sink {
 public:
  /// Throws kith::Error(ErrorKind::output) when the output exists (unless forced), a killed run left parts of it, or its
  /// folder cannot be written.
  ResultWriter(WriterOptions options, RunAttributes attributes);
  ResultWriter(const ResultWriter&) = delete;
  ResultWriter& operator=(const ResultWriter&) = delete;
  /// Without `finish` before, the same as `abandon`.
  ~ResultWriter() override;

  void declare(const TableSpec& spec) override;
  void write(TableRow row) override;

  /// Writes OUT.h5, complete, and removes the parts. `attributes` replace those given at the start. When this throws,
  /// the parts stay.
  void finish(const RunAttributes& attributes);
  void finish();

  /// Saves what there is as parts, in state "partial", and returns one sentence that says where they are. Never throws.
  std::string abandon(const std::string& reason) noexcept;

  const RunAttributes& attributes() const { return attributes_; }

 private:
  void refuse_existing() const;
  void remove_existing() const;
  void write_in_background();
  bool is_due(std::chrono::steady_clock::time_point now) const;
  void save(std::vector<TableRow> rows);
  void save_segment(std::uint32_t replicate, const std::vector<TableRow>& rows);
  void stop_thread();
  void write_result();
  std::string temporary_path() const;

  WriterOptions options_;
  RunAttributes attributes_;
  Layouts layouts_;
  std::map<std::pair<std::string, std::uint32_t>, double> last_coordinate_;  ///< by table and replicate

  std::mutex mutex_;  ///< guards what follows, and layouts_ and last_coordinate_ while the thread runs
  std::condition_variable wake_writer_;
  std::condition_variable wake_callers_;
  std::vector<TableRow> pending_;
  std::size_t pending_bytes_ = 0;
  std::chrono::steady_clock::time_point last_save_;
  bool stopping_ = false;
  bool finished_ = false;
  std::exception_ptr failure_;

  std::uint64_t segments_ = 0;  ///< written so far
  std::thread thread_;
};

}  // namespace kith::io

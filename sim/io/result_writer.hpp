#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/state.hpp"
#include "engine/tables.hpp"
#include "io/checkpoint.hpp"
#include "io/durable.hpp"
#include "io/layout.hpp"
#include "io/merge.hpp"
#include "io/parts.hpp"
#include "io/result_attributes.hpp"

namespace kith::io {

struct WriterOptions {
  std::string path;                ///< OUT.h5; a symbolic link stands for the file that it names
  bool force = false;              ///< an existing result, or what an earlier run left, may go
  double save_every_seconds = 10;  ///< [s] at most so long a row is in memory only
  std::size_t buffer_bytes = std::size_t{64}
                             << 20;  ///< rows in memory (more where names are long); a writer waits beyond that
};

/// Writes the tables of a run to one HDF5 file that every netCDF-4 reader opens.
///
/// From start to end the run holds the folder `OUT.h5.parts/` (see `Parts`), so no other run writes the same output. Rows
/// that are due go into it as *segments*, one a replicate: each carries the run's id, its number and a checksum of each
/// table, is written under another name, closed, synced, and renamed, so a kill at any moment leaves whole segments only.
/// Each segment is itself a result, in state "partial". `finish` merges the run's own segments into OUT.h5 in the same
/// way, and only when each is there and is what was written. A run shorter than `save_every_seconds` makes no segments.
/// Memory does not grow with the length of the run, but for 8 bytes a row in `finish` and a record of each segment. Each segment
/// repeats the names of its table, so where these are long, as many rows are waited for as keep them below half of what is written.
///
/// What an earlier run left in the folder is set aside under a name of its own, or removed when forced.
///
/// `write` only checks and keeps the row; one thread writes segments. Its error (disk full …) is thrown by the next
/// `write` or by `finish`.
class ResultWriter : public Sink {
 public:
  /// Throws kith::Error(ErrorKind::output) when the output exists (forced: when it is no result of Kith), another run is
  /// writing it, or its folder cannot be written.
  ResultWriter(WriterOptions options, RunAttributes attributes);
  /// Goes on with what a run left at a checkpoint; `saved` is about to give its state. What was saved after the checkpoint is
  /// removed, and rows that OUT.h5 itself holds are taken over. Tables that the run declares again are the same.
  ResultWriter(WriterOptions options, RunAttributes attributes, const Checkpoint& checkpoint, kith::State& saved);
  ResultWriter(const ResultWriter&) = delete;
  ResultWriter& operator=(const ResultWriter&) = delete;
  /// Without `finish` before, the same as `abandon`.
  ~ResultWriter() override;

  void declare(const TableSpec& spec) override;
  void write(TableRow row) override;

  /// Writes OUT.h5, complete, and removes the parts. `attributes` replace those given at the start. When this throws, what
  /// was saved stays, and the message says where. When somebody else made OUT.h5 since the start, that is kept: the result
  /// gets a name beside it, and kith::Error(ErrorKind::output) says which.
  void finish(const RunAttributes& attributes);
  void finish();

  /// Saves all rows so far and, in a file of its own beside them, what the run needs to go on from here, which `write` tells. The two
  /// newest checkpoints are kept. No row may be written meanwhile.
  void checkpoint(const std::function<void(kith::State&)>& write);
  /// Instead of `finish`: makes OUT.h5 of what there is, in state "partial", with the newest checkpoint in it, where there is one.
  void pack(const std::string& reason);

  /// Saves what there is as parts, in state "partial", and returns one sentence that says where they are. Never throws.
  std::string abandon(const std::string& reason) noexcept;

  /// What the user should hear since the last call, one sentence each: what was found at the start, and that somebody else
  /// made the output meanwhile.
  std::vector<std::string> take_notes();

  const RunAttributes& attributes() const { return attributes_; }

 private:
  void visit(kith::State& state);
  void take_over_rows();
  void add_layout(std::shared_ptr<const Layout> layout);
  void start_thread();
  void refuse_existing() const;
  void write_in_background();
  bool is_due(std::chrono::steady_clock::time_point now) const;
  void look_for_other_output();
  void save(std::vector<TableRow> rows);
  void save_segment(std::uint32_t replicate, const std::vector<TableRow>& rows);
  void stop_thread();
  void write_result();
  void put_in_place(const std::string& unfinished);

  WriterOptions options_;
  RunAttributes attributes_;
  std::optional<FileIdentity> found_;  ///< the output at the start
  std::optional<Parts> parts_;         ///< held until the run has ended
  Layouts layouts_;
  std::size_t buffer_bytes_ = 0;      ///< rows in memory, at most
  std::set<std::string> to_declare_;  ///< tables that a former process has declared, and this one not yet
  using Coordinates = std::map<std::pair<std::string, std::uint32_t>, double>;
  Coordinates last_coordinate_;  ///< by table and replicate

  std::mutex mutex_;  ///< guards what follows, and layouts_ and last_coordinate_ while the thread runs
  std::condition_variable wake_writer_;
  std::condition_variable wake_callers_;
  std::vector<std::string> notes_;
  std::vector<TableRow> pending_;
  std::size_t pending_bytes_ = 0;
  std::chrono::steady_clock::time_point last_save_;
  bool saw_other_output_ = false;
  bool stopping_ = false;
  bool finished_ = false;
  std::exception_ptr failure_;

  std::uint64_t checkpoints_ = 0;  ///< made so far
  Coordinates packed_;             ///< last coordinates of the rows in OUT.h5 that are still to be taken over
  RunRecord run_;                  ///< its segments are the writer's thread's; its rows are guarded
  std::thread thread_;
};

}  // namespace kith::io

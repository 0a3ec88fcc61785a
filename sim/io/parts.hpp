#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kith::io {

/// The folder in which a run keeps what it has saved while it goes on: OUT.h5.parts.
std::string parts_folder(const std::string& path);

/// 32 hexadecimal digits that no other run has.
std::string new_run_id();

/// What the name of a segment says: RUN-NUMBER-replicate-K.h5, where RUN is how its run's id begins.
struct SegmentName {
  std::string run;           ///< the first eight digits of the run's id
  std::uint64_t number = 0;  ///< the run's segments count from 1
  std::uint32_t replicate = 0;

  std::string text() const;
};
std::optional<SegmentName> read_segment_name(const std::string& file_name);

/// The number of a checkpoint by its file's name, RUN-checkpoint-NUMBER.h5.
std::optional<std::uint64_t> read_checkpoint_name(const std::string& file_name);

/// Paths of the segments in a parts folder: run after run, in the order in which they were written. Empty when there is
/// no such folder.
std::vector<std::string> segments_in(const std::string& folder);

/// The owner of a parts folder, as its lock tells.
struct LockOwner {
  std::string run_id;
  std::string host;
  std::string pid;
  std::string start;  ///< ISO 8601

  std::string text() const;  ///< "process 123 on HOST, since START"
};

/// The process that writes into a parts folder now, if there is one.
std::optional<LockOwner> owner_of(const std::string& folder);

/// A parts folder in the hands of one run. While it is held, no other process can take it: a file `lock` in it names the
/// owner, and the system's own lock on that file ends with the process, however it ends. Everything that Kith puts into
/// the folder is `lock`, or begins with eight digits of its run's id and ends in `.h5` (closed, whole) or `.tmp` (being
/// written). Whatever else lies there is somebody's own, and never touched.
class Parts {
 public:
  enum class Force { no, yes };
  /// Makes the folder of `output` and takes it. Throws kith::Error(ErrorKind::output) when it cannot be made, or while
  /// another run holds it; a lock left on another host gives way to force only, because nobody here can tell.
  Parts(const std::string& output, std::string run_id, Force force);
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  /// Lets go of the folder, and takes it away when nothing is left in it.
  ~Parts();

  const std::string& folder() const { return folder_; }
  const std::string& run_id() const { return run_id_; }
  /// Path of a file of this run in the folder.
  std::string path(const std::string& rest) const;

  std::string segment_path(std::uint64_t number, std::uint32_t replicate) const;
  std::string checkpoint_path(std::uint64_t number) const;

  /// Throws kith::Error(ErrorKind::failed) when the folder was removed, or taken by another run, since.
  void check_held() const;

  /// Sets aside what earlier runs left, under names of its own: OUT-earlier.h5.parts. Returns one sentence for each of
  /// those runs that had saved something.
  std::vector<std::string> set_earlier_aside() const;
  /// Removes what earlier runs left.
  void remove_earlier() const;
  /// Removes what this run left, but for the files of these names.
  void remove_own(const std::set<std::string>& but = {}) const;

 private:
  void take(Force force);

  std::string output_;
  std::string folder_;
  std::string run_id_;
  int lock_ = -1;  ///< descriptor of the lock file
};

/// `path` with a word before its last extension, and a number where that name is taken: out-earlier.h5, out-earlier-2.h5 …
std::string free_name(const std::string& path, const std::string& word);

}  // namespace kith::io

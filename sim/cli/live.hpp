#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "cli/console.hpp"
#include "cli/courses.hpp"

namespace kith::cli {

/// `kith run --live`: how far a run is, and its curves and counts as text, redrawn once a second where a person watches; elsewhere a line
/// every ten seconds, and one at the end. In a terminal `q` stops the run as Ctrl-C does, and the space bar pauses it.
class Live {
 public:
  /// Shown on `channel`; `courses` outlives this.
  Live(Channel channel, const Courses& courses);
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;
  ~Live();

  /// Any thread may report.
  void report(double share, std::string_view what);
  /// Returns when the run is not paused. Any thread may wait.
  void wait_while_paused();
  /// Shows the last state, and takes the keys no more.
  void finish();

 private:
  class Keys;

  void watch();
  void take_keys(Keys& keys);
  void show();
  std::string block() const;
  std::string line() const;

  Channel channel_;
  const Courses* courses_;
  double start_;  ///< [s]
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  double share_ = 0.0;
  std::string what_;
  bool is_finished_ = false;
  std::atomic<bool> is_paused_ = false;
  std::size_t lines_ = 0;  ///< of the block that stands on the terminal
  std::thread thread_;
};

}  // namespace kith::cli

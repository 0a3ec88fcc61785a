#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "cli/console.hpp"

namespace kith::cli {

/// Shows how far a run is: a bar on a terminal, else a line a minute. Any thread may report.
class ProgressDisplay {
 public:
  /// Seconds since some moment in the past; a test brings its own.
  using Clock = std::function<double()>;

  explicit ProgressDisplay(Channel channel, Clock clock = steady_seconds);
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;
  ~ProgressDisplay() { clear(); }

  void report(double share, std::string_view what);
  /// Takes the bar away.
  void clear();

  static double steady_seconds();

 private:
  std::string line(double now) const;

  std::mutex mutex_;
  Channel channel_;
  Clock clock_;
  double start_;        ///< [s] when the run began
  double stage_start_;  ///< [s] when this part of it began
  double last_shown_;   ///< [s]
  double share_ = 0.0;
  std::string what_;
  bool has_bar_ = false;
};

}  // namespace kith::cli

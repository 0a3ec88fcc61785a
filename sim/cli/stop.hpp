#pragma once

#include <array>
#include <csignal>
#include <string>

#include "engine/tables.hpp"

namespace kith::cli {

/// While it lives, Ctrl-C (SIGINT), SIGTERM, SIGHUP and what batch systems send before they kill (SIGUSR1, SIGXCPU) ask a run to
/// stop; a second signal ends the process at once.
class StopRequests {
 public:
  StopRequests();
  StopRequests(const StopRequests&) = delete;
  StopRequests& operator=(const StopRequests&) = delete;
  ~StopRequests();

  static bool requested();
  /// "stopped by Ctrl-C"
  static std::string reason();
  /// Throws kith::Error(ErrorKind::failed) when a stop was asked for.
  static void check();

 private:
  static constexpr std::array<int, 5> handled{SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGXCPU};
  std::array<struct sigaction, handled.size()> former_{};
};

/// Keeps nothing.
class NoSink : public Sink {
 public:
  RowsWanted wanted(const std::string& /*table*/) const override { return RowsWanted::none; }
  void declare(const TableSpec& /*spec*/) override {}
  void write(TableRow /*row*/) override {}
};

}  // namespace kith::cli

#include "cli/stop.hpp"

#include <atomic>

#include "core/error.hpp"
#include "core/interrupt.hpp"

namespace kith::cli {

namespace {

std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler sets it");

/// The second signal, of whatever kind, ends the process.
void note_signal(int signal) {
  if (received.exchange(signal) != 0) {
    std::signal(signal, SIG_DFL);
    raise(signal);  // comes when this handler has returned
  }
  interrupt();
}

}  // namespace

StopRequests::StopRequests() {
  received.store(0);
  clear_interrupt();
  for (std::size_t i = 0; i < handled.size(); ++i) {
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = note_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    sigaction(handled[i], &action, &former_[i]);
    // What the parent ignores stays ignored: nohup.
    if (former_[i].sa_handler == SIG_IGN) sigaction(handled[i], &former_[i], nullptr);
  }
}

StopRequests::~StopRequests() {
  for (std::size_t i = 0; i < handled.size(); ++i) sigaction(handled[i], &former_[i], nullptr);
  clear_interrupt();
}

bool StopRequests::requested() { return received.load() != 0; }

std::string StopRequests::reason() {
  switch (received.load()) {
    case SIGINT:
      return "stopped by Ctrl-C";
    case SIGTERM:
      return "stopped by SIGTERM";
    case SIGUSR1:
      return "stopped by SIGUSR1";
    case SIGXCPU:
      return "stopped because its CPU time is used up (SIGXCPU)";
    default:
      return "stopped because the terminal was closed";
  }
}

void StopRequests::check() {
  if (requested()) throw Error(ErrorKind::failed, reason());
}

}  // namespace kith::cli

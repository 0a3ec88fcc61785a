#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ostream>

namespace kith::cli {

namespace {

constexpr double bar_interval = 0.1;     ///< [s]
constexpr double line_interval = 60.0;   ///< [s]
constexpr double enough_to_guess = 1.0;  ///< [s] before that, the time left is not shown
constexpr std::size_t bar_width = 24;

}  // namespace

double ProgressDisplay::steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

ProgressDisplay::ProgressDisplay(Channel channel, Clock clock)
    : channel_(channel),
      clock_(std::move(clock)),
      start_(clock_()),
      stage_start_(start_),
      last_shown_(channel.is_terminal ? start_ - bar_interval : start_) {}

void ProgressDisplay::report(double share, std::string_view what) {
  const std::scoped_lock lock(mutex_);
  const double now = clock_();
  if (what != what_) {
    what_ = what;
    share_ = 0.0;
    stage_start_ = now;
  }
  share_ = std::clamp(share, share_, 1.0);  // reports of several threads may overtake each other
  if (now - last_shown_ < (channel_.is_terminal ? bar_interval : line_interval)) return;
  last_shown_ = now;
  if (channel_.is_terminal) {
    *channel_.stream << command(channel_, "\r") << line(now) << command(channel_, "\x1b[K") << std::flush;
    has_bar_ = true;
  } else {
    *channel_.stream << line(now) << '\n' << std::flush;
  }
}

void ProgressDisplay::clear() {
  const std::scoped_lock lock(mutex_);
  if (has_bar_) *channel_.stream << command(channel_, "\r") << command(channel_, "\x1b[K") << std::flush;
  has_bar_ = false;
}

std::string ProgressDisplay::line(double now) const {
  std::string text = fmt::format("{:>3.0f} %  {}", std::floor(100.0 * share_), what_);
  text += fmt::format(", {} so far", print_seconds(now - start_));
  const double in_stage = now - stage_start_;
  if (in_stage >= enough_to_guess && share_ > 0.0 && share_ < 1.0) {
    text += fmt::format(", about {} left", print_seconds(in_stage * (1.0 - share_) / share_));
  }
  if (!channel_.is_terminal) return text;
  const auto filled = static_cast<std::size_t>(std::lround(share_ * static_cast<double>(bar_width)));
  std::string bar = "[" + std::string(filled, '#') + std::string(bar_width - filled, '-') + "] " + text;
  if (width_of(bar) >= channel_.width) bar = text.substr(0, channel_.width - 1);  // all ASCII unless `what` is not
  return bar;
}

}  // namespace kith::cli

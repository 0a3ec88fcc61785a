#include "cli/live.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <ostream>

#include "cli/progress.hpp"
#include "cli/stop.hpp"

namespace kith::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto redraw_interval = 1s;
constexpr auto line_interval = 10s;
constexpr auto key_interval = 100ms;
constexpr std::size_t most_groups = 10;  ///< of the block
constexpr double hours_of_day = 24.0;

std::string spark_line(const Courses::Course& course, std::size_t width) {
  constexpr std::size_t title_width = 28;
  std::string title = course.title;
  title += std::string(title_width - std::min(title_width, width_of(title)), ' ');
  const std::size_t room = width > title_width + 14 ? std::min<std::size_t>(width - title_width - 14, 48) : 12;
  return fmt::format("  {}{} {:.{}f}", title, sparkline(course.points, room), course.points.back().second,
                     course.digits);
}

}  // namespace

/// Single keys of the terminal, which is as before when this goes. Where there is none, or it belongs to another program, no key comes.
class Live::Keys {
 public:
  Keys() {
    if (isatty(STDIN_FILENO) != 1 || tcgetpgrp(STDIN_FILENO) != getpgrp()) return;
    if (tcgetattr(STDIN_FILENO, &former_) != 0) return;
    termios single = former_;
    single.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    is_open_ = tcsetattr(STDIN_FILENO, TCSANOW, &single) == 0;
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys() {
    if (is_open_) tcsetattr(STDIN_FILENO, TCSANOW, &former_);
  }

  bool is_open() const { return is_open_; }
  /// The key that was pressed, or 0.
  char next() const {
    if (!is_open_) return 0;
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    char key = 0;
    if (poll(&input, 1, 0) != 1 || (input.revents & POLLIN) == 0) return 0;
    return read(STDIN_FILENO, &key, 1) == 1 ? key : '\0';
  }

 private:
  termios former_{};
  bool is_open_ = false;
};

Live::Live(Channel channel, const Courses& courses)
    : channel_(channel), courses_(&courses), start_(ProgressDisplay::steady_seconds()), thread_([this] { watch(); }) {}

Live::~Live() { finish(); }

void Live::report(double share, std::string_view what) {
  const std::scoped_lock lock(mutex_);
  if (what != what_) share_ = 0.0;
  what_ = what;
  share_ = std::clamp(share, share_, 1.0);
}

void Live::wait_while_paused() {
  while (is_paused_ && !StopRequests::requested()) std::this_thread::sleep_for(key_interval);
}

void Live::finish() {
  {
    const std::scoped_lock lock(mutex_);
    if (is_finished_) return;
    is_finished_ = true;
  }
  wake_.notify_all();
  thread_.join();
  show();
}

void Live::watch() {
  Keys keys;
  const auto interval = channel_.is_terminal ? std::chrono::duration_cast<std::chrono::milliseconds>(redraw_interval)
                                             : std::chrono::duration_cast<std::chrono::milliseconds>(line_interval);
  auto next = std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::milliseconds>(redraw_interval);
  std::unique_lock lock(mutex_);
  while (!is_finished_) {
    wake_.wait_for(lock, key_interval);
    lock.unlock();
    take_keys(keys);
    if (std::chrono::steady_clock::now() >= next) {
      show();
      next = std::chrono::steady_clock::now() + interval;
    }
    lock.lock();
  }
}

void Live::take_keys(Keys& keys) {
  for (char key = keys.next(); key != 0; key = keys.next()) {
    if (key == 'q') std::raise(SIGINT);
    if (key != ' ') continue;
    is_paused_ = !is_paused_;
    show();
  }
}

void Live::show() {
  if (!channel_.is_terminal) {
    *channel_.stream << line() << '\n' << std::flush;
    return;
  }
  const std::string text = block();
  std::string shown = command(channel_, "\r");
  for (std::size_t k = 0; k < lines_; ++k) shown += command(channel_, "\x1b[A");
  lines_ = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    shown += text.substr(begin, end - begin) + command(channel_, "\x1b[K") + "\n";
    ++lines_;
    begin = end + 1;
  }
  *channel_.stream << shown << std::flush;
}

std::string Live::block() const {
  const std::vector<Courses::Course> courses = courses_->courses();
  std::string text = line() + "\n";
  std::vector<Courses::Course> of_groups;
  std::vector<std::string> groups;
  for (const Courses::Course& course : courses) {
    if (std::find(groups.begin(), groups.end(), course.group) == groups.end()) groups.push_back(course.group);
    const auto place = static_cast<std::size_t>(std::find(groups.begin(), groups.end(), course.group) - groups.begin());
    if (place < most_groups) of_groups.push_back(course);
  }
  text += sparklines(of_groups, channel_.width - 1);
  if (groups.size() > most_groups) text += fmt::format("  and {} more groups\n", groups.size() - most_groups);
  std::vector<std::string> told;  // the first two figures stand above
  for (const Courses::Course& course : courses) {
    if (std::find(told.begin(), told.end(), course.title) != told.end()) continue;
    told.push_back(course.title);
    if (told.size() > 2) text += spark_line(course, channel_.width - 1) + "\n";
  }
  return text;
}

std::string Live::line() const {
  const std::vector<Courses::Course> courses = courses_->courses();
  const Courses::Counts counts = courses_->counts();
  std::string text;
  {
    const std::scoped_lock lock(mutex_);
    text = fmt::format("{:>3.0f} %  {}, {} so far", std::floor(100.0 * share_), what_,
                       print_seconds(ProgressDisplay::steady_seconds() - start_));
    if (is_paused_)
      text += "; PAUSED, space goes on";
    else if (channel_.is_terminal && !is_finished_)
      text += "; q stops, space pauses";
  }
  if (!courses.empty()) {
    text +=
        fmt::format("; day {:.4g}, {} rows of {} virtual stud{}", courses.front().points.back().first / hours_of_day,
                    counts.rows, counts.studies, counts.studies == 1 ? "y" : "ies");
    if (!channel_.is_terminal)
      text += fmt::format("; {} {:.{}f}", courses.front().title, courses.front().points.back().second,
                          courses.front().digits);
  }
  if (channel_.is_terminal && width_of(text) >= channel_.width) text.resize(channel_.width - 1);
  return text;
}

}  // namespace kith::cli

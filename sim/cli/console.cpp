#include "cli/console.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "cli/guarded_stream.hpp"

namespace kith::cli {

namespace {

/// Columns of the terminal, kept between what a table needs and what the eye follows.
std::size_t terminal_width(int descriptor) {
  constexpr std::size_t narrowest = 40;
  constexpr std::size_t widest = 120;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return Channel{}.width;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

Channel channel(std::ostream& stream, GuardedStream& guarded, int descriptor) {
  const char* const term = std::getenv("TERM");
  const bool is_dumb = term == nullptr || std::string_view(term) == "dumb";
  const bool is_terminal = isatty(descriptor) == 1;
  return {.stream = &guarded,
          .is_guarded = true,
          .is_terminal = is_terminal && !is_dumb,
          .has_colour = is_terminal && wants_colour(std::getenv("NO_COLOR"), term),
          .width = is_terminal ? terminal_width(descriptor) : Channel{}.width,
          .raw = &stream,
          .descriptor = descriptor};
}

}  // namespace

Console standard_console() {
  static GuardedStream out(std::cout);
  static GuardedStream err(std::cerr);
  err << std::unitbuf;
  return {.out = channel(std::cout, out, STDOUT_FILENO), .err = channel(std::cerr, err, STDERR_FILENO)};
}

void occupy_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is taken: this one, since those below are open by now.
    open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

bool has_lost_its_reader(const Channel& channel) {
  pollfd end{.fd = channel.descriptor, .events = POLLOUT, .revents = 0};
  return channel.descriptor >= 0 && poll(&end, 1, 0) == 1 && (end.revents & POLLERR) != 0;
}

std::string command(const Channel& channel, std::string_view code) {
  return (channel.is_guarded ? std::string(GuardedStream::mark) : "") + std::string(code);
}

bool wants_colour(const char* no_color, const char* term) {
  if (no_color != nullptr && *no_color != '\0') return false;
  return term != nullptr && std::string_view(term) != "dumb";
}

std::string styled(const Channel& channel, Style style, std::string_view text) {
  if (!channel.has_colour) return std::string(text);
  const std::string_view code = style == Style::strong ? "1" : style == Style::warning ? "1;33" : "1;31";
  return command(channel, fmt::format("\x1b[{}m", code)) + std::string(text) + command(channel, "\x1b[0m");
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a byte inside a character
  }));
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  const std::string new_line = "\n" + std::string(indent, ' ');
  std::string result;
  std::size_t column = indent;
  bool starts_line = true;  // blanks at the start of a line stay: tables are indented
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    if (!starts_line && column + 1 + width_of(word) > width) {
      result += new_line;
      column = indent;
    } else if (!starts_line) {
      result += ' ';
      ++column;
    }
    result += word;
    column += width_of(word);
    starts_line = end < text.size() && text[end] == '\n';
    if (starts_line) {
      result += new_line;
      column = indent;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string print_seconds(double seconds) {
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace kith::cli

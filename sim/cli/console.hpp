#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

/// Where a command writes: results to `out`, progress and messages to `err`.
namespace kith::cli {

/// One of the two streams, and what it can show.
struct Channel {
  std::ostream* stream = nullptr;
  bool is_guarded = false;      ///< the stream is a GuardedStream: what commands the terminal goes through `command`
  bool is_terminal = false;     ///< a person watches, and the cursor can be moved
  bool has_colour = false;      ///< a terminal, and neither NO_COLOR nor TERM=dumb asks for plain text
  std::size_t width = 120;      ///< characters in a line; the trial's table takes 112
  std::ostream* raw = nullptr;  ///< for exported data, byte by byte, where no terminal shows them; null: `stream`
  int descriptor = -1;          ///< of the process; −1: none

  std::ostream& data() const { return raw != nullptr && !is_terminal ? *raw : *stream; }
};

struct Console {
  Channel out;
  Channel err;
};

/// Standard output and standard error of this process, guarded.
Console standard_console();

/// Opens what is closed of the three standard streams, so that no file of ours gets their numbers: reading and writing there fails
/// as before. Call first.
void occupy_standard_streams();

/// Whether this is a pipe whose reader has gone away: that nothing can be written then is nobody's mistake.
bool has_lost_its_reader(const Channel& channel);

/// What commands the terminal rather than being shown: "\r", "\x1b[K", or a style.
std::string command(const Channel& channel, std::string_view code);

/// Whether colour is wanted; an empty NO_COLOR counts as none (no-color.org).
bool wants_colour(const char* no_color, const char* term);

enum class Style { strong, warning, error };

/// The text, in colour where the channel has it.
std::string styled(const Channel& channel, Style style, std::string_view text);

/// Number of characters of a UTF-8 text; each counts as one column wide.
std::size_t width_of(std::string_view text);

/// The text broken at spaces into lines that end before column `width`. It starts at column `indent`, which the caller has
/// reached, and so do the further lines. A line break in the text stays.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

/// "0.4 s", "3 min 05 s", "2 h 10 min".
std::string print_seconds(double seconds);

}  // namespace kith::cli

#include "cli/guarded_stream.hpp"

#include <algorithm>
#include <array>

#include "core/utf8.hpp"

namespace kith::cli {

namespace {

/// What `styled`, the bar of progress and `Live` write.
constexpr std::array<std::string_view, 7> commands{"\r",         "\x1b[K",     "\x1b[A", "\x1b[1m",
                                                   "\x1b[1;33m", "\x1b[1;31m", "\x1b[0m"};

bool may_be_shown(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first == '\n' || first == '\t' || (first >= 0x20 && first < 0x7f);
  const bool is_control = first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;  // U+0080 … U+009F
  return !is_control;
}

}  // namespace

std::string guarded(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    if (text.starts_with(GuardedStream::mark)) {
      const auto command = std::find_if(commands.begin(), commands.end(), [&](std::string_view each) {
        return text.substr(GuardedStream::mark.size()).starts_with(each);
      });
      if (command != commands.end()) {
        shown += *command;
        text.remove_prefix(GuardedStream::mark.size() + command->size());
        continue;
      }
    }
    const std::string_view character = text.substr(0, kith::first_character_size(text));
    shown += may_be_shown(character) ? character : "\xef\xbf\xbd";
    text.remove_prefix(character.size());
  }
  return shown;
}

GuardedStream::Buffer::int_type GuardedStream::Buffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char one = traits_type::to_char_type(c);
  return xsputn(&one, 1) == 1 ? c : traits_type::eof();
}

std::streamsize GuardedStream::Buffer::xsputn(const char* text, std::streamsize size) {
  constexpr std::size_t enough = std::size_t{1} << 16;
  waiting_.append(text, static_cast<std::size_t>(size));
  // Cut only where a line ends, never inside a character.
  if (waiting_.size() >= enough && waiting_.back() == '\n' && !hand_on()) return 0;
  return size;
}

int GuardedStream::Buffer::sync() { return hand_on() && to_->flush() ? 0 : -1; }

bool GuardedStream::Buffer::hand_on() {
  const std::string shown = guarded(waiting_);
  waiting_.clear();
  return static_cast<bool>(to_->write(shown.data(), static_cast<std::streamsize>(shown.size())));
}

}  // namespace kith::cli

#include "core/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace kith {

namespace {

/// Length [bytes] of the valid character at the start of `text`, 0 when there is none (Unicode 15, table 3-7).
std::size_t valid_character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
  unsigned char least = 0x80;
  unsigned char greatest = 0xBF;
  if (lead == 0xE0) least = 0xA0;
  if (lead == 0xED) greatest = 0x9F;
  if (lead == 0xF0) least = 0x90;
  if (lead == 0xF4) greatest = 0x8F;
  if (byte(1) < least || byte(1) > greatest) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return size;
}

/// True for C0 and C1 control characters and DEL; U+0085 (next line) is one too.
bool is_control(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead < 0x20 || lead == 0x7F;
  return character.size() == 2 && lead == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::optional<std::size_t> first_invalid_byte(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080u;
  std::uint64_t eight = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (i + sizeof eight <= text.size()) {  // most of most files is ASCII
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if ((eight & high_bits) == 0) {
        i += sizeof eight;
        continue;
      }
    }
    const std::size_t size = valid_character_size(text.substr(i));
    if (size == 0) return i;
    i += size;
  }
  return std::nullopt;
}

std::optional<std::size_t> first_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = first_character_size(text.substr(i));
    if (text[i] != '\t' && text[i] != '\n' && is_control(text.substr(i, size))) return i;
    i += size;
  }
  return std::nullopt;
}

std::size_t first_character_size(std::string_view text) {
  const std::size_t size = valid_character_size(text);
  return size == 0 ? 1 : size;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += first_character_size(text.substr(i))) ++count;
  return count;
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = valid_character_size(text.substr(i));
    const std::string_view character = text.substr(i, size == 0 ? 1 : size);
    if (character == "\t" || character == "\n") {
      result += ' ';
    } else if (size == 0 || is_control(character)) {
      result += "\uFFFD";
    } else {
      result += character;
    }
    i += character.size();
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t most_characters = 60;
  std::size_t end = 0;
  for (std::size_t n = 0; end < text.size() && n < most_characters; ++n) end += first_character_size(text.substr(end));
  return "\"" + printable(text.substr(0, end)) + (end < text.size() ? "…\"" : "\"");
}

}  // namespace kith

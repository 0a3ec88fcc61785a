#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/shell.hpp"
#include "core/utf8.hpp"
#include "network/exchange_source.hpp"

/// From the bytes of a file to UTF-8 text whose lines end in LF or CRLF.
namespace kith::network::detail {
namespace {

enum class ByteOrder { little, big };

/// The text of UTF-16 bytes without their mark (Unicode 15, section 3.9: surrogates come in pairs, high before low).
std::string from_utf16(const std::string& name, std::string_view bytes, ByteOrder order) {
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const std::uint32_t first = static_cast<unsigned char>(bytes[at]);
    const std::uint32_t second = static_cast<unsigned char>(bytes[at + 1]);
    return order == ByteOrder::little ? first | second << 8u : first << 8u | second;
  };
  const auto is_within = [](std::uint32_t value, std::uint32_t from, std::uint32_t to) {
    return value >= from && value <= to;
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    const bool is_cut = at + 1 >= bytes.size();
    std::uint32_t character = is_cut ? 0xd800 : unit(at);
    if (!is_cut && is_within(character, 0xd800, 0xdbff) && at + 3 < bytes.size() &&
        is_within(unit(at + 2), 0xdc00, 0xdfff)) {
      character = 0x10000 + ((character - 0xd800) << 10u) + (unit(at + 2) - 0xdc00);
      at += 2;
    }
    if (is_within(character, 0xd800, 0xdfff)) {
      const auto line = 1 + std::count(text.begin(), text.end(), '\n');
      fail(name, {fmt::format("line {} is no UTF-16", line), "half a character stands there", "is the file complete?"});
    }
    append_utf8(text, character);
  }
  return text;
}

/// "friends.utf8.csv" of "folder/friends.csv.gz".
std::string converted_name(const std::string& name) {
  std::filesystem::path path = std::filesystem::path(name).filename();
  if (path.extension() == ".gz") path.replace_extension();
  const std::string ending = path.extension().string();
  return path.replace_extension().string() + ".utf8" + ending;
}

/// The command that makes UTF-8 of a file.
std::string conversion(const Source& source, std::string_view from) {
  const std::string in = shell_quoted(source.name);
  const std::string out = shell_quoted(converted_name(source.name));
  if (source.gzip) return fmt::format("convert it: gunzip -c {} | iconv -f {} -t UTF-8 > {}", in, from, out);
  return fmt::format("convert it: iconv -f {} -t UTF-8 {} > {}", from, in, out);
}

/// UTF-16 has no mark of its own when every second byte of its ASCII characters is 0.
void refuse_zeros(const Source& source) {
  const std::string_view text = source.text;
  const std::size_t zero = text.find('\0');
  if (zero == std::string_view::npos) return;
  const std::string_view head = text.substr(0, 1000);
  std::size_t zeros[2] = {0, 0};
  for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 2] += head[at] == '\0' ? 1U : 0U;
  const auto [few, many] = std::minmax(zeros[0], zeros[1]);
  if (many > head.size() / 3 && few < many / 4) {
    fail(source.name, {"is not UTF-8 text", "line 1 looks like UTF-16 without its mark",
                       conversion(source, zeros[0] < zeros[1] ? "UTF-16LE" : "UTF-16BE")});
  }
  fail(source.name, {"is not a text file", fmt::format("byte {} is 0", zero), "give it as plain UTF-8 text or gzip"});
}

/// Whether these last bytes of a file are the beginning of a character that goes on.
bool ends_within_character(std::string_view rest) {
  const auto lead = static_cast<unsigned char>(rest[0]);
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  return rest.size() < size && std::all_of(rest.begin() + 1, rest.end(),
                                           [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; });
}

/// Old Macs ended lines with CR alone. Makes LF of each, in place; returns how many.
std::size_t end_lines_with_lf(std::string& text) {
  std::size_t changed = 0;
  for (std::size_t at = text.find('\r'); at != std::string::npos; at = text.find('\r', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '\n') continue;
    text[at] = '\n';
    ++changed;
  }
  return changed;
}

}  // namespace

void append_utf8(std::string& text, std::uint32_t character) {
  const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (character < 0x80) return byte(character);
  if (character < 0x800) {
    byte(0xc0u | character >> 6);
  } else if (character < 0x10000) {
    byte(0xe0u | character >> 12);
    byte(0x80u | (character >> 6 & 0x3fu));
  } else {
    byte(0xf0u | character >> 18);
    byte(0x80u | (character >> 12 & 0x3fu));
    byte(0x80u | (character >> 6 & 0x3fu));
  }
  byte(0x80u | (character & 0x3fu));
}

void make_utf8(Source& source) {
  std::string& text = source.text;
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    const ByteOrder order = text[0] == '\xff' ? ByteOrder::little : ByteOrder::big;
    text = from_utf16(source.name, std::string_view(text).substr(2), order);
    source.utf16 = true;
  } else if (text.starts_with("\xef\xbb\xbf")) {
    text.erase(0, 3);
  }
  refuse_zeros(source);
  const bool is_old_mac = end_lines_with_lf(text) > 0;
  const std::optional<std::size_t> wrong = first_invalid_byte(text);
  if (!wrong) return;
  const std::string_view place = std::string_view(text).substr(*wrong, 1);
  if (ends_within_character(std::string_view(text).substr(*wrong)))
    fail_at(source, place, {"the file ends here", "in the middle of a character", "is it complete?"});
  fail_at(source, place,
          {"this is not UTF-8", fmt::format("byte 0x{:02X}", static_cast<unsigned char>(place[0])),
           conversion(source, is_old_mac ? "MACINTOSH" : "WINDOWS-1252")});
}

}  // namespace kith::network::detail

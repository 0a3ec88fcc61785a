#include "network/exchange_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/error.hpp"
#include "core/granted_memory.hpp"
#include "core/inputs.hpp"
#include "core/interrupt.hpp"
#include "core/units.hpp"
#include "core/utf8.hpp"

namespace kith::network::detail {
namespace {

namespace fs = std::filesystem;

std::string sentence(const Complaint& complaint) {
  std::string text = complaint.problem;
  if (!complaint.why.empty()) text += " (" + complaint.why + ")";
  if (!complaint.suggestion.empty()) text += " " + complaint.suggestion;
  return text;
}

[[noreturn]] void fail_missing(const std::string& path) {
  const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    fail(path, {"no such file", fmt::format("there is no folder {}", folder.string()), "check the path"});
  }
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  const std::string near = nearest(fs::path(path).filename().string(), names);
  fail(path,
       {"no such file", fmt::format("the folder {} holds {}", folder.string(), count_of(names.size(), "file", "files")),
        near.empty() ? "check the path" : fmt::format("did you mean \"{}\"?", near)});
}

std::string read_from_disk(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) fail_missing(path);
  if (fs::is_directory(status)) fail(path, {"is a folder, not a file", "", "name a file in it"});
  if (!fs::is_regular_file(status)) {
    fail(path, {"is a pipe or a device, not a file", "it is read more than once", "write its text into a file first"});
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) fail(path, {"cannot be opened", "no permission to read it?", ""});
  std::string bytes;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) fail(path, {"cannot be read", error.message(), ""});
  check_size(path, size);
  bytes.reserve(static_cast<std::size_t>(size) + 1);
  constexpr std::size_t chunk = std::size_t{1} << 20;
  for (;;) {
    check_interrupt();
    const std::size_t before = bytes.size();
    bytes.resize(before + chunk);
    const std::size_t got = std::fread(bytes.data() + before, 1, chunk, file.get());
    bytes.resize(before + got);
    if (bytes.size() > size) check_size(path, bytes.size());  // a file of /proc says that it has nothing
    if (got < chunk) break;
  }
  if (std::ferror(file.get()) != 0) fail(path, {"cannot be read to its end", "error while reading", ""});
  return bytes;
}

struct Magic {
  std::string_view bytes;
  std::string_view name;
};
constexpr std::array<Magic, 7> magics{{{"PK\x03\x04", "a zip archive, as workbooks of spreadsheets are"},
                                       {"\xd0\xcf\x11\xe0", "a workbook of an old spreadsheet"},
                                       {"BZh", "packed by bzip2"},
                                       {"\xfd"
                                        "7zXZ",
                                        "packed by xz"},
                                       {"\x28\xb5\x2f\xfd", "packed by zstd"},
                                       {"\x89HDF", "an HDF5 file"},
                                       {"RDX", "a workspace of R"}}};

void refuse_binary(const Source& source) {
  for (const Magic& magic : magics) {
    // "BZh" alone could start a name; bzip2 goes on with a digit and π.
    if (!source.text.starts_with(magic.bytes)) continue;
    if (magic.bytes == "BZh" &&
        std::string_view(source.text).substr(std::min<std::size_t>(4, source.text.size()), 3) != "1AY")
      continue;
    fail(source.name,
         {"is not a text file", fmt::format("it is {}", magic.name), "give it as plain UTF-8 text or gzip"});
  }
}

/// As much room as the text takes on a terminal: a tab for a tab, a blank for any other character.
std::string blanks_under(std::string_view text) {
  std::string pad;
  for (std::size_t at = 0; at < text.size(); at += first_character_size(text.substr(at)))
    pad += text[at] == '\t' ? '\t' : ' ';
  return pad;
}

/// The text fit for a terminal, with its tabs.
std::string shown(std::string_view text) {
  std::string result;
  for (;;) {
    const std::size_t tab = text.find('\t');
    result += printable(text.substr(0, tab));
    if (tab == std::string_view::npos) return result;
    result += '\t';
    text.remove_prefix(tab + 1);
  }
}

/// First byte of a character at or before `at`.
std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0u) == 0x80u) --at;
  return at;
}

}  // namespace

void fail(const std::string& name, const Complaint& complaint) {
  throw Error(ErrorKind::invalid_scenario, fmt::format("{}: error: {}", name, sentence(complaint)));
}

void fail_at(const Source& source, std::string_view place, const Complaint& complaint) {
  const std::string_view text = source.text;
  const auto offset = std::min(static_cast<std::size_t>(place.data() - text.data()), text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t last_break = before.rfind('\n');
  const std::size_t begin = last_break == std::string_view::npos ? 0 : last_break + 1;
  std::size_t end = text.find('\n', offset);
  if (end == std::string_view::npos) end = text.size();
  if (end > begin && text[end - 1] == '\r') --end;
  const std::size_t column = count_characters(text.substr(begin, offset - begin)) + 1;

  constexpr std::size_t reach = 100;  // bytes shown on either side of the place in a long line
  const std::size_t from = offset > begin + reach ? character_start(text, offset - reach) : begin;
  const std::size_t to = std::max(offset, end > offset + reach ? character_start(text, offset + reach) : end);
  const std::string pad = blanks_under(text.substr(from, offset - from));
  const std::size_t marked = std::min(place.size(), to - offset);
  const std::size_t carets = std::max<std::size_t>(1, count_characters(text.substr(offset, marked)));
  const std::string cut_before = from > begin ? "… " : "";
  throw Error(ErrorKind::invalid_scenario,
              fmt::format("{}:{}:{}: error: {}\n  {}{}{}\n  {}{}{}", source.name, line, column, sentence(complaint),
                          cut_before, shown(text.substr(from, to - from)), to < end ? " …" : "",
                          from > begin ? "  " : "", pad, std::string(carets, '^')));
}

void check_size(const std::string& name, std::uintmax_t bytes) {
  constexpr std::uintmax_t small = 100'000'000;
  const char* const advice = "leave out columns that are not needed, or take a part of the network";
  if (bytes > largest_text) {
    fail(name,
         {"is too large", fmt::format("text is read up to {} GB, unpacked", largest_text / 1'000'000'000), advice});
  }
  if (bytes <= small) return;
  // A text that grows is copied into twice the room, and ties are made of it: neither must take the last memory of the machine.
  const std::optional<GrantedMemory> granted = granted_memory();
  if (granted && granted->bytes < 2 * bytes) {
    fail(name, {"is too large", fmt::format("{} leaves {} MB of memory", granted->source, granted->bytes / 1'000'000),
                advice});
  }
}

Source load(const std::string& path) {
  Source source{path, read_bytes(path), false};
  if (source.text.starts_with("\x1f\x8b")) {
    source.gzip = true;
    source.text = gunzip(path, source.text);
  }
  refuse_binary(source);
  make_utf8(source);
  if (source.text.empty()) fail(path, {"is empty", "0 bytes", "a network needs a line per tie, as in \"anna ben\""});
  return source;
}

std::optional<double> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
#ifdef __cpp_lib_to_chars
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
#else
  return parse_number(text);
#endif
}

float read_weight(const Source& source, std::string_view text, std::string_view place) {
  const std::optional<double> value = number_in(text);
  if (!value) {
    const bool comma = std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string_view::npos;
    fail_at(source, place,
            {fmt::format("\"{}\" is not a weight", text), "a finite number is needed",
             comma ? "write a decimal point, not a comma" : "or name another network.weight column"});
  }
  if (*value < 0)
    fail_at(source, place, {fmt::format("the weight {} is negative", text), "a tie's weight is 0 or more", ""});
  const auto weight = static_cast<float>(*value);
  if (!std::isfinite(weight))
    fail_at(source, place, {fmt::format("the weight {} is too large", text), "over 3.4e38", ""});
  return weight;
}

std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t most = 20;
  constexpr std::size_t longest = 60;
  std::string result;
  for (std::size_t i = 0; i < std::min(most, words.size()); ++i) {
    const std::string& word = words[i];
    if (i > 0) result += ", ";
    result += word.size() > longest ? word.substr(0, character_start(word, longest)) + "…" : word;
  }
  return words.size() > most ? result + fmt::format(" and {} more", words.size() - most) : result;
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace kith::network::detail

namespace kith::network {

std::string read_bytes(const std::string& path) {
  return read_input(path, [&] { return detail::read_from_disk(path); });
}

}  // namespace kith::network

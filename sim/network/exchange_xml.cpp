#include "network/exchange_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kith::network::detail {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_utf8(std::string& to, std::uint32_t code) {
  const auto byte = [&](std::uint32_t bits) { to += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | (code >> 6));
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else {
    byte(0xf0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3f));
    byte(0x80 | ((code >> 6) & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
}

/// The text that the reference `&body;` stands for, "" when unknown.
std::string reference(std::string_view body) {
  constexpr std::pair<std::string_view, std::string_view> named[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  for (const auto& [name, text] : named) {
    if (name == body) return std::string(text);
  }
  if (!body.starts_with('#')) return "";
  const bool hexadecimal = body.starts_with("#x");
  const std::string_view digits = body.substr(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  if (error != std::errc() || end != digits.data() + digits.size() || code == 0 || code > 0x10ffff || surrogate)
    return "";
  std::string text;
  append_utf8(text, code);
  return text;
}

}  // namespace

void XmlReader::append_plain(std::string& to, std::string_view raw) const {
  for (std::size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&')) {
    to += raw.substr(0, at);
    const std::size_t end = raw.find(';', at);
    const std::string text = end == std::string_view::npos ? "" : reference(raw.substr(at + 1, end - at - 1));
    if (text.empty())
      fail_at(source_, raw.substr(at, 1), {"unknown reference", "'&' starts one in XML", "write &amp;"});
    to += text;
    raw.remove_prefix(end + 1);
  }
  to += raw;
}

std::string_view XmlReader::take_until(std::string_view end, std::string_view what) {
  const std::size_t at = rest_.find(end);
  if (at == std::string_view::npos) {
    fail_at(source_, rest_.substr(0, 1),
            {fmt::format("this {} is not closed", what), fmt::format("{} is missing", end), ""});
  }
  const std::string_view taken = rest_.substr(0, at + end.size());
  rest_.remove_prefix(taken.size());
  return taken;
}

void XmlReader::read_text() {
  const std::size_t end = std::min(rest_.find('<'), rest_.size());
  append_plain(text_, rest_.substr(0, end));
  rest_.remove_prefix(end);
}

XmlReader::Event XmlReader::next() {
  text_.clear();
  if (pending_ == Pending::close) {
    pending_ = Pending::none;
    open_.pop_back();
    return Event::close;
  }
  for (;;) {
    read_text();
    if (rest_.empty()) break;
    if (rest_.starts_with("<!") || rest_.starts_with("<?")) {
      read_markup();
    } else if (rest_.starts_with("</")) {
      read_close();
      return Event::close;
    } else {
      read_open();
      return Event::open;
    }
  }
  if (!open_.empty()) {
    fail_at(source_, open_.back(),
            {fmt::format("<{}> is not closed", open_.back()), "the file ends before that", "is it complete?"});
  }
  return Event::end;
}

void XmlReader::read_markup() {
  if (rest_.starts_with("<!--")) {
    take_until("-->", "comment");
    ++comments_;
  } else if (rest_.starts_with("<![CDATA[")) {
    const std::string_view data = take_until("]]>", "CDATA section");
    text_ += data.substr(9, data.size() - 12);
  } else if (rest_.starts_with("<?")) {
    const std::string_view instruction = take_until("?>", "processing instruction");
    const std::size_t encoding = instruction.find("encoding=");
    if (!instruction.starts_with("<?xml ") || encoding == std::string_view::npos) return;
    std::string_view value = instruction.substr(encoding + 10);
    value = value.substr(0, value.find_first_of("\"'"));
    std::string upper(value);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper != "UTF-8" && upper != "UTF8" && upper != "US-ASCII" && upper != "ASCII") {
      fail_at(source_, value,
              {fmt::format("the encoding is {}", value), "Kith reads UTF-8", "convert it: iconv -t UTF-8"});
    }
  } else {
    const std::string_view type = rest_.substr(0, 2);
    if (take_until(">", "declaration").find('[') != std::string_view::npos) {
      fail_at(source_, type,
              {"the document type declares entities", "Kith does not expand them", "remove the part in [ ]"});
    }
  }
}

void XmlReader::read_open() {
  const std::string_view start = rest_;
  char quote = 0;
  std::size_t end = 1;
  for (; end < start.size() && (quote != 0 || start[end] != '>'); ++end) {
    if (quote == 0 && (start[end] == '"' || start[end] == '\'')) {
      quote = start[end];
    } else if (start[end] == quote) {
      quote = 0;
    }
  }
  if (end >= start.size())
    fail_at(source_, start.substr(0, 1), {"this tag is not closed", "> is missing", "is the file complete?"});
  place_ = start.substr(0, end + 1);
  rest_.remove_prefix(place_.size());
  std::string_view inside = place_.substr(1, place_.size() - 2);
  if (inside.ends_with('/')) {
    pending_ = Pending::close;
    inside.remove_suffix(1);
  }
  const std::size_t name_end = std::min(inside.find_first_of(" \t\r\n=\"'<"), inside.size());
  if (name_end == 0)
    fail_at(source_, place_, {"a tag without a name", "'<' starts a tag in XML", "write &lt; in a text"});
  open_.push_back(inside.substr(0, name_end));
  name_ = without_prefix(open_.back());
  read_attributes(inside.substr(name_end));
}

void XmlReader::read_attributes(std::string_view inside) {
  attributes_.clear();
  for (;;) {
    const std::size_t begin = inside.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return;
    inside.remove_prefix(begin);
    const std::string_view name = inside.substr(0, inside.find_first_of(" \t\r\n=\"'"));
    const std::size_t equals = inside.find_first_not_of(blanks, name.size());
    const bool assigned = equals != std::string_view::npos && inside[equals] == '=' && !name.empty();
    const std::size_t open = assigned ? inside.find_first_not_of(blanks, equals + 1) : std::string_view::npos;
    const bool quoted = open != std::string_view::npos && (inside[open] == '"' || inside[open] == '\'');
    const std::size_t close = quoted ? inside.find(inside[open], open + 1) : std::string_view::npos;
    if (close == std::string_view::npos) {
      fail_at(source_, inside.substr(0, std::max<std::size_t>(name.size(), 1)),
              {"an attribute without a value in quotes", "XML needs name=\"value\"", ""});
    }
    std::string value;
    append_plain(value, inside.substr(open + 1, close - open - 1));
    attributes_.emplace_back(name, std::move(value));
    inside.remove_prefix(close + 1);
  }
}

void XmlReader::read_close() {
  place_ = take_until(">", "tag");
  std::string_view name = place_.substr(2, place_.size() - 3);
  name = name.substr(0, name.find_last_not_of(blanks) + 1);
  if (open_.empty() || open_.back() != name) {
    fail_at(source_, place_,
            {fmt::format("</{}> closes nothing", name),
             open_.empty() ? "no tag is open" : fmt::format("<{}> is open", open_.back()), ""});
  }
  name_ = without_prefix(name);
  open_.pop_back();
}

std::string XmlReader::attribute(std::string_view name) const {
  for (const auto& [key, value] : attributes_) {
    if (key == name) return value;
  }
  return "";
}

bool XmlReader::has(std::string_view name) const {
  return std::any_of(attributes_.begin(), attributes_.end(), [&](const auto& entry) { return entry.first == name; });
}

}  // namespace kith::network::detail

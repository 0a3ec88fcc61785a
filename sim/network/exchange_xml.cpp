#include "network/exchange_xml.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <new>

#include "core/interrupt.hpp"

namespace kith::network::detail {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t deepest = 256;  // GraphML needs 8

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// expat 2.9 warns of its older functions, which cannot count far enough on every system.
#if XML_MAJOR_VERSION > 2 || XML_MINOR_VERSION >= 9
std::int64_t byte_index(XML_Parser parser) { return XML_GetCurrentByteIndex64(parser); }
std::uint64_t byte_count(XML_Parser parser) { return XML_GetCurrentByteCount64(parser); }
#else
std::int64_t byte_index(XML_Parser parser) { return XML_GetCurrentByteIndex(parser); }
std::uint64_t byte_count(XML_Parser parser) { return static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser)); }
#endif

}  // namespace

/// Exceptions must not pass through expat: one is kept until the parser has stopped.
struct XmlReader::Callbacks {
  XmlReader& reader;
  std::exception_ptr thrown = nullptr;

  template <class Call>
  static void keep(void* data, const Call& call) {
    auto& self = *static_cast<Callbacks*>(data);
    if (self.thrown) return;  // expat still closes <a/> after it was told to stop
    try {
      call(self.reader);
    } catch (...) {
      self.thrown = std::current_exception();
      XML_StopParser(self.reader.parser_, XML_FALSE);
    }
  }
  static void XMLCALL open(void* data, const char* name, const char** attributes) {
    keep(data, [&](XmlReader& xml) { xml.begin_tag(name, attributes); });
  }
  static void XMLCALL close(void* data, const char* name) {
    keep(data, [&](XmlReader& xml) { xml.end_tag(name); });
  }
  static void XMLCALL text(void* data, const char* text, int length) {
    keep(data, [&](XmlReader& xml) { xml.text_.append(text, static_cast<std::size_t>(length)); });
  }
  static void XMLCALL comment(void* data, const char*) {
    keep(data, [](XmlReader& xml) { ++xml.comments_; });
  }
  static void XMLCALL declaration(void* data, const char*, const char* encoding, int) {
    if (encoding != nullptr) keep(data, [&](XmlReader& xml) { xml.check_encoding(encoding); });
  }
  static void XMLCALL document_type(void* data, const char*, const char*, const char*, int declares) {
    keep(data, [&](XmlReader& xml) {
      xml.has_type_ = true;
      if (declares == 0) return;
      const std::string_view text = xml.source_.text;
      const auto at = static_cast<std::size_t>(xml.here().data() - text.data());
      fail_at(xml.source_, text.substr(text.rfind("<!DOCTYPE", at), 2),
              {"the document type declares entities", "Kith does not expand them", "remove the part in [ ]"});
    });
  }
  static void XMLCALL skipped(void* data, const char*, int) {
    keep(data, [](XmlReader& xml) { xml.check_references(xml.here()); });
  }
};

void XmlReader::read(const std::function<void()>& open, const std::function<void()>& close) {
  on_open_ = &open;
  on_close_ = &close;
  // Named here, the encoding that the file declares does not count; it is checked nevertheless.
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"), &XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  parser_ = parser.get();
  Callbacks callbacks{*this};
  XML_SetUserData(parser_, &callbacks);
  XML_SetElementHandler(parser_, &Callbacks::open, &Callbacks::close);
  XML_SetCharacterDataHandler(parser_, &Callbacks::text);
  XML_SetCommentHandler(parser_, &Callbacks::comment);
  XML_SetXmlDeclHandler(parser_, &Callbacks::declaration);
  XML_SetStartDoctypeDeclHandler(parser_, &Callbacks::document_type);
  XML_SetSkippedEntityHandler(parser_, &Callbacks::skipped);
  XML_SetParamEntityParsing(parser_, XML_PARAM_ENTITY_PARSING_NEVER);
  parse();
  if (callbacks.thrown) std::rethrow_exception(callbacks.thrown);
  const XML_Error error = XML_GetErrorCode(parser_);
  if (error == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
  const bool nothing = error == XML_ERROR_NO_ELEMENTS && open_.empty();
  if (error != XML_ERROR_NONE && !nothing) fail_malformed();
  parser_ = nullptr;
}

void XmlReader::parse() {
  const std::string_view text = source_.text;
  std::size_t given = 0;
  for (bool last = false; !last;) {
    check_interrupt();
    // As much again as waits for the end of its tag: expat starts a tag anew with each piece that does not end it.
    const std::int64_t begin = byte_index(parser_);
    const std::size_t waiting = begin < 0 ? 0 : given - std::min(given, static_cast<std::size_t>(begin));
    const std::size_t size = std::min({std::max(chunk_, waiting), text.size() - given, std::size_t{1} << 30});
    last = given + size == text.size();
    if (XML_Parse(parser_, text.data() + given, static_cast<int>(size), last ? 1 : 0) != XML_STATUS_OK) return;
    given += size;
  }
}

/// What the parser is at, in the file.
std::string_view XmlReader::here() const {
  const std::string_view text = source_.text;
  const auto begin = std::min(static_cast<std::size_t>(byte_index(parser_)), text.size());
  return text.substr(begin, static_cast<std::size_t>(byte_count(parser_)));
}

void XmlReader::begin_tag(const char* name, const char** attributes) {
  place_ = here();
  open_.push_back(place_.substr(1, std::strlen(name)));
  if (open_.size() > deepest) {
    fail_at(source_, place_,
            {fmt::format("tags lie deeper than {} in one another", deepest), "GraphML needs 8", "is it GraphML?"});
  }
  // With a document type expat takes every entity for one declared elsewhere, and leaves it out.
  if (has_type_) check_references(place_);
  name_ = without_prefix(name);
  attributes_ = attributes;
  (*on_open_)();
  attributes_ = nullptr;
  text_.clear();
}

void XmlReader::end_tag(const char* name) {
  const std::string_view place = here();
  if (!place.empty()) place_ = place;  // of <a/> the closing half is empty
  name_ = without_prefix(name);
  open_.pop_back();
  (*on_close_)();
  text_.clear();
}

void XmlReader::check_encoding(std::string_view encoding) const {
  std::string upper(encoding);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (source_.utf16 && upper.starts_with("UTF-16")) return;  // it has become UTF-8
  if (upper == "UTF-8" || upper == "UTF8" || upper == "US-ASCII" || upper == "ASCII") return;
  const std::string_view declaration = here();
  fail_at(source_, declaration.substr(declaration.rfind(encoding), encoding.size()),
          {fmt::format("the encoding is {}", encoding), "Kith reads UTF-8", "convert it: iconv -t UTF-8"});
}

/// Fails at the first reference that stands for nothing.
void XmlReader::check_references(std::string_view raw) const {
  constexpr std::array<std::string_view, 5> named{"amp", "lt", "gt", "quot", "apos"};
  for (std::size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&', at + 1)) {
    const std::string_view body = raw.substr(at + 1, std::min(raw.find(';', at), raw.size()) - at - 1);
    if (body.starts_with('#') || std::find(named.begin(), named.end(), body) != named.end()) continue;
    fail_at(source_, raw.substr(at, 1), {"unknown reference", "'&' starts one in XML", "write &amp;"});
  }
}

/// Says what expat found wrong.
void XmlReader::fail_malformed() const {
  const std::string_view text = source_.text;
  const auto at = std::min(static_cast<std::size_t>(byte_index(parser_)), text.size());
  const std::string_view from = text.substr(at);
  const std::string_view tag = from.substr(0, std::min(from.find('>'), from.size() - 1) + 1);
  switch (XML_GetErrorCode(parser_)) {
    case XML_ERROR_NO_ELEMENTS:
      fail_at(source_, open_.back(),
              {fmt::format("<{}> is not closed", open_.back()), "the file ends before that", "is it complete?"});
    case XML_ERROR_TAG_MISMATCH: {
      const std::string_view close = text.substr(at - 2, tag.size() + 2);
      std::string_view name = close.substr(2, close.size() - 3);
      name = name.substr(0, name.find_last_not_of(blanks) + 1);
      fail_at(source_, close,
              {fmt::format("</{}> closes nothing", name), fmt::format("<{}> is open", open_.back()), ""});
    }
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      fail_unclosed(text.substr(text.rfind("<![CDATA[")));
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_PARTIAL_CHAR:
      fail_unclosed(from);
    case XML_ERROR_UNDEFINED_ENTITY:
    case XML_ERROR_BAD_CHAR_REF:
      check_references(tag);
      fail_at(source_, from.substr(0, 1), {"this reference names no character", "XML has none of that number", ""});
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
      fail_at(source_, from.substr(0, from.find_first_of(" \t\r\n=")), {"this attribute stands twice", "", ""});
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      fail_at(source_, from.substr(0, 1), {"the file goes on after its last tag", "XML has one outermost tag", ""});
    case XML_ERROR_INVALID_TOKEN:
      fail_token(at);
    default:
      fail_at(source_, from.substr(0, 1),
              {"this is no XML", XML_ErrorString(XML_GetErrorCode(parser_)), "is the file complete?"});
  }
}

/// The file ends within a tag, a comment or the like that starts `from`.
void XmlReader::fail_unclosed(std::string_view from) const {
  const auto missing = [&](std::string_view what, std::string_view end) {
    fail_at(source_, from.substr(0, 1),
            {fmt::format("this {} is not closed", what), fmt::format("{} is missing", end), "is the file complete?"});
  };
  if (from.starts_with("<!--")) missing("comment", "-->");
  if (from.starts_with("<![")) missing("CDATA section", "]]>");
  if (from.starts_with("<?")) missing("processing instruction", "?>");
  if (from.starts_with("<")) missing("tag", ">");
  fail_at(source_, from.substr(0, 1), {"the file ends here", "in the middle of a character", "is it complete?"});
}

/// A character that cannot stand where it does.
void XmlReader::fail_token(std::size_t at) const {
  const std::string_view text = source_.text;
  if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0x80u) != 0) {
    fail_at(source_, text.substr(at, 1),
            {"this character cannot be read", "Kith reads UTF-8", "is the file in another encoding? iconv -t UTF-8"});
  }
  const std::string_view before = text.substr(0, at);
  const std::size_t reference = before.rfind('&');
  if (reference != std::string_view::npos &&
      before.find_first_of("; \t\r\n<>\"'", reference) == std::string_view::npos) {
    fail_at(source_, text.substr(reference, 1), {"unknown reference", "'&' starts one in XML", "write &amp;"});
  }
  const std::size_t open = before.rfind('<');
  if (open == std::string_view::npos || before.find('>', open) != std::string_view::npos)
    fail_at(source_, text.substr(at, 1), {"this character cannot stand here", "in XML", ""});
  if (text.substr(open, 2) == "</" && open_.empty()) {
    const std::string_view close = text.substr(open, std::min(text.find('>', open), text.size() - 1) - open + 1);
    fail_at(source_, close, {fmt::format("{} closes nothing", close), "no tag is open", ""});
  }
  if (at == open + 1)
    fail_at(source_, text.substr(open, 1), {"a tag without a name", "'<' starts a tag in XML", "write &lt; in a text"});
  const std::size_t word = before.find_last_of(" \t\r\n=\"'<") + 1;
  const bool named = word > open + 1 && word < at;
  fail_at(source_, named ? text.substr(word, at - word) : text.substr(at, 1),
          {"an attribute without a value in quotes", "XML needs name=\"value\"", ""});
}

const char* XmlReader::value_of(std::string_view name) const {
  for (const char* const* entry = attributes_; entry != nullptr && *entry != nullptr; entry += 2) {
    if (entry[0] == name) return entry[1];
  }
  return nullptr;
}

std::string XmlReader::attribute(std::string_view name) const {
  const char* value = value_of(name);
  return value == nullptr ? "" : value;
}

bool XmlReader::has(std::string_view name) const { return value_of(name) != nullptr; }

}  // namespace kith::network::detail

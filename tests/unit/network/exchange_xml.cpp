#include "network/exchange_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/error.hpp"

using kith::network::detail::Source;
using kith::network::detail::XmlReader;

namespace {

/// Everything that a reader tells of a document, a line for each half of a tag.
std::string told(const std::string& text, std::size_t chunk) {
  const Source source{"x.xml", text, false};
  XmlReader xml(source, chunk);
  std::string lines;
  const auto place = [&] { return xml.place().data() - source.text.data(); };
  xml.read(
      [&] {
        lines += fmt::format("{} <{} {}={}> {} '{}'\n", xml.depth(), xml.name(), "id", xml.attribute("id"), place(),
                             xml.text());
      },
      [&] { lines += fmt::format("{} </{}> {} '{}'\n", xml.depth(), xml.name(), place(), xml.text()); });
  return lines + fmt::format("{} comments", xml.comments());
}

std::string mistake(const std::string& text, std::size_t chunk = 64) {
  try {
    told(text, chunk);
  } catch (const kith::Error& error) {
    return error.what();
  }
  return "read without an error";
}

std::string repeated(std::string_view part, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += part;
  return all;
}

}  // namespace

TEST_CASE("names, attributes, texts and characters that are split over pieces of the file are read whole") {
  const std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- caf\xc3\xa9 --><g:people id=\"Zo\xc3\xab &amp; b&#233;n\">\n"
      "  a &lt; b<![CDATA[ <free> ]]>\xf0\x9f\x99\x82<long_name_of_a_tag id='one \"two\"'/></g:people>\n";
  const std::string whole = told(text, text.size());
  const std::size_t inner = text.find("<long");
  CHECK(whole == fmt::format("1 <people id=Zo\xc3\xab & b\xc3\xa9n> {} ''\n"
                             "2 <long_name_of_a_tag id=one \"two\"> {} '\n  a < b <free> \xf0\x9f\x99\x82'\n"
                             "1 </long_name_of_a_tag> {} ''\n"
                             "0 </people> {} ''\n"
                             "1 comments",
                             text.find("<g:people"), inner, inner, text.find("</g:people")));
  for (std::size_t chunk = 1; chunk < text.size(); ++chunk) {
    INFO(chunk);
    CHECK(told(text, chunk) == whole);
  }
}

TEST_CASE("a mistake is told alike however the file is cut into pieces") {
  const std::string text = "<graphml>\n  <graph id=\"caf\xc3\xa9\">\n    <node id=\"a\"></nod>\n";
  for (std::size_t chunk = 1; chunk <= text.size(); ++chunk) {
    INFO(chunk);
    CHECK(mistake(text, chunk) ==
          "x.xml:3:18: error: </nod> closes nothing (<node> is open)\n"
          "      <node id=\"a\"></nod>\n"
          "                   ^^^^^^");
  }
}

TEST_CASE("a file that is cut off anywhere is refused") {
  const std::string text =
      "<?xml version=\"1.0\"?><!-- made --><!DOCTYPE g><g><node id=\"a &amp; b\">t<![CDATA[ x ]]></node></g>";
  REQUIRE(mistake(text) == "read without an error");
  const std::size_t first_tag = text.find("<g>");
  for (std::size_t length = first_tag + 1; length < text.size(); ++length) {
    INFO(text.substr(0, length));
    CHECK(mistake(text.substr(0, length)).find("x.xml:1:") == 0);
  }
}

TEST_CASE("entities are neither expanded nor fetched: a billion laughs are refused at their declaration") {
  std::string bomb = "<!DOCTYPE g [<!ENTITY e0 \"ha\">";
  for (int i = 1; i < 30; ++i)
    bomb += fmt::format("<!ENTITY e{} \"{}\">", i, repeated(fmt::format("&e{};", i - 1), 10));
  bomb += "]><g>&e29;</g>";
  CHECK(mistake(bomb).find("x.xml:1:1: error: the document type declares entities") == 0);
  CHECK(mistake("<!DOCTYPE g [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]><g/>")
            .find("x.xml:1:1: error: the document") == 0);
  CHECK(mistake("<!DOCTYPE g SYSTEM \"file:///etc/passwd\"><g/>") == "read without an error");
  CHECK(mistake("<!DOCTYPE g PUBLIC \"p\" \"g.dtd\"><g id=\"&nbsp;\"/>").find("x.xml:1:39: error: unknown reference") ==
        0);
}

TEST_CASE("tags deeper than any GraphML has them are refused before they fill the memory") {
  CHECK(mistake(repeated("<a>", 256) + repeated("</a>", 256)) == "read without an error");
  const std::string message = mistake(repeated("<a>", 1000000), std::size_t{1} << 16);
  CHECK(message.find("x.xml:1:769: error: tags lie deeper than 256 in one another") == 0);
}

TEST_CASE("a tag longer than a piece is read once, not once for each piece") {
  const std::string text = "<g id=\"" + std::string(std::size_t{1} << 22, 'x') + "\"/>";
  // Read anew with each piece of 16 bytes this would go over 5e11 bytes.
  CHECK(told(text, 16).size() > text.size() - 20);
}

TEST_CASE("what a caller throws comes through the parser, and nothing is told after it") {
  const Source source{"x.xml", "<a><b/><c/></a>", false};
  XmlReader xml(source);
  std::string seen;
  CHECK_THROWS_WITH(xml.read(
                        [&] {
                          seen += xml.name();
                          if (xml.name() == "b") throw kith::Error(kith::ErrorKind::failed, "no b");
                        },
                        [&] { seen += '/'; }),
                    "no b");
  CHECK(seen == "ab");
}

TEST_CASE("a document without a tag is left to the caller") {
  CHECK(told("<!-- nothing -->\n", 64) == "1 comments");
  CHECK(told("  \n", 64) == "0 comments");
}

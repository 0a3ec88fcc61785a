#include "core/xml.hpp"

namespace kith {

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\t':
        result += "&#9;";
        break;
      case '\n':
        result += "&#10;";
        break;
      case '\r':
        result += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          result += "\xef\xbf\xbd";  // XML cannot hold it
        } else {
          result += c;
        }
    }
  }
  return result;
}

}  // namespace kith

#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Text as it stands in XML, in an element or an attribute. Control characters, which XML cannot hold, become U+FFFD.
std::string xml_escaped(std::string_view text);

}  // namespace kith

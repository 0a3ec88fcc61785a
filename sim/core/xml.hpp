#pragma once

#include <string>
#include <string_view>

namespace kith {

/// Text as it stands in XML, in an element or an attribute.
std::string xml_escaped(std::string_view text);

}  // namespace kith

#include "network/exchange_source.hpp"

namespace kith::network::detail {

std::string gunzip(const std::string& name, std::string_view) {
  fail(name, {"gzip files cannot be read here", "this build of Kith has no unpacker", "unpack it first: gunzip"});
}

}  // namespace kith::network::detail

#pragma once

#include <iosfwd>
#include <string>

#include "network/exchange.hpp"
#include "network/graph.hpp"

namespace kith::cli {

using WriteNetwork = void (*)(const network::Graph&, std::ostream&, const network::PersonValues&);

/// How the file's name asks a network to be written: .graphml or .csv. Throws kith::Error(ErrorKind::usage) for other names.
WriteNetwork network_format(const std::string& path);

}  // namespace kith::cli

#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "io/result_file.hpp"
#include "network/exchange.hpp"
#include "network/tie_log.hpp"

/// Networks of single days, from the log of ties in a result.
namespace kith::cli {

/// The network as it was `hours` after the start, from the last keyframe before and the events since. Throws
/// kith::Error(ErrorKind::usage) when the result has no such log, replicate or time.
network::Graph network_at(const io::ResultFile& result, std::uint32_t replicate, double hours);

/// What the log keeps of the people: the columns of the table about them.
network::PersonValues people_of(const io::ResultFile& result);

/// One line a change between two networks of the same people: both ids, what, and the closeness after it (before an end).
void write_differences(const network::Graph& before, const network::Graph& after, std::ostream& out);

}  // namespace kith::cli

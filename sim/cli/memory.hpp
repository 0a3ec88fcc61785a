#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "core/granted_memory.hpp"

namespace kith::cli {

/// Throws kith::Error(ErrorKind::failed), with advice, when a run needs more memory [bytes] than there is to have.
void check_memory(std::uint64_t needed, const std::optional<GrantedMemory>& granted);

/// What went wrong, for people: that memory ran out is said as such.
std::string reason_of(const std::exception& failure);

}  // namespace kith::cli

#include "core/interrupt.hpp"

#include "core/error.hpp"

namespace kith::detail {

void throw_interrupt() { throw Error(ErrorKind::failed, "stopped"); }

}  // namespace kith::detail

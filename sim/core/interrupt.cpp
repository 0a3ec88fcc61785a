#include "core/interrupt.hpp"

#include "core/error.hpp"

namespace kith::detail {

void throw_interrupt() { throw Error(ErrorKind::stopped, "stopped"); }

}  // namespace kith::detail

#pragma once

namespace kith {

/// Whether runs of this process check after each tick that all state is possible. Off unless it is switched on, or the build is one
/// of those with sanitizers, where it is always on.
bool is_audited();
void set_audited(bool is_on);

}  // namespace kith

#pragma once

#include "cli/cli.hpp"
#include "io/result_attributes.hpp"

namespace kith::cli {

/// What every result file tells: this program, the command line, the host, and now as the start.
io::RunAttributes written_by(const Session& session);

}  // namespace kith::cli

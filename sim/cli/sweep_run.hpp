#pragma once

#include <functional>
#include <memory>

#include "cli/application.hpp"
#include "cli/sweep_folder.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

/// One run of a design, from its scenario to its record, failed or done; from `burnt_in` where that is not null. Whatever `check` throws,
/// which is called often, counts as its failure.
RunRecord carry_out(const Application& application, const sweep::Design& design, std::uint64_t run,
                    const std::shared_ptr<const BurntIn>& burnt_in, const std::function<void()>& check);

}  // namespace kith::cli

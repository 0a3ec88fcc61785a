#pragma once

#include <string>

#include "figures/figure.hpp"

namespace kith::figures {

/// The curves of two results over time in one pair of axes, called A and B: of a group, or of everybody. For definitions of the kind
/// `over_time`.
Drawn draw_two_runs(const io::ResultFile& a, const io::ResultFile& b, const Definition& definition,
                    const std::string& group, const MeanOf& mean_of);

}  // namespace kith::figures

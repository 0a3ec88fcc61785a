#pragma once

#include <string>
#include <vector>

#include "figures/figure.hpp"

/// Results, or parts of one result, that are shown in the same pair of axes.
namespace kith::figures {

/// One of them: the tables of a result that have `suffix` after their names.
struct Side {
  std::string name;  ///< in the legend
  const io::ResultFile* result;
  std::string suffix = {};
};

/// The theories of a result that was run under several, in the order in which they were; of others none. The result outlives them.
std::vector<Side> theories_of(const io::ResultFile& result);

/// Whether a figure can be drawn of results side by side.
bool is_drawn_side_by_side(const Definition& definition);

/// A curve a side, and a drawing for each of these groups that every side has; without groups for all that the first side has. For
/// definitions of the kind `over_time`.
Drawn draw_side_by_side(const std::vector<Side>& sides, const Definition& definition, std::vector<std::string> groups,
                        const MeanOf& mean_of);

/// What the trial comes to in each side: the effect of each measure and contrast, pooled over the studies. For definitions of the kind
/// `forest`.
Drawn draw_effects_side_by_side(const std::vector<Side>& sides, const Definition& definition);

}  // namespace kith::figures

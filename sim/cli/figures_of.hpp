#pragma once

#include "cli/cli.hpp"
#include "figures/figure.hpp"
#include "io/result_file.hpp"

/// Figures with the statistics of the model behind the command line.
namespace kith::cli {

/// Means with the intervals of the model.
figures::MeanOf mean_of(const Session& session);
figures::Drawn draw_of(const Session& session, const io::ResultFile& result, const figures::Definition& definition);
/// All drawings of a figure, one below the other.
plot::Drawing as_one(const figures::Figure& figure);

}  // namespace kith::cli

#pragma once

#include "figures/figure.hpp"

/// One function a kind of figure, in a file of its own.
namespace kith::figures {

Drawn draw_over_time(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of);
Drawn draw_paired(const io::ResultFile& result, const Definition& definition);
Drawn draw_flow(const io::ResultFile& result, const Definition& definition);
Drawn draw_forest(const io::ResultFile& result, const Definition& definition);

Drawn draw_experiments(const io::ResultFile& result, const Definition& definition);
Drawn draw_survival(const io::ResultFile& result, const Definition& definition);
Drawn draw_response(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of);
Drawn draw_changes(const io::ResultFile& result, const Definition& definition);
Drawn draw_paths(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of);
Drawn draw_network(const io::ResultFile& result, const Definition& definition);

/// A figure with the words of its definition.
Figure begun(const Definition& definition);
/// "This result has no table diary."
Drawn missing(std::string sentence);

}  // namespace kith::figures

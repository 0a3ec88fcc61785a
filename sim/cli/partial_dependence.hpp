#pragma once

#include <string>
#include <vector>

#include "engine/report.hpp"
#include "plot/drawing.hpp"
#include "sweep/sensitivity.hpp"

namespace kith::cli {

/// How an outcome goes with one factor, averaged over all others.
struct DependenceOnFactor {
  std::string factor;               ///< its key, with its unit
  std::vector<std::string> labels;  ///< [places] what stands at each
  bool are_words = false;           ///< and no numbers
  sweep::Dependence found = {};
};

struct DependenceOf {
  std::string outcome;
  std::vector<DependenceOnFactor> factors;
};

/// A table for each factor.
std::vector<ReportTable> dependence_tables(const DependenceOf& dependence);

/// A panel for each factor, all on one scale.
plot::Drawing dependence_drawing(const DependenceOf& dependence, const std::string& id);
/// Those of all outcomes, one below the other (SVG 1.1).
std::string dependence_svg(const std::string& title, const std::vector<DependenceOf>& all);

}  // namespace kith::cli

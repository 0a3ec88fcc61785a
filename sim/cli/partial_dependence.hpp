#pragma once

#include <string>
#include <vector>

#include "engine/report.hpp"
#include "sweep/sensitivity.hpp"

namespace kith::cli {

/// How an outcome goes with one factor, averaged over all others.
struct DependenceOnFactor {
  std::string factor;               ///< its key, with its unit
  std::vector<std::string> labels;  ///< [places] what stands at each
  bool are_words = false;           ///< the labels, and no numbers
  sweep::Dependence found;
};

struct DependenceOf {
  std::string outcome;
  std::vector<DependenceOnFactor> factors;
};

/// A table for each factor.
std::vector<ReportTable> dependence_tables(const DependenceOf& dependence);

/// All as one drawing (SVG 1.1), a panel for each factor, three a row; those of an outcome have one scale.
std::string dependence_svg(const std::string& title, const std::vector<DependenceOf>& all);

}  // namespace kith::cli

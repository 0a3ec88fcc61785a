#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kith::plot {

/// One quantity of a pairs plot.
struct PairsVariable {
  std::string name;           ///< with its unit
  double low = 0.0;           ///< where its axes begin
  double high = 1.0;          ///< where they end; more than low
  std::vector<double> draws;  ///< as many for each quantity
  std::vector<double> before =
      {};                  ///< density of what was believed before at equal distances from low to high, in any unit
  std::string words = {};  ///< above its histogram, below the name
  std::optional<double> estimate = {};
  std::pair<double, double> interval = {};  ///< of the estimate
};

/// Draws of several quantities: a histogram of each, with what was believed before as a line; each two of them as dots, and how they
/// correlate in words.
struct Pairs {
  std::string title;
  std::vector<PairsVariable> variables;
  std::vector<std::vector<double>> correlations = {};  ///< [variables][variables]; not needed for one
  std::string id = "pairs";                            ///< tells it apart on a page
};

/// How many bins a histogram has: the square root of the number of different draws, from 5 to 25.
std::size_t bins_of(std::vector<double> draws);

/// Shares of the draws in bins of the same width from low to high; the last holds high. What lies outside is left out.
std::vector<double> shares_in_bins(const std::vector<double>& draws, double low, double high, std::size_t bins);

/// The plot as a drawing (SVG 1.1).
class Drawing;
Drawing drawing_of(const Pairs& pairs);
std::string pairs_svg(const Pairs& pairs);

}  // namespace kith::plot

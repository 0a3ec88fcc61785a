#pragma once

#include <string_view>
#include <vector>

#include "fit/prior.hpp"

/// What a sample of a posterior says.
namespace kith::fit {

struct Summary {
  double mean = 0.0, sd = 0.0;
  double median = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 %: the quantiles 0.025 and 0.975
};

/// Of weighted values; the weights add up to 1. A quantile is the least value with at least that share of the weight at or below it.
Summary weighted(const std::vector<double>& values, const std::vector<double>& weights);

/// Weighted Pearson correlation; 0 where one of the two does not vary.
double correlation(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& weights);

/// Width of the 95 % interval [low, high] over that of the prior.
double width_of_prior(const Prior& prior, double low, double high);

/// "identified", "weakly identified" from half of the prior's width, "not identified" from 80 %.
std::string_view verdict(double share_of_prior);

}  // namespace kith::fit

#pragma once

#include <span>

#include "models/trials/analysis/statistics.hpp"

namespace kith::trials {

/// How many more people are lonely or isolated on one condition than on the other.
struct Risk {
  std::size_t cases_a = 0, cases_b = 0;
  double risk_a = 0.0, risk_b = 0.0;  ///< shares of people; of clusters' shares the mean
  double difference = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % confidence interval of the difference
  double number_needed = 0.0;    ///< 1/difference: to harm where positive, to benefit where negative; NaN where it is 0
};

/// Nothing to tell: NaN throughout.
Risk no_risk();

/// Of 0 and 1 in the same people, with the score interval of paired proportions (Tango 1998, doi
/// 10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B), which agrees with McNemar's test.
Risk paired_risk(std::span<const double> a, std::span<const double> b);

/// Of 0 and 1 in different people, with the interval from both Wilson intervals (Newcombe 1998, doi
/// 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10).
Risk independent_risk(std::span<const double> a, std::span<const double> b);

/// Of 0 and 1 in different clusters of people, with the t interval of the clusters' shares.
Risk cluster_risk(std::span<const double> a, std::span<const std::uint32_t> cluster_a, std::span<const double> b,
                  std::span<const std::uint32_t> cluster_b);

/// 1/difference, NaN where the difference is 0 but for rounding.
double number_needed(double risk_difference);

}  // namespace kith::trials

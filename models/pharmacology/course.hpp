#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/pharmacology/dosing.hpp"

/// One drug in one body over time, apart from any study.
namespace kith::pharmacology {

/// Share of μ-receptors that the drug holds at each of these hours after the first dose, ascending.
std::vector<double> occupancies(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours,
                                const BodyFactors& body = {});

/// Concentrations of the parent in plasma at these hours [ng/mL].
std::vector<double> concentrations(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours,
                                   const BodyFactors& body = {});

/// The highest occupancy after the last dose, to the minute.
double peak_occupancy(const Drug& drug, const DoseSeries& taken, const BodyFactors& body = {});

/// What the model gives for an observation in a body.
double modelled(const Drug& drug, const ObservedOccupancy& observed, const BodyFactors& body = {});

/// Bodies of people as the drug's `between_people` makes them, always the same.
std::vector<BodyFactors> some_bodies(const Drug& drug, std::uint32_t count);

/// Mean and standard deviation between people of what the model gives for an observation.
struct Spread {
  double mean = 0.0, sd = 0.0;
};
Spread spread(const Drug& drug, const ObservedOccupancy& observed);

/// A curve of the typical person's occupancy [%] over time, in the unit that its chart has.
struct OccupancyCurve {
  std::string name;
  std::vector<std::pair<double, double>> points;
  std::vector<std::pair<double, double>>
      people;  ///< [points] between which the middle 90 % of people lie; empty: they do not differ
};

/// A measurement in such a chart.
struct OccupancyPoint {
  std::size_t curve = 0;
  double at = 0.0;
  double occupancy = 0.0;  ///< [%]
  double spread = 0.0;     ///< [%]
};

struct OccupancyCurves {
  bool in_days = false;  ///< or in hours
  double longest = 0.0;
  std::vector<OccupancyCurve> curves;
  std::vector<OccupancyPoint> observed;  ///< published occupancies under just these doses
};

/// Curves for each dose, until little of the last is left. Without doses, the drug's usual one; without an interval, a day,
/// or the one of the observations. Throws kith::Error where a dose is missing or too many are wanted.
OccupancyCurves occupancy_curves(const Drug& drug, std::vector<double> doses, std::optional<double> every,
                                 std::optional<std::uint32_t> count);

}  // namespace kith::pharmacology

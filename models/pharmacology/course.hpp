#pragma once

#include <vector>

#include "models/pharmacology/dosing.hpp"

/// One drug in one body over time, apart from any study.
namespace kith::pharmacology {

/// Equal doses, the first at hour 0.
struct Intake {
  double dose = 0.0;    ///< [mg]
  double every = 24.0;  ///< [h]
  std::int64_t count = 1;

  double last() const { return every * static_cast<double>(count - 1); }  ///< hour of the last dose
  std::vector<Dose> doses() const;
};

/// Share of μ-receptors that the drug holds at each of these hours, ascending.
std::vector<double> occupancies(const Drug& drug, const Intake& intake, const std::vector<double>& hours);

/// Concentrations of the parent in plasma at these hours [ng/mL].
std::vector<double> concentrations(const Drug& drug, const Intake& intake, const std::vector<double>& hours);

/// The highest occupancy after the last dose, to the minute.
double peak_occupancy(const Drug& drug, const Intake& intake);

/// What the model gives for an observation.
double modelled(const Drug& drug, const Observation& observation);

}  // namespace kith::pharmacology

#include "models/record/survival.hpp"

#include <cmath>

namespace kith {

void Survival::step(std::int32_t at_risk, std::int32_t events) {
  if (at_risk > 0) share_ *= 1.0 - static_cast<double>(events) / at_risk;
  if (events > 0 && events < at_risk)
    variance_sum_ += static_cast<double>(events) / (static_cast<double>(at_risk) * (at_risk - events));
}

double Survival::standard_error() const { return share_ * std::sqrt(variance_sum_); }

}  // namespace kith

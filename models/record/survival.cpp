#include "models/record/survival.hpp"

#include <cmath>

namespace kith {

void Survival::step(std::int32_t at_risk, std::int32_t events) {
  if (started_ == 0) started_ = at_risk;
  if (at_risk > 0) share_ *= 1.0 - static_cast<double>(events) / at_risk;
  if (events > 0 && events < at_risk)
    variance_sum_ += static_cast<double>(events) / (static_cast<double>(at_risk) * (at_risk - events));
}

Survival::Limits Survival::limits() const {
  if (started_ == 0) return {std::nan(""), std::nan("")};
  constexpr double z = 1.959963984540054;
  const bool has_error = share_ > 0.0 && share_ < 1.0;
  const double n = has_error ? (1.0 - share_) / (share_ * variance_sum_) : started_;
  const double middle = share_ + z * z / (2.0 * n);
  const double reach = z * std::sqrt(share_ * (1.0 - share_) / n + z * z / (4.0 * n * n));
  const double scale = 1.0 + z * z / n;
  return {(middle - reach) / scale, (middle + reach) / scale};
}

double Survival::standard_error() const { return share_ * std::sqrt(variance_sum_); }

}  // namespace kith

#pragma once

#include <string>

#include "config/section.hpp"

namespace kith::fit {

/// What is believed of a parameter before anything is measured, between bounds.
struct Prior {
  enum class Kind { uniform, log_uniform, normal, lognormal };
  Kind kind = Kind::uniform;
  double low = 0.0, high = 1.0;   ///< bounds; beyond them the density is 0
  double centre = 0.0, sd = 1.0;  ///< of normal: mean and SD before it is cut off; of lognormal: those of the logarithm

  /// The value below which a share `unit` of (0, 1) lies.
  double quantile(double unit) const;
  /// Density at `value`, but for a factor that is the same everywhere.
  double density(double value) const;
  /// Whether steps are taken in the logarithm.
  bool is_logarithmic() const { return kind == Kind::log_uniform || kind == Kind::lognormal; }
  /// "uniform 0..0.3"
  std::string text() const;
};

/// Reads `bounds` and `prior` of a parameter.
Prior read_prior(config::Section& parameter);

}  // namespace kith::fit

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/report.hpp"

/// The sign table (ODD 7.5): which way each theory says that a drug or isolation moves something, found by simulation.
namespace kith::evidence {

/// What a theory is expected to say of a probe: a direction, nothing, or it is silent.
enum class Sign : std::uint8_t { up, down, zero, silent };

/// A question to a theory: how something differs between two worlds.
struct SignProbe {
  std::string name;
  std::string procedure;  ///< dose, hour, what is read
};
const std::vector<SignProbe>& sign_probes();

/// What follows from a theory's equations (2.7 of the design, the ODD): [probes].
std::vector<Sign> expected_signs(const std::string& theory);

/// A contrast between worlds with the same people and draws, mean over people with its 95 % interval.
struct Measured {
  double mean = 0.0;
  double half_width = 0.0;
  /// `zero` where the interval lies inside ± the bound; `silent` where it neither does so nor excludes 0: too noisy to tell.
  Sign sign() const;
};
/// Least effect that counts: of ln P, of distress (0 to 1), and of the logarithm of a reward or rating.
inline constexpr double equivalence_bound = 0.001;

struct SignOptions {
  std::uint32_t people = 4000;
  std::vector<std::string> theories;  ///< empty: all that ship
  Progress progress = {};
};

struct SignTable {
  std::vector<std::string> theories;
  std::vector<std::vector<Measured>> cells;  ///< [probes][theories]
};

/// Each theory's effect minus that of `none`, which has the same people and draws.
SignTable measure_signs(const SignOptions& options);

/// The table, what was expected where it differs, and how many cells agree.
Report sign_report(const SignTable& table);

}  // namespace kith::evidence

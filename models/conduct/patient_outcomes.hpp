#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "models/conduct/observer.hpp"
#include "models/patients/outcome_names.hpp"
#include "models/patients/patients.hpp"
#include "models/trials/design/allocation.hpp"

namespace kith {

/// Worlds of one study: as treated, without treatment, and with treatment that acts on one path only.
enum class WorldKind { treated, twin, attachment, use };
inline constexpr std::size_t world_kinds = 4;

/// What has become of the participants of a trial in one world.
struct Outcome {
  std::string name;
  std::string unit;
  int digits = 2;                   ///< that people are shown
  std::vector<double> values = {};  ///< [participants]; NaN for who has none

  void visit(State& state) {
    state("name", name);
    state("unit", unit);
    state("digits", digits);
    state("values", values);
  }
};

/// How an outcome differs from the twin's, mean over the participants of an arm.
struct PathEffect {
  double both = 0.0;        ///< through both paths
  double attachment = 0.0;  ///< through feelings and contacts alone
  double use = 0.0;         ///< through the reward of use alone
  double interaction() const { return both - attachment - use; }
};

/// Outcomes of a trial in all worlds that were run.
using Outcomes = std::array<std::vector<Outcome>, world_kinds>;

/// What a world holds at the end of the run: those of PatientOutcome, then each measure as its mean over all occasions, in
/// the units of its scale. All who were allocated count, whether they stayed or left. `close_ties` [participants]: at the start.
std::vector<Outcome> outcomes_of(const Model& model, const trials::Measures& measures, const Observer& observer,
                                 const std::vector<trials::Participant>& participants,
                                 const std::vector<std::uint32_t>& close_ties, float lonely_above);

/// Means over participants of an arm; NaN are left out. `members`: places among the participants.
double mean_of(const Outcome& outcome, const std::vector<std::size_t>& members);
PathEffect path_effect(const Outcomes& outcomes, std::size_t outcome, const std::vector<std::size_t>& members);

}  // namespace kith

#pragma once

#include <cstdint>
#include <vector>

#include "core/state.hpp"

namespace kith::pharmacology {

/// What is taken at one time of a run.
struct Dose {
  double hours = 0.0;   ///< since the start
  double amount = 0.0;  ///< [mg]

  void visit(State& state) {
    state("hours", hours);
    state("amount", amount);
  }
};

/// Equal doses at equal intervals.
struct DoseSeries {
  double dose = 0.0;    ///< each [mg]
  double every = 24.0;  ///< [h]
  std::int64_t count = 1;

  double last() const { return every * static_cast<double>(count - 1); }  ///< of the last dose, after the first [h]
  /// The doses, the first `from` hours after the start.
  std::vector<Dose> doses(double from = 0.0) const;
};

}  // namespace kith::pharmacology

#pragma once

#include "config/section.hpp"
#include "core/math.hpp"

namespace kith::theories {

/// How far a person is in the state of distress, 0 … 1: d = 1/(1 + e^(−(D − θ)/0.05)).
struct DistressState {
  float threshold = 0.3F;  ///< θ

  float of(float distress) const { return 1.0F / (1.0F + portable_exp((threshold - distress) / 0.05F)); }

  /// Reads the key `distressed_from`.
  static DistressState read(config::Section& s) {
    return {static_cast<float>(s.number(
        {.key = "distressed_from",
         .fallback = "0.3",
         .min = "0",
         .max = "1",
         .doc = "Distress at which a person is half in the state of distress (theta).",
         .mark = config::Mark::assumed,
         .source = "range 0.2-0.4: about what a day without anybody brings; 10 h bring 0.2, ordinary life 0.07"}))};
  }
};

}  // namespace kith::theories

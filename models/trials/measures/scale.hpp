#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/section.hpp"
#include "core/state.hpp"

namespace kith::trials {

/// How a value becomes a rating: low + (high − low) · (offset + gain · value + person + occasion), clipped to low … high.
struct Scale {
  double low = 1.0, high = 7.0;
  double offset = 0.0, gain = 1.0;
  double person_sd = 0.0;    ///< lasting difference between people, as a share of the scale
  double occasion_sd = 0.0;  ///< difference between occasions of one person, as a share of the scale
  double step = 0.0;         ///< ratings are rounded to low + a multiple of it; 0: any number is a rating
};

/// What a scale is where the scenario does not say.
struct ScaleDefaults {
  Scale scale{};
  std::string_view range = "1..7";
  std::string_view step = "0";
  config::Mark mark = config::Mark::assumed;
  std::string_view source = "";
};

/// Reads `scale`, `offset`, `gain`, `person_sd`, `occasion_sd`, `icc` and `step`.
Scale read_scale(config::Section& section, const ScaleDefaults& defaults);

/// A rating from which on somebody counts as a case.
struct Cutoff {
  enum class Cases { from_here_up, below };
  double at = 0.0;
  Cases cases = Cases::from_here_up;
  std::string called = {};  ///< "lonely"

  bool is_case(double rating) const { return cases == Cases::below ? rating < at : rating >= at; }
  void visit(State& state) {
    state("at", at);
    state("cases", cases);
    state("called", called);
  }
};

}  // namespace kith::trials

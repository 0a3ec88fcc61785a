#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "core/random.hpp"
#include "engine/clock.hpp"
#include "models/network_source.hpp"
#include "models/people/feelings.hpp"
#include "models/people/meeting.hpp"
#include "models/people/tie_life.hpp"
#include "models/pharmacology/receptor.hpp"
#include "models/theories/theory.hpp"
#include "models/trials/design.hpp"
#include "models/trials/measures.hpp"

namespace kith {

struct TimeParams {
  std::int64_t tick_seconds = 3600;
  double burn_in = 672.0;   ///< [h]
  double duration = 528.0;  ///< [h]
  double start = 0.0;       ///< local time of hour 0, since Monday 00:00 [h]
};

struct TraitParams {
  std::uint32_t count = 10000;
  double tone_median = 0.15, tone_cv = 0.25;
  double tone_day_sd = 0.1;  ///< of the relative deviation of the tone from day to day
  double wanted_mean = 0.6, wanted_sd = 0.08;
};

struct RecordParams {
  double every = 24.0;  ///< [h]
  bool by_sequence = true;
  bool by_tone = true;
  std::uint32_t people = 0;  ///< how many sampled people are written one by one
  bool network = false;
  bool tie_events = false;
  double keyframes = 2160.0;  ///< time between lists of all ties in the log [h]
};

/// A scenario, read and checked.
struct Scenario {
  std::string title;
  theories::NamedTheory theory;
  TimeParams time;
  TraitParams traits;
  NetworkSource network;
  people::FeelingParams feelings;
  people::MeetingParams meeting;
  std::optional<people::TieLifeParams> tie_life;  ///< where ties live
  pharmacology::ReceptorParams receptor;
  std::vector<pharmacology::Drug> drugs;  ///< the scenario's own, then the library
  std::optional<trials::Trial> trial;
  trials::Measures measures;
  RecordParams record;
  std::uint32_t replicates = 1;
  bool same_population = true;  ///< replicates draw their participants from one population
  std::uint64_t seed = 1;
};

/// Reads a whole scenario; mistakes are noted in the section's document.
Scenario read_scenario(config::Section root);

/// A seed as a number, or any other text, which stands for a number.
std::uint64_t seed_from_text(const std::string& text);

}  // namespace kith

#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/estimates.hpp"
#include "config/known_names.hpp"
#include "config/section.hpp"
#include "core/random.hpp"
#include "engine/clock.hpp"
#include "models/bonds/tie_life.hpp"
#include "models/events/event.hpp"
#include "models/patients/patients.hpp"
#include "models/people/feelings.hpp"
#include "models/people/genotype.hpp"
#include "models/people/meeting.hpp"
#include "models/people/scales.hpp"
#include "models/pharmacology/pharmacy.hpp"
#include "models/pharmacology/receptor.hpp"
#include "models/scenario/expectation.hpp"
#include "models/scenario/network_source.hpp"
#include "models/theories/theory.hpp"
#include "models/trials/design/design.hpp"
#include "models/trials/measures/measures.hpp"

namespace kith {

struct TimeParams {
  std::int64_t tick_seconds = 3600;
  double burn_in = 672.0;   ///< [h]
  double duration = 528.0;  ///< [h]
  double start = 0.0;       ///< local time of hour 0, since Monday 00:00 [h]
  bool is_right = true;     ///< no mistake was found in these
};

struct TraitParams {
  std::uint32_t count = 10000;
  double tone_median = 0.15, tone_cv = 0.25;
  double tone_day_sd = 0.1;  ///< of the relative deviation of the tone from day to day
  double wanted_mean = 0.55, wanted_sd = 0.2;
  double wanted_drift = 0.4;    ///< share of that variance that comes and goes in each person
  double wanted_time = 1440.0;  ///< with this time constant [h]
  double wanted_trait_sd() const { return wanted_sd * std::sqrt(1.0 - wanted_drift); }
  double wanted_state_sd() const { return wanted_sd * std::sqrt(wanted_drift); }
  people::GenotypeParams genotype;
  bool do_bodies_differ = true;  ///< in what they do with drugs
};

struct RecordParams {
  double every = 24.0;  ///< [h]
  bool by_sequence = true;
  bool by_arm = false;
  bool by_tone = true;
  bool by_patients = false;              ///< patients with a substance use disorder, and others
  bool by_ring = false;                  ///< the treated, their partners, and partners of those
  bool by_close_ring = false;            ///< the same by ties of the two inner layers
  bool by_event = false;                 ///< those whom each event has reached so far
  std::vector<std::string> by_category;  ///< community, or columns of the people's table
  std::uint32_t largest = 20;            ///< of each category, so many values
  std::uint32_t people = 0;              ///< how many sampled people are written one by one
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
  people::Scales scales;
  std::optional<bonds::TieLifeParams> tie_life;  ///< where ties live
  pharmacology::ReceptorParams receptor;
  std::vector<std::shared_ptr<const people::Mechanism>> mechanisms;  ///< that this scenario switches on
  std::optional<patients::SubstanceUse> substance_use;               ///< where some people are patients
  std::shared_ptr<const pharmacology::Pharmacy> pharmacy = std::make_shared<const pharmacology::Pharmacy>();
  network::PersonColumns columns;  ///< the table about people, rows as in its file
  config::KnownNames column_names;
  std::optional<trials::Trial> trial;
  std::vector<trials::Trial> further_trials;  ///< in the same population; nobody is in two
  trials::Measures measures;
  std::vector<events::Event> events;
  RecordParams record;
  std::uint32_t replicates = 1;
  bool same_population = true;  ///< replicates draw their participants from one population
  std::uint64_t seed = 1;
  std::vector<config::TakenEstimates> fitted;  ///< the files of `fitted:`
  std::optional<Expectation> expected;         ///< of a published experiment
};

/// Reads a whole scenario; mistakes are noted in the section's document.
Scenario read_scenario(config::Section root);

/// What was fitted of it, and to what, in words: what ships of its theory, and what the files of `fitted:` have.
std::string fitted_text(const Scenario& scenario);

/// A seed as a number, or any other text, which stands for a number.
std::uint64_t seed_from_text(const std::string& text);

}  // namespace kith

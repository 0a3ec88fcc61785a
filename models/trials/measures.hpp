#pragma once

#include <string>
#include <vector>

#include "config/section.hpp"

/// What a study asks its participants (2.8 of the model description).
namespace kith::trials {

/// What a diary asks about.
enum class Feeling { connection, positive_affect, negative_affect, loneliness, distress };

/// How a value becomes a rating: low + (high − low) · (offset + gain · value + person + occasion), clipped to low … high.
struct Scale {
  double low = 1.0, high = 7.0;
  double offset = 0.0, gain = 1.0;
  double person_sd = 0.0;    ///< lasting difference between people, as a share of the scale
  double occasion_sd = 0.0;  ///< difference between occasions of one person, as a share of the scale
};

/// Asked every day of every period at a time of day: the mean of a feeling since waking.
struct Diary {
  Feeling feeling = Feeling::connection;
  double at = 21.0;  ///< local time [h]
  Scale scale;
};

enum class Task {
  loving_messages,  ///< mean social reward of messages from the closest ties, or from strangers
  occupancy,        ///< share of μ-receptors that the antagonist holds [%], as PET would see it
};

/// A laboratory task on one day of every period: evaluated on a copy of the person's state, changing nothing.
struct Probe {
  Task task = Task::loving_messages;
  std::int64_t day = 1;  ///< of the period, from 1
  double at = 14.0;      ///< local time [h]
  bool strangers = false;
  std::uint32_t messages = 6;
  Scale scale;
};

struct Measures {
  std::vector<Diary> diaries;
  std::vector<Probe> probes;
};

/// "connection diary"; "loving messages"; "occupancy day 4 14:00".
std::string name(const Diary& diary);
std::string name(const Probe& probe);
/// The name of a feeling in files: "positive_affect".
std::string_view name(Feeling feeling);

/// Names of all measures, diaries first, then probes; where two would be called alike, their times tell them apart.
std::vector<std::string> names(const Measures& measures);

/// Reads `measures:`; `period_days`: days of a period of the trial; `starts_at`: local time of day at which the run
/// starts [h].
Measures read_measures(config::Section& scenario, std::int64_t period_days, double starts_at = 0.0);

}  // namespace kith::trials

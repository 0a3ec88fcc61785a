#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "core/ids.hpp"
#include "core/random.hpp"
#include "models/trials/measures/probes.hpp"
#include "models/trials/measures/scale.hpp"

/// What a study asks its participants (ODD 7.7).
namespace kith::trials {

/// What a diary asks about.
enum class Feeling { connection, positive_affect, negative_affect, loneliness, distress, craving };

/// Asked every day of every period at a time of day: the mean of a feeling since waking.
struct Diary {
  Feeling feeling = Feeling::connection;
  double at = 21.0;  ///< local time [h]
  Scale scale;
  double compliance = 1.0;     ///< mean over people of the share of entries that a person makes
  double compliance_sd = 0.0;  ///< of that share between people
};

/// Whether a person makes the entry of an occasion: each with the person's own probability, which is beta between people.
bool answers(const Diary& diary, PersonId person, std::uint32_t measure, std::int64_t occasion, WorldKey world);

struct Measures {
  std::vector<Diary> diaries;
  std::vector<Probe> probes;
};

/// "connection diary".
std::string name(const Diary& diary);
/// The name of a feeling in files: "positive_affect".
std::string_view name(Feeling feeling);

/// Names of all measures, diaries first, then probes; where two would be called alike, their times tell them apart.
std::vector<std::string> names(const Measures& measures);

/// What measures of drugs can ask about.
struct DrugsKnown {
  std::vector<std::string> names;                 ///< of all that there are
  std::optional<std::vector<std::string>> taken;  ///< by participants, of those that act; none: not known
};

/// Reads `measures:`; `period_days`: days of a period of the trial; `starts_at`: local time of day at which the run
/// starts [h].
Measures read_measures(config::Section& scenario, std::int64_t period_days, double starts_at = 0.0,
                       const DrugsKnown& drugs = {});

}  // namespace kith::trials

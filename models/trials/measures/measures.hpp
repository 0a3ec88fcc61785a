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

/// Asked every day of every period at a time of day, and of the run-in and the follow-up: the mean of a feeling since waking.
struct Diary {
  Feeling feeling = Feeling::connection;
  double at = 21.0;  ///< local time [h]
  Scale scale;
  double compliance = 1.0;        ///< mean over people of the share of entries that a person makes
  double compliance_sd = 0.0;     ///< of that share between people
  std::optional<double> since{};  ///< local time from which on feelings count; empty: waking [h]
  std::optional<std::pair<std::int64_t, std::int64_t>> days{};  ///< of each period, from 1, first and last; empty: all
  Keys keys{};

  /// Whether it is asked on a day of a period, from 0.
  bool is_asked_on(std::int64_t day) const { return !days || (day + 1 >= days->first && day + 1 <= days->second); }
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

/// Names of all measures, diaries first, then probes; where two would be called alike, their times tell them apart, and where
/// those are the same, what else differs: "separation, alone 4 h".
std::vector<std::string> names(const Measures& measures);

/// What measures of drugs can ask about.
struct DrugsKnown {
  std::vector<std::string> names;                 ///< of all that there are
  std::optional<std::vector<std::string>> taken;  ///< by participants, of those that act; none: not known
};

/// When participants can be asked.
struct Calendar {
  std::int64_t period_days = 0, run_in_days = 0, follow_up_days = 0;  ///< of the trial
  double starts_at = 0.0;                                             ///< local time of day at which the run starts [h]
  double waking = 7.0;                                                ///< local time [h]
  double tick_hours = 1.0;
};

/// Reads `measures:`.
Measures read_measures(config::Section& scenario, const Calendar& calendar, const DrugsKnown& drugs = {});

}  // namespace kith::trials

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/section.hpp"
#include "models/trials/measures/scale.hpp"

/// Laboratory tasks and questionnaires: functions of a copy of one person's state, so that they change nothing.
namespace kith::trials {

struct Subject;  // subject.hpp

/// Parts of a trial in time.
enum class Phase : std::int8_t { run_in, treatment, follow_up };

/// Keys of a measure and their values, as YAML.
using Keys = std::vector<std::pair<std::string, std::string>>;

/// A task on one day of every period, or of the run-in or the follow-up.
struct Probe {
  std::string label;             ///< "loving messages"
  std::int64_t day = 1;          ///< of the period, from 1
  double at = 14.0;              ///< local time [h]
  std::optional<Scale> scale{};  ///< none: the value itself is measured, and is no outcome
  std::optional<Cutoff> cutoff{};
  std::string_view unit = "%";  ///< of a value without a scale
  bool asks_plasma = false;     ///< whether `value` reads the concentration of `drug`
  std::string drug{};           ///< "": the only one that participants get
  bool asks_isolation = false;  ///< whether `value` reads the subject's isolation score
  std::function<double(const Subject&)> value{};
  Phase phase = Phase::treatment;
  Keys keys{};
};

/// "day 4 14:00", "follow-up day 7 14:00".
std::string print_occasion(const Probe& probe);
/// What stands before the day there: "", "run-in ", "follow-up ".
std::string_view prefix(Phase phase);

/// A kind of probe. Adding one means adding an entry to the list in probes.cpp.
struct Task {
  std::string_view name;
  std::string_view doc;
  /// Reads the keys of its own; sets label, scale, cut-off and value of the probe, whose day and time are set.
  void (*read)(config::Section& section, Probe& probe);
};
const std::vector<Task>& all_tasks();

}  // namespace kith::trials

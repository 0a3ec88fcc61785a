#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "models/pharmacology/drug.hpp"
#include "models/trials/design/arm.hpp"
#include "models/trials/design/recruitment.hpp"
#include "models/trials/design/sequences.hpp"

/// Trials as a scenario writes them.
namespace kith::trials {

enum class Design { crossover, latin_square, parallel, factorial, cluster, stepped_wedge, single_case };
std::string_view name(Design design);

struct Trial {
  std::string name;  ///< tells several trials in one population apart; "" for one
  Design design = Design::crossover;
  std::string blinding = "double";
  Recruitment recruitment;
  Allocation allocation;
  std::optional<Clusters> clusters;
  std::vector<Arm> arms;
  std::size_t reference = 0;  ///< the arm against which the others are compared; arms.size(): the untreated twins
  std::vector<Sequence> sequences;
  std::vector<double> washouts = {240.0};  ///< between two periods [h]: one for all, or one for each
  double period_length = 0.0;              ///< [h]; 0: as long as the longest arm
  double run_in = 0.0, follow_up = 0.0;    ///< before the first period and after the last [h]
  double adherence = 1.0;                  ///< mean probability that a dose is taken
  double adherence_sd = 0.0;               ///< between people
  bool twin = true;                        ///< also run every virtual study without any drug

  std::uint32_t participants() const;
  std::size_t periods() const { return sequences.empty() ? 0 : sequences.front().arms.size(); }
  /// Days that a period of treatment lasts: `period`, else the longest of the arms.
  std::int64_t period_days() const;
  /// Days of the wash-out after a period.
  std::int64_t washout_days(std::size_t period) const;
  std::int64_t run_in_days() const;
  std::int64_t follow_up_days() const;
  /// Day (0 the first of the run) on which a period starts; the number of periods: on which the follow-up does.
  std::int64_t first_day(std::size_t period) const;
  /// Days from the start of the run to the end of the follow-up.
  std::int64_t days() const;
  /// Whether there is one arm, which is compared with the untreated twins.
  bool is_single_arm() const { return reference == arms.size(); }
  /// What the other arms are compared with, as people read it.
  std::string reference_name() const { return is_single_arm() ? "the untreated twins" : arms[reference].name; }
  /// Sets the counts of the sequences from a number of participants and the ratio.
  void share_out(std::uint32_t count);
};

/// What a trial can refer to.
struct Setting {
  const pharmacology::Pharmacy& pharmacy;
  std::optional<double> duration = {};  ///< of the run [h]; empty: the scenario has a mistake there
  double starts_at = 0.0;               ///< local time of day at which the run starts [h]
  config::KnownNames columns = {};      ///< names of the columns of the people's table
};

/// Reads `trial:`.
Trial read_trial(config::Section& section, const Setting& setting);

}  // namespace kith::trials

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

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
  std::size_t reference = 0;  ///< the arm against which the others are compared
  std::vector<Sequence> sequences;
  double washout = 240.0;      ///< [h]
  double period_length = 0.0;  ///< [h]; 0: as long as the longest arm
  double adherence = 1.0;      ///< mean probability that a dose is taken
  double adherence_sd = 0.0;   ///< between people
  bool twin = true;            ///< also run every virtual study without any drug

  std::uint32_t participants() const;
  std::size_t periods() const { return sequences.empty() ? 0 : sequences.front().arms.size(); }
  /// Days that a period of treatment lasts: `period`, else the longest of the arms.
  std::int64_t period_days() const;
  std::int64_t washout_days() const;
  /// Day (0 the first of the run) on which a period starts.
  std::int64_t first_day(std::size_t period) const {
    return static_cast<std::int64_t>(period) * (period_days() + washout_days());
  }
  /// Sets the counts of the sequences from a number of participants and the ratio.
  void share_out(std::uint32_t count);
};

/// What a trial can refer to.
struct Setting {
  const pharmacology::Pharmacy& pharmacy;
  double duration = 0.0;                  ///< of the run [h]
  double starts_at = 0.0;                 ///< local time of day at which the run starts [h]
  std::vector<std::string> columns = {};  ///< names of the columns of the people's table
};

/// Reads `trial:`.
Trial read_trial(config::Section& section, const Setting& setting);

}  // namespace kith::trials

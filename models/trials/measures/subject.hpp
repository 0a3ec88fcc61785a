#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "models/people/feelings.hpp"
#include "models/people/meeting.hpp"
#include "models/people/people.hpp"
#include "models/pharmacology/receptor.hpp"
#include "models/theories/theory.hpp"

/// What a probe sees.
namespace kith::trials {

/// One tie of the person, as the person sees it.
struct Friend {
  float closeness = 0.0F;
  float warmth = 1.0F;  ///< that the other offers
  bool is_kin = false;
};

/// A copy of one person, and what the person's feelings follow.
struct Subject {
  people::People self;          ///< of one person, whose row is 0
  std::vector<Friend> friends;  ///< closest first
  /// μ-signal at a given endogenous ligand, with the receptors and drugs as they are now.
  std::function<float(float ligand)> signal;
  const people::FeelingParams* feelings = nullptr;
  people::Opioids opioids;
  const people::MeetingParams* meeting = nullptr;
  const pharmacology::ReceptorParams* receptor = nullptr;
  const theories::Theory* theory = nullptr;
  std::function<double(std::string_view drug)> plasma = {};  ///< concentration of its parent now [ng/mL]
  double occupancy = 0.0;                                    ///< μ-receptors that antagonists hold [%]
  float lonely_above = 1.0F;                                 ///< loneliness above which people count as lonely
  std::optional<unsigned> isolation_score{};                 ///< 0 … 30, like LSNS-6, from the ties

  float ligand() const { return self.ligand(0); }
};

}  // namespace kith::trials

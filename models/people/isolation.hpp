#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "network/ties.hpp"

/// Isolation that can be read off a person's ties (ODD 7.6).
namespace kith::people {

inline constexpr std::size_t layer_count = 4;

/// Dunbar layer of a tie, 0 the closest: by the middle between the layers' mean closeness.
std::size_t layer_of(float closeness);

/// Layers of ties that count as close: the support clique and the sympathy group.
inline constexpr std::size_t close_layers = 2;
inline bool is_close(float closeness) { return layer_of(closeness) < close_layers; }

/// Scores below this count as isolated (Lubben 2006).
inline constexpr unsigned isolated_below = 12;

struct Isolation {
  std::vector<std::array<std::uint16_t, layer_count>> ties_per_layer;  ///< [people]
  std::vector<std::uint8_t> score;                                     ///< [people] 0 … 30, like LSNS-6
};

/// Points above 3 of the three-item loneliness scale, 3 … 9, at the loneliness `lonely_above` that 24 % of the untreated
/// population exceed; rounded these are 6 points, where people count as lonely (Hughes 2004).
inline constexpr float ucla3_points_to_lonely = 2.5F;
inline float ucla3_points(float loneliness, float lonely_above) {
  if (!(lonely_above > 0.0F)) return 3.0F;
  return std::min(9.0F, 3.0F + ucla3_points_to_lonely * loneliness / lonely_above);
}

/// Closeness from which people talk about private matters: fitted, so that 15 % of an untreated population are isolated (11-20 %
/// in surveys with the LSNS-6); no treatment moves it.
inline constexpr float private_matters_from = 0.725F;

/// Counts ties and scores them as LSNS-6 does: three questions on kin and three on others, "how many do you meet at least once
/// a month", "… can you talk to about private matters", "… can you call on for help", each 0, 1, 2, 3–4, 5–8, 9+ → 0 … 5 points.
/// Meeting once a month follows from the tie's rate, private matters from its closeness, help from layer 1.
/// `rates` [slots of the ties]: contacts per waking hour; `waking_hours` a day.
Isolation isolation(const network::Ties& ties, const std::vector<float>& rates, double waking_hours);

/// Ties of a person in the two inner layers.
std::uint32_t close_ties(const network::Ties& ties, PersonId person);

}  // namespace kith::people

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "network/closeness.hpp"
#include "network/ties.hpp"

/// Isolation that can be read off a person's ties (ODD 7.6).
namespace kith::people {

using network::layer_of;
inline constexpr std::size_t layer_count = network::layer_closeness.size();

/// Layers of ties that count as close: the support clique and the sympathy group.
inline constexpr std::size_t close_layers = 2;
inline bool is_close(float closeness) { return layer_of(closeness) < close_layers; }

/// Scores below this count as isolated (Lubben 2006).
inline constexpr unsigned isolated_below = 12;

struct Isolation {
  std::vector<std::array<std::uint16_t, layer_count>> ties_per_layer;  ///< [people]
  std::vector<std::uint8_t> score;                                     ///< [people] 0 … 30, like LSNS-6
};

/// Counts ties and scores them as LSNS-6 does: three questions on kin and three on others, "how many do you meet at least once
/// a month", "… can you talk to about private matters", "… can you call on for help", each 0, 1, 2, 3–4, 5–8, 9+ → 0 … 5 points.
/// Seeing or hearing from once a month follows from the tie's rate, private matters from a closeness of at least
/// `private_matters_from`, help from layer 1. `rates` [slots of the ties]: contacts of both kinds per waking hour; `waking_hours` a day.
Isolation isolation(const network::Ties& ties, const std::vector<float>& rates, double waking_hours,
                    float private_matters_from);

/// Sum of the closeness of each person's close ties [people], to a 2⁻¹⁶.
std::vector<float> strength_of_close_ties(const network::Ties& ties);

/// Ties of a person in the two inner layers.
std::uint32_t close_ties(const network::Ties& ties, PersonId person);

}  // namespace kith::people

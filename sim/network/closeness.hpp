#pragma once

#include <cstddef>

#include "network/generate.hpp"

/// How a place in a layer becomes a closeness.
namespace kith::network {

/// Closeness of a tie in a layer (0 … 3) at `place` in (0, 1), 0 = the closest of the layer. It falls in a straight
/// line within half_width around a centre slightly below layer_closeness, so that layers do not overlap and the mean of
/// exp(−6.3 (1 − w)) over uniform places is exactly that of layer_closeness.
float closeness_in_layer(std::size_t layer, double place);

/// Layer (0 … 3) in whose range a closeness falls; the borders lie halfway between the layers' ranges.
std::size_t layer_of(float closeness);

/// Ties of the three inner layers are friendships, the others acquaintances (a generator may know of kin).
TieKind kind_in_layer(std::size_t layer);

}  // namespace kith::network

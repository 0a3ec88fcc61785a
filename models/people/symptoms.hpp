#pragma once

#include "config/section.hpp"

namespace kith::people {

/// What a drug at the κ-receptor does to how a person feels, whatever it does to connection: the route by which drug effects
/// on connection could be nothing but side effects. Off by default.
struct SymptomParams {
  float strength = 0.0F;    ///< 0 off, 1 as published
  float mood = 0.0F;        ///< fall of positive and rise of negative affect under full κ-occupancy
  float connection = 0.0F;  ///< fall of felt connection with each unit of lower mood
};

SymptomParams read_symptoms(config::Section section);

}  // namespace kith::people

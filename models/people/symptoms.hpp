#pragma once

#include <memory>
#include <string_view>

#include "config/section.hpp"
#include "models/people/mechanism.hpp"

namespace kith::people {

/// What a drug at the κ-receptor does to how a person feels, whatever it does to connection: the route by which drug effects
/// on connection could be nothing but side effects. Off by default.
struct SymptomParams {
  float strength = 0.0F;    ///< 0 off, 1 as published
  float mood = 0.0F;        ///< fall of positive and rise of negative affect under full κ-occupancy
  float connection = 0.0F;  ///< fall of felt connection with each unit of lower mood
};

/// Reads `symptoms:`.
SymptomParams read_symptoms(config::Section& root);

/// The mechanism: who takes drugs feels worse by κ-occupancy.
class Symptoms final : public Mechanism {
 public:
  explicit Symptoms(const SymptomParams& params) : params_(params) {}
  std::string_view name() const override { return "symptoms"; }
  std::unique_ptr<Mechanism> clone() const override { return std::make_unique<Symptoms>(*this); }
  void feel(const Scene& scene, const Relaxation& step, std::size_t begin, std::size_t end) override;

 private:
  SymptomParams params_;
};

}  // namespace kith::people

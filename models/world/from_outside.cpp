#include <array>

#include "core/distributions.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "models/world/model.hpp"

/// What reaches people from outside their network: stressors, and what events do.
namespace kith {

using people::Feelings;

const patients::Patients& Model::patients() const {
  static const patients::Patients nobody;
  const auto* const patients = mechanisms_.find<patients::Patients>();
  return patients == nullptr ? nobody : *patients;
}

void Model::admit(const std::vector<bool>& eligible) {
  if (auto* const patients = mechanisms_.find<patients::Patients>()) patients->admit(scene(), eligible);
}

void Model::set_lonely_above(float loneliness) {
  if (auto* const patients = mechanisms_.find<patients::Patients>()) patients->set_lonely_above(loneliness);
}

void Model::stress(Tick tick, double awake_hours) {
  const auto& feelings = scenario_->feelings;
  if (feelings.stressors <= 0.0F || awake_hours <= 0.0) return;
  // All stressors of a day fall on its waking hours; two in one tick count as one.
  const double per_waking_hour =
      static_cast<double>(feelings.stressors) * 24.0 / (24.0 - scenario_->meeting.night.length());
  const double probability = 1.0 - portable_exp(-per_waking_hour * awake_hours);
  const Draws draws(world_, "stressors");
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    std::array<std::uint32_t, block_size> words;
    draws.first_words(static_cast<PersonId>(begin), tick, {words.data(), end - begin});
    for (std::size_t p = begin; p < end; ++p) {
      if (to_unit(words[p - begin]) >= probability) continue;
      distress(static_cast<PersonId>(p), feelings.distress_of_stressor);
    }
  });
}

void Model::distress(PersonId person, float amount) {
  const Feelings f{0.0F, people_.distress[person], 0.0F, 0.0F, 0.0F, 0.0F};
  people_.distress[person] = after_stress(opioids_, f, amount, people_.signal[person]).distress;
}

float Model::good_contact(PersonId person, float quality, double hours) {
  Feelings f = feelings_of(person);
  const float reward = feel_good(person, treatment(person), f, quality);
  set_feelings(person, f);
  people_.last_contact[person] = static_cast<float>(hours);
  ++people_.contacts[person];
  return reward;
}

}  // namespace kith

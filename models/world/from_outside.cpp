#include <algorithm>
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

void Model::set_scales(const people::Scales& scales) {
  if (living() && scales.private_matters_from != living()->private_matters_from())
    living()->count_answers(scales.private_matters_from);
  scales_ = scales;
  if (auto* const patients = mechanisms_.find<patients::Patients>()) patients->set_lonely_above(scales.lonely_above);
}

void Model::draw_stressors(Tick tick) {
  stressors_.clear();
  const auto& feelings = scenario_->feelings;
  if (feelings.stressors <= 0.0F || waking_.hours <= 0.0) return;
  // All stressors of a day fall on its waking hours.
  const double per_waking_hour =
      static_cast<double>(feelings.stressors) * 24.0 / (24.0 - scenario_->meeting.night.length());
  const double mean = per_waking_hour * waking_.hours;
  const double none = portable_exp(-mean);
  const Draws draws(world_, "stressors");
  stressors_of_blocks_.resize((people_.count + block_size - 1) / block_size);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    std::vector<Stressor>& block = stressors_of_blocks_[begin / block_size];
    block.clear();
    std::array<std::uint32_t, block_size> words;
    draws.first_words(static_cast<PersonId>(begin), tick, {words.data(), end - begin});
    for (auto p = static_cast<PersonId>(begin); p < end; ++p) {
      if (to_unit(words[p - begin]) < none) continue;
      Stream stream = draws.at(p, tick);
      const std::size_t first = block.size();
      for (std::uint32_t left = poisson(stream, mean); left > 0; --left) block.push_back({p, waking_.moment(stream())});
      std::sort(block.begin() + static_cast<std::ptrdiff_t>(first), block.end(),
                [](const Stressor& a, const Stressor& b) { return a.moment < b.moment; });
    }
  });
  for (const auto& block : stressors_of_blocks_) stressors_.insert(stressors_.end(), block.begin(), block.end());
}

void Model::distress(PersonId person, float amount) {
  people_.distress[person] = after_stress(opioids_, feelings_of(person), amount, people_.signal[person]).distress;
}

float Model::good_contact(PersonId person, const people::GoodContact& contact, double hours) {
  Feelings f = feelings_of(person);
  release(person, scenario_->receptor.release * contact.release * contact.quality);
  const float reward = feel_good(person, f, contact, signal_at(person, people_.ligand(person)));
  set_feelings(person, f);
  people_.last_contact[person] = static_cast<float>(hours);
  ++people_.contacts[person];
  return reward;
}

}  // namespace kith

#include <algorithm>

#include "core/distributions.hpp"
#include "core/parallel.hpp"
#include "models/world/model.hpp"

/// What people are given before the burn-in.
namespace kith {

void Model::draw_traits() {
  const TraitParams& traits = scenario_->traits;
  const Draws tone(world_, "opioid tone");
  const Draws wanted(world_, "wanted connection");
  const auto start = static_cast<float>(clock_.hours(first_tick_));
  receptors_.draw_genotypes(people_.count, world_);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    for (auto p = static_cast<PersonId>(begin); p < end; ++p) {
      Stream tone_stream = tone.at(p, 0);
      people_.tone[p] = static_cast<float>(lognormal(tone_stream, traits.tone_median, traits.tone_cv));
      Stream wanted_stream = wanted.at(p, 0);
      const double usual = traits.wanted_mean + traits.wanted_trait_sd() * normal(wanted_stream);
      const double now = usual + traits.wanted_state_sd() * normal(wanted_stream);
      people_.wanted_usual[p] = static_cast<float>(usual);
      people_.wanted_connection[p] = static_cast<float>(now);
      const float signal = signal_at(p, people_.tone[p]);
      people_.signal[p] = people_.signal_mean[p] = people_.set_point[p] = signal;
      people_.connection[p] = scenario_->feelings.connection_rest;
      people_.positive_affect[p] = scenario_->feelings.positive_rest;
      people_.negative_affect[p] = scenario_->feelings.negative_rest;
      people_.last_contact[p] = start;
    }
  });
  bonds_.follow(scenario_->feelings, people_.bond);
}

}  // namespace kith

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
  draw_genotypes();
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    for (auto p = static_cast<PersonId>(begin); p < end; ++p) {
      Stream tone_stream = tone.at(p, 0);
      people_.tone[p] = static_cast<float>(lognormal(tone_stream, traits.tone_median, traits.tone_cv));
      Stream wanted_stream = wanted.at(p, 0);
      people_.wanted_connection[p] =
          static_cast<float>(std::clamp(traits.wanted_mean + traits.wanted_sd * normal(wanted_stream), 0.05, 1.0));
      const float signal = signal_at(p, people_.tone[p]);
      people_.signal[p] = people_.signal_mean[p] = people_.set_point[p] = signal;
      people_.connection[p] = scenario_->feelings.connection_rest;
      people_.positive_affect[p] = scenario_->feelings.positive_rest;
      people_.negative_affect[p] = scenario_->feelings.negative_rest;
      people_.last_contact[p] = start;
    }
  });
}

void Model::draw_genotypes() {
  const auto& genotype = scenario_->traits.genotype;
  if (!genotype.is_on()) return;
  alleles_.resize(people_.count);
  const Draws draws(world_, "OPRM1 A118G");
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    for (auto p = static_cast<PersonId>(begin); p < end; ++p) {
      Stream stream = draws.at(p, 0);
      const auto carried = [&] { return uniform(stream) < genotype.allele_frequency ? 1 : 0; };
      const int first = carried();
      alleles_[p] = static_cast<std::uint8_t>(first + carried());
    }
  });
}

}  // namespace kith

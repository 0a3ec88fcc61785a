#include <algorithm>
#include <utility>

#include "core/parallel.hpp"
#include "models/world/model.hpp"

/// Drugs and genotypes at the receptors of a model's people: what only some of them have.
namespace kith {

void Model::treat(std::vector<pharmacology::Course> courses) { treated_.add(std::move(courses)); }

void Model::dose(Tick tick) {
  if (treated_.empty()) return;
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    for (pharmacology::Treated& treated : treated_.among(begin, end)) {
      treated.advance(clock_.hours(tick), clock_.tick_hours());
      people_.antagonist[treated.person()] = felt(treated).antagonist;
    }
  });
}

void Model::signal_of_treated(std::size_t begin, std::size_t end) {
  const pharmacology::ReceptorParams receptor = scenario_->receptor;
  for (const pharmacology::Treated& treated : treated_.among(begin, end)) {
    const PersonId person = treated.person();
    people_.signal[person] =
        pharmacology::mu_signal(receptor, ligand(person), felt(treated), treated.density() * genotype_factor(person));
  }
}

void Model::regulate(std::size_t begin, std::size_t end) {
  const pharmacology::ReceptorParams receptor = scenario_->receptor;
  for (pharmacology::Treated& treated : treated_.among(begin, end)) {
    const PersonId person = treated.person();
    treated.regulate(receptor, regulation_step_, ligand(person), felt(treated), people_.signal[person],
                     people_.set_point[person]);
  }
}

void Model::feel_symptoms(std::size_t begin, std::size_t end, const people::Relaxation& step) {
  const people::SymptomParams& symptoms = scenario_->symptoms;
  if (symptoms.strength <= 0.0F) return;
  people::People& s = people_;
  for (const pharmacology::Treated& treated : treated_.among(begin, end)) {
    const PersonId p = treated.person();
    const float low_mood = symptoms.strength * symptoms.mood * treated.kappa();
    s.negative_affect[p] = std::min(1.0F, s.negative_affect[p] + low_mood * step.affect);
    s.positive_affect[p] = std::max(0.0F, s.positive_affect[p] - low_mood * step.affect);
    s.connection[p] = std::max(0.0F, s.connection[p] - symptoms.connection * low_mood * step.connection);
  }
}

float Model::genotype_factor(PersonId person) const {
  if (alleles_.empty()) return 1.0F;
  const float each = scenario_->traits.genotype.reserve_factor;
  const std::uint8_t count = alleles_[person];
  return count == 0 ? 1.0F : count == 1 ? each : each * each;
}

void Model::signal_of_carriers(std::size_t begin, std::size_t end) {
  if (alleles_.empty()) return;
  for (auto p = static_cast<PersonId>(begin); p < end; ++p)
    people_.signal[p] = pharmacology::mu_signal(scenario_->receptor, ligand(p), {}, genotype_factor(p));
}

float Model::signal_at(PersonId person, const pharmacology::Treated* treated, float ligand) const {
  const float factor = genotype_factor(person);
  return treated == nullptr
             ? pharmacology::mu_signal(scenario_->receptor, ligand, {}, factor)
             : pharmacology::mu_signal(scenario_->receptor, ligand, felt(*treated), treated->density() * factor);
}

}  // namespace kith

#include <algorithm>
#include <unordered_map>

#include "core/parallel.hpp"
#include "models/kith.hpp"

/// Drugs and genotypes at the receptors of a model's people: what only some of them have.
namespace kith {

void Model::treat(std::vector<pharmacology::Course> courses) {
  std::unordered_map<PersonId, std::size_t> places;  // of those treated for the first time
  for (pharmacology::Course& course : courses) {
    const PersonId person = course.person();
    const auto known = find_treated(person);
    const bool is_known = known != treated_by_person_.end() && known->first == person;
    const auto [place, is_new] = places.try_emplace(person, is_known ? known->second : treated_.size());
    if (is_new && !is_known) treated_.emplace_back(person);
    treated_[place->second].add(std::move(course));
  }
  treated_by_person_.clear();
  for (std::size_t t = 0; t < treated_.size(); ++t)
    treated_by_person_.emplace_back(treated_[t].person(), static_cast<std::uint32_t>(t));
  std::sort(treated_by_person_.begin(), treated_by_person_.end());
}

void Model::give(PersonId person, std::size_t course, pharmacology::Dose dose) {
  treated_[find_treated(person)->second].courses()[course].add(dose);
}

Model::TreatedIndex::const_iterator Model::find_treated(std::size_t person) const {
  return std::lower_bound(treated_by_person_.begin(), treated_by_person_.end(), person,
                          [](const auto& entry, std::size_t wanted) { return entry.first < wanted; });
}

const pharmacology::Treated* Model::treatment(PersonId person) const {
  if (treated_.empty()) return nullptr;
  const auto found = find_treated(person);
  return found == treated_by_person_.end() || found->first != person ? nullptr : &treated_[found->second];
}

void Model::signal_of_treated(std::size_t begin, std::size_t end) {
  for (auto entry = find_treated(begin); entry != treated_by_person_.end() && entry->first < end; ++entry) {
    const pharmacology::Treated& treated = treated_[entry->second];
    people_.signal[entry->first] = pharmacology::mu_signal(scenario_->receptor, ligand(entry->first), felt(treated),
                                                           treated.density() * genotype_factor(entry->first));
  }
}

void Model::regulate(std::size_t begin, std::size_t end) {
  for (auto entry = find_treated(begin); entry != treated_by_person_.end() && entry->first < end; ++entry) {
    const PersonId person = entry->first;
    pharmacology::Treated& treated = treated_[entry->second];
    treated.regulate(scenario_->receptor, regulation_step_, ligand(person), felt(treated), people_.signal[person],
                     people_.set_point[person]);
  }
}

void Model::feel_symptoms(std::size_t begin, std::size_t end, const people::Relaxation& step) {
  const people::SymptomParams& symptoms = scenario_->symptoms;
  if (symptoms.strength <= 0.0F) return;
  people::People& s = people_;
  for (auto entry = find_treated(begin); entry != treated_by_person_.end() && entry->first < end; ++entry) {
    const PersonId p = entry->first;
    const float low_mood = symptoms.strength * symptoms.mood * treated_[entry->second].kappa();
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

float Model::signal_at(PersonId person, float ligand) const {
  const pharmacology::Treated* treated = treatment(person);
  const float factor = genotype_factor(person);
  return treated == nullptr
             ? pharmacology::mu_signal(scenario_->receptor, ligand, {}, factor)
             : pharmacology::mu_signal(scenario_->receptor, ligand, felt(*treated), treated->density() * factor);
}

}  // namespace kith

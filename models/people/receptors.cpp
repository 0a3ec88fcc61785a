#include "models/people/receptors.hpp"

#include <numbers>

#include "core/distributions.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "models/pharmacology/dosing.hpp"

namespace kith::people {

using pharmacology::Load;
using pharmacology::Treated;

Receptors::Receptors(const pharmacology::ReceptorParams& params, const GenotypeParams& genotype,
                     std::shared_ptr<const pharmacology::Pharmacy> pharmacy, double tick_hours)
    : params_(params),
      genotype_(genotype),
      pharmacy_(std::move(pharmacy)),
      tick_hours_(tick_hours),
      regulation_step_(
          static_cast<float>(1.0 - portable_exp(-tick_hours / static_cast<double>(params.regulation_time)))) {
  const double time = static_cast<double>(params.phasic_half_life) / std::numbers::ln2;
  for (std::size_t part = 0; part < phasic_.size(); ++part)
    phasic_[part] = Decay(tick_hours * static_cast<double>(part) / parts_of_tick, time);
}

void Receptors::draw_genotypes(std::uint32_t people, WorldKey world) {
  if (!genotype_.is_on()) return;
  alleles_.resize(people);
  const Draws draws(world, "OPRM1 A118G");
  for_each_block(people, [&](std::size_t begin, std::size_t end) {
    for (auto p = static_cast<PersonId>(begin); p < end; ++p) {
      Stream stream = draws.at(p, 0);
      const auto carried = [&] { return uniform(stream) < genotype_.allele_frequency ? 1 : 0; };
      const int first = carried();
      alleles_[p] = static_cast<std::uint8_t>(first + carried());
    }
  });
}

std::shared_ptr<const pharmacology::SteppedChain> Receptors::chain(const pharmacology::SharedDrug& drug,
                                                                   PersonId person) const {
  if (!drug) return nullptr;
  const pharmacology::BodyFactors factors = bodies_->factors(*drug, person);
  if (factors.is_typical()) return pharmacy_->chain(drug, tick_hours_);
  return std::make_shared<const pharmacology::SteppedChain>(*drug, tick_hours_, factors);
}

float Receptors::reserve_factor(PersonId person) const {
  if (alleles_.empty()) return 1.0F;
  const float each = genotype_.reserve_factor;
  const std::uint8_t count = alleles_[person];
  return count == 0 ? 1.0F : count == 1 ? each : each * each;
}

void Receptors::take_drugs(People& people, double hours) {
  if (treated_.empty()) return;
  for_each_block(people.count, [&](std::size_t begin, std::size_t end) {
    for (Treated& treated : treated_.among(begin, end)) {
      treated.advance(hours, tick_hours_);
      people.antagonist[treated.person()] = felt(treated).antagonist;
    }
  });
}

void Receptors::look_into(std::size_t begin, std::size_t end, BlockLoads& loads) const {
  for (std::size_t k = 0; k < end - begin; ++k) {
    loads.antagonist[k] = loads.agonist[k] = loads.drive[k] = 0.0F;
    loads.density[k] = 1.0F;
  }
  for (std::size_t p = begin; !alleles_.empty() && p < end; ++p)
    loads.density[p - begin] = reserve_factor(static_cast<PersonId>(p));
  for (const Treated& treated : treated_.among(begin, end)) {
    const std::size_t k = treated.person() - begin;
    const Load& load = felt(treated);
    loads.antagonist[k] = load.antagonist;
    loads.agonist[k] = load.agonist;
    loads.drive[k] = load.drive;
    loads.density[k] *= treated.density();
  }
}

void Receptors::regulate(const People& people, std::size_t begin, std::size_t end) {
  for (Treated& treated : treated_.among(begin, end)) {
    const PersonId person = treated.person();
    treated.regulate(params_, regulation_step_, people.ligand(person), felt(treated), people.signal[person],
                     people.set_point[person]);
  }
}

float Receptors::signal_at(PersonId person, const Treated* treatment, float ligand) const {
  return treatment == nullptr ? signal_under(person, ligand, {}, 1.0F)
                              : signal_under(person, ligand, felt(*treatment), treatment->density());
}

Load Receptors::load_in_use(const Treated* treatment, double hours, double later) const {
  if (treatment == nullptr) return {};
  return acts_on_use() ? treatment->load_at(hours, later) : treatment->load_of_own_use_at(hours, later);
}

Load Receptors::load_in_use(const Treated* treatment) const {
  if (treatment == nullptr) return {};
  return acts_on_use() ? treatment->load() : treatment->load_of_own_use();
}

float Receptors::signal_under(PersonId person, float ligand, const Load& load, float density) const {
  return pharmacology::mu_signal(params_, ligand, load, density * reserve_factor(person));
}

float Receptors::regulated(float density, float ligand, const Load& load, float signal, float set_point) const {
  const float rest = pharmacology::density_at_rest(params_, ligand, load, signal, set_point);
  return density + (rest - density) * regulation_step_;
}

void Receptors::visit(State& state) {
  state("alleles", alleles_);
  state("paths", paths_);
  treated_.visit(state,
                 [this](std::string_view drug, PersonId person) { return chain(pharmacy_->find(drug), person); });
}

}  // namespace kith::people

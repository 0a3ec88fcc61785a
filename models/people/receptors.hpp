#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/random.hpp"
#include "core/state.hpp"
#include "models/people/feelings.hpp"
#include "models/people/genotype.hpp"
#include "models/people/people.hpp"
#include "models/pharmacology/bodies.hpp"
#include "models/pharmacology/pharmacy.hpp"
#include "models/pharmacology/receptor.hpp"
#include "models/pharmacology/treated.hpp"

namespace kith::people {

/// What drugs given as treatment act on. A patient's own use always acts on both.
enum class DrugPaths : std::uint8_t {
  both,
  attachment,  ///< feelings and contacts; the reward of use is that without treatment
  use,         ///< the reward of use; feelings and contacts see the signal as without treatment
  none
};

/// What differs between the bodies of a block of people, by place in it.
struct BlockLoads {
  std::array<float, block_size> antagonist, agonist, drive, density;
};

/// The μ-receptors of everybody, and the drugs at them: the one owner of the μ-signal S. Who takes no drug has no record here.
class Receptors {
 public:
  Receptors(const pharmacology::ReceptorParams& params, const GenotypeParams& genotype,
            std::shared_ptr<const pharmacology::Pharmacy> pharmacy, double tick_hours);

  const pharmacology::ReceptorParams& params() const { return params_; }
  /// Gives each person their copies of the G allele, where it does anything.
  void draw_genotypes(std::uint32_t people, WorldKey world);
  /// Lets people differ in what their bodies do with drugs; until then everybody's is typical. Before anybody takes any.
  void set_bodies(std::shared_ptr<const pharmacology::Bodies> bodies) { bodies_ = std::move(bodies); }
  /// A drug's chain in a person's body; null for no drug.
  std::shared_ptr<const pharmacology::SteppedChain> chain(const pharmacology::SharedDrug& drug, PersonId person) const;
  /// From now on treatment acts on these paths.
  void act_on(DrugPaths paths) { paths_ = paths; }

  pharmacology::TreatedPeople& treated() { return treated_; }
  const pharmacology::TreatedPeople& treated() const { return treated_; }

  /// A tick of the drugs that people take, from `hours` on.
  void take_drugs(People& people, double hours);
  /// What drugs, receptor densities and genotypes do to the signal of the people [begin, end).
  void look_into(std::size_t begin, std::size_t end, BlockLoads& loads) const;
  /// S of the person at place k of a block, under so much ligand.
  float signal(const BlockLoads& loads, std::size_t k, float ligand) const {
    return pharmacology::mu_signal(params_, ligand, {loads.antagonist[k], loads.agonist[k], loads.drive[k]},
                                   loads.density[k]);
  }
  /// What a number of parts of a tick leaves of released ligand.
  const Decay& phasic(std::size_t parts) const { return phasic_[parts]; }
  /// A tick of the receptor density B of who takes drugs among the people [begin, end), given S and S*.
  void regulate(const People& people, std::size_t begin, std::size_t end);

  /// S of a person under so much ligand, with the drugs and receptors as they are.
  float signal_at(PersonId person, float ligand) const { return signal_at(person, treated_.find(person), ligand); }
  /// The same where the person's treatment, or null, is known.
  float signal_at(PersonId person, const pharmacology::Treated* treatment, float ligand) const;

  // The reward of use, which may see other paths than feelings do.
  bool sees_use_what_feelings_see() const { return acts_on_feelings() == acts_on_use(); }
  /// What drugs do there `later` hours after `hours`, and now.
  pharmacology::Load load_in_use(const pharmacology::Treated* treatment, double hours, double later) const;
  pharmacology::Load load_in_use(const pharmacology::Treated* treatment) const;
  /// S of a person under a load at receptors of this density.
  float signal_under(PersonId person, float ligand, const pharmacology::Load& load, float density) const;
  /// Such a density a tick later.
  float regulated(float density, float ligand, const pharmacology::Load& load, float signal, float set_point) const;

  void visit(State& state);

 private:
  const pharmacology::Load& felt(const pharmacology::Treated& treated) const {
    return acts_on_feelings() ? treated.load() : treated.load_of_own_use();
  }
  bool acts_on_feelings() const { return paths_ == DrugPaths::both || paths_ == DrugPaths::attachment; }
  bool acts_on_use() const { return paths_ == DrugPaths::both || paths_ == DrugPaths::use; }
  /// Factor of the person's OPRM1 genotype on the receptor reserve.
  float reserve_factor(PersonId person) const;

  pharmacology::ReceptorParams params_;
  GenotypeParams genotype_;
  std::shared_ptr<const pharmacology::Pharmacy> pharmacy_;
  std::shared_ptr<const pharmacology::Bodies> bodies_ = std::make_shared<const pharmacology::Bodies>();
  double tick_hours_;
  std::array<Decay, parts_of_tick + 1> phasic_;
  float regulation_step_;              // share of the way that receptors regulate in a tick
  std::vector<std::uint8_t> alleles_;  // [people] copies of the G allele; empty where genotypes do nothing
  pharmacology::TreatedPeople treated_;
  DrugPaths paths_ = DrugPaths::both;
};

}  // namespace kith::people

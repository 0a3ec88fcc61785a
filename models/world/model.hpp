#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "core/state.hpp"
#include "engine/clock.hpp"
#include "engine/contacts.hpp"
#include "engine/loop.hpp"
#include "models/bonds/bonds.hpp"
#include "models/patients/patients.hpp"
#include "models/people/mechanism.hpp"
#include "models/people/opportunity.hpp"
#include "models/people/people.hpp"
#include "models/people/receptors.hpp"
#include "models/scenario/scenario.hpp"
#include "network/ties.hpp"

namespace kith {

/// One world: people on a network, ticking. Copying a model gives a second world in the same state.
class Model {
 public:
  /// People with their traits, before the burn-in. `scenario` and `ties` outlive the model; where ties live, it has a copy of its
  /// own. `community` [people], or empty where none is known.
  Model(const Scenario& scenario, const network::Ties& ties, WorldKey world,
        std::span<const std::uint32_t> community = {});

  /// From the next tick on, draws follow from `world`.
  void continue_as(WorldKey world) { world_ = world; }
  /// Makes patients of some of those eligible [people]; an empty list stands for everybody. Once, before the burn-in.
  void admit(const std::vector<bool>& eligible);
  /// From now on treatment acts on these paths of patients; feelings are everybody's.
  void act_on(people::DrugPaths paths) { receptors_.act_on(paths); }
  /// Takes numbers in place of the shares that the scenario asks for.
  void set_scales(const people::Scales& scales);
  const people::Scales& scales() const { return scales_; }
  /// Gives people courses of drugs, besides those that they have. Where somebody has a course of the same drug from the same
  /// giver, the doses join it.
  void treat(std::vector<pharmacology::Course> courses) { receptors_.treated().add(std::move(courses)); }
  /// Lets people differ in what their bodies do with drugs. Before anybody takes any.
  void set_bodies(std::shared_ptr<const pharmacology::Bodies> bodies) { receptors_.set_bodies(std::move(bodies)); }
  /// A drug's chain in a person's body; null for no drug.
  std::shared_ptr<const pharmacology::SteppedChain> chain(const pharmacology::SharedDrug& drug, PersonId person) const {
    return receptors_.chain(drug, person);
  }
  void set_opportunity(people::OpportunityFactors factors) { opportunity_.set(std::move(factors)); }
  const people::OpportunityFactors& opportunity() const { return opportunity_.factors(); }
  /// A good contact at `hours` besides those that people have by themselves; returns its reward.
  float good_contact(PersonId person, const people::GoodContact& contact, double hours);
  /// A stressor that brings so much distress at a μ-signal of 1.
  void distress(PersonId person, float amount);
  /// Adds to the ligand that contacts have released.
  void release(PersonId person, float ligand) { people_.phasic[person] += ligand; }
  /// What a good contact at `hours` of two people with a reward of √(r_i r_j) does to their tie, where they have a living one.
  void bond(PersonId a, PersonId b, float reward, double hours) { bonds_.after_good(a, b, reward, day_of_run(hours)); }

  /// Runs the ticks [from, to), or until `after_tick` says no; gives whether `to` was reached. `replay` is the command that an error
  /// message offers.
  bool run(Tick from, Tick to, const std::string& replay, const AfterTick& after_tick = {});
  /// The steps of a tick, in order.
  std::vector<Phase> phases();

  const Scenario& scenario() const { return *scenario_; }
  const Clock& clock() const { return clock_; }
  const people::People& people() const { return people_; }
  const network::Ties& ties() const { return bonds_.ties(); }
  /// Nothing where ties are fixed.
  const std::optional<bonds::LivingNetwork>& living() const { return bonds_.living(); }
  std::optional<bonds::LivingNetwork>& living() { return bonds_.living(); }
  const pharmacology::TreatedPeople& treated() const { return receptors_.treated(); }
  /// Nobody where the scenario has none.
  const patients::Patients& patients() const;
  /// The treatment of one person, or null.
  const pharmacology::Treated* treatment(PersonId person) const { return treated().find(person); }
  /// Rates of contact of each tie, see bonds::Bonds::rates.
  std::vector<float> contact_rates() const { return bonds_.rates(); }
  /// Contacts of the last tick.
  const std::vector<Contact>& contacts() const { return contacts_; }
  /// A person's endogenous ligand now: tone of the day and what is left of releases.
  float ligand(PersonId person) const { return people_.ligand(person); }
  /// μ-signal of a person under so much ligand, with the drugs and receptors as they are.
  float signal_at(PersonId person, float ligand) const { return receptors_.signal_at(person, ligand); }
  /// What the theory says that the μ-signal does to feelings.
  const people::Opioids& opioids() const { return opioids_; }
  /// All state: what the world needs to go on from here.
  void visit(State& state);
  /// Digest of all state.
  std::uint64_t fingerprint() const;

 private:
  people::Scene scene() { return {people_, receptors_, scenario_->feelings, scenario_->meeting, clock_, world_}; }
  void draw_traits();

  // The phases of a tick, and their steps.
  void tend(Tick tick);
  void draw_day(std::int64_t day);
  void use(Tick tick);
  void dose(Tick tick) { receptors_.take_drugs(people_, clock_.hours(tick)); }
  void meet(Tick tick);
  void judge();
  void draw_stressors(Tick tick);
  void live(Tick tick);
  void wish(Tick tick);
  void flip();

  // How people live through a tick.
  struct Block;
  struct Lives;
  struct Spans;
  people::Relaxation relaxation_at(Tick tick);
  void live_alone(const people::Relaxation& step, std::size_t begin, std::size_t end, Block& block);
  void live_with_others(Tick tick, const people::Relaxation& step, std::size_t begin, std::size_t end, Block& block);
  void live_through(Lives& lives);
  void begin_spans(const Lives& lives, std::size_t count, Spans& spans) const;
  void live_until_next(Lives& lives, std::size_t count);
  void live_next(Lives& lives, std::size_t i);
  void live_encounter(const Lives& lives, std::size_t i, people::Feelings& f);

  people::Feelings feelings_of(PersonId person) const;
  void set_feelings(PersonId person, const people::Feelings& f);
  /// What a good contact does to a person's feelings, where the signal has risen to its peak; gives its reward.
  float feel_good(PersonId person, people::Feelings& f, const people::GoodContact& contact, float peak_signal);
  Readiness readiness() {
    return opportunity_.readiness(people_, scenario_->meeting.distant_share(), scenario_->meeting.approach_most);
  }
  std::int64_t day_of_run(double hours) const { return clock_.day(hours) - clock_.day(clock_.hours(first_tick_)); }
  void audit() const;

  const Scenario* scenario_;
  WorldKey world_;
  Clock clock_;
  Tick first_tick_;       // of the burn-in
  float company_needed_;  // see people::company_needed
  people::Opioids opioids_;
  people::Scales scales_;

  // The parts.
  people::People people_;
  people::Receptors receptors_;
  people::Opportunity opportunity_;
  bonds::Bonds bonds_;
  people::Mechanisms mechanisms_;

  // What the phases of one tick hand on.
  Waking waking_;
  struct Stressor {
    PersonId person;
    std::uint8_t moment;
  };
  std::vector<Stressor> stressors_;  // in the order of people, then of moments
  std::vector<std::vector<Stressor>> stressors_of_blocks_;
  std::vector<Contact> contacts_;
  Encounters encounters_;
  std::vector<bonds::Rewards> rewards_;                             // [contacts], where ties live
  std::vector<std::pair<double, people::Relaxation>> relaxations_;  // by waking hours of a tick, as they were needed
};

}  // namespace kith

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "engine/clock.hpp"
#include "engine/contacts.hpp"
#include "engine/loop.hpp"
#include "models/bonds/living_network.hpp"
#include "models/patients/patients.hpp"
#include "models/people/people.hpp"
#include "models/pharmacology/treated.hpp"
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
  void act_on(patients::DrugPaths paths) { drugs_act_on_ = paths; }
  /// Loneliness at which people count as lonely, which patients' points of loneliness are held against.
  void set_lonely_above(float loneliness) { patients_.lonely_above = loneliness; }
  /// Gives people courses of drugs, besides those that they have. Where somebody has a course of the same drug from the same
  /// giver, the doses join it.
  void treat(std::vector<pharmacology::Course> courses);
  /// Factors on how readily people meet [people], each 0 … 1; empty: 1 for all.
  void set_opportunity(std::vector<float> opportunity) { opportunity_ = std::move(opportunity); }
  std::span<const float> opportunity() const { return opportunity_; }
  /// A good contact with somebody outside the network at `hours`; returns its reward.
  float good_contact(PersonId person, float quality, double hours);
  /// A stressor that brings so much distress at a μ-signal of 1.
  void distress(PersonId person, float amount);
  /// Adds to the ligand that contacts have released.
  void release(PersonId person, float ligand) { people_.phasic[person] += ligand; }
  /// What a good contact at `hours` of two people with a reward of √(r_i r_j) does to their tie, where they have a living one.
  void bond(PersonId a, PersonId b, float reward, double hours);

  /// Runs the ticks [from, to). `replay` is the command that an error message offers.
  void run(Tick from, Tick to, const std::string& replay, const AfterTick& after_tick = {});
  /// The steps of a tick, in order.
  std::vector<Phase> phases();

  const Scenario& scenario() const { return *scenario_; }
  const Clock& clock() const { return clock_; }
  const people::People& people() const { return people_; }
  const network::Ties& ties() const { return living_ ? living_->ties() : *ties_; }
  /// Nothing where ties are fixed.
  const std::optional<bonds::LivingNetwork>& living() const { return living_; }
  std::optional<bonds::LivingNetwork>& living() { return living_; }
  const pharmacology::TreatedPeople& treated() const { return treated_; }
  const patients::Patients& patients() const { return patients_; }
  /// The treatment of one person, or null.
  const pharmacology::Treated* treatment(PersonId person) const { return treated_.find(person); }
  /// Contacts of the last tick.
  const std::vector<Contact>& contacts() const { return contacts_; }
  /// A person's endogenous ligand now: tone of the day and what is left of releases.
  float ligand(PersonId person) const;
  /// μ-signal of a person under so much ligand, with the drugs and receptors as they are.
  float signal_at(PersonId person, float ligand) const { return signal_at(person, treatment(person), ligand); }
  /// Digest of all state.
  std::uint64_t fingerprint() const;

 private:
  void draw_traits();
  void draw_genotypes();
  void tend(Tick tick);
  void draw_tone_of_day(std::int64_t day);
  void use(Tick tick);
  /// One use: dose or release, reward, relief, habit and cost. It touches nobody but the patient.
  void take(patients::Patient& patient, double hours);
  void sense_use(std::size_t begin, std::size_t end, const people::Relaxation& step);
  void withdraw_users(std::size_t begin, std::size_t end);
  /// A good contact of a patient: less craving.
  void meet_well(patients::Patient& patient, float quality) {
    ++patient.good_now;
    patient.craving -= scenario_->substance_use->params.company_relief * quality * patient.craving;
    people_.craving[patient.person] = patient.craving;
  }
  bool goes_well(PersonId a, PersonId b, float outcome) const;
  /// What drugs do where feelings and contacts see it.
  const pharmacology::Load& felt(const pharmacology::Treated& treated) const;
  /// What drugs do where the reward of use sees it, `later` hours after `hours`.
  pharmacology::Load load_in_use(const pharmacology::Treated* treated, double hours, double later) const;
  void dose(Tick tick);
  void body(Tick tick);
  people::Relaxation relaxation_at(Tick tick) const;
  void meet(Tick tick);
  void live(Tick tick);
  void stress(Tick tick, double awake_hours);
  void live_one(PersonId person, const pharmacology::Treated* treated, double hours);
  people::Feelings feelings_of(PersonId person) const;
  /// All but loneliness, which contacts do not move at once.
  void set_feelings(PersonId person, const people::Feelings& f);
  /// What a good contact does to a person's ligand, and to feelings that are kept apart; gives its reward.
  float feel_good(PersonId person, const pharmacology::Treated* treated, people::Feelings& f, float quality);
  /// `signal_at` where the person's treatment, or null, is known.
  float signal_at(PersonId person, const pharmacology::Treated* treated, float ligand) const;
  void signal_of_treated(std::size_t begin, std::size_t end);
  void regulate(std::size_t begin, std::size_t end);
  void feel_symptoms(std::size_t begin, std::size_t end, const people::Relaxation& step);
  /// Factor of the person's OPRM1 genotype on the receptor reserve.
  float genotype_factor(PersonId person) const;
  void signal_of_carriers(std::size_t begin, std::size_t end);
  void bond(std::int64_t day);
  std::int64_t day_of_run(double hours) const;
  std::span<const float> readiness();
  void flip();
  void audit() const;

  const Scenario* scenario_;
  const network::Ties* ties_;
  WorldKey world_;
  Clock clock_;
  Tick first_tick_;  // of the burn-in
  people::Relaxation relaxation_;
  float phasic_left_;  // share of released ligand left after a tick
  people::People people_;
  float regulation_step_;              // share of the way that receptors regulate in a tick
  std::vector<float> opportunity_;     // [people]; empty where it is 1 for all
  std::vector<float> readiness_;       // [people] approach · opportunity, where that is not 1 for all
  std::vector<std::uint8_t> alleles_;  // [people] copies of the G allele; empty where genotypes do nothing
  pharmacology::TreatedPeople treated_;
  patients::Patients patients_;
  patients::DrugPaths drugs_act_on_ = patients::DrugPaths::both;
  ContactSampler sampler_;
  std::vector<Contact> contacts_;
  Encounters encounters_;
  std::optional<bonds::LivingNetwork> living_;
  std::vector<std::array<float, 2>> rewards_;  // [contacts] of the owner and of the other, where ties live
};

}  // namespace kith

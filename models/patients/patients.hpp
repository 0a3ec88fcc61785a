#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/fingerprint.hpp"
#include "core/random.hpp"
#include "models/conditions/condition.hpp"
#include "models/patients/substance_use.hpp"
#include "models/pharmacology/dosing.hpp"
#include "models/pharmacology/pharmacy.hpp"
#include "models/pharmacology/receptor.hpp"

namespace kith::patients {

enum class Substance { opioid, alcohol };

/// What drugs given as treatment act on. A patient's own use always acts on both.
enum class DrugPaths {
  both,
  attachment,  ///< feelings and contacts; the reward of use is that without treatment
  use,         ///< the reward of use; feelings and contacts see the signal as without treatment
  none
};
constexpr bool acts_on_feelings(DrugPaths paths) { return paths == DrugPaths::both || paths == DrugPaths::attachment; }
constexpr bool acts_on_use(DrugPaths paths) { return paths == DrugPaths::both || paths == DrugPaths::use; }

/// `substance_use:` of a scenario.
struct SubstanceUse {
  SubstanceUseParams params;
  Substance substance = Substance::opioid;
  pharmacology::SharedDrug drug;             ///< what one use of an opioid is; null for alcohol
  double dose = 10.0;                        ///< of one use [mg]
  float release = 0.3F;                      ///< endogenous ligand that one use of alcohol releases
  double share = 0.02;                       ///< of those eligible
  std::vector<conditions::Condition> where;  ///< who can be a patient
  double detoxification = 0.0;               ///< time without use before the measured time [h]
  DrugPaths drugs_act_on = DrugPaths::both;
  bool split_paths = false;  ///< also run the worlds in which drugs act on one path only
};

/// One person with a substance use disorder; state that only patients have.
struct Patient {
  PersonId person = 0;
  float own_odds = 0.0F;  ///< the patient's part of ln odds
  float craving = 0.0F;
  float habit = 0.0F;
  float cost = 0.0F;  ///< 1 right after use, what contacts suffer
  // What use sees: S, S* and the receptor density; other than the person's where treatment acts on one path only.
  float signal = 1.0F, set_point = 1.0F, density = 1.0F;
  float connection_recent = 0.0F;             ///< felt connection, mean of the last four weeks
  float good_a_day = 0.0F, bad_a_day = 0.0F;  ///< contacts, means of the last four weeks
  std::uint32_t good_now = 0, bad_now = 0;    ///< contacts since the last tick
  UseDiary diary = {};
};

/// All patients of a world, in the order of persons.
class Patients {
 public:
  Patients() = default;
  /// Draws the patients among those eligible [people]; where `eligible` is empty, everybody is.
  Patients(const SubstanceUse& use, const pharmacology::ReceptorParams& receptor,
           const pharmacology::Pharmacy& pharmacy, std::uint32_t people, const std::vector<bool>& eligible,
           double tick_hours, WorldKey world);

  bool empty() const { return list_.empty(); }
  std::span<const Patient> all() const { return list_; }
  std::span<Patient> all() { return list_; }
  /// Patients among the people [begin, end).
  std::span<Patient> among(std::size_t begin, std::size_t end);
  /// Null for who is no patient.
  const Patient* find(PersonId person) const { return place(person) < 0 ? nullptr : &list_[index_of(person)]; }
  Patient* find(PersonId person) { return place(person) < 0 ? nullptr : &list_[index_of(person)]; }

  /// Rise of the mu-signal by one use in a resting median person without other drugs.
  float usual_rise() const { return usual_rise_; }
  /// Time from a use to the peak of what it does [h]; 0 for alcohol, which releases at once.
  double peak_after() const { return peak_after_; }
  /// The chain of what is used; null for alcohol.
  const std::shared_ptr<const pharmacology::SteppedChain>& chain() const { return chain_; }
  /// Loneliness at which people count as lonely; follows the population in the burn-in.
  float lonely_above = 0.0F;

  void add_to(Fingerprint& fingerprint) const;

 private:
  std::int32_t place(PersonId person) const { return place_.empty() ? -1 : place_[person]; }
  std::size_t index_of(PersonId person) const { return static_cast<std::size_t>(place_[person]); }

  std::vector<Patient> list_;
  std::vector<std::int32_t> place_;  // [people] or empty; −1 for who is no patient
  std::shared_ptr<const pharmacology::SteppedChain> chain_;
  float usual_rise_ = 1.0F;
  double peak_after_ = 0.0;
};

/// Factor on the share of contacts that go well, from the costs of both ends; exactly 1 for people who are no patients.
float kept_goodness(const SubstanceUseParams& params, const Patients& patients, PersonId a, PersonId b);

/// The quantile of loneliness that 24 % of people exceed.
float lonely_threshold(std::vector<float> loneliness);

}  // namespace kith::patients

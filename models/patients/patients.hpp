#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "core/state.hpp"
#include "models/conditions/condition.hpp"
#include "models/patients/substance_use.hpp"
#include "models/people/mechanism.hpp"
#include "models/people/scales.hpp"
#include "models/pharmacology/dosing.hpp"
#include "models/pharmacology/pharmacy.hpp"
#include "models/pharmacology/receptor.hpp"

namespace kith::patients {

enum class Substance { opioid, alcohol };

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
  people::DrugPaths drugs_act_on = people::DrugPaths::both;
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

  void visit(State& state);
};

/// The mechanism: all patients of a world, in the order of persons. They crave and use (phase `use`), sense what the reward of use
/// sees, withdraw after use, spoil contacts and are relieved by good ones.
class Patients final : public people::Mechanism {
 public:
  Patients() = default;
  /// Nobody yet.
  Patients(const SubstanceUse& use, const pharmacology::ReceptorParams& receptor,
           const pharmacology::Pharmacy& pharmacy, const people::Scales& scales);
  /// Draws the patients among those eligible [people]; where `eligible` is empty, everybody is. Once, before the burn-in.
  void admit(const people::Scene& scene, const std::vector<bool>& eligible);

  std::string_view name() const override { return "substance_use"; }
  std::unique_ptr<Mechanism> clone() const override { return std::make_unique<Patients>(*this); }
  void visit(State& state) override;
  void use(const people::Scene& scene, Tick tick) override;
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin, std::size_t end) override;
  void approach(const people::Scene& scene, std::size_t begin, std::size_t end) override;
  float kept_goodness(PersonId a, PersonId b) const override;
  void after_good(const people::Scene& scene, PersonId person, float quality) override;
  void after_bad(const people::Scene& scene, PersonId person) override;

  bool empty() const { return list_.empty(); }
  std::span<const Patient> all() const { return list_; }
  /// Null for who is no patient.
  const Patient* find(PersonId person) const { return place(person) < 0 ? nullptr : &list_[index_of(person)]; }

  /// Loneliness at which people count as lonely, which points of loneliness are held against; where the scenario asks for a
  /// share, it follows the population in the burn-in.
  float lonely_above() const { return lonely_above_; }
  void set_lonely_above(float loneliness) { lonely_above_ = loneliness; }

 private:
  /// One use: dose or release, reward, relief, habit and cost. It touches nobody but the patient.
  void take(const people::Scene& scene, Patient& patient, double hours) const;
  std::span<Patient> among(std::size_t begin, std::size_t end);
  Patient* find(PersonId person) { return place(person) < 0 ? nullptr : &list_[index_of(person)]; }
  std::int32_t place(PersonId person) const { return place_.empty() ? -1 : place_[person]; }
  std::size_t index_of(PersonId person) const { return static_cast<std::size_t>(place_[person]); }
  void note_places();

  std::shared_ptr<const SubstanceUse> use_;
  std::vector<Patient> list_;
  std::vector<std::int32_t> place_;  // [people] or empty; −1 for who is no patient
  float usual_rise_ = 1.0F;          // of the μ-signal by one use in a resting median person without other drugs
  double peak_after_ = 0.0;  // time from a use to the peak of what it does [h]; 0 for alcohol, which releases at once
  float lonely_above_ = 0.0F;
  std::optional<double> lonely_share_;
};

/// The loneliness that a share of people exceed.
float lonely_threshold(std::vector<float> loneliness, double share);

}  // namespace kith::patients

#include "models/patients/patients.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/distributions.hpp"

namespace kith::patients {
namespace {

/// Share of the general population that feels lonely (Meta-Gallup 2023, 142 countries).

const ColumnInfo patient_column{"patient", "1",
                                "1 for a patient with a substance use disorder, 0 for everybody else (trait)"};
const ColumnInfo craving_column{"craving", "1", "craving for the substance, 0 to 1"};

/// The highest effect of one dose within an hour, and when it comes.
struct Peak {
  double effect = 0.0;
  double hours = 0.0;
};

constexpr double minute = 1.0 / 60.0;  // [h]

/// `drug`: in ticks of a minute.
Peak peak_of(std::shared_ptr<const pharmacology::SteppedChain> drug, double dose) {
  pharmacology::Course course(0, std::move(drug), {{0.0, dose}});
  Peak peak;
  for (int k = 0; k < 60; ++k) {
    course.advance(k * minute, minute);
    if (course.effect() > peak.effect) peak = {course.effect(), (k + 1) * minute};
  }
  return peak;
}

}  // namespace

Patients::Patients(const SubstanceUse& use, const pharmacology::ReceptorParams& receptor,
                   const pharmacology::Pharmacy& pharmacy, const people::Scales& scales)
    : use_(std::make_shared<const SubstanceUse>(use)),
      lonely_above_(scales.lonely_above),
      lonely_share_(scales.lonely_share) {
  pharmacology::Load load;
  float ligand = pharmacology::reference_tone;
  if (use.substance == Substance::opioid) {
    const Peak peak = peak_of(pharmacy.chain(use.drug, minute), use.dose);
    peak_after_ = peak.hours;
    load.agonist = static_cast<float>(peak.effect);
    load.drive = static_cast<float>(peak.effect * pharmacy.chain(use.drug, minute)->efficacy);
  } else {
    ligand += use.release;
  }
  usual_rise_ = pharmacology::mu_signal(receptor, ligand, load) -
                pharmacology::mu_signal(receptor, pharmacology::reference_tone, pharmacology::Load{});
}

void Patients::admit(const people::Scene& scene, const std::vector<bool>& eligible) {
  people::People& s = scene.people;
  const Draws who(scene.world, "patients");
  const Draws own(scene.world, "own odds of use");
  std::vector<float>& trait = s.add(patient_column, 0.0F);
  std::vector<float>& craving = s.add(craving_column, 0.0F);
  const auto per_day = static_cast<float>(scene.meeting.contacts_per_day);
  for (PersonId person = 0; person < s.count; ++person) {
    Stream chance = who.at(person, 0);
    if ((!eligible.empty() && !eligible[person]) || uniform(chance) >= use_->share) continue;
    Stream stream = own.at(person, 0);
    list_.push_back({.person = person,
                     .own_odds = static_cast<float>(use_->params.person_sd * normal(stream)),
                     .craving = use_->params.craving_rest,
                     .habit = use_->params.habit_start,
                     .signal = s.signal[person],
                     .set_point = s.set_point[person],
                     .connection_recent = s.connection[person],
                     .good_a_day = per_day * scene.meeting.positive_share,
                     .bad_a_day = per_day - per_day * scene.meeting.positive_share});
    trait[person] = 1.0F;
    craving[person] = use_->params.craving_rest;
    if (auto chain = scene.receptors.chain(use_->drug, person))
      scene.receptors.treated().add_last(person).add({person, std::move(chain), {}, pharmacology::Giver::oneself()});
  }
  scene.receptors.act_on(use_->drugs_act_on);
  place_.assign(s.count, -1);
  note_places();
}

void Patients::note_places() {
  for (std::size_t k = 0; k < list_.size(); ++k) place_[list_[k].person] = static_cast<std::int32_t>(k);
}

std::span<Patient> Patients::among(std::size_t begin, std::size_t end) {
  const auto before = [](const Patient& patient, std::size_t person) { return patient.person < person; };
  Patient* const last = list_.data() + list_.size();
  Patient* const first = std::lower_bound(list_.data(), last, begin, before);
  return {first, std::lower_bound(first, last, end, before)};
}

void Patient::visit(State& state) {
  state("person", person);
  state("own_odds", own_odds);
  state("craving", craving);
  state("habit", habit);
  state("cost", cost);
  state("signal", signal);
  state("set_point", set_point);
  state("density", density);
  state("connection_recent", connection_recent);
  state("good_a_day", good_a_day);
  state("bad_a_day", bad_a_day);
  state("good_now", good_now);
  state("bad_now", bad_now);
  state("diary", diary);
}

void Patients::visit(State& state) {
  state("patients", list_);
  state("lonely_above", lonely_above_);
  if (!state.is_reading()) return;
  std::fill(place_.begin(), place_.end(), -1);
  note_places();
}

float lonely_threshold(std::vector<float> loneliness, double share) {
  const auto rank = static_cast<std::ptrdiff_t>((1.0 - share) * static_cast<double>(loneliness.size() - 1));
  std::nth_element(loneliness.begin(), loneliness.begin() + rank, loneliness.end());
  return loneliness[static_cast<std::size_t>(rank)];
}

}  // namespace kith::patients

#include "models/patients/patients.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/distributions.hpp"

namespace kith::patients {
namespace {

/// Share of the general population that feels lonely (Meta-Gallup 2023, 142 countries).
constexpr double lonely_share = 0.24;

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
                   const pharmacology::Pharmacy& pharmacy, std::uint32_t people, const std::vector<bool>& eligible,
                   double tick_hours, WorldKey world)
    : place_(people, -1), chain_(pharmacy.chain(use.drug, tick_hours)) {
  const Draws who(world, "patients");
  const Draws own(world, "own odds of use");
  for (PersonId person = 0; person < people; ++person) {
    Stream chance = who.at(person, 0);
    if ((!eligible.empty() && !eligible[person]) || uniform(chance) >= use.share) continue;
    Stream stream = own.at(person, 0);
    place_[person] = static_cast<std::int32_t>(list_.size());
    list_.push_back({.person = person,
                     .own_odds = static_cast<float>(use.params.person_sd * normal(stream)),
                     .craving = use.params.craving_rest,
                     .habit = use.params.habit_start});
  }
  const auto median = [&](float ligand, const pharmacology::Load& load) {
    return pharmacology::mu_signal(receptor, ligand, load);
  };
  pharmacology::Load load;
  float ligand = receptor.median_tone;
  if (use.substance == Substance::opioid) {
    const Peak peak = peak_of(pharmacy.chain(use.drug, minute), use.dose);
    peak_after_ = peak.hours;
    load.agonist = static_cast<float>(peak.effect);
    load.drive = static_cast<float>(peak.effect * chain_->efficacy);
  } else {
    ligand += use.release;
  }
  usual_rise_ = median(ligand, load) - median(receptor.median_tone, {});
}

std::span<Patient> Patients::among(std::size_t begin, std::size_t end) {
  const auto before = [](const Patient& patient, std::size_t person) { return patient.person < person; };
  const auto first = std::lower_bound(list_.begin(), list_.end(), begin, before);
  return {first, std::lower_bound(first, list_.end(), end, before)};
}

void Patients::add_to(Fingerprint& fingerprint) const {
  for (const Patient& p : list_) {
    const std::array<float, 11> numbers{
        p.connection_recent, p.own_odds,  p.craving,          p.habit, p.cost, p.signal, p.set_point, p.density,
        p.good_a_day,        p.bad_a_day, p.diary.relapsed_at};
    const std::array<std::uint32_t, 7> words{p.person,     p.good_now,          p.bad_now,           p.diary.uses,
                                             p.diary.days, p.diary.run_of_days, p.diary.run_of_weeks};
    fingerprint.add_values(std::span<const float>(numbers));
    fingerprint.add_values(std::span<const std::uint32_t>(words));
  }
  if (!list_.empty()) fingerprint.add_values(std::span(&lonely_above, 1));
}

float kept_goodness(const SubstanceUseParams& params, const Patients& patients, PersonId a, PersonId b) {
  float cost = 0.0F;
  for (const PersonId person : {a, b}) {
    if (const Patient* patient = patients.find(person)) cost = std::max(cost, patient->cost);
  }
  return kept_goodness(params, cost);
}

float lonely_threshold(std::vector<float> loneliness) {
  const auto rank = static_cast<std::ptrdiff_t>((1.0 - lonely_share) * static_cast<double>(loneliness.size() - 1));
  std::nth_element(loneliness.begin(), loneliness.begin() + rank, loneliness.end());
  return loneliness[static_cast<std::size_t>(rank)];
}

}  // namespace kith::patients

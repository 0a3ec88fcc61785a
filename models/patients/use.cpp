#include <algorithm>

#include "core/distributions.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "models/patients/patients.hpp"
#include "models/people/scales.hpp"

/// What patients with a substance use disorder do in a tick, beside what everybody does.
namespace kith::patients {
namespace {

/// Social functioning is asked for the last four weeks, as SF-36 does.
constexpr double weeks_recalled = 4.0 * 7.0 * 24.0;  // [h]

}  // namespace

void Patients::use(const people::Scene& scene, Tick tick) {
  if (list_.empty()) return;
  people::People& s = scene.people;
  const Clock& clock = scene.clock;
  const SubstanceUseParams& params = use_->params;
  const double hours = clock.hours(tick);
  const double length = clock.tick_hours();
  if (lonely_share_ && tick < 0 && clock.day(clock.hours(tick - 1)) != clock.day(hours))
    lonely_above_ = lonely_threshold(s.loneliness, *lonely_share_);
  const bool is_shut = hours < 0.0 && hours >= -use_->detoxification;
  const double awake = is_shut ? 0.0 : scene.meeting.night.awake(clock.time_of_day(hours), length);
  const auto covered = [&](double time) { return static_cast<float>(1.0 - portable_exp(-length / time)); };
  const float craving_step = covered(static_cast<double>(params.craving_time));
  const float cost_step = covered(static_cast<double>(params.cost_time));
  const float recall_step = covered(weeks_recalled);
  const Draws draws(scene.world, "use of the substance");
  const auto ticks_a_day = static_cast<float>(24.0 / length);
  std::vector<float>& craving = *s.find("craving");
  for_each_block(list_.size(), [&](std::size_t begin, std::size_t end) {
    for (Patient& patient : std::span(list_).subspan(begin, end - begin)) {
      const PersonId p = patient.person;
      const float ucla3 = people::ucla3_points(s.loneliness[p], lonely_above_);
      const float lack = withdrawal(patient.signal, patient.set_point);
      const float rest = craving_at_rest(params, s.negative_affect[p], ucla3, patient.habit, lack);
      patient.craving += (rest - patient.craving) * craving_step;
      patient.cost -= patient.cost * cost_step;
      patient.good_a_day += (static_cast<float>(patient.good_now) * ticks_a_day - patient.good_a_day) * recall_step;
      patient.bad_a_day += (static_cast<float>(patient.bad_now) * ticks_a_day - patient.bad_a_day) * recall_step;
      patient.connection_recent += (s.connection[p] - patient.connection_recent) * recall_step;
      patient.good_now = patient.bad_now = 0;
      const double odds = odds_of_use(params, patient.craving, patient.habit, patient.own_odds);
      Stream stream = draws.at(p, tick);
      if (uniform(stream) < chance_of_use(odds, awake)) take(scene, patient, hours);
      craving[p] = patient.craving;
    }
  });
}

void Patients::take(const people::Scene& scene, Patient& patient, double hours) const {
  people::People& s = scene.people;
  const people::Receptors& receptors = scene.receptors;
  const PersonId p = patient.person;
  pharmacology::Treated* const treated = scene.receptors.treated().find(p);
  const auto signal_at_peak = [&](const pharmacology::Load& load) {
    return receptors.signal_under(p, s.ligand(p), load, patient.density);
  };
  const pharmacology::Load without = receptors.load_in_use(treated, hours, peak_after_);
  float rise = -signal_at_peak(without);
  if (use_->substance == Substance::opioid) {
    treated->own_use().add({hours, use_->dose});
    rise += signal_at_peak(receptors.load_in_use(treated, hours, peak_after_));
  } else {
    s.phasic[p] += use_->release;
    rise += signal_at_peak(without);
  }
  const SubstanceUseParams& params = use_->params;
  const float reward = reward_of_use(params, rise, usual_rise_);
  const float whole = std::min(reward, 1.0F);
  patient.habit = habit_after(params, patient.habit, reward);
  patient.craving -= params.use_relief * whole * patient.craving;
  patient.cost = 1.0F;
  s.distress[p] -= params.distress_relief * whole * s.distress[p];
  s.positive_affect[p] += params.positive_affect_gain * whole * (1.0F - s.positive_affect[p]);
  if (hours >= 0.0) patient.diary.note(hours);
}

void Patients::sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin, std::size_t end) {
  const people::Receptors& receptors = scene.receptors;
  for (Patient& patient : among(begin, end)) {
    const PersonId p = patient.person;
    const pharmacology::Treated* const treated = scene.receptors.treated().find(p);
    if (receptors.sees_use_what_feelings_see()) {
      patient.signal = scene.people.signal[p];
      patient.set_point = scene.people.set_point[p];
      patient.density = treated == nullptr ? 1.0F : treated->density();
      continue;
    }
    const pharmacology::Load load = receptors.load_in_use(treated);
    const float ligand = scene.people.ligand(p);
    patient.signal = receptors.signal_under(p, ligand, load, patient.density);
    patient.set_point += (patient.signal - patient.set_point) * step.set_point;
    if (treated == nullptr) continue;
    patient.density = receptors.regulated(patient.density, ligand, load, patient.signal, patient.set_point);
  }
}

void Patients::approach(const people::Scene& scene, std::size_t begin, std::size_t end) {
  for (const Patient& patient : among(begin, end)) {
    float& approach = scene.people.approach.next[patient.person];
    approach = std::max(scene.meeting.approach_least, approach * kept_approach(use_->params, patient.cost));
  }
}

float Patients::kept_goodness(PersonId a, PersonId b) const {
  float cost = 0.0F;
  for (const PersonId person : {a, b}) {
    if (const Patient* patient = find(person)) cost = std::max(cost, patient->cost);
  }
  return patients::kept_goodness(use_->params, cost);
}

void Patients::after_good(const people::Scene& scene, PersonId person, float quality) {
  Patient* const patient = find(person);
  if (patient == nullptr) return;
  ++patient->good_now;
  patient->craving -= use_->params.company_relief * quality * patient->craving;
  (*scene.people.find("craving"))[person] = patient->craving;
}

void Patients::after_bad(const people::Scene& /*scene*/, PersonId person) {
  if (Patient* const patient = find(person)) ++patient->bad_now;
}

}  // namespace kith::patients

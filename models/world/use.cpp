#include <algorithm>

#include "core/distributions.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "models/people/isolation.hpp"
#include "models/world/model.hpp"

/// What patients with a substance use disorder do in a tick, beside what everybody does.
namespace kith {

namespace {

/// Social functioning is asked for the last four weeks, as SF-36 does.
constexpr double weeks_recalled = 4.0 * 7.0 * 24.0;  // [h]

}  // namespace

void Model::admit(const std::vector<bool>& eligible) {
  if (!scenario_->substance_use) return;
  const patients::SubstanceUse& use = *scenario_->substance_use;
  patients_ = patients::Patients(use, scenario_->receptor, *scenario_->pharmacy, people_.count, eligible,
                                 clock_.tick_hours(), world_);
  drugs_act_on_ = use.drugs_act_on;
  people_.craving.assign(people_.count, 0.0F);
  people_.patient.assign(people_.count, 0.0F);
  for (patients::Patient& patient : patients_.all()) {
    const PersonId p = patient.person;
    people_.patient[p] = 1.0F;
    people_.craving[p] = patient.craving;
    patient.signal = people_.signal[p];
    patient.set_point = people_.set_point[p];
    patient.connection_recent = people_.connection[p];
    patient.good_a_day = static_cast<float>(scenario_->meeting.contacts_per_day) * scenario_->meeting.positive_share;
    patient.bad_a_day = static_cast<float>(scenario_->meeting.contacts_per_day) - patient.good_a_day;
    if (!patients_.chain()) continue;
    treated_.add_last(p).add({p, patients_.chain(), {}, pharmacology::Giver::oneself()});
  }
}

const pharmacology::Load& Model::felt(const pharmacology::Treated& treated) const {
  return patients::acts_on_feelings(drugs_act_on_) ? treated.load() : treated.load_of_own_use();
}

pharmacology::Load Model::load_in_use(const pharmacology::Treated* treated, double hours, double later) const {
  if (treated == nullptr) return {};
  return patients::acts_on_use(drugs_act_on_) ? treated->load_at(hours, later)
                                              : treated->load_of_own_use_at(hours, later);
}

void Model::use(Tick tick) {
  if (patients_.empty()) return;
  const patients::SubstanceUse& use = *scenario_->substance_use;
  const double hours = clock_.hours(tick);
  const double length = clock_.tick_hours();
  if (tick < 0 && clock_.day(clock_.hours(tick - 1)) != clock_.day(hours))
    patients_.lonely_above = patients::lonely_threshold(people_.loneliness);
  const bool is_shut = hours < 0.0 && hours >= -use.detoxification;
  const double awake = is_shut ? 0.0 : scenario_->meeting.night.awake(clock_.time_of_day(hours), length);
  const auto covered = [&](double time) { return static_cast<float>(1.0 - portable_exp(-length / time)); };
  const float craving_step = covered(static_cast<double>(use.params.craving_time));
  const float cost_step = covered(static_cast<double>(use.params.cost_time));
  const float recall_step = covered(weeks_recalled);
  const Draws draws(world_, "use of the substance");
  const auto ticks_a_day = static_cast<float>(24.0 / length);
  for_each_block(patients_.all().size(), [&](std::size_t begin, std::size_t end) {
    for (patients::Patient& patient : patients_.all().subspan(begin, end - begin)) {
      const PersonId p = patient.person;
      const float ucla3 = people::ucla3_points(people_.loneliness[p], patients_.lonely_above);
      const float lack = patients::withdrawal(patient.signal, patient.set_point);
      const float rest = patients::craving_at_rest(use.params, people_.negative_affect[p], ucla3, patient.habit, lack);
      patient.craving += (rest - patient.craving) * craving_step;
      patient.cost -= patient.cost * cost_step;
      patient.good_a_day += (static_cast<float>(patient.good_now) * ticks_a_day - patient.good_a_day) * recall_step;
      patient.bad_a_day += (static_cast<float>(patient.bad_now) * ticks_a_day - patient.bad_a_day) * recall_step;
      patient.connection_recent += (people_.connection[p] - patient.connection_recent) * recall_step;
      patient.good_now = patient.bad_now = 0;
      const double odds = patients::odds_of_use(use.params, patient.craving, patient.habit, patient.own_odds);
      Stream stream = draws.at(p, tick);
      if (uniform(stream) < patients::chance_of_use(odds, awake)) take(patient, hours);
      people_.craving[p] = patient.craving;
    }
  });
}

void Model::take(patients::Patient& patient, double hours) {
  const patients::SubstanceUse& use = *scenario_->substance_use;
  const PersonId p = patient.person;
  const float factor = patient.density * genotype_factor(p);
  const auto signal = [&](float under, const pharmacology::Load& load) {
    return pharmacology::mu_signal(scenario_->receptor, under, load, factor);
  };
  pharmacology::Treated* treated = treated_.find(p);
  const pharmacology::Load without = load_in_use(treated, hours, patients_.peak_after());
  float rise = -signal(ligand(p), without);
  if (use.substance == patients::Substance::opioid) {
    treated->own_use().add({hours, use.dose});
    rise += signal(ligand(p), load_in_use(treated, hours, patients_.peak_after()));
  } else {
    people_.phasic[p] += use.release;
    rise += signal(ligand(p), without);
  }
  const float reward = patients::reward_of_use(use.params, rise, patients_.usual_rise());
  const float whole = std::min(reward, 1.0F);
  patient.habit = patients::habit_after(use.params, patient.habit, reward);
  patient.craving -= use.params.use_relief * whole * patient.craving;
  patient.cost = 1.0F;
  people_.distress[p] -= use.params.distress_relief * whole * people_.distress[p];
  people_.positive_affect[p] += use.params.positive_affect_gain * whole * (1.0F - people_.positive_affect[p]);
  if (hours >= 0.0) patient.diary.note(hours);
}

void Model::sense_use(std::size_t begin, std::size_t end, const people::Relaxation& step) {
  for (patients::Patient& patient : patients_.among(begin, end)) {
    const PersonId p = patient.person;
    const pharmacology::Treated* treated = treatment(p);
    const pharmacology::Load load = treated == nullptr                     ? pharmacology::Load{}
                                    : patients::acts_on_use(drugs_act_on_) ? treated->load()
                                                                           : treated->load_of_own_use();
    const float factor = genotype_factor(p);
    patient.signal = pharmacology::mu_signal(scenario_->receptor, ligand(p), load, patient.density * factor);
    patient.set_point += (patient.signal - patient.set_point) * step.set_point;
    if (treated == nullptr) continue;
    const float rest =
        pharmacology::density_at_rest(scenario_->receptor, ligand(p), load, patient.signal, patient.set_point);
    patient.density += (rest - patient.density) * regulation_step_;
  }
}

void Model::withdraw_users(std::size_t begin, std::size_t end) {
  for (const patients::Patient& patient : patients_.among(begin, end)) {
    float& approach = people_.approach.next[patient.person];
    approach = std::max(scenario_->meeting.approach_least,
                        approach * patients::kept_approach(scenario_->substance_use->params, patient.cost));
  }
}

bool Model::goes_well(PersonId a, PersonId b, float outcome) const {
  const float share = scenario_->meeting.positive_share;
  if (patients_.empty()) return outcome < share;
  return outcome < share * kept_goodness(scenario_->substance_use->params, patients_, a, b);
}

}  // namespace kith

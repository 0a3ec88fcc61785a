#include "models/trials/design/rules.hpp"

#include <utility>

namespace kith::trials {
namespace {

/// Whether a rule's condition has held for long enough; `since` remembers from when.
bool is_met(const Rule& rule, const people::People& people, PersonId person, double now, std::optional<double>& since) {
  if (!rule.when.holds(people, person)) {
    since.reset();
    return false;
  }
  if (!since) since = now;
  return now - *since >= rule.lasting;
}

}  // namespace

Rules::Rules(const Trial& trial, const std::vector<Participant>& participants, const Clock& clock, WorldKey world)
    : trial_(&trial), clock_(clock), world_(world) {
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (has_rules(trial, participants[i])) followed_.push_back({i, participants[i]});
  }
}

std::vector<Treatment> Rules::before_tick(const people::People& people, Tick tick) {
  const double now = clock_.hours(tick);
  const double end = clock_.hours(tick + 1);
  const std::int64_t day = clock_.day(now);
  std::vector<Treatment> taken;
  for (Followed& f : followed_) {
    if (f.next_period < trial_->periods() && day >= trial_->first_day(f.next_period)) begin_period(f);
    if (f.next_period == 0) continue;  // the run-in
    const bool is_treated = day < trial_->first_day(f.next_period - 1) + trial_->period_days();
    const bool is_there = !f.participant.leaves || day < *f.participant.leaves;
    if (is_treated && is_there && !f.participant.stopped) follow_rules(f, people, now);
    for (; f.next_dose < f.doses.size() && f.doses[f.next_dose].dose.hours < end; ++f.next_dose) {
      const PlannedDose& planned = f.doses[f.next_dose];
      const auto& when = planned.regimen->when;
      if (!planned.regimen->acts()) continue;
      if (!when || when->holds(people, f.participant.person))
        taken.push_back({f.participant.person, planned.regimen->drug, {planned.dose}});
    }
  }
  return taken;
}

void Rules::begin_period(Followed& f) {
  const std::size_t period = f.next_period++;
  f.arm = trial_->sequences[f.participant.sequence].arms[period];
  f.has_switched = false;
  f.stop_since.reset();
  f.switch_since.reset();
  f.next_dose = 0;
  f.doses.clear();
  if (f.participant.stopped || !starts(*trial_, f.participant, period, world_)) return;
  f.doses = plan(*trial_, f.participant, period, f.arm, trial_->first_day(period), Origin::allocated, clock_, world_);
}

void Rules::follow_rules(Followed& f, const people::People& people, double now) {
  const Arm& arm = trial_->arms[f.arm];
  const PersonId person = f.participant.person;
  if (arm.stop && is_met(*arm.stop, people, person, now, f.stop_since)) {
    f.participant.stopped = now;
    f.doses.clear();
    f.next_dose = 0;
    return;
  }
  if (!arm.change || f.has_switched) return;
  const std::int64_t day = clock_.day(now) - trial_->first_day(f.next_period - 1);
  const bool is_due = arm.change->day && day >= *arm.change->day;
  if (is_due || (arm.change->rule && is_met(*arm.change->rule, people, person, now, f.switch_since)))
    change_arm(f, now);
}

void Rules::change_arm(Followed& f, double now) {
  const std::size_t period = f.next_period - 1;
  const std::size_t to = trial_->arms[f.arm].change->to;
  const std::int64_t day = clock_.day(now);
  f.doses = plan(*trial_, f.participant, period, to, day, Origin::switched, clock_, world_);
  std::erase_if(f.doses, [&](const PlannedDose& planned) { return planned.dose.hours < now; });
  f.next_dose = 0;
  f.arm = to;
  f.has_switched = true;
  f.stop_since.reset();
  f.participant.switched = now;
}

void Rules::tell(std::vector<Participant>& participants) const {
  for (const Followed& f : followed_) participants[f.index] = f.participant;
}

void Rules::visit(State& state) {
  for (Followed& f : followed_) {
    state("stopped", f.participant.stopped);
    state("switched", f.participant.switched);
    state("next_period", f.next_period);
    state("arm", f.arm);
    state("has_switched", f.has_switched);
    f.doses.resize(state.count("doses", f.doses.size()));
    for (PlannedDose& planned : f.doses) {
      const std::vector<Regimen>& regimens =
          trial_->arms[f.arm].regimens;  // all doses of a period are of the arm it is on
      auto place = state.is_reading() ? 0 : static_cast<std::uint64_t>(planned.regimen - regimens.data());
      state("dose", planned.dose);
      state("regimen", place);
      planned.regimen = &regimens[place];
    }
    state("next_dose", f.next_dose);
    state("stop_since", f.stop_since);
    state("switch_since", f.switch_since);
  }
}

}  // namespace kith::trials

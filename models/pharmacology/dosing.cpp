#include "models/pharmacology/dosing.hpp"

#include <utility>

namespace kith::pharmacology {

Course::Course(PersonId person, std::shared_ptr<const SteppedChain> drug, std::vector<Dose> doses)
    : person_(person), drug_(std::move(drug)), doses_(std::move(doses)), state_(drug_->chain.size()) {}

void Course::advance(double hours, double duration) {
  const double end = hours + duration;
  if (duration == drug_->step_hours && (next_ == doses_.size() || doses_[next_].hours >= end)) {
    state_ = multiply(drug_->step, state_);
    return;
  }
  double now = hours;
  for (; next_ < doses_.size() && doses_[next_].hours < end; ++next_) {
    const Dose& dose = doses_[next_];
    state_ = drug_->chain.advanced(state_, dose.hours - now);
    state_[Drug::gut] += dose.amount;
    now = dose.hours;
  }
  state_ = drug_->chain.advanced(state_, end - now);
}

double Course::effect_at(double hours, double later) const {
  Course copy(*this);
  copy.advance(hours, later);
  return copy.effect();
}

}  // namespace kith::pharmacology

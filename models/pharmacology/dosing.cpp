#include "models/pharmacology/dosing.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace kith::pharmacology {

SteppedChain::SteppedChain(const Drug& described, double hours)
    : drug(make_chain(described.kinetics)),
      efficacy(described.action == Action::antagonist ? 0.0 : described.binding.efficacy.value),
      most(described.binding.max_occupancy.value),
      kappa_potency(1.0 / described.binding.kappa_ratio.value),
      step_hours(hours),
      step(exponential(drug.chain.rates(), hours)) {}

std::shared_ptr<const Matrix> SteppedChain::over(double hours) const {
  constexpr std::size_t most_kept = 256;  // times of day are few; what is drawn at random is not kept for ever
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(hours); found != known_.end()) return found->second;
  }
  auto computed = std::make_shared<const Matrix>(exponential(drug.chain.rates(), hours));
  const std::lock_guard lock(mutex_);
  if (known_.size() < most_kept) known_.emplace(hours, computed);
  return computed;
}

Course::Course(PersonId person, std::shared_ptr<const SteppedChain> drug, std::vector<Dose> doses)
    : person_(person), drug_(std::move(drug)), doses_(std::move(doses)), state_(drug_->drug.chain.size()) {
  find_next();
}

void Course::find_next() {
  next_hours_ = next_ == doses_.size() ? std::numeric_limits<double>::infinity() : doses_[next_].hours;
}

void Course::add(Dose dose) {
  const auto later = [](double hours, const Dose& other) { return hours < other.hours; };
  const auto from = doses_.begin() + static_cast<std::ptrdiff_t>(next_);
  doses_.insert(std::upper_bound(from, doses_.end(), dose.hours, later), dose);
  find_next();
}

void Course::advance_to(double from, double to) {
  if (is_empty_ || from == to) return;
  const double hours = to - from;
  apply_lower_triangular(hours == drug_->step_hours ? drug_->step : *drug_->over(hours), state_);
}

void Course::advance(double hours, double duration) {
  const double end = hours + duration;
  if (duration == drug_->step_hours && next_hours_ >= end) {
    if (!is_empty_) apply_lower_triangular(drug_->step, state_);
    return;
  }
  double now = hours;
  for (; next_ < doses_.size() && doses_[next_].hours < end; ++next_) {
    const Dose& dose = doses_[next_];
    advance_to(now, dose.hours);
    is_empty_ = false;
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += dose.amount * drug_->drug.entry[i];
    now = dose.hours;
  }
  find_next();
  advance_to(now, end);
}

double Course::effect_at(double hours, double later) const {
  Course copy(*this);
  copy.advance(hours, later);
  return copy.effect();
}

}  // namespace kith::pharmacology

#include "models/pharmacology/dosing.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace kith::pharmacology {

std::vector<Dose> DoseSeries::doses(double from) const {
  std::vector<Dose> list;
  for (std::int64_t k = 0; k < count; ++k) list.push_back({from + every * static_cast<double>(k), dose});
  return list;
}

SteppedChain::SteppedChain(const Drug& described, double hours, const BodyFactors& body)
    : SteppedChain(make_chain(described.kinetics, body), described, hours, body.is_typical() ? 256 : 4) {
}  // one's own doses come at fewer times than everybody's

SteppedChain::SteppedChain(DrugChain chain, const Drug& described, double hours, std::size_t most_kept)
    : efficacy(described.action == Action::antagonist ? 0.0 : described.binding.efficacy.value),
      most(described.binding.max_occupancy.value),
      kappa_potency(1.0 / described.binding.kappa_ratio.value),
      step_hours(hours),
      effect_site(chain.effect_site),
      step(exponential(chain.chain.rates(), hours)),
      drug(std::move(chain)),
      name(described.name),
      most_kept_(most_kept) {}

std::shared_ptr<const Passage> SteppedChain::over(double hours) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(hours); found != known_.end()) return found->second;
  }
  const Matrix carry = exponential(drug.chain.rates(), hours);
  auto computed = std::make_shared<const Passage>(Passage{LowerTriangular(carry), multiply(carry, drug.entry)});
  const std::lock_guard lock(mutex_);
  // Times of day are few; what is drawn at random is not kept for ever.
  if (known_.size() < most_kept_) known_.emplace(hours, computed);
  return computed;
}

Course::Course(PersonId person, std::shared_ptr<const SteppedChain> drug, std::vector<Dose> doses, Giver giver)
    : person_(person),
      giver_(giver),
      drug_(std::move(drug)),
      doses_(std::move(doses)),
      state_(drug_->drug.chain.size()) {
  find_next();
}

void Course::find_next() {
  next_hours_ = next_ == doses_.size() ? std::numeric_limits<double>::infinity() : doses_[next_].hours;
}

void Course::add(Dose dose) {
  const auto later = [](double hours, const Dose& other) { return hours < other.hours; };
  doses_.erase(doses_.begin(), doses_.begin() + static_cast<std::ptrdiff_t>(next_));  // those that have been taken
  next_ = 0;
  doses_.insert(std::upper_bound(doses_.begin(), doses_.end(), dose.hours, later), dose);
  find_next();
}

void Course::advance(double hours, double duration) {
  const std::span<double> state = state_.all();
  if (!is_empty_) {
    if (duration == drug_->step_hours)
      drug_->step.apply(state);
    else if (duration > 0.0)
      drug_->over(duration)->carry.apply(state);
  }
  const double end = hours + duration;
  if (next_hours_ >= end) return;
  for (; next_ < doses_.size() && doses_[next_].hours < end; ++next_) {
    const auto passage = drug_->over(end - doses_[next_].hours);
    for (std::size_t i = 0; i < state.size(); ++i) state[i] += doses_[next_].amount * passage->from_dose[i];
  }
  is_empty_ = false;
  find_next();
}

double Course::effect_at(double hours, double later) const {
  Course copy(*this);
  copy.advance(hours, later);
  return copy.effect();
}

double Course::concentration_at(double hours, double later) const {
  Course copy(*this);
  copy.advance(hours, later);
  return copy.concentration();
}

void Course::visit(State& state) {
  doses_.erase(doses_.begin(), doses_.begin() + static_cast<std::ptrdiff_t>(next_));
  next_ = 0;
  state("doses", doses_);
  state("is_empty", is_empty_);
  state.numbers("amounts", state_.all());
  find_next();
}

}  // namespace kith::pharmacology

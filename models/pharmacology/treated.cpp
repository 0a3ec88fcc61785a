#include "models/pharmacology/treated.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kith::pharmacology {
namespace {

/// Share of receptors held by drugs, each with the most that it can hold.
template <class Effect>
double held(std::span<const Course> courses, Effect&& effect) {
  double total = 0.0;
  double weighted = 0.0;
  for (const Course& course : courses) {
    const double x = effect(course);
    total += x;
    weighted += course.drug().most * x;
  }
  return weighted / (1.0 + total);
}

bool is_own_use(const Course& course) { return course.giver() == Giver::oneself(); }

bool comes_before(const Treated& treated, std::size_t person) { return treated.person() < person; }

/// Adds what a drug at x times its EC50 does.
void add_to(Load& load, const Course& course, double x) {
  const double efficacy = course.drug().efficacy;
  if (efficacy > 0.0) {
    load.agonist += static_cast<float>(x);
    load.drive += static_cast<float>(efficacy * x);
  } else {
    load.antagonist += static_cast<float>(x);
  }
}

}  // namespace

void Treated::add(Course course) {
  const auto known = std::find_if(courses_.begin(), courses_.end(), [&](const Course& c) { return c.is_like(course); });
  if (known == courses_.end()) {
    courses_.push_back(std::move(course));
    return;
  }
  for (const Dose& dose : course.pending()) known->add(dose);
}

Course& Treated::own_use() { return *std::find_if(courses_.begin(), courses_.end(), is_own_use); }

void Treated::advance(double hours, double duration) {
  for (Course& course : courses_) course.advance(hours, duration);
  add_up();
}

void Treated::add_up() {
  load_ = {};
  load_of_own_use_ = {};
  double kappa = 0.0;
  for (const Course& course : courses_) {
    const double x = course.effect();
    kappa += x * course.drug().kappa_potency;
    add_to(load_, course, x);
    if (is_own_use(course)) add_to(load_of_own_use_, course, x);
  }
  kappa_ = static_cast<float>(kappa);
}

Load Treated::load_at(double hours, double later) const {
  Load load;
  for (const Course& course : courses_) add_to(load, course, course.effect_at(hours, later));
  return load;
}

Load Treated::load_of_own_use_at(double hours, double later) const {
  Load load;
  for (const Course& course : courses_) {
    if (is_own_use(course)) add_to(load, course, course.effect_at(hours, later));
  }
  return load;
}

double Treated::occupancy_at(double hours, double later) const {
  return held(courses(), [&](const Course& course) { return course.effect_at(hours, later); });
}

double Treated::occupancy() const {
  return held(courses(), [](const Course& course) { return course.effect(); });
}

double Treated::plasma(std::string_view drug) const {
  double total = 0.0;
  for (const Course& course : courses_) total += course.drug().name == drug ? course.concentration() : 0.0;
  return total;
}

double Treated::plasma_at(std::string_view drug, double hours, double later) const {
  double total = 0.0;
  for (const Course& course : courses_)
    total += course.drug().name == drug ? course.concentration_at(hours, later) : 0.0;
  return total;
}

std::span<Treated> TreatedPeople::among(std::size_t begin, std::size_t end) {
  Treated* const last = list_.data() + list_.size();
  Treated* const first = std::lower_bound(list_.data(), last, begin, comes_before);
  return {first, std::lower_bound(first, last, end, comes_before)};
}

std::span<const Treated> TreatedPeople::among(std::size_t begin, std::size_t end) const {
  const Treated* const last = list_.data() + list_.size();
  const Treated* const first = std::lower_bound(list_.data(), last, begin, comes_before);
  return {first, std::lower_bound(first, last, end, comes_before)};
}

const Treated* TreatedPeople::find(PersonId person) const {
  const auto found = std::lower_bound(list_.begin(), list_.end(), person, comes_before);
  return found == list_.end() || found->person() != person ? nullptr : &*found;
}

Treated* TreatedPeople::find(PersonId person) {
  const std::span<Treated> found = among(person, std::size_t{person} + 1);
  return found.empty() ? nullptr : found.data();
}

void TreatedPeople::add(std::vector<Course> courses) {
  const auto by_person = [](const auto& a, const auto& b) { return a.person() < b.person(); };
  if (!std::is_sorted(courses.begin(), courses.end(), by_person))
    std::stable_sort(courses.begin(), courses.end(), by_person);
  std::vector<Treated> added;
  for (Course& course : courses) {
    Treated* known = find(course.person());
    if (known == nullptr) {
      if (added.empty() || added.back().person() != course.person()) added.emplace_back(course.person());
      known = &added.back();
    }
    known->add(std::move(course));
  }
  if (added.empty()) return;
  const auto middle = list_.insert(list_.end(), std::move_iterator(added.begin()), std::move_iterator(added.end()));
  std::inplace_merge(list_.begin(), middle, list_.end(), by_person);
}

void Treated::visit(State& state, const ChainOf& chain_of) {
  state("person", person_);
  state("density", density_);
  const std::size_t count = state.count("courses", courses_.size());
  if (state.is_reading()) courses_.clear();
  for (std::size_t k = 0; k < count; ++k) {
    std::string drug = state.is_reading() ? "" : courses_[k].drug().name;
    Giver giver = state.is_reading() ? Giver{} : courses_[k].giver();
    state("drug", drug);
    state("giver", giver);
    if (state.is_reading()) courses_.emplace_back(person_, chain_of(drug, person_), std::vector<Dose>{}, giver);
    courses_[k].visit(state);
  }
  if (state.is_reading()) add_up();
}

void TreatedPeople::visit(State& state, const ChainOf& chain_of) {
  const std::size_t count = state.count("treated", list_.size());
  if (state.is_reading()) list_.assign(count, Treated(0));
  for (Treated& treated : list_) treated.visit(state, chain_of);
}

}  // namespace kith::pharmacology

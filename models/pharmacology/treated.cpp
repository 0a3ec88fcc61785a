#include "models/pharmacology/treated.hpp"

namespace kith::pharmacology {
namespace {

/// Share of receptors held by drugs, each with the most that it can hold.
template <class Effect>
double held(const std::vector<Course>& courses, Effect&& effect) {
  double total = 0.0;
  double weighted = 0.0;
  for (const Course& course : courses) {
    const double x = effect(course);
    total += x;
    weighted += course.drug().most * x;
  }
  return weighted / (1.0 + total);
}

}  // namespace

void Treated::advance(double hours, double duration) {
  load_ = {};
  double kappa = 0.0;
  for (Course& course : courses_) {
    course.advance(hours, duration);
    const double x = course.effect();
    kappa += x * course.drug().kappa_potency;
    if (course.drug().efficacy > 0.0) {
      load_.agonist += static_cast<float>(x);
      load_.drive += static_cast<float>(course.drug().efficacy * x);
    } else {
      load_.antagonist += static_cast<float>(x);
    }
  }
  kappa_ = static_cast<float>(kappa);
}

double Treated::occupancy_at(double hours, double later) const {
  return held(courses_, [&](const Course& course) { return course.effect_at(hours, later); });
}

double Treated::occupancy() const {
  return held(courses_, [](const Course& course) { return course.effect(); });
}

}  // namespace kith::pharmacology

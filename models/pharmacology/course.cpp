#include "models/pharmacology/course.hpp"

#include <algorithm>
#include <cmath>

#include "models/pharmacology/bodies.hpp"

namespace kith::pharmacology {
namespace {

/// What `value` makes of the state at each of the hours.
template <class Value>
std::vector<double> follow(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours,
                           const BodyFactors& body, Value&& value) {
  const double step = hours.size() > 1 ? hours[1] - hours[0] : 1.0;
  const auto chain = std::make_shared<const SteppedChain>(drug, step, body);
  Course course(0, chain, taken.doses());
  std::vector<double> values;
  double now = 0.0;
  for (const double next : hours) {
    const bool is_step = std::abs(next - now - step) < 1e-9 * step;  // but for rounding
    course.advance(now, is_step ? step : next - now);
    now = next;
    values.push_back(value(course));
  }
  return values;
}

}  // namespace

std::vector<double> occupancies(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours,
                                const BodyFactors& body) {
  return follow(drug, taken, hours, body,
                [](const Course& course) { return course.drug().most * occupancy(course.effect()); });
}

std::vector<double> concentrations(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours,
                                   const BodyFactors& body) {
  return follow(drug, taken, hours, body, [](const Course& course) { return course.concentration(); });
}

double peak_occupancy(const Drug& drug, const DoseSeries& taken, const BodyFactors& body) {
  constexpr double longest = 96.0;
  constexpr double minute = 1.0 / 60.0;
  std::vector<double> hours;
  for (double at = 0.0; at < longest; at += minute) hours.push_back(taken.last() + at);
  const auto values = occupancies(drug, taken, hours, body);
  return *std::max_element(values.begin(), values.end());
}

double modelled(const Drug& drug, const ObservedOccupancy& o, const BodyFactors& body) {
  return o.at ? occupancies(drug, o.taken, {o.taken.last() + *o.at}, body).front()
              : peak_occupancy(drug, o.taken, body);
}

std::vector<BodyFactors> some_bodies(const Drug& drug, std::uint32_t count) {
  std::vector<BodyFactors> bodies;
  for (PersonId person = 0; person < count; ++person)
    bodies.push_back(chance_factors(drug.between_people, {1, 0}, person));
  return bodies;
}

Spread spread(const Drug& drug, const ObservedOccupancy& observed) {
  constexpr std::uint32_t people = 5000;
  double sum = 0.0;
  double squares = 0.0;
  for (const BodyFactors& body : some_bodies(drug, people)) {
    const double held = modelled(drug, observed, body);
    sum += held;
    squares += held * held;
  }
  const double mean = sum / people;
  return {mean, std::sqrt(std::max(0.0, squares / people - mean * mean))};
}

}  // namespace kith::pharmacology

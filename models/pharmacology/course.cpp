#include "models/pharmacology/course.hpp"

#include <algorithm>

namespace kith::pharmacology {
namespace {

/// What `value` makes of the state at each of the hours.
template <class Value>
std::vector<double> follow(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours, Value&& value) {
  const double step = hours.size() > 1 ? hours[1] - hours[0] : 1.0;
  const auto chain = std::make_shared<const SteppedChain>(drug, step);
  Course course(0, chain, taken.doses());
  std::vector<double> values;
  double now = 0.0;
  for (const double next : hours) {
    course.advance(now, next - now);
    now = next;
    values.push_back(value(course));
  }
  return values;
}

}  // namespace

std::vector<double> occupancies(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours) {
  return follow(drug, taken, hours,
                [](const Course& course) { return course.drug().most * occupancy(course.effect()); });
}

std::vector<double> concentrations(const Drug& drug, const DoseSeries& taken, const std::vector<double>& hours) {
  return follow(drug, taken, hours,
                [](const Course& course) { return course.drug().drug.concentration(course.state()); });
}

double peak_occupancy(const Drug& drug, const DoseSeries& taken) {
  constexpr double longest = 96.0;
  constexpr double minute = 1.0 / 60.0;
  std::vector<double> hours;
  for (double at = 0.0; at < longest; at += minute) hours.push_back(taken.last() + at);
  const auto values = occupancies(drug, taken, hours);
  return *std::max_element(values.begin(), values.end());
}

double modelled(const Drug& drug, const ObservedOccupancy& o) {
  return o.at ? occupancies(drug, o.taken, {o.taken.last() + *o.at}).front() : peak_occupancy(drug, o.taken);
}

}  // namespace kith::pharmacology

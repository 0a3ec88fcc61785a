#include "models/pharmacology/course.hpp"

#include <algorithm>

namespace kith::pharmacology {
namespace {

/// What `value` makes of the state at each of the hours.
template <class Value>
std::vector<double> follow(const Drug& drug, const Intake& intake, const std::vector<double>& hours, Value&& value) {
  const double step = hours.size() > 1 ? hours[1] - hours[0] : 1.0;
  const auto chain = std::make_shared<const SteppedChain>(drug, step);
  Course course(0, chain, intake.doses());
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

std::vector<Dose> Intake::doses() const {
  std::vector<Dose> list;
  for (std::int64_t k = 0; k < count; ++k) list.push_back({every * static_cast<double>(k), dose});
  return list;
}

std::vector<double> occupancies(const Drug& drug, const Intake& intake, const std::vector<double>& hours) {
  return follow(drug, intake, hours,
                [](const Course& course) { return course.drug().most * occupancy(course.effect()); });
}

std::vector<double> concentrations(const Drug& drug, const Intake& intake, const std::vector<double>& hours) {
  return follow(drug, intake, hours,
                [](const Course& course) { return course.drug().drug.concentration(course.state()); });
}

double peak_occupancy(const Drug& drug, const Intake& intake) {
  constexpr double longest = 96.0;
  constexpr double minute = 1.0 / 60.0;
  std::vector<double> hours;
  for (double at = 0.0; at < longest; at += minute) hours.push_back(intake.last() + at);
  const auto values = occupancies(drug, intake, hours);
  return *std::max_element(values.begin(), values.end());
}

double modelled(const Drug& drug, const Observation& o) {
  const Intake intake{o.dose, o.every, o.count};
  return o.at ? occupancies(drug, intake, {intake.last() + *o.at}).front() : peak_occupancy(drug, intake);
}

}  // namespace kith::pharmacology

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/units.hpp"
#include "models/pharmacology/course.hpp"
#include "models/pharmacology/explain.hpp"

namespace kith::pharmacology {
namespace {

constexpr double day = 24.0;
constexpr std::size_t points = 480;

/// Hours until less than 5 % of the receptors are held after the last of the doses, rounded up to a time that reads well.
double length_of(const Drug& drug, const std::vector<DoseSeries>& given) {
  constexpr double longest_after = 120.0 * day;
  double longest = 0.0;
  for (const DoseSeries& taken : given) {
    std::vector<double> hours;
    for (double at = 0.5; at < longest_after; at *= 1.1) hours.push_back(taken.last() + at);
    double last = hours.front();
    for (const double at : hours) {
      if (occupancies(drug, taken, {at}).front() >= 0.05) last = at;
    }
    longest = std::max(longest, last * 1.1);
  }
  const double unit = longest > 3.0 * day ? day : 1.0;
  return std::ceil(longest / unit) * unit;
}

bool is_same(const DoseSeries& a, const DoseSeries& b) {
  return a.dose == b.dose && a.count == b.count && (b.count == 1 || a.every == b.every);
}

/// Hour of the highest occupancy after the last dose.
double peak_hour(const OccupancyCurve& curve, const DoseSeries& taken, double unit) {
  const auto later = std::find_if(curve.points.begin(), curve.points.end(),
                                  [&](const auto& point) { return point.first * unit >= taken.last(); });
  return unit * std::max_element(later, curve.points.end(), [](const auto& a, const auto& b) {
                  return a.second < b.second;
                })->first;
}

/// Occupancies [%] between which 90 % of people lie at each of the times.
std::vector<std::pair<double, double>> range_of_people(const Drug& drug, const DoseSeries& taken,
                                                       const std::vector<double>& times) {
  constexpr std::uint32_t people = 1000;
  constexpr double left_out = 0.05;  // at each end
  std::vector<std::vector<double>> held(times.size());
  for (const BodyFactors& body : some_bodies(drug, people)) {
    const auto values = occupancies(drug, taken, times, body);
    for (std::size_t i = 0; i < times.size(); ++i) held[i].push_back(100.0 * values[i]);
  }
  std::vector<std::pair<double, double>> range;
  const auto low = static_cast<std::ptrdiff_t>(left_out * people);
  for (std::vector<double>& values : held) {
    std::nth_element(values.begin(), values.begin() + low, values.end());
    const double lowest = values[static_cast<std::size_t>(low)];
    const auto high = values.end() - 1 - low;
    std::nth_element(values.begin(), high, values.end());
    range.emplace_back(lowest, *high);
  }
  return range;
}

}  // namespace

OccupancyCurves occupancy_curves(const Drug& drug, std::vector<double> doses, std::optional<double> every,
                                 std::optional<std::uint32_t> count) {
  constexpr std::uint32_t most_doses = 1000;
  if (doses.empty() && drug.usual_dose > 0.0) doses = {drug.usual_dose};
  if (doses.empty()) throw Error(ErrorKind::usage, drug.name + " has no usual dose: give one with --dose");
  if (count && (*count == 0 || *count > most_doses))
    throw Error(ErrorKind::usage, fmt::format("--count {}: 1 to {} doses can be drawn", *count, most_doses));
  std::vector<DoseSeries> given;
  for (const double dose : doses) given.push_back({dose, every.value_or(day), count.value_or(1)});

  OccupancyCurves result;
  const double hours = length_of(drug, given);
  result.in_days = hours > 3.0 * day;
  const double unit = result.in_days ? day : 1.0;
  result.longest = hours / unit;
  std::vector<double> times;
  for (std::size_t i = 0; i <= points; ++i)
    times.push_back(hours * static_cast<double>(i) / static_cast<double>(points));
  for (const DoseSeries& taken : given) {
    OccupancyCurve curve;
    curve.name = print_series(taken);
    const auto values = occupancies(drug, taken, times);
    for (std::size_t i = 0; i < times.size(); ++i) curve.points.emplace_back(times[i] / unit, 100.0 * values[i]);
    if (!drug.between_people.is_none()) curve.people = range_of_people(drug, taken, times);
    for (const ObservedOccupancy& o : drug.observed) {
      if (!is_same(taken, o.taken)) continue;
      const double at = o.at ? taken.last() + *o.at : peak_hour(curve, taken, unit);
      result.observed.push_back({result.curves.size(), at / unit, 100.0 * o.occupancy, 100.0 * o.sd});
    }
    result.curves.push_back(std::move(curve));
  }
  return result;
}

}  // namespace kith::pharmacology

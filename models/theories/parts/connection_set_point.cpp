#include "models/theories/parts/connection_set_point.hpp"

#include "core/math.hpp"

namespace kith::theories {
namespace {

const ColumnInfo column{"connection_set_point", "1", "felt connection that the person is used to"};

}  // namespace

void ConnectionSetPoint::start(people::People& people) const { people.add(column, 0.0F) = people.connection; }

void ConnectionSetPoint::sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin,
                               std::size_t end) const {
  std::vector<float>& used_to = *scene.people.find(column.name);
  const auto covered = static_cast<float>(1.0 - portable_exp(-scene.clock.tick_hours() / static_cast<double>(time)));
  const float share = covered > step.settling ? covered : step.settling;
  for (std::size_t p = begin; p < end; ++p) used_to[p] += (scene.people.connection[p] - used_to[p]) * share;
}

void ConnectionSetPoint::deficit(const people::People& people, float share, std::size_t begin, std::size_t end,
                                 float* out) const {
  const std::vector<float>& used_to = *people.find(column.name);
  for (std::size_t p = begin; p < end; ++p) {
    const float detected = people.connection[p] * (1.0F + share * (people.signal[p] - 1.0F));
    // Who was never connected to anybody lacks nothing.
    out[p - begin] = used_to[p] > 0.0F ? (used_to[p] - detected) / used_to[p] : 0.0F;
  }
}

ConnectionSetPoint ConnectionSetPoint::read(config::Section& s) {
  return {static_cast<float>(s.number({.key = "set_point_time",
                                       .unit = "h",
                                       .fallback = "14 d",
                                       .min = "1 d",
                                       .max = "3650 d",
                                       .doc = "Time constant with which people get used to another connection (C*).",
                                       .mark = config::Mark::assumed,
                                       .source = "range 7-60 d"}))};
}

}  // namespace kith::theories

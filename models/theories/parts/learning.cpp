#include "models/theories/parts/learning.hpp"

#include <algorithm>

#include "core/math.hpp"

namespace kith::theories {
namespace {

const ColumnInfo affiliation{"affiliation", "1", "what good contacts have taught: to affiliate"};
const ColumnInfo protection{"self_protection", "1", "what bad contacts have taught: to protect oneself"};
const ColumnInfo expectation{"expected_reward", "1", "reward that the person expects of a contact"};
constexpr float expectation_gain = 0.1F;

}  // namespace

void Learning::start(people::People& people) const {
  for (const ColumnInfo* column : {&affiliation, &protection, &expectation}) people.add(*column, 0.0F);
}

void Learning::sense(const people::Scene& scene, std::size_t begin, std::size_t end) const {
  std::vector<float>& seek = *scene.people.find(affiliation.name);
  std::vector<float>& shun = *scene.people.find(protection.name);
  const auto left = static_cast<float>(portable_exp(-scene.clock.tick_hours() / static_cast<double>(time)));
  for (std::size_t p = begin; p < end; ++p) {
    seek[p] *= left;
    shun[p] *= left;
  }
}

void Learning::after_contact(people::People& people, std::size_t person, const Lived& lived) const {
  float& expected = (*people.find(expectation.name))[person];
  const float surprise = lived.reward - expected;
  const float learned = rate * lived.signal * std::max(0.0F, lived.goes_well ? surprise : -surprise);
  (*people.find(lived.goes_well ? affiliation.name : protection.name))[person] += learned;
  expected += expectation_gain * surprise;
}

void Learning::leaning(const people::People& people, std::size_t begin, std::size_t end, float* out) const {
  const std::vector<float>& seek = *people.find(affiliation.name);
  const std::vector<float>& shun = *people.find(protection.name);
  for (std::size_t p = begin; p < end; ++p)
    out[p - begin] = 2.0F * (1.0F / (1.0F + portable_exp(shun[p] - seek[p])) - 0.5F);
}

Learning Learning::read(config::Section& s) {
  Learning learning;
  learning.rate = static_cast<float>(
      s.number({.key = "learning_rate",
                .fallback = "0.1",
                .min = "0",
                .max = "1",
                .doc = "How much a contact teaches at a mu-signal of 1, in share of its surprise (eta).",
                .mark = config::Mark::assumed,
                .source = "range 0.02-0.3"}));
  learning.time = static_cast<float>(s.number({.key = "memory_time",
                                               .unit = "h",
                                               .fallback = "30 d",
                                               .min = "1 d",
                                               .max = "3650 d",
                                               .doc = "Time constant with which it is forgotten.",
                                               .mark = config::Mark::assumed,
                                               .source = "range 10-90 d"}));
  return learning;
}

}  // namespace kith::theories

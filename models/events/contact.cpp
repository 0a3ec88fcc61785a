#include "core/distributions.hpp"
#include "models/events/actions.hpp"

namespace kith::events {
namespace {

class GoodContact final : public Action {
 public:
  GoodContact(float quality, double per_day) : quality_(quality), per_day_(per_day) {}

  void begin(World& world, const Reached& reached) const override {
    if (lasts()) return;
    for (const PersonId person : reached.people)
      world.good_contact(person, {quality_}, world.clock().hours(reached.begin));
  }

  bool lasts() const override { return per_day_ > 0.0; }

  void go_on(World& world, const Reached& reached, Tick tick) const override {
    if (!lasts()) return;
    const Clock& clock = world.clock();
    const double now = clock.hours(tick);
    const Night& night = world.meeting().night;
    const double awake = night.awake(clock.time_of_day(now), clock.tick_hours());
    if (awake <= 0.0) return;
    const double mean = per_day_ * awake / (24.0 - night.length());
    const Draws draws(world.key(), "contacts of an event");
    for (const PersonId person : reached.people) {
      Stream stream = draws.at(person, reached.moment(tick));
      for (std::uint32_t left = poisson(stream, mean); left > 0; --left) world.good_contact(person, {quality_}, now);
    }
  }

 private:
  float quality_;
  double per_day_;  // 0: once
};

}  // namespace

std::shared_ptr<const Action> read_contact(config::Section& section, const Facts& /*facts*/) {
  config::Section s = section.section(
      {.key = "contact",
       .doc =
           "Good contacts with somebody outside the network: a coach, a visitor, a message. They are felt, and release "
           "ligand, as any good contact does."});
  const auto quality = static_cast<float>(s.number({.key = "quality",
                                                    .fallback = "0.6",
                                                    .min = "0",
                                                    .max = "1",
                                                    .doc = "Quality of each contact; 1 is the closest friend's.",
                                                    .mark = config::Mark::assumed,
                                                    .source = "range 0.2-0.9"}));
  double per_day = 0.0;
  if (s.has("per_day"))
    per_day = s.number({.key = "per_day",
                        .min = "0",
                        .max = "100",
                        .above_min = true,
                        .doc = "Mean number of contacts a day, at random in waking hours, as long as `for` says; one "
                               "contact at the time of the event if not given."});
  return std::make_shared<GoodContact>(quality, per_day);
}

}  // namespace kith::events

#include "models/events/actions.hpp"

namespace kith::events {
namespace {

class Distress final : public Action {
 public:
  explicit Distress(float amount) : amount_(amount) {}
  void begin(World& world, const Reached& reached) const override {
    for (const PersonId person : reached.people) world.distress(person, amount_);
  }

 private:
  float amount_;
};

}  // namespace

std::shared_ptr<const Action> read_distress(config::Section& section, const Facts& /*facts*/) {
  config::Section s =
      section.section({.key = "distress", .doc = "A stressor. A number stands for its amount."}, "amount");
  return std::make_shared<Distress>(static_cast<float>(s.number(
      {.key = "amount",
       .min = "0",
       .max = "1",
       .doc =
           "Distress that it brings at a mu-signal of 1; a lower signal amplifies it, as it does for any stressor."})));
}

}  // namespace kith::events

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "models/events/actions.hpp"
#include "models/trials/design/regimen.hpp"

namespace kith::events {
namespace {

using pharmacology::Drug;

class Doses final : public Action {
 public:
  Doses(Drug drug, double amount, double every) : drug_(std::move(drug)), amount_(amount), every_(every) {}

  void begin(World& world, const Reached& reached) const override {
    if (drug_.action == pharmacology::Action::none) return;
    const double first = world.clock().hours(reached.begin);
    const double end = world.clock().hours(reached.end);
    std::vector<pharmacology::Dose> doses{{first, amount_}};
    for (double k = 1.0; every_ > 0.0 && first + k * every_ < end; k += 1.0)
      doses.push_back({first + k * every_, amount_});
    for (const PersonId person : reached.people) world.treat(person, drug_, doses);
  }
  bool lasts() const override { return every_ > 0.0; }
  const Drug* drug() const override { return &drug_; }

 private:
  Drug drug_;
  double amount_;
  double every_;  // 0: once
};

}  // namespace

std::shared_ptr<const Action> read_dose(config::Section& section, const Setting& setting) {
  config::Section s = section.section(
      {.key = "dose", .doc = "Doses of a drug, outside any trial: the untreated twin of a trial gets them, too."});
  Drug drug = trials::read_drug_name(s, setting.drugs);
  const double amount = s.number(
      {.key = "amount", .unit = "mg", .min = "0 mg", .max = "5000 mg", .above_min = true, .doc = "Each dose."});
  double every = 0.0;
  if (s.has("every"))
    every = s.number({.key = "every",
                      .unit = "h",
                      .min = "1 h",
                      .max = "365 d",
                      .doc = "Time from one dose to the next, as long as `for` says; one dose if not given."});
  return std::make_shared<Doses>(std::move(drug), amount, every);
}

}  // namespace kith::events

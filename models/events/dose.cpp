#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "models/events/actions.hpp"
#include "models/trials/design/regimen.hpp"

namespace kith::events {
namespace {

using pharmacology::Drug;
using pharmacology::SharedDrug;

class Doses final : public Action {
 public:
  Doses(SharedDrug drug, double amount, double every) : drug_(std::move(drug)), amount_(amount), every_(every) {}

  void begin(World& world, const Reached& reached) const override {
    if (drug_->action == pharmacology::Action::none) return;
    const double first = world.clock().hours(reached.begin);
    const double end = world.clock().hours(reached.end);
    pharmacology::DoseSeries series{amount_, every_, 1};
    while (every_ > 0.0 && first + every_ * static_cast<double>(series.count) < end) ++series.count;
    world.treat(reached.event, reached.people, drug_, series.doses(first));
  }
  bool lasts() const override { return every_ > 0.0; }
  const Drug* drug() const override { return drug_.get(); }

 private:
  SharedDrug drug_;
  double amount_;
  double every_;  // 0: once
};

}  // namespace

std::shared_ptr<const Action> read_dose(config::Section& section, const Facts& facts) {
  config::Section s = section.section(
      {.key = "dose",
       .doc = "Doses of a drug, outside any trial: the untreated twin of a trial gets them, too; where there is no "
              "trial the twin gets none."});
  SharedDrug drug = trials::read_drug_name(s, facts.pharmacy);
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

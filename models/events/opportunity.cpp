#include "models/events/actions.hpp"

namespace kith::events {
namespace {

class Opportunity final : public Action {
 public:
  explicit Opportunity(const Factors& factors) : factors_(factors) {}
  bool lasts() const override { return true; }
  Factors opportunity() const override { return factors_; }

 private:
  Factors factors_;
};

}  // namespace

std::shared_ptr<const Action> read_opportunity(config::Section& section, const Facts& /*facts*/) {
  config::Section s = section.section(
      {.key = "opportunity",
       .doc =
           "How readily those reached meet others: a tie has the geometric mean of its two ends' factors. The factors "
           "of several events multiply. A number stands for the factor."},
      "factor");
  Factors factors;
  factors.in_person = static_cast<float>(s.number(
      {.key = "factor",
       .min = "0",
       .max = "1",
       .doc = "Contacts in person, and tries for new ties, in share of what they would be; 0 lets nobody meet."}));
  factors.at_distance = static_cast<float>(
      s.number({.key = "at_distance",
                .fallback = "1",
                .min = "0",
                .max = "2",
                .doc = "Contacts at a distance, in share of what they would be; 0 for both isolates."}));
  if (s.has("home"))
    factors.home_from = static_cast<float>(s.number(
        {.key = "home",
         .min = "0",
         .max = "1",
         .doc = "Ties of at least this closeness are spared in person: people who live together. None if not given."}));
  return std::make_shared<Opportunity>(factors);
}

}  // namespace kith::events

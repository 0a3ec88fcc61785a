#include "models/events/actions.hpp"

namespace kith::events {
namespace {

class Opportunity final : public Action {
 public:
  explicit Opportunity(float factor) : factor_(factor) {}
  bool lasts() const override { return true; }
  float opportunity() const override { return factor_; }

 private:
  float factor_;
};

}  // namespace

std::shared_ptr<const Action> read_opportunity(config::Section& section, const Facts& /*facts*/) {
  config::Section s = section.section(
      {.key = "opportunity",
       .doc =
           "How readily those reached meet others: a tie has the geometric mean of its two ends' factors. The factors "
           "of several events multiply. A number stands for the factor."},
      "factor");
  return std::make_shared<Opportunity>(static_cast<float>(
      s.number({.key = "factor",
                .min = "0",
                .max = "1",
                .doc = "Contacts, and tries for new ties, in share of what they would be; 0 isolates."})));
}

}  // namespace kith::events

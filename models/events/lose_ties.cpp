#include <algorithm>
#include <tuple>

#include "core/distributions.hpp"
#include "models/events/actions.hpp"

namespace kith::events {
namespace {

class LoseTies final : public Action {
 public:
  LoseTies(std::optional<network::TieKind> kind, std::uint32_t closest, double share)
      : kind_(kind), closest_(closest), share_(share) {}

  void begin(World& world, const Reached& reached) const override {
    const Draws draws(world.key(), "ties lost by an event");
    for (const PersonId person : reached.people) {
      std::vector<std::tuple<float, PersonId>> ties;  // the closest first
      world.ties().for_each(person, [&](PersonId other, TieId tie) {
        if (!kind_ || world.ties().kind(tie) == *kind_) ties.emplace_back(-world.ties().closeness(tie), other);
      });
      std::sort(ties.begin(), ties.end());
      if (closest_ > 0 && ties.size() > closest_) ties.resize(closest_);
      for (const auto& [closeness, other] : ties) {
        Stream stream = draws.at(person, other, reached.moment(reached.begin));
        if (share_ >= 1.0 || uniform(stream) < share_) world.end_tie(person, other);
      }
    }
  }

 private:
  std::optional<network::TieKind> kind_;
  std::uint32_t closest_;  // 0: all
  double share_;
};

}  // namespace

std::shared_ptr<const Action> read_lose_ties(config::Section& section, const Facts& /*facts*/) {
  config::Section s = section.section(
      {.key = "lose_ties",
       .doc =
           "Ties of those reached end, when ties are tended next: a bereavement ({closest: 1}), moving house ({kind: "
           "friendship, share: 70 %})."});
  const std::size_t kind = s.choice(
      {.key = "kind", .fallback = "any", .doc = "Which ties."},
      {{"any", "all kinds"}, {"kin", "ties to kin"}, {"friendship", "friendships"}, {"acquaintance", "acquaintances"}});
  std::uint32_t closest = 0;
  if (s.has("closest"))
    closest = static_cast<std::uint32_t>(s.integer({.key = "closest",
                                                    .min = "1",
                                                    .max = "100000",
                                                    .doc = "Only so many of them, the closest; all if not given."}));
  const double share = s.number({.key = "share",
                                 .unit = "%",
                                 .fallback = "100 %",
                                 .min = "0",
                                 .max = "1",
                                 .doc = "Probability that each of these ends."});
  std::optional<network::TieKind> which;
  if (kind > 0) which = static_cast<network::TieKind>(kind - 1);
  return std::make_shared<LoseTies>(which, closest, share);
}

}  // namespace kith::events
